"""The application in a production server: granian, with the graph in each of its processes.

The process that was started only watches: over the processes that serve, over the signals, and
over a reload. SIGTERM and SIGINT drain and end it with status 0, SIGHUP loads the data anew: in
new processes, or on a writable server tokens and rules in the one that holds the store.
"""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.errors import ComityError
from comity.store.builds import find_build
from comity.store.formats import N_QUADS
from comity.store.readers import Readers
from comity.store.remote.addresses import is_address
from comity.store.sandbox import end_with_parent
from comity.store.serializing import serialize_quads
from comity.web.counters import counted_together
from comity.web.following import follow
from comity.web.limits import lane_limits, reader_limits
from comity.web.logs import logging_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future
    from multiprocessing.synchronize import Event

    from comity.settings import Settings
    from comity.store.builds import Build
    from comity.store.terms import Quad
    from comity.web.asgi import Adapter
    from comity.web.assembling import Parts

_LARGEST_BUFFER: Final = 64 * 1024
_LARGEST_BACKLOG: Final = 1_024
_MOST_FAILURES: Final = 5  # in a row, to load what could be loaded before
_RESPAWN_SECONDS: Final = 0.2  # from "loaded" to "listens"
_LOOK_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 60
# How long a thread keeps Python's lock while others want it; a short request waits for few turns.
_TURN_SECONDS: Final = 0.001
_POLL_SECONDS: Final = 0.05
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_LARGE_BLOCK: Final = 256 * 1024

_log: Final = logging.getLogger("comity.server")


def load_adapter(settings: Settings) -> Adapter:
    """Return the application on its data, with its readers running and its store open.

    Raises DataError for a broken file, EngineError if the readers cannot start, and what the store
    raises if its files do not fit together.
    """
    # The readers are processes: those of a large build start while the application is imported.
    build = find_build(Path(settings.build)) if settings.build else None
    with ThreadPoolExecutor(1) as pool:
        started = None
        is_large = build is not None and build.manifest.statements > settings.memory_statements
        if build is not None and is_large and not is_address(settings.store):
            started = pool.submit(open_readers, settings, build.folder, build.id, 0)
        from comity.web.asgi import Adapter

        parts = _assemble(settings, build, started)
    return Adapter(parts.app, settings, parts.readers, parts.close, parts.state)


def _assemble(settings: Settings, build: Build | None, started: Future[Readers] | None) -> Parts:
    from comity.web import assembling

    if is_address(settings.store):
        return assembling.assemble_remote(settings, build)
    if build is not None and started is not None:
        return assembling.assemble_stored(settings, build, started, open_readers)
    if build is not None:
        return assembling.assemble_build(settings, build, start_readers)
    if not settings.writable:
        return assembling.assemble(settings, start_readers)
    from comity.web.reloading import reload_on_signal

    parts = assembling.assemble_writable(settings, open_readers)
    reload_on_signal(parts.app)
    return parts


def start_readers(settings: Settings, quads: list[Quad], state: str) -> Readers:
    """Return readers of some statements; `state` is the name of that state."""
    with tempfile.TemporaryDirectory(prefix="comity-", dir=_scratch(settings)) as folder:
        snapshot = Path(folder) / "snapshot.nq"
        snapshot.write_bytes(serialize_quads(quads, N_QUADS))
        # The file is read once, at the start, and gone thereafter.
        return open_readers(settings, snapshot, state, 0)


def open_readers(settings: Settings, snapshot: Path, state: str, number: int) -> Readers:
    """Return readers of a snapshot; `number` is that of the commit that it holds."""
    from comity.services.folders import is_union

    return Readers(
        snapshot,
        state,
        reader_limits(settings),
        lane_limits(settings),
        number=number,
        union=is_union(settings.data),
        writable=settings.writable,
    )


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
    from granian.constants import HTTPModes, Interfaces
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
            if settings.writable or not may_reload():
                self.reload_signal = False
                self.main_loop_interrupt.clear()
                _pass_on(self.wrks if ready.is_set() else (), settings)
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
    if settings.build:
        follow(Path(settings.build), lambda: os.kill(os.getpid(), signal.SIGHUP))
    server.on_startup(partial(_announce_when_ready, settings, announce))
    with counted_together(settings.workers):
        server.serve(target_loader=partial(_load, settings, ready, broken), wrap_loader=False)
    if broken.is_set() and not server.has_loaded:
        raise SystemExit(1)


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


def _load(settings: Settings, ready: Event, broken: Event) -> Adapter:
    """Return the application of one process of the server, and tell whether it could be loaded."""
    if watcher := multiprocessing.parent_process():
        # A watcher that was killed leaves nothing behind that holds its port and its store.
        end_with_parent(watcher.pid or 0)
    sys.setswitchinterval(_TURN_SECONDS)
    _return_memory()
    if settings.writable:
        from comity.web.reloading import block_reloads

        block_reloads()
    try:
        adapter = load_adapter(settings)
    except ComityError as error:
        _log.error("%s", error)
        broken.set()
        raise SystemExit(1) from None
    ready.set()
    threading.Thread(target=_end_with, args=(adapter,), daemon=True).start()
    return adapter


def _return_memory() -> None:
    """Give the memory of large answers back to the system as soon as they are sent (mallopt(3)).

    Left alone, glibc keeps what many threads have freed, each in an arena of its own.
    """
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_ARENA_MAX, 2)
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK)
        libc.mallopt(_M_TRIM_THRESHOLD, _LARGE_BLOCK)


def _end_with(adapter: Adapter) -> None:
    """End this process when its readers end by themselves; the watcher starts it anew."""
    adapter.readers.wait()
    if not adapter.is_closing:
        _log.error("The process that makes readers has ended; the server process starts anew.")
        os._exit(1)


def _allow_connections() -> None:
    """Take as many open files as this process may have: each connection is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def _scratch(settings: Settings) -> Path | None:
    """Return the folder for what is written for a moment; None for the system's own."""
    if settings.build:
        return None  # nothing is written into a build
    try:
        settings.cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return settings.cache if os.access(settings.cache, os.W_OK) else None


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
