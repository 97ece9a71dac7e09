"""Who may run: a quick lane for queries that are expected to be short, a slow one for the others.

Every query begins in the quick lane unless one of its shape was long before. What is still running
after `quick_seconds` needs one of the few slow places or is refused at once: a heavy query holds a
quick place for no longer than that, so that light ones always find one soon. Who finds no place
waits in turn, for `wait_seconds` at most and with `waiting` others at most. All of it is counted.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import OverloadError

if TYPE_CHECKING:
    from collections.abc import Callable

_SHAPES_KEPT: Final = 4_096
_NEWEST_WEIGHS: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class LaneLimits:
    """How many may run and wait, and for how long, in seconds."""

    quick: int = 6
    slow: int = 2
    quick_seconds: float = 0.1
    waiting: int = 64
    wait_seconds: float = 1.2


class Costs:
    """How long queries of a shape took, newest first in weight; the least used are forgotten."""

    def __init__(self) -> None:
        """Know nothing."""
        self._seconds: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def note(self, shape: str, seconds: float) -> None:
        """Remember how long a query of a shape took."""
        with self._lock:
            known = self._seconds.pop(shape, seconds)
            self._seconds[shape] = known + _NEWEST_WEIGHS * (seconds - known)
            if len(self._seconds) > _SHAPES_KEPT:
                self._seconds.popitem(last=False)

    def expected(self, shape: str) -> float:
        """Return how long a query of a shape is expected to take; 0 for an unknown one."""
        with self._lock:
            return self._seconds.get(shape, 0.0)


class _Places:
    """A number of places, given out in the order of asking."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._lock = threading.Lock()
        self._line: deque[threading.Event] = deque()

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

    def __init__(self, lanes: Lanes, shape: str, *, slow: bool) -> None:
        """Stand for a place that was taken."""
        self.slow = slow
        self._lanes = lanes
        self._shape = shape
        self._began = lanes.clock()

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return self._lanes.clock() - self._began

    def slow_down(self) -> None:
        """Change to the slow lane; raises OverloadError if no place is free there."""
        if not self._lanes.slow.take():
            self._lanes.refuse("slow")
        self._lanes.quick.give()
        self.slow = True

    def leave(self) -> None:
        """Give the place back and remember what the query cost."""
        self._lanes.costs.note(self._shape, self.seconds)
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
        self.costs = Costs()
        self.refused: Counter[str] = Counter()

    def enter(self, shape: str) -> Ticket:
        """Return a ticket; raises OverloadError if there is no place in time."""
        slow = self.costs.expected(shape) > self.limits.quick_seconds
        places = self.slow if slow else self.quick
        if not places.take(self.limits.wait_seconds, self.limits.waiting):
            self.refuse("slow" if slow else "quick")
        return Ticket(self, shape, slow=slow)

    def refuse(self, lane: str) -> None:
        """Count a refusal and raise OverloadError."""
        self.refused[lane] += 1
        raise OverloadError(
            "The server is busy with other long queries; try again in a few seconds, "
            "or narrow the query.",
            retry_after=2,
        )
