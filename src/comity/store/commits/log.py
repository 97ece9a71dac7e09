"""The log of commits: one sealed JSON record a line, each naming the hash of the one before.

A record counts when its line is whole and on the disk. Beside the log stands `head`, which says how
far it was acknowledged; it is written after the log and never waited for, so that it may fall
behind in a power cut but never runs ahead. A last line that stops in the middle behind the head was
never acknowledged and is cut off; everything else that does not fit is damage.
"""

from __future__ import annotations

import logging
import os
from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from comity.errors import StorageFullError
from comity.store.commits.damage import damaged
from comity.store.commits.files import disk_faults, read_bytes
from comity.store.commits.sealed import hash_of, seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.store.commits.checkpoints import Checkpoint

_log: Final = logging.getLogger(__name__)

LOG: Final = "log.jsonl"
HEAD: Final = "head"
_READINGS: Final = 3  # a server may be writing it at that moment
_HEAD_BYTES: Final = 256  # always the same length, in one sector


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit as the log has it; statements are lines of N-Quads."""

    number: int
    when: str
    who: str
    message: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    previous: str
    hash: str

    def summary(self) -> dict[str, Any]:
        """Return the commit with the numbers of its statements in place of them."""
        return {
            "commit": self.number,
            "when": self.when,
            "who": self.who,
            "message": self.message,
            "added": len(self.added),
            "removed": len(self.removed),
            "hash": self.hash,
        }


@dataclass(slots=True)
class Scan:
    """A log that was read and verified: its last commit, its good bytes, and those behind them."""

    folder: Path
    number: int
    hash: str
    size: int = 0
    torn: int = 0
    when: str = ""
    starts: array[int] = field(default_factory=lambda: array("Q"))


def read_log(folder: Path, checkpoint: Checkpoint, each: Callable[[Commit], object]) -> Scan:
    """Read and verify a log, handing every commit to `each`; nothing is changed.

    Raises StorageDamagedError, with line and byte, for what does not fit.
    """
    head = _read_head(folder / HEAD)  # before the log, which may grow meanwhile
    path = folder / LOG
    if not path.exists():
        raise damaged(path, "the file is missing")
    content = read_bytes(path)
    scan = Scan(folder, 0, checkpoint.origin)
    for number, line in enumerate(content.split(b"\n")[:-1], start=1):
        _follow(scan, path, number, line, each)
        if number == checkpoint.number and scan.hash != checkpoint.of:
            raise damaged(checkpoint.note, "the checkpoint is of another log")
    scan.torn = len(content) - scan.size
    wanted = max(head["number"], checkpoint.number)
    if wanted > scan.number or head["size"] > scan.size:
        missing = f"{scan.number + 1}" + (f" to {wanted}" if wanted > scan.number + 1 else "")
        raise damaged(
            path,
            f"commit {missing}, acknowledged before, is missing or cut",
            line=scan.number + 1,
            offset=scan.size,
        )
    return scan


def _follow(
    scan: Scan, path: Path, number: int, line: bytes, each: Callable[[Commit], object]
) -> None:
    """Verify one line of a log and count it."""
    record = unseal(line)
    fault = ""
    if record is None:
        fault = "the record is not the one that was written"
    elif record["number"] != number:
        fault = f"commit {number} is missing"
    elif record["previous"] != scan.hash:
        fault = "the commit does not follow the one before it"
    else:
        commit = _commit(record)
        try:
            each(commit)
        except (KeyError, ValueError):
            fault = "the commit does not fit the state before it"
    if fault:
        raise damaged(path, fault, line=number, offset=scan.size)
    scan.starts.append(scan.size)
    scan.number, scan.hash, scan.when = commit.number, commit.hash, commit.when
    scan.size += len(line) + 1


def _read_head(path: Path) -> dict[str, Any]:
    """Return how far the log was acknowledged; nothing for a store that took no commit yet."""
    for _ in range(_READINGS):
        content = read_bytes(path) if path.exists() else b""
        if not content:
            return {"number": 0, "size": 0}
        record = unseal(content.rstrip(b" \n"))
        if record is not None and len(content) == _HEAD_BYTES:
            return record
    raise damaged(path, "the record is not the one that was written")


class Log:
    """The log of a store, open for writing; `number`, `hash` and `when` are those of its last."""

    def __init__(self, scan: Scan) -> None:
        """Open a log that was read; cut off what was never acknowledged."""
        self.path = scan.folder / LOG
        self.number, self.hash, self.size = scan.number, scan.hash, scan.size
        self.when = scan.when
        self._starts = scan.starts
        self._broken = False
        flags = os.O_RDWR | os.O_CLOEXEC
        with disk_faults(f"The log {self.path}"):
            self._file = os.open(self.path, flags | os.O_APPEND)
            self._head = os.open(scan.folder / HEAD, flags | os.O_CREAT, 0o644)
            if scan.torn:
                os.ftruncate(self._file, self.size)
                os.fsync(self._file)
                _log.warning(
                    "%s: cut off %d bytes of a commit that was never acknowledged",
                    self.path,
                    scan.torn,
                )
        self._note_head()

    def close(self) -> None:
        """Close the files."""
        os.close(self._file)
        os.close(self._head)

    def append(
        self, *, when: str, who: str, message: str, added: list[str], removed: list[str]
    ) -> Commit:
        """Write a commit and wait until it is on the disk.

        Raises StorageFullError with the log as it was before.
        """
        if self._broken:
            raise StorageFullError(
                f"{self.path} takes no more commits since the disk failed; see to the disk, "
                "then start the server again."
            )
        record = {
            "number": self.number + 1,
            "when": when,
            "who": who,
            "message": message,
            "added": added,
            "removed": removed,
            "previous": self.hash,
        }
        line = seal(record) + b"\n"
        with disk_faults("The change"):
            try:
                _write(self._file, line)
                os.fsync(self._file)
            except OSError:
                self._take_back()
                raise
        commit = _commit({**record, "hash": hash_of(record)})
        self._starts.append(self.size)
        self.size += len(line)  # before the number, which others go by
        self.number, self.hash, self.when = commit.number, commit.hash, commit.when
        self._note_head()
        return commit

    def recent(self, number: int) -> list[Commit]:
        """Return the last commits, the newest first."""
        starts = [*self._starts[max(len(self._starts) - max(number, 0), 0) :], self.size]
        return [self._read(start, end) for start, end in pairwise(starts)][::-1]

    def commit(self, number: int) -> Commit:
        """Return a commit by its number, from 1 to the last; meanwhile others may be appended."""
        size = self.size  # first, since it may grow
        end = self._starts[number] if number < len(self._starts) else size
        return self._read(self._starts[number - 1], end)

    def _read(self, start: int, end: int) -> Commit:
        record = unseal(os.pread(self._file, end - start - 1, start))
        if record is None:
            raise damaged(self.path, "a commit has changed since the start", line=0)
        return _commit(record)

    def _note_head(self) -> None:
        try:
            os.pwrite(self._head, head_of(self.number, self.size, self.hash), 0)
        except OSError as error:  # it only ever helps to find damage
            _log.warning("%s could not be written: %s", HEAD, error.strerror)

    def _take_back(self) -> None:
        try:
            os.ftruncate(self._file, self.size)
            os.fsync(self._file)
        except OSError as error:
            self._broken = True
            _log.error("%s: the end could not be cut off: %s", self.path, error.strerror)


def head_of(number: int, size: int, of: str) -> bytes:
    """Return the content of `head` for a log that was acknowledged up to here."""
    return seal({"number": number, "size": size, "of": of}).ljust(_HEAD_BYTES - 1) + b"\n"


def _write(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _commit(record: dict[str, Any]) -> Commit:
    return Commit(
        number=record["number"],
        when=record["when"],
        who=record["who"],
        message=record["message"],
        added=tuple(record["added"]),
        removed=tuple(record["removed"]),
        previous=record["previous"],
        hash=record["hash"],
    )
