"""What one process of the server loads: the data, the readers of them, and the application."""

from __future__ import annotations

import ctypes
import logging
import multiprocessing
import os
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError
from comity.store.builds import find_build, hold
from comity.store.formats import N_QUADS
from comity.store.readers import Readers
from comity.store.sandbox import end_with_parent
from comity.store.serializing import serialize_quads
from comity.web.limits import lane_limits, reader_limits

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.synchronize import Event

    from comity.settings import Settings
    from comity.store.builds import Build
    from comity.store.terms import Quad
    from comity.web.asgi import Adapter
    from comity.web.assembling import Parts

# How long a thread keeps Python's lock while others want it; a short request waits for few turns.
_TURN_SECONDS: Final = 0.001
_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
_LARGE_BLOCK: Final = 256 * 1024

_log: Final = logging.getLogger("comity.server")


def load(settings: Settings, ready: Event, broken: Event) -> Adapter:
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


def load_adapter(settings: Settings) -> Adapter:
    """Return the application on its data, with its readers running and its store open.

    Raises DataError for a broken file, EngineError if the readers cannot start, and what the store
    raises if its files do not fit together.
    """
    # The readers are processes: those of a large build start while the application is imported.
    build = find_build(Path(settings.build)) if settings.build else None
    held = hold(build) if build is not None else None
    with ThreadPoolExecutor(1) as pool:
        started = None
        is_large = build is not None and build.manifest.statements > settings.memory_statements
        if build is not None and is_large and not settings.is_remote:
            started = pool.submit(open_readers, settings, build.folder, build.id, 0)
        from comity.web.asgi import Adapter

        parts = _assemble(settings, build, started)
        if held is not None:
            parts = replace(parts, ends=(*parts.ends, held.close))
    return Adapter(parts.app, settings, parts.readers, parts.close, parts.state)


def _assemble(settings: Settings, build: Build | None, started: Future[Readers] | None) -> Parts:
    if settings.is_remote:
        from comity.web.assembling_remote import assemble_remote

        return assemble_remote(settings, build)
    from comity.web import assembling

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


def _scratch(settings: Settings) -> Path | None:
    """Return the folder for what is written for a moment; None for the system's own."""
    if settings.build:
        return None  # nothing is written into a build
    try:
        settings.cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return settings.cache if os.access(settings.cache, os.W_OK) else None
