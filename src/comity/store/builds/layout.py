"""Where things are in a folder of builds and in a build, and how one is opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.errors import StorageDamagedError, UsageError
from comity.store import formats
from comity.store.builds.blocks import Statements
from comity.store.builds.manifest import NAME, Manifest, read_manifest
from comity.store.engine import Graph
from comity.store.parsing import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comity.store.terms import Quad

CURRENT: Final = "current"
PART: Final = ".part"
STORE: Final = "store"
FILES: Final = "files"
WORDS: Final = "words.nq"
CHANGES: Final = ".changes"
"""In a folder of builds: what lies between two of them in brief; see `store.differences`."""


@dataclass(frozen=True)
class Build:
    """A finished build."""

    folder: Path
    manifest: Manifest

    @property
    def id(self) -> str:
        """The build id."""
        return self.manifest.build

    @property
    def store(self) -> Path:
        """The folder of the engine's store."""
        return self.folder / STORE

    @property
    def files(self) -> Path:
        """The root of the files that belong to the build: ontology, canned queries, checks."""
        return self.folder / FILES

    @cached_property
    def statements(self) -> Statements:
        """The statements as written."""
        return Statements(self.folder)

    def graph(self) -> Graph:
        """Return the graph on the disk; it never changes and takes little memory."""
        try:
            store = pyoxigraph.Store.read_only(str(self.store))
        except (OSError, RuntimeError, ValueError) as error:
            raise StorageDamagedError(
                f"The store of the build {self.folder} cannot be opened ({error}); "
                "remove the build and make it again with `comity build`."
            ) from None
        size = self.manifest.held
        sizes = dict(self.manifest.graphs)
        return Graph(store, self.id, merged=True, size=size, sizes=sizes)

    def words(self) -> list[Quad]:
        """Return the statements whose order means something: the ontology's, as in its files."""
        return parse_document((self.folder / WORDS).read_bytes(), formats.N_QUADS, name=WORDS)

    def quads(self) -> Iterator[Quad]:
        """Yield all statements as written, those of the ontology first."""
        words = self.words()
        yield from words
        known = set(words)
        for text in self.statements.texts():
            for quad in parse_document(text, formats.N_QUADS):
                if quad not in known:
                    yield quad


def find_build(path: Path) -> Build:
    """Return the build that a path stands for: a build itself, or a folder's current one.

    Raises UsageError where there is none, StorageDamagedError for one that is not whole.
    """
    folder = path if (path / NAME).is_file() else path / CURRENT
    try:
        folder = folder.resolve(strict=True)
    except OSError:
        raise UsageError(
            f"{path} holds no build; make one with `comity build --output {path}`."
        ) from None
    return Build(folder, read_manifest(folder))


def find_builds(folder: Path) -> list[Build]:
    """Return the finished builds of a folder, the newest first."""
    found = [path.parent for path in folder.glob(f"*/{NAME}")]
    whole = [each for each in found if not each.is_symlink() and each.suffix != PART]
    times = {each: (each / NAME).stat().st_mtime_ns for each in whole}
    return [
        Build(each, read_manifest(each)) for each in sorted(whole, key=lambda each: -times[each])
    ]
