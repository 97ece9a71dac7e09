"""The application in a production server: granian, with the graph in each of its processes.

The process that was started only watches: over the processes that serve, over the signals, and
over a reload. SIGTERM and SIGINT drain and end it with status 0, SIGHUP loads the data anew: in
new processes, or on a writable server tokens and rules in the one that holds the store.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, Final

from comity.web.counters import counted_together
from comity.web.following import follow
from comity.web.loading import load
from comity.web.logs import logging_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from multiprocessing.synchronize import Event

    from comity.settings import Settings

_LARGEST_BUFFER: Final = 64 * 1024
_LARGEST_BACKLOG: Final = 1_024
_MOST_FAILURES: Final = 5  # in a row, to load what could be loaded before
_RESPAWN_SECONDS: Final = 0.2  # from "loaded" to "listens"
_LOOK_SECONDS: Final = 5.0
_AGAIN_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.05

_log: Final = logging.getLogger("comity.server")


def address(settings: Settings) -> str:
    """Return the address at which a server with these settings answers on this machine."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def serve(settings: Settings, announce: Callable[[], None], may_reload: Callable[[], bool]) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is called when the server answers.

    On SIGHUP, `may_reload` tells whether the data may be loaded anew; if not, what is served stays.
    Raises SystemExit with status 1 if the data cannot be loaded at the start, and if a process of
    the server ends by itself, again and again.
    """
    # A fresh process holds nothing of the check that went before, and no thread is copied half.
    multiprocessing.set_start_method("spawn", force=True)
    _allow_connections()
    from granian.constants import HTTPModes, Interfaces, Loops
    from granian.http import HTTP1Settings
    from granian.log import LogLevels
    from granian.server import Server

    base: Any = Server
    ready, broken = multiprocessing.Event(), multiprocessing.Event()

    class Watcher(base):  # type: ignore[misc]
        """Granian's server, which asks before it reloads, and waits for what it started."""

        has_loaded = False
        failures = 0  # in a row

        def _spawn_worker(self, **options: Any) -> Any:
            worker = super()._spawn_worker(**options)
            start = worker.start

            def start_and_wait() -> None:
                ready.clear()
                start()
                _wait_for(ready, lambda: worker.is_alive() and not self.interrupt_signal)
                # Granian ends when a worker fails twice in a row. One that has loaded did not
                # fail, nor did one that was killed: whoever does that may do it again. What could
                # be loaded before is tried a few times more: a process may have been killed that
                # the worker needs for loading.
                self.has_loaded |= ready.is_set()
                was_killed = (worker.inner.exitcode or 0) < 0
                self.failures = 0 if ready.is_set() or was_killed else self.failures + 1
                if not self.failures or (self.has_loaded and self.failures < _MOST_FAILURES):
                    self.respawned_wrks.pop(worker.idx, None)
                if broken.is_set() and not self.has_loaded:  # what is wrong stays wrong
                    self.signal_handler_interrupt()

            worker.start = start_and_wait
            return worker

        def _reload(self, spawn_target: Any, target_loader: Any) -> None:
            # Cleared before anything is read: a signal that comes meanwhile means a newer state.
            self.reload_signal = False
            self.main_loop_interrupt.clear()
            if settings.writable or not may_reload():
                _pass_on(self.wrks if ready.is_set() else (), settings)
                if settings.build and settings.is_remote:
                    # A build may be published before the store elsewhere has its graphs.
                    _later(_AGAIN_SECONDS, _ask_to_reload)
            else:
                _log.info("The data are loaded anew.")
                super()._reload(spawn_target, target_loader)
            if self.interrupt_signal:  # came meanwhile
                self.main_loop_interrupt.set()

    server: Any = Watcher(
        "comity.web.wsgi",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,  # named, since by itself granian takes whichever it finds
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.workers,
        backlog=_LARGEST_BACKLOG,
        backpressure=settings.connections,
        http1_settings=HTTP1Settings(
            header_read_timeout=int(settings.header_seconds * 1000),
            max_buffer_size=_LARGEST_BUFFER,
        ),
        respawn_failed_workers=True,
        respawn_interval=_RESPAWN_SECONDS,
        workers_kill_timeout=settings.drain_seconds,
        log_level=LogLevels.warning,
        log_dictconfig=logging_settings(settings.log_level),
    )
    follow(settings.build, _ask_to_reload)
    server.on_startup(partial(_announce_when_ready, settings, announce))
    with counted_together(settings.workers):
        server.serve(target_loader=partial(load, settings, ready, broken), wrap_loader=False)
    if broken.is_set() and not server.has_loaded:
        raise SystemExit(1)


def _ask_to_reload() -> None:
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


def _pass_on(workers: Iterable[Any], settings: Settings) -> None:
    """Have the process that holds the store load anew what it can; no other one may hold it."""
    if not settings.writable:
        _log.error("The data have errors and are not loaded; those from before stay.")
        return
    for worker in workers:
        with suppress(ProcessLookupError):
            os.kill(worker.inner.pid, signal.SIGHUP)


def _allow_connections() -> None:
    """Take as many open files as this process may have: each connection is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _announce_when_ready(settings: Settings, announce: Callable[[], None]) -> None:
    def wait() -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            if _answers(settings):
                announce()
                return

    threading.Thread(target=wait, daemon=True).start()


def _answers(settings: Settings) -> bool:
    connection = HTTPConnection(settings.host, settings.port, timeout=_LOOK_SECONDS)
    try:
        connection.request("GET", "/health/live")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True
