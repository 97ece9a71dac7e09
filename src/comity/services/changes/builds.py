"""The history of a server of a build: the builds that are kept in the same folder.

The build in force follows all others, since publishing one again is a change too; a build that is
not in force follows those that were finished before it.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError, StorageDamagedError
from comity.model.terms import W3ID
from comity.services.changes.history import MOST_STEPS, Aside, Step
from comity.store.builds import find_builds
from comity.store.builds.layout import CHANGES, CURRENT
from comity.store.builds.manifest import NAME
from comity.store.differences import changed_lines, keep_brief, write_patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from comity.store.builds import Build
    from comity.store.differences import Brief
    from comity.store.engine import Graph

_UNKNOWN: Final = "1970-01-01T00:00:00Z"


@contextmanager
def from_disk(build: Build) -> Iterator[Graph]:
    """Give the graph of a build, asked in this process."""
    yield build.graph()


class BuildHistory:
    """The builds up to the one that is served, as long as they are kept."""

    kind = "build"

    def __init__(
        self,
        folder: Path,
        served: str,
        open_graph: Callable[[Build], AbstractContextManager[Graph]] = from_disk,
    ) -> None:
        """Take the folder of builds and the id of the served one."""
        self._folder = folder
        self._served = served
        self._open = open_graph
        self._lock = Lock()
        self._aside = Aside()

    def began(self) -> str:
        """Return when the oldest build that is kept was finished."""
        found = self._builds()
        return _finished(found[0]) if found else _UNKNOWN

    def steps(self) -> list[Step]:
        """Return the steps from build to build, the newest first."""
        found, latest, steps = self._builds(), "", []
        for before, after in pairwise(found):
            latest = max(latest, _finished(before), _finished(after))
            steps.append(Step(before.id, after.id, latest))
        return steps[::-1][:MOST_STEPS]

    def brief(self, step: Step) -> Brief:
        """Return what a step changed, kept beside the builds."""
        old, new = self._find(step.old), self._find(step.new)
        with self._lock:
            name = f"{step.name}.sqlite"
            if not self._aside.is_used:
                with suppress(OSError):  # for one that is only read
                    return keep_brief(self._folder / CHANGES / name, _changes(old, new))
            return keep_brief(self._aside.path() / name, _changes(old, new))

    def patch(self, old: str, new: str) -> Iterator[bytes]:
        """Return an RDF Patch between two builds that are kept."""
        before, after = self._find(old), self._find(new)
        return write_patch(_changes(before, after), f"{W3ID}build/{new}", f"{W3ID}build/{old}")

    def graph(self, state: str) -> AbstractContextManager[Graph]:
        """Return the graph of a build."""
        return self._open(self._find(state))

    def close(self) -> None:
        """Remove what was kept for this process only."""
        self._aside.close()

    def _find(self, build: str) -> Build:
        for each in self._builds():
            if each.id == build:
                return each
        raise NotFoundError(
            f"The build {build!r} is not kept here; /changes lists those that are, and "
            "`comity build --keep` says how many."
        )

    def _builds(self) -> list[Build]:
        """Return the builds up to the served one, the oldest first."""
        try:
            found = find_builds(self._folder)
        except (StorageDamagedError, OSError):  # one of them is of another version, or just went
            found = [each for each in map(_whole, self._folder.iterdir()) if each]
        served = next((each for each in found if each.id == self._served), None)
        if served is None:
            return []
        current = self._folder / CURRENT
        is_current = current.exists() and current.resolve() == served.folder.resolve()
        before = [
            each
            for each in found
            if each.id != served.id and (is_current or _order(each) < _order(served))
        ]
        return [*sorted(before, key=_order), served]


def _changes(old: Build, new: Build) -> Iterator[tuple[bool, bytes]]:
    return changed_lines(old.statements.texts(), new.statements.texts())


def _whole(folder: Path) -> Build | None:
    from comity.store.builds.layout import PART, Build
    from comity.store.builds.manifest import read_manifest

    if folder.is_symlink() or folder.suffix == PART:
        return None
    try:
        return Build(folder, read_manifest(folder))
    except StorageDamagedError:
        return None


def _order(build: Build) -> tuple[str, int]:
    """Return when a build was finished, and which of those of one second was published first."""
    return _finished(build), (build.folder / NAME).stat().st_mtime_ns


def _finished(build: Build) -> str:
    return str(build.manifest.took.get("finished", _UNKNOWN))
