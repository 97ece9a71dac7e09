"""Who may run: a quick lane for queries that are expected to be short, a slow one for the others.

Every query begins in the quick lane unless one of its shape was long before. What is still running
after `quick_seconds` needs one of the few slow places, and is ended if none is free, to begin anew
when one is: a heavy query holds a quick place for no longer than that, so that light ones always
find one soon. Who finds no place waits in turn, for `wait_seconds` at most and with `waiting`
others at most; beyond a small part of its limit, waiting counts as running, so that a limit is one
for whoever asks. Streams have places of their own, for which nobody waits. All of it is counted.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from hashlib import sha256
from math import inf
from typing import TYPE_CHECKING, Final

from comity.errors import OverloadError, RefusedError
from comity.model.tokens import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comity.model.tokens import Token

_SHAPES_KEPT: Final = 4_096
_NEWEST_WEIGHS: Final = 0.5
_HALF_LIFE_SECONDS: Final = 10.0
_MOST_STRETCHED: Final = 4
_LONG: Final = 20  # times what the quick lane gives: what a query costs that had to leave it
_SUSPECT: Final = 0.25  # of what the quick lane gives: more than a short query on a busy machine


@dataclass(frozen=True, kw_only=True)
class LaneLimits:
    """How many may run and wait, and for how long, in seconds.

    `free_wait` is the part of its limit that a query may wait without losing time.
    """

    quick: int = 6
    slow: int = 2
    streams: int = 2
    quick_seconds: float = 0.1
    waiting: int = 64
    wait_seconds: float = 1.2
    free_wait: float = 0.1


class Costs:
    """How long queries of a shape took, newest first in weight; the least used are forgotten.

    What was learnt fades with time: a shape that was taken for a long one is tried again some day.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing; `clock` counts seconds."""
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, shape: str, seconds: float) -> None:
        """Remember how long a query of a shape took."""
        now = self._clock()
        with self._lock:
            known = self._faded(shape, now) if shape in self._known else seconds
            self._known.pop(shape, None)
            self._known[shape] = (known + _NEWEST_WEIGHS * (seconds - known), now)
            if len(self._known) > _SHAPES_KEPT:
                self._known.popitem(last=False)

    def expected(self, shape: str) -> float:
        """Return how long a query of a shape is expected to take; 0 for an unknown one."""
        now = self._clock()
        with self._lock:
            return self._faded(shape, now) if shape in self._known else 0.0

    def _faded(self, shape: str, now: float) -> float:
        seconds, when = self._known[shape]
        return float(seconds * 0.5 ** ((now - when) / _HALF_LIFE_SECONDS))


class _Places:
    """A number of places, given out in the order of asking."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._free = number
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return self._number - self._free

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._line)

    def take(self, seconds: float = 0.0, most_waiting: int = 0) -> bool:
        """Take a place, waiting in turn; tell whether there was one in time."""
        with self._lock:
            if self._free > 0 and not self._line:
                self._free -= 1
                return True
            if seconds <= 0 or len(self._line) >= most_waiting:
                return False
            turn = threading.Event()
            self._line.append(turn)
        if turn.wait(seconds):
            return True
        with self._lock:
            if turn.is_set():  # given between the end of the wait and here
                return True
            self._line.remove(turn)
            return False

    def give(self) -> None:
        """Give a place back, to the first in line if there is one."""
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._free += 1


class Ticket:
    """The right to run; `leave` gives it back, whatever happened."""

    def __init__(self, lanes: Lanes, shape: str, *, slow: bool, charged: float = 0.0) -> None:
        """Stand for a place that was taken; `charged` are seconds of waiting that count."""
        self.slow = slow
        self.charged = charged
        self.used: float | None = None  # seconds of a processor so far, where somebody looked
        self._is_long = False
        self._has_place = True
        self._lanes = lanes
        self._shape = shape
        self._began = lanes.clock()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return self._lanes.clock() - self._began

    @property
    def elapsed(self) -> float:
        """How much of its limit is gone: running, and what counts of the waiting before that."""
        return self.charged + self.seconds

    def quick_rest(self) -> float:
        """Return the seconds until the query has had what the quick lane gives.

        That is processor time, so that a short query on a busy machine is not taken for a long
        one, and at most four times as much by the clock on the wall.
        """
        quick = self._lanes.limits.quick_seconds
        return min(quick - (self.used or 0.0), _MOST_STRETCHED * quick - self.seconds)

    def slow_down(self) -> bool:
        """Change to the slow lane if a place is free there; tell whether one was."""
        self.slow = self._lanes.slow.take()
        if self.slow:
            self._lanes.quick.give()
        return self.slow

    def line_up(self, seconds: float) -> None:
        """Leave the quick lane and wait in turn, for `seconds` at most, for a slow place.

        Whoever does so has ended the query: it begins anew. Raises OverloadError if there is no
        place in time.
        """
        self._lanes.quick.give()
        self._has_place = False
        if not self._lanes.take(self._lanes.slow, seconds):
            self._is_long = (self.used or 0.0) >= _SUSPECT * self._lanes.limits.quick_seconds
            self._lanes.refuse("slow")
        self.slow = self._has_place = True

    def leave(self) -> None:
        """Give the place back and remember what the query cost."""
        # In the slow lane a query has the lowest priority, and its processor time says little.
        cost = self.seconds if self.slow or self.used is None else self.used
        if self._is_long:  # nobody knows how long; long enough not to be tried again at once
            cost = max(cost, _LONG * self._lanes.limits.quick_seconds)
        self._lanes.costs.note(self._shape, cost)
        if self._has_place:
            (self._lanes.slow if self.slow else self._lanes.quick).give()


class Lanes:
    """Admission to the readers."""

    def __init__(
        self, limits: LaneLimits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Open the lanes; `clock` counts seconds."""
        self.limits = limits or LaneLimits()
        self.clock = clock
        self.quick = _Places(self.limits.quick)
        self.slow = _Places(self.limits.slow)
        self.streams = _Places(self.limits.streams)
        self.costs = Costs(clock)
        self.refused: Counter[str] = Counter()

    def enter(self, shape: str, most: float = inf) -> Ticket:
        """Return a ticket for a query with a limit of `most` seconds.

        Raises OverloadError if there is no place in time: before nothing is left of the limit.
        """
        began = self.clock()
        patience = most * (1 + self.limits.free_wait)
        if not self._is_long(shape):
            if not self.take(self.quick, patience):
                self.refuse("quick")
            # Those in front in the line may have shown what a query of this shape is like.
            if not self._is_long(shape):
                return self._ticket(shape, most, began, slow=False)
            self.quick.give()
        if not self.take(self.slow, patience - (self.clock() - began)):
            self.refuse("slow")
        return self._ticket(shape, most, began, slow=True)

    def _ticket(self, shape: str, most: float, began: float, *, slow: bool) -> Ticket:
        free = most * self.limits.free_wait
        return Ticket(self, shape, slow=slow, charged=max(0.0, self.clock() - began - free))

    def enter_stream(self) -> None:
        """Take a place for a stream, which is given back by `streams.give`.

        Raises RefusedError where there are none at all, OverloadError if all are taken.
        """
        if not self.limits.streams:
            raise RefusedError(
                "This server streams no answers; ask for pages with LIMIT and OFFSET instead."
            )
        if not self.streams.take():
            self.refused["stream"] += 1
            raise OverloadError(
                f"All places for streams are taken, {self.limits.streams} in number; "
                "try again when one has ended.",
                retry_after=10,
            )

    def enter_at_once(self, shape: str) -> Ticket | None:
        """Return a ticket for the quick lane, None where one could not be had without waiting."""
        if self._is_long(shape) or not self.quick.take():
            return None
        return Ticket(self, shape, slow=False)

    def _is_long(self, shape: str) -> bool:
        return self.costs.expected(shape) > self.limits.quick_seconds

    def take(self, places: _Places, seconds: float = inf) -> bool:
        """Wait in turn for a place; tell whether there was one in time."""
        return places.take(min(seconds, self.limits.wait_seconds), self.limits.waiting)

    def refuse(self, lane: str) -> None:
        """Count a refusal and raise OverloadError."""
        self.refused[lane] += 1
        raise OverloadError(
            "The server is busy with other long queries; try again in a few seconds, "
            "or narrow the query.",
            retry_after=2,
        )


def shape_of(tokens: Iterable[Token]) -> str:
    """Return a name for all queries that differ from the one of these tokens in terms only."""
    words = (
        token.word or (token.text if token.kind == "sign" else token.kind)
        for token in spoken(tokens)
    )
    return sha256(" ".join(words).encode()).hexdigest()
