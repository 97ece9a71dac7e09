"""The readers that are at hand: born of one zygote, brought to the newest commit, and seen off.

Whoever takes a reader gives it back, has it replaced, or tells that it has ended by itself.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter, deque
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, QueryTooComplexError
from comity.store.framing import send
from comity.store.replies import cause_of_death
from comity.store.running import is_there, renice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.store.nursery import Nursery, Reader

_BEHIND: Final = 16  # commits that an idle reader follows; one further behind is replaced


class Stock:
    """Idle readers; safe to use from many threads."""

    def __init__(self, nursery: Nursery, fingerprint: str, places: int) -> None:
        """Have as many readers at hand as there are places, in the state that is named."""
        self.nursery = nursery
        self.fingerprint = fingerprint
        self.deaths: Counter[str] = Counter()
        self._places = places
        self._idle = deque(nursery.spawn() for _ in range(places))
        self._changes: deque[tuple[int, int, bytes]] = deque(maxlen=_BEHIND)
        self._moving = threading.Lock()
        self._spent: SimpleQueue[Reader | None] = SimpleQueue()
        self._undertaker = threading.Thread(target=self._see_off, daemon=True)
        self._undertaker.start()

    @property
    def pids(self) -> frozenset[int]:
        """The process ids of those that are idle."""
        return frozenset(reader.pid for reader in self._idle)

    def close(self) -> None:
        """End the zygote and every reader."""
        self._spent.put(None)
        self._undertaker.join()
        while self._idle:
            self._idle.pop().channel.close()
        self.nursery.close()

    def apply(
        self, added: Sequence[str], removed: Sequence[str], number: int, fingerprint: str
    ) -> None:
        """Carry out a commit; see `Readers.apply`."""
        with self._moving:
            body = self.nursery.apply(added, removed, number)
            self._changes.append((number, len(added), body))
            self.fingerprint = fingerprint

    def bear(self) -> tuple[Reader, str]:
        """Return a new reader and the name of the state that it has, at the lowest priority."""
        with self._moving:
            reader, state = self.nursery.spawn(), self.fingerprint
        renice(reader)
        return reader, state

    def take(self) -> Reader:
        """Return a reader of the newest commit."""
        while True:
            try:
                reader = self._idle.pop()
            except IndexError:
                return self.nursery.spawn()
            if not is_there(reader):
                self.replace(reader, "gone")
            elif self._follows(reader):
                return reader
            else:
                self.replace(reader, "old")

    def take_idle(self) -> Reader | None:
        """Return a reader of the newest commit if one is at hand that is there already."""
        try:
            reader = self._idle.pop()
        except IndexError:
            return None
        if reader.number == self.nursery.number and is_there(reader):
            return reader
        self._idle.append(reader)
        return None

    def give(self, reader: Reader) -> None:
        """Take a reader back that has nothing to do any more."""
        self._idle.append(reader)

    def replace(self, reader: Reader, why: str) -> None:
        """Kill a reader now; that it has gone is waited for elsewhere, as it may take a while."""
        reader.kill()
        self.deaths[why] += 1
        self._spent.put(reader)

    def bury_now(self, reader: Reader) -> int:
        """Return how a reader ended, and have another one in its place."""
        status = self.nursery.reap(reader)
        with contextlib.suppress(ComityError):
            self._idle.append(self.nursery.spawn())
        return status

    def counted(self, status: int) -> ComityError:
        """Return the error for a reader that ended by itself, counted."""
        cause = cause_of_death(status)
        self.deaths["stack" if isinstance(cause, QueryTooComplexError) else "memory"] += 1
        return cause

    def bury(self, reader: Reader) -> ComityError:
        """Return the error for a reader that ended by itself, without another in its place."""
        return self.counted(self.nursery.reap(reader))

    def _see_off(self) -> None:
        """See spent readers off, and keep as many idle ones as there are places."""
        while (reader := self._spent.get()) is not None:
            with contextlib.suppress(ComityError):
                if len(self._idle) < self._places:
                    self._idle.append(self.nursery.spawn())
                self.nursery.reap(reader)

    def _follows(self, reader: Reader) -> bool:
        """Bring a reader to the newest commit; tell whether it is there."""
        if reader.number == self.nursery.number:
            return True
        missing = [change for change in tuple(self._changes) if change[0] > reader.number]
        if not missing or missing[0][0] != reader.number + 1:
            return False
        try:
            for number, added, body in missing:
                send(reader.channel, {"do": "apply", "added": added}, body)
                reader.number = number
        except OSError:
            return False
        return True
