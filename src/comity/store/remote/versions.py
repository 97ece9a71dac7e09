"""By which name the state of a store elsewhere goes, and for how long that is believed.

A store with a record (`comity.store.remote.record`) goes by that, read anew after `seconds` at the
latest: nothing kept from before a load is used longer than that after it. A store without one tells
nobody when it changes: its name is that of a span of `seconds` on the clock, the same for all
servers, and nothing is kept beyond the span. With 0 seconds the store is asked each time, and one
without a record has another name each time.
"""

from __future__ import annotations

import contextlib
import threading
import time
from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from comity.errors import ComityError, StoreUnreachableError
from comity.store.remote.probing import Asker, require_sound, require_union
from comity.store.remote.record import QUERY, Record, read_record

if TYPE_CHECKING:
    from comity.store.remote.client import Client


@dataclass(frozen=True)
class Version:
    """A name for the state of the store, and the record if it has one."""

    state: str
    record: Record | None


class Versions:
    """What is known of the state of one store; safe to use from many threads."""

    def __init__(self, client: Client, *, seconds: float, limit: float, expected: str = "") -> None:
        """Ask by a client, `limit` seconds at most; with `expected` no other build will do."""
        self.seconds = seconds
        self._address = client.place.queries
        self._asker = Asker(client, limit)
        self._expected = expected
        self._lock = threading.Lock()
        self._known: tuple[float, Record | None] | None = None
        self._failure: tuple[float, ComityError] | None = None
        self._judged: str | None = None  # the state at which the default graph was looked at
        self._end = threading.Event()

    def now(self) -> Version:
        """Return the version of this moment, asked for if what is known is too old.

        Raises what asking raises, StoreReplyError for a store that would answer wrongly,
        StoreUnreachableError for another build than the expected one.
        """
        known = self._fresh()
        if known is None:
            began = time.monotonic()
            with self._lock:
                if self._failure is not None and self._failure[0] > began:
                    raise copy(self._failure[1])  # asked while this one waited to ask
                known = self._fresh() or self._look()
        return self._version(known[1])

    def peek(self) -> str:
        """Return the name of the state without asking: one that nothing has, if it is not known."""
        known = self._fresh()
        return f"unknown {uuid4()}" if known is None else self._version(known[1]).state

    def follow(self) -> None:
        """Look at the store twice in each span from now on, in a thread of its own."""
        if self.seconds > 0:
            threading.Thread(target=self._follow, name="versions", daemon=True).start()

    def close(self) -> None:
        """Look no more."""
        self._end.set()

    def _follow(self) -> None:
        while not self._end.wait(self.seconds / 2):
            with contextlib.suppress(ComityError), self._lock:
                self._look()

    def _fresh(self) -> tuple[float, Record | None] | None:
        known = self._known
        return known if known and time.monotonic() - known[0] < self.seconds else None

    def _look(self) -> tuple[float, Record | None]:
        try:
            return self._seen()
        except ComityError as error:
            # A copy has no traceback, which would hold answers of the engine for other threads.
            self._failure = (time.monotonic(), copy(error))
            raise

    def _seen(self) -> tuple[float, Record | None]:
        began = time.monotonic()
        record = read_record(self._asker.rows(QUERY))
        if record is not None and not record.build:
            record = None  # it is being loaded, and nothing of it can be relied upon
        if self._expected and (record is None or record.build != self._expected):
            held = "no whole build" if record is None else f"the build {record.build[:12]}"
            raise StoreUnreachableError(
                f"The remote store holds {held}, and this server serves {self._expected[:12]}; put "
                "that there with `comity build --store`.",
            )
        state = "" if record is None else record.state
        if state != self._judged:
            if self._judged is None:
                require_sound(self._asker)
            require_union(self._asker, recorded=record is not None)
            self._judged = state
        self._known = known = (began, record)
        return known

    def _version(self, record: Record | None) -> Version:
        if record is not None:
            return Version(record.state, record)
        span = str(uuid4()) if self.seconds <= 0 else str(int(time.time() // self.seconds))
        name = f"{self._address}\0{span}"
        return Version(sha256(name.encode()).hexdigest(), None)
