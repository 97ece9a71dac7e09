"""The process that watches over those that serve: it starts them, counts their ends, and reloads.

It holds no graph, but the sockets at which the others listen: what waits at the door of a process
that goes is taken by the one that follows it.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from granian.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.synchronize import Event

    from comity.settings import Settings

_MOST_FAILURES: Final = 5  # in a row, to load what could be loaded before
_DEFER_SECONDS: Final = 1  # then a connection is taken that has not asked
_AGAIN_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.05

_log: Final = logging.getLogger("comity.server")
_Server: Any = Server  # which of granian's servers it is depends on the interpreter


class Watcher(_Server):  # type: ignore[misc]
    """Granian's server, which asks before it reloads, and waits for what it started."""

    doors: Sequence[tuple[Any, socket.socket]] = ()  # one for each process
    has_loaded = False
    failures = 0  # in a row

    def __init__(
        self,
        settings: Settings,
        ready: Event,
        broken: Event,
        may_reload: Callable[[], bool],
        **options: Any,
    ) -> None:
        """Watch; a process sets `ready` when it has loaded, and `broken` when it never will.

        On SIGHUP, `may_reload` tells whether the data may be loaded anew. `options` are granian's.
        """
        super().__init__(__name__, address=settings.host, port=settings.port, **options)
        self.settings = settings
        self.ready = ready
        self.broken = broken
        self.may_reload = may_reload

    def _init_shared_socket(self) -> None:
        super()._init_shared_socket()
        if sys.platform == "linux":  # elsewhere all processes listen at one socket
            self.doors = [_open(self._ssp) for _ in range(self.workers)]

    def _drop_shared_socket(self) -> None:
        """Leave the doors to those that end: when the last one closes its own, nobody gets in."""
        for _, listener in self.doors:
            listener.close()
        super()._drop_shared_socket()

    def _spawn_worker(self, idx: int, **options: Any) -> Any:
        if self.doors:
            self._ssp, (self._shd, self._sso) = None, self.doors[idx]
        worker = super()._spawn_worker(idx=idx, **options)
        start = worker.start

        def start_and_wait() -> None:
            self.ready.clear()
            start()
            _wait_for(self.ready, lambda: worker.is_alive() and not self.interrupt_signal)
            # Granian ends when a worker fails twice in a row. One that has loaded did not fail,
            # nor did one that was killed: whoever does that may do it again. What could be loaded
            # before is tried a few times more: a process may have been killed that the worker
            # needs for loading.
            self.has_loaded |= self.ready.is_set()
            was_killed = (worker.inner.exitcode or 0) < 0
            self.failures = 0 if self.ready.is_set() or was_killed else self.failures + 1
            if not self.failures or (self.has_loaded and self.failures < _MOST_FAILURES):
                self.respawned_wrks.pop(worker.idx, None)
            if self.broken.is_set() and not self.has_loaded:  # what is wrong stays wrong
                self.signal_handler_interrupt()

        worker.start = start_and_wait
        return worker

    def _reload(self, spawn_target: Any, target_loader: Any) -> None:
        # Cleared before anything is read: a signal that comes meanwhile means a newer state.
        self.reload_signal = False
        self.main_loop_interrupt.clear()
        if self.settings.writable or not self.may_reload():
            self._pass_on()
            if self.settings.build and self.settings.is_remote:
                # A build may be published before the store elsewhere has its graphs.
                _later(_AGAIN_SECONDS, ask_to_reload)
        else:
            _log.info("The data are loaded anew.")
            super()._reload(spawn_target, target_loader)
        if self.interrupt_signal:  # came meanwhile
            self.main_loop_interrupt.set()

    def _pass_on(self) -> None:
        """Have the process that holds the store load anew what it can; no other one may hold it."""
        if not self.settings.writable:
            _log.error("The data have errors and are not loaded; those from before stay.")
        elif self.ready.is_set():
            for worker in self.wrks:
                with suppress(ProcessLookupError):
                    os.kill(worker.inner.pid, signal.SIGHUP)


def _open(address: Any) -> tuple[Any, socket.socket]:
    """Listen at an address, beside others that do, and take a connection when it has asked.

    A process closes unanswered what it took and has not heard from when it goes. What has not
    asked is therefore left at the door, for the process that comes.
    """
    holder = address.build()
    listener = socket.socket(fileno=holder.get_fd())
    listener.set_inheritable(True)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, _DEFER_SECONDS)
    return holder, listener


def ask_to_reload() -> None:
    """Do as if the signal to reload had come."""
    os.kill(os.getpid(), signal.SIGHUP)


def _later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _wait_for(ready: Event, is_hopeful: Callable[[], bool]) -> None:
    """Wait until a process is loaded, as long as there is hope."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while is_hopeful() and time.monotonic() < until:
        if ready.wait(_POLL_SECONDS):
            break
