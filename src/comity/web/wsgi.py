"""The application in a production server: granian, with the graph in each of its processes."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from functools import partial
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, Final

from comity.services.catalogue import Catalogue
from comity.services.opening import open_graph
from comity.web import create_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from comity.settings import Settings

# The engine parses by recursion, and a thread of the server has 2 MB for that by default.
_STACK_BYTES: Final = 64 * 1024 * 1024
# Few, since they take turns in Python; more than one, since the engine works without its lock.
_THREADS: Final = 4
_STOP_SECONDS: Final = 5
_PATIENCE_SECONDS: Final = 60
_POLL_SECONDS: Final = 0.05


def load_app(settings: Settings) -> Flask:
    """Return the application on the repository's graph; raises DataError for a broken file."""
    catalogue = Catalogue.load(settings.root)
    return create_app(settings, open_graph(settings.root, catalogue), catalogue)


def address(settings: Settings) -> str:
    """Return the address at which a server with these settings answers on this machine."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def serve(settings: Settings, announce: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT; `announce` is called when the server answers.

    Raises SystemExit with status 1 if a process of the server ends by itself.
    """
    os.environ.setdefault("RUST_MIN_STACK", str(_STACK_BYTES))
    # A fresh process holds nothing of the check that went before, and no thread is copied half.
    multiprocessing.set_start_method("spawn", force=True)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server: Any = Granian(
        "comity.web.wsgi",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    server.on_startup(partial(_announce_when_ready, settings, announce))
    server.serve(target_loader=partial(_load, settings), wrap_loader=False)


def _load(settings: Settings) -> Flask:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    return load_app(settings)


def _announce_when_ready(settings: Settings, announce: Callable[[], None]) -> None:
    def wait() -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(_POLL_SECONDS)
            try:
                connection = HTTPConnection(settings.host, settings.port, timeout=_POLL_SECONDS)
                connection.request("GET", "/health/live")
                connection.getresponse()
            except (OSError, HTTPException):
                continue
            announce()
            return

    threading.Thread(target=wait, daemon=True).start()
