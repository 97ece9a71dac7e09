"""Backups: a store copied whole, beside a running server, and read again before it counts.

A backup is a folder like that of a store, or the same folder in a tar file.
"""

from __future__ import annotations

import io
import shutil
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, NotFoundError, StorageDamagedError
from comity.store.commits.files import disk_faults
from comity.store.commits.record import is_record, locked, verify
from comity.store.commits.transfer import copy_record

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAR: Final = (".tar", ".tar.gz", ".tgz")


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: the number and hash of its last commit, and its statements."""

    path: Path
    number: int
    hash: str
    statements: int

    def __str__(self) -> str:
        """Return it as a sentence."""
        return (
            f"{self.path}: commit {self.number}, {self.statements:,} statements, "
            f"hash {self.hash[:16]}, verified"
        )


def back_up(store: Path, target: Path) -> Copied:
    """Copy a store into a new folder, or a tar file by its suffix, and verify the copy.

    A server may be writing meanwhile: the copy ends with a whole commit. Raises ComityError for a
    target that is there, StorageDamagedError for a damaged store, StorageFullError.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ComityError(f"{target} is there already; name a new file or folder with -o.")
    as_file = target.name.endswith(_TAR)
    with disk_faults(f"The backup {target}"):
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
            folder = Path(scratch) / "store"
            copy_record(store, folder)
            made = _verified(folder)
            if as_file:
                packed = Path(scratch) / target.name
                _pack(folder, packed)
                again = Path(scratch) / "again"
                _unpack(packed, again)
                if _verified(again) != made:
                    raise StorageDamagedError(f"{target} does not read as written; try again.")
                packed.replace(target)
            else:
                if target.exists():
                    target.rmdir()
                folder.replace(target)
    return Copied(target, *made)


def restore(backup: Path, store: Path, *, force: bool = False) -> Copied:
    """Put a verified backup in the place of a store.

    A store that is there is kept beside it under another name, and only replaced with `force`.
    Raises NotFoundError for a backup that is not there, StorageDamagedError for a damaged one,
    ComityError for a target that is not empty or has a server.
    """
    if not backup.exists():
        raise NotFoundError(f"There is no backup {backup}; name a folder or tar file.")
    filled = store.exists() and any(path.name != "lock" for path in store.iterdir())
    if filled and not force:
        raise ComityError(f"{store} is not empty; --force puts the backup in its place.")
    with disk_faults(f"The store {store}"):
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=store.parent, prefix=".restore-") as scratch:
            source = backup
            if backup.is_file():
                source = Path(scratch) / "unpacked"
                _unpack(backup, source)
            folder = Path(scratch) / "store"
            copy_record(source, folder)
            made = _verified(folder)
            if store.exists():
                with locked(store):
                    store.replace(_aside(store) if filled else Path(scratch) / "empty")
                    folder.replace(store)
            else:
                folder.replace(store)
    return Copied(store, *made)


def _verified(folder: Path) -> tuple[int, str, int]:
    state, number, digest = verify(folder)
    return number, digest, len(state)


def _aside(store: Path) -> Path:
    return next(path for path in _names(store) if not path.exists())


def _names(store: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield store.with_name(f"{store.name}.replaced-{number}")


def _pack(folder: Path, target: Path) -> None:
    mode = "w" if target.name.endswith(".tar") else "w:gz"
    with tarfile.open(target, mode) as archive:  # type: ignore[call-overload]
        for path in sorted(folder.iterdir()):
            content = path.read_bytes()
            entry = tarfile.TarInfo(path.name)
            entry.size = len(content)
            entry.mode = 0o644
            archive.addfile(entry, io.BytesIO(content))


def _unpack(source: Path, folder: Path) -> None:
    """Unpack the plain files of a tar; raises StorageDamagedError if it is none."""
    folder.mkdir()
    try:
        with tarfile.open(source) as archive:
            for entry in archive:
                content = archive.extractfile(entry) if entry.isfile() else None
                if content is None or Path(entry.name).name != entry.name:
                    raise StorageDamagedError(f"{source} holds {entry.name!r}, no file of a store.")
                with (folder / entry.name).open("wb") as target:
                    shutil.copyfileobj(content, target)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise StorageDamagedError(f"{source} is no whole tar file: {error}.") from None
    if not is_record(folder):
        raise StorageDamagedError(f"{source} holds no store; name a file made by comity backup.")
