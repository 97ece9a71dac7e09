"""What ends a request while it waits: its time, the client it is for, a lane that is full.

A thread that waits for bytes of a socket looks at nothing else. So one thread looks after all
requests and shuts the socket of each that is over: whoever waits for it wakes up at once.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, DeadlineError, DisconnectedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.store.lanes import Ticket

_LOOK_SECONDS: Final = 0.05


class Watch:
    """One request: until when, for whom, by which ticket; `cause` is what ended it, if anything."""

    def __init__(
        self,
        seconds: float,
        gone: Callable[[], bool] | None = None,
        ticket: Ticket | None = None,
        *,
        spent: float = 0.0,
    ) -> None:
        """Begin now; `seconds` is the limit, of which some are `spent`."""
        self.seconds = seconds
        self.until = time.monotonic() + seconds - spent
        self.cause: ComityError | None = None
        self._gone = gone
        self._ticket = ticket
        self._socket: socket.socket | None = None
        self._is_over = False
        self._lock = threading.Lock()

    @property
    def rest(self) -> float:
        """The seconds that are left."""
        return self.until - time.monotonic()

    def require(self) -> None:
        """Raise what has ended the request, or ends it now."""
        with self._lock:
            self._judge()
        if self.cause is not None:
            raise self.cause

    def take(self, connection: socket.socket | None) -> None:
        """Note the socket that is waited for."""
        with self._lock:
            self._socket = connection

    def look(self) -> None:
        """Shut the socket if the request has to end."""
        with self._lock:
            self._judge()
            if self.cause is not None and self._socket is not None:
                with contextlib.suppress(OSError):
                    # The plain socket's own: TLS would first forget that it is TLS.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def finish(self) -> None:
        """Look no more: nobody waits for the socket, and the ticket is given back."""
        with self._lock:
            self._is_over, self._socket = True, None

    def _judge(self) -> None:
        if self.cause is not None or self._is_over:
            return
        ticket = self._ticket
        try:
            if self.rest <= 0:
                raise DeadlineError(
                    f"The query ran into the limit of {self.seconds:g} s; "
                    "narrow it, for instance by a relation, a class or a date.",
                    retry_after=10,
                )
            if self._gone is not None and self._gone():
                raise DisconnectedError("The client left before the answer was ready.")
            if ticket is not None and not ticket.slow and ticket.quick_rest() <= 0:
                ticket.line_up(0.0)  # a place now or none: nothing is asked elsewhere twice
        except ComityError as error:
            self.cause = error


class Watchers:
    """The one thread that looks after requests; it sleeps while there are none."""

    def __init__(self) -> None:
        """Begin with no thread."""
        self._watched: set[Watch] = set()
        self._lock = threading.Lock()
        self._some = threading.Event()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def looking(self, watch: Watch) -> Iterator[None]:
        """Look after a request within a block."""
        with self._lock:
            self._watched.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
        self._some.set()
        try:
            yield
        finally:
            with self._lock:
                self._watched.discard(watch)
            watch.finish()

    def _run(self) -> None:
        while True:
            self._some.wait()
            with self._lock:
                watched = tuple(self._watched)
                if not watched:
                    self._some.clear()
            for watch in watched:
                watch.look()
            if watched:
                time.sleep(_LOOK_SECONDS)
