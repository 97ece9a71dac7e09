"""The application in a production server: granian, with the graph in each of its processes.

The process that was started only watches (`comity.web.watching`). SIGTERM and SIGINT drain and
end it with status 0, SIGHUP loads the data anew: in new processes, or on a writable server tokens
and rules in the one that holds the store.
"""

from __future__ import annotations

import multiprocessing
import resource
import threading
import time
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Final

from comity.web.counters import counted_together
from comity.web.following import follow
from comity.web.loading import load
from comity.web.logs import logging_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.settings import Settings

_LARGEST_BUFFER: Final = 64 * 1024
_LARGEST_BACKLOG: Final = 1_024
_RESPAWN_SECONDS: Final = 0.2  # from "loaded" to "listens"
_LOOK_SECONDS: Final = 5.0
_PATIENCE_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.05


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

    from comity.web.watching import Watcher, ask_to_reload

    ready, broken = multiprocessing.Event(), multiprocessing.Event()
    server = Watcher(
        settings,
        ready,
        broken,
        may_reload,
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
    follow(settings.build, ask_to_reload)
    server.on_startup(partial(_announce_when_ready, settings, announce))
    with counted_together(settings.workers):
        server.serve(target_loader=partial(load, settings, ready, broken), wrap_loader=False)
    if broken.is_set() and not server.has_loaded:
        raise SystemExit(1)


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
