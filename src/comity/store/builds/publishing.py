"""A folder of builds: one writer at a time, a switch in one step, and the end of old builds."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, Protocol

from comity.errors import ComityError, StorageDamagedError, UsageError
from comity.store.builds.layout import CHANGES, CURRENT, PART, Build, find_builds
from comity.store.builds.manifest import NAME, read_manifest
from comity.store.commits.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK: Final = ".lock"
_NEXT: Final = f".{CURRENT}.next"


class Closeable(Protocol):
    """What can be closed."""

    def close(self) -> None:
        """Close it."""


class Builds:
    """A folder of builds, open for writing; see `open`."""

    def __init__(self, folder: Path) -> None:
        """Take a folder that is locked; see `open`."""
        self.folder = folder

    @classmethod
    @contextmanager
    def open(cls, folder: Path) -> Iterator[Builds]:
        """Lock a folder and remove what interrupted builds have left in it.

        Raises UsageError for a folder that cannot be written, ComityError for one at work.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = (folder / LOCK).open("a")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise UsageError(
                f"{folder} cannot hold builds ({reason}); name another folder with --output."
            ) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise ComityError(
                    f"Another build is being made in {folder}; wait for it, "
                    "or name another folder with --output."
                ) from None
            builds = cls(folder)
            builds.tidy()
            yield builds

    @property
    def current(self) -> Build | None:
        """The build in force, None if there is none that is whole."""
        link = self.folder / CURRENT
        try:
            folder = link.resolve(strict=True)
            return Build(folder, read_manifest(folder))
        except (OSError, StorageDamagedError):
            return None

    def find(self, build: str) -> Build | None:
        """Return a finished build by its id, None if there is none."""
        try:
            return Build(self.folder / build, read_manifest(self.folder / build))
        except StorageDamagedError:
            return None

    def tidy(self) -> None:
        """Remove what interrupted builds have left; whoever holds the lock is the only one."""
        for path in self.folder.glob(f"*{PART}"):
            shutil.rmtree(path, ignore_errors=True)
        with suppress(FileNotFoundError):
            (self.folder / _NEXT).unlink()

    def finish(self, part: Path, build: str) -> Build:
        """Give a written build its name, once all of it is on the disk."""
        _sync_tree(part)
        place = self.folder / build
        if place.exists():  # it lost its manifest, else it would not have been made again
            shutil.rmtree(place)
        part.rename(place)
        sync_folder(self.folder)
        return Build(place, read_manifest(place))

    def publish(self, build: Build) -> None:
        """Make a build the current one; who asks meanwhile finds the old or the new one."""
        following = self.folder / _NEXT
        with suppress(FileNotFoundError):
            following.unlink()
        following.symlink_to(build.folder.name)
        following.replace(self.folder / CURRENT)
        sync_folder(self.folder)
        os.utime(build.folder / NAME)  # the newest of all, also if it is published once more

    def drop(self, keep: int) -> list[str]:
        """Remove all but the newest builds, the current one among them; return their ids.

        A build that somebody holds stays, and is removed by a later run; see `hold`.
        """
        current = self.current
        others = [
            each
            for each in find_builds(self.folder)
            if current is None or each.folder != current.folder
        ]
        dropped = [each for each in others[max(keep - 1, 0) :] if not _is_held(each)]
        for each in dropped:
            # Without its manifest it is no build any more, whatever becomes of the rest.
            gone = each.folder.with_name(each.folder.name + PART)
            each.folder.rename(gone)
            shutil.rmtree(gone, ignore_errors=True)
            for path in (self.folder / CHANGES).glob(f"*{each.id}*"):
                path.unlink(missing_ok=True)
        return [each.id for each in dropped]


def hold(build: Build) -> Closeable:
    """Keep a build from being removed until what is returned is closed, or this process ends.

    Nothing is written: the manifest is locked for reading (flock(2)). Where the file system knows
    no locks, a build is not held.
    """
    manifest = (build.folder / NAME).open("rb")
    with suppress(OSError):
        fcntl.flock(manifest, fcntl.LOCK_SH | fcntl.LOCK_NB)
    return manifest


def _is_held(build: Build) -> bool:
    """Tell whether a server on this machine answers from a build."""
    with (build.folder / NAME).open("rb") as manifest:
        try:
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # no locks on this file system
            return False
    return False


def _sync_tree(folder: Path) -> None:
    """See to it that a folder with all that is in it is on the disk."""
    for path, folders, names in os.walk(folder):
        for name in (*names, *folders, "."):
            descriptor = os.open(os.path.join(path, name), os.O_RDONLY)  # noqa: PTH118
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
