"""The record: the folder of a store, verified, locked, and its state in memory.

`format`             the version of all this
`lock`               held by the one server that may write
`checkpoint-N.nq`    the state at commit N, vouched for by `checkpoint-N.json`
`log.jsonl`, `head`  every commit since the first state
"""

from __future__ import annotations

import fcntl
import logging
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from comity.errors import ComityError, NotFoundError
from comity.store.commits.checkpoints import (
    Checkpoint,
    find_checkpoints,
    tidy,
    write_checkpoint,
)
from comity.store.commits.damage import damaged
from comity.store.commits.files import disk_faults, read_bytes, sync_folder, write_whole
from comity.store.commits.lines import line_of
from comity.store.commits.log import HEAD, LOG, Commit, Log, read_log
from comity.store.commits.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from comity.store.commits.delta import Delta
    from comity.store.terms import Quad

__all__ = ["Commit", "Record", "initialize", "is_record", "read_record", "verify"]

_log: Final = logging.getLogger(__name__)

FORMAT: Final = "format"
LOCK: Final = "lock"
_PATIENCE_SECONDS: Final = 1.0
VERSION: Final = b"comity store 1\n"
CHECKPOINT_EVERY: Final = 1_000


def is_record(folder: Path) -> bool:
    """Tell whether a folder holds a store."""
    return (folder / FORMAT).exists()


def initialize(folder: Path, quads: Iterable[Quad] = ()) -> None:
    """Make a new store that holds some statements as its commit 0; `format` is written last.

    Raises StorageFullError, and ComityError for a folder with other things in it.
    """
    with disk_faults(f"The store {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        tidy(folder)
        foreign = [
            path.name
            for path in folder.iterdir()
            if path.name not in {LOCK, LOG, HEAD} and not path.name.startswith("checkpoint-")
        ]
        if foreign:
            raise ComityError(
                f"{folder} is no store but holds {min(foreign)}; name an empty folder with --store."
            )
        write_checkpoint(folder, 0, sorted({line_of(quad) for quad in quads}))
        write_whole(folder / LOG, b"")
        write_whole(folder / FORMAT, VERSION)
        sync_folder(folder.parent)


def read_record(folder: Path) -> list[Quad]:
    """Return all statements of a store as written, sorted; a running server is not disturbed.

    Raises NotFoundError for a folder without a store, StorageDamagedError for a damaged one.
    """
    return verify(folder)[0].quads()


def verify(folder: Path) -> tuple[State, int, str]:
    """Read a store without changing it; return its state, its number and the last hash."""
    checkpoint = newest_checkpoint(folder)
    state = State(checkpoint.lines())
    later = _Later(checkpoint.number, state)
    scan = read_log(folder, checkpoint, later)
    return state, scan.number, scan.hash


class Record:
    """A store that is open for writing; one process, and in it one thread at a time."""

    def __init__(self, folder: Path, initial: Iterable[Quad] = ()) -> None:
        """Open a store, or make one of some statements where there is none.

        Raises ComityError if another server has it open, StorageDamagedError if its files do not
        fit together, StorageFullError if a new one cannot be written.
        """
        self.folder = folder
        self._lock = _locked(folder)
        try:
            if not is_record(folder):
                initialize(folder, initial)
            self.checkpoint = newest_checkpoint(folder)
            self.state = State(self.checkpoint.lines())
            self._later = _Later(self.checkpoint.number, self.state)
            self.log = Log(read_log(folder, self.checkpoint, self._later))
            self._fingerprint = self._name()
            tidy(folder)
        except BaseException:
            os.close(self._lock)
            raise

    @property
    def number(self) -> int:
        """The number of the last commit, 0 before the first."""
        return self.log.number

    @property
    def fingerprint(self) -> str:
        """A name for the state: the number of the last commit and the beginning of its hash.

        It changes after the state, so that who sees the new name sees the new state.
        """
        return self._fingerprint

    @property
    def changed(self) -> str:
        """When the last commit was, as an ISO 8601 text; empty before the first."""
        return self.log.when

    @property
    def snapshot(self) -> Path:
        """A file of N-Quads to load, `since` tells what to change after it."""
        return self.checkpoint.path

    def since(self) -> tuple[list[str], list[str]]:
        """Return the lines that the engine has to add and to remove after loading the snapshot."""
        changes = self._later.changes.items()
        added = sorted(line for line, there in changes if there)
        return added, sorted(line for line, there in changes if not there)

    def commit(
        self, delta: Delta, *, who: str, message: str
    ) -> tuple[Commit, list[str], list[str]]:
        """Make a change durable; return it, and what the engine has to add and to remove.

        Raises StorageFullError with everything as it was before.
        """
        commit = self.log.append(
            when=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            who=who,
            message=message,
            added=sorted(line_of(quad) for quad in delta.added),
            removed=sorted(line_of(quad) for quad in delta.removed),
        )
        added, removed = self._later(commit)
        self._fingerprint = self._name()
        if self.number - self.checkpoint.number >= CHECKPOINT_EVERY:
            self.checkpoint_now()
        return commit, added, removed

    def _name(self) -> str:
        return f"{self.log.hash[:32]}-{self.number}"

    @property
    def made(self) -> str:
        """When the store was made, as RFC 3339 and to the second."""
        made = datetime.fromtimestamp(int((self.folder / FORMAT).stat().st_mtime), UTC)
        return made.isoformat().replace("+00:00", "Z")

    def checkpoint_now(self) -> None:
        """Write a checkpoint of the state; what the disk refuses is logged, nothing is lost."""
        if self.number == self.checkpoint.number:
            return
        try:
            self.checkpoint = write_checkpoint(
                self.folder,
                self.number,
                self.state.lines(),
                of=self.log.hash,
                origin=self.checkpoint.origin,
            )
            self._later = _Later(self.number, self.state)
            tidy(self.folder)
        except OSError as error:
            _log.warning("no checkpoint at commit %d: %s", self.number, error.strerror)

    def close(self, *, checkpoint: bool = True) -> None:
        """Write a checkpoint, close the files and give the store free."""
        if checkpoint:
            self.checkpoint_now()
        self.log.close()
        os.close(self._lock)

    def __enter__(self) -> Self:
        """Return the record itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the record."""
        self.close()


class _Later:
    """Carries out commits after a checkpoint, and keeps what they change of the engine's lines."""

    def __init__(self, number: int, state: State) -> None:
        self.changes: dict[str, bool] = {}  # by line: there, or no longer
        self._number = number
        self._state = state

    def __call__(self, commit: Commit) -> tuple[list[str], list[str]]:
        if commit.number <= self._number:
            return [], []
        added, removed = self._state.apply(commit.added, commit.removed)
        for lines, there in ((added, True), (removed, False)):
            for line in lines:
                if self.changes.pop(line, there) is there:  # else the two undo each other
                    self.changes[line] = there
        return added, removed


def newest_checkpoint(folder: Path) -> Checkpoint:
    """Return the newest checkpoint of a store; NotFoundError, StorageDamagedError as above."""
    if not is_record(folder):
        raise NotFoundError(f"{folder} holds no store; name the folder of one with --store.")
    if read_bytes(folder / FORMAT) != VERSION:
        raise damaged(folder / FORMAT, "the version is none that this program knows")
    found = find_checkpoints(folder)
    if not found:
        raise damaged(folder, "there is no checkpoint")
    return found[0]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a store; raises ComityError if a server does."""
    descriptor = _locked(folder)
    try:
        yield
    finally:
        os.close(descriptor)


def _locked(folder: Path) -> int:
    with disk_faults(f"The store {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() < until:  # one that was just killed may still hold it
                time.sleep(_PATIENCE_SECONDS / 20)
                continue
            os.close(descriptor)
            raise ComityError(
                f"{folder} is open in another server; stop that one or name another --store."
            ) from None
        return descriptor
