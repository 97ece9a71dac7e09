"""A build on its way: statements come in, are sorted and counted, and are settled in a store."""

from __future__ import annotations

import gzip
import shutil
import time
from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.errors import StorageFullError
from comity.store.builds.blocks import STATEMENTS, BlockWriter, Statements, Written
from comity.store.builds.layout import FILES, PART, STORE, WORDS
from comity.store.builds.lines import Anonymous, line_of, read_file
from comity.store.builds.manifest import NAME, Manifest, build_id
from comity.store.builds.sorting import RUN_BYTES, Sorter
from comity.store.canonicalizing import canonical_quads
from comity.store.engine import Graph
from comity.store.files import digest
from comity.store.merging import in_default

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from comity.store.builds.layout import Build
    from comity.store.builds.publishing import Builds
    from comity.store.files import GraphFile
    from comity.store.terms import Quad

    # Told how much of a step is done: its name, how much, and of how much.
    Tell = Callable[[str, int, int], None]

_NEW: Final = f"new{PART}"
_RUNS: Final = "runs"
_STEP: Final = 50_000  # statements between two words about them
LOAD_STATEMENTS: Final = 300_000
"""Statements that the engine is given at once; it holds them all, and takes 2 GB for a million."""


class Draft:
    """What a build is made of; nothing of it is seen before `Builds.finish`."""

    def __init__(
        self,
        builds: Builds,
        is_word: Callable[[str], bool],
        tell: Tell | None = None,
        *,
        run_bytes: int = RUN_BYTES,
        load_statements: int = LOAD_STATEMENTS,
    ) -> None:
        """Begin in a locked folder; `is_word` tells the graphs whose order means something."""
        self._builds = builds
        self._is_word = is_word
        self._tell = tell or (lambda *_: None)
        self._part = builds.folder / _NEW
        with _disk_faults(self._part):
            (self._part / _RUNS).mkdir(parents=True)
        self._sorter = Sorter(self._part / _RUNS, run_bytes)
        self._load_statements = load_statements
        self._anonymous = Anonymous()
        self._words: list[bytes] = []
        self._taken = 0
        self._began = time.monotonic()
        self.took: dict[str, Any] = {}

    @property
    def files(self) -> Path:
        """Where files that belong to the build are put, before `settle`."""
        return self._part / FILES

    @property
    def taken(self) -> int:
        """How many statements came in so far."""
        return self._taken

    def add_file(self, root: Path, file: GraphFile) -> None:
        """Take the statements of a file; raises DataError for one that does not parse."""
        take = self._take_words if self._is_word(file.graph) else self._take
        with _disk_faults(self._part):
            read_file(root, file, self._anonymous, take)

    def add(self, quads: Iterable[Quad]) -> None:
        """Take some statements."""
        self._take([line_of(quad) for quad in self._anonymous.keep(quads)])

    def settle(self) -> str:
        """Sort and count what came in; return the build id, which is that of the content."""
        with _disk_faults(self._part):
            named = sorted(map(line_of, canonical_quads(self._anonymous.quads)))
            self._sorter.add(named)
            graphs = (each for each in self._anonymous.quads if self._is_word(each.graph))
            is_word = {each.graph.encode() for each in graphs}
            self._words += [line for line in named if line[:-4].rpartition(b" <")[2] in is_word]
            (self._part / WORDS).write_bytes(b"".join(self._words))
            writer = BlockWriter(self._part)
            for number, line in enumerate(self._sorter):
                writer.add(line)
                if number % _STEP == 0:
                    self._tell("writing", number, self._taken)
            self._written: Written = writer.close()
            self._sorter.close()
            shutil.rmtree(self._part / _RUNS)
        self.took["statements"] = self._lap()
        self.id = build_id(self._written.sha256, self._others())
        return self.id

    def load(self) -> int:
        """Load the engine's store and settle it; return how many statements it holds."""
        part = self._builds.folder / f"{self.id}{PART}"
        with _disk_faults(part):
            self._part.rename(part)
            self._part = part
            store = pyoxigraph.Store(str(part / STORE))
            with gzip.open(part / STATEMENTS) as opened:
                file: Any = opened
                quads = pyoxigraph.parse(file, format=pyoxigraph.RdfFormat.N_QUADS)
                for some in _portions(self._both(quads), self._load_statements):
                    store.bulk_extend(some)
            self._tell("settling", 0, 0)
            store.optimize()
            store.flush()
            held = len(store) - _count_default(store)
            del store  # closes it
        self.took["store"] = self._lap()
        self._held = held
        return held

    def texts(self) -> Iterator[bytes]:
        """Yield the sorted statements, in parts that end with a line."""
        self._tell("counting", 0, self._written.lines)
        done = 0
        for text in Statements(self._part).texts():
            yield text
            done += text.count(b"\n")
            self._tell("counting", done, self._written.lines)

    def write(self, name: str, content: bytes) -> None:
        """Put a file beside the statements; the id does not depend on it."""
        with _disk_faults(self._part):
            (self._part / name).write_bytes(content)
        self.took["counts"] = self._lap()

    def graph(self) -> Graph:
        """Return the graph that was loaded, to be asked what the manifest tells."""
        store = pyoxigraph.Store.read_only(str(self._part / STORE))
        return Graph(store, self.id, merged=True, size=self._held)

    @property
    def folder(self) -> Path:
        """Where the build is made; another place after `finish`."""
        return self._part

    def describe(
        self, *, checked: bool, sources: tuple[dict[str, str], ...], versions: dict[str, str]
    ) -> Manifest:
        """Write the manifest, with which the build can be asked; nobody else sees it yet."""
        manifest = Manifest(
            build=self.id,
            sha256=self._written.sha256,
            statements=self._written.lines,
            size=self._written.size,
            held=self._held,
            graphs=self._written.graphs,
            checked=checked,
            sources=sources,
            versions={**versions, "pyoxigraph": pyoxigraph.__version__},
            took={"finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **self.took},
        )
        self.write(NAME, manifest.write())
        return manifest

    def finish(self) -> Build:
        """Give the build its name."""
        with _disk_faults(self._part):
            return self._builds.finish(self._part, self.id)

    def drop(self) -> None:
        """Leave nothing of it behind."""
        shutil.rmtree(self._part, ignore_errors=True)

    def _take(self, lines: list[bytes]) -> None:
        self._sorter.add(lines)
        self._taken += len(lines)

    def _take_words(self, lines: list[bytes]) -> None:
        self._words += lines
        self._take(lines)

    def _others(self) -> str:
        """Return the hash of all that answers depend on beside the statements."""
        files = (path for path in self.files.rglob("*") if path.is_file())
        return digest(self._part, [self._part / WORDS, *sorted(files)])

    def _both(self, quads: Iterable[Any]) -> Iterator[Any]:
        """Yield each statement where it stands, and for the merge of all graphs."""
        for number, quad in enumerate(quads):
            if number % _STEP == 0:
                self._tell("loading", number, self._written.lines)
            yield quad
            yield in_default(quad)

    def _lap(self) -> float:
        now = time.monotonic()
        seconds, self._began = now - self._began, now
        return round(seconds, 2)


def _portions(quads: Iterator[Any], most: int) -> Iterator[Iterator[Any]]:
    """Yield the same in portions, each to be used up before the next is asked for."""
    for first in quads:
        yield chain((first,), islice(quads, most - 1))


def _count_default(store: Any) -> int:
    """Return how many statements the default graph has."""
    (row,) = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    return int(row["n"].value)


@contextmanager
def _disk_faults(part: Path) -> Iterator[None]:
    """Turn what the disk refuses into an error that says what stays."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageFullError(
            f"The build was not finished, as {part.parent} refused it ({reason}); "
            "what was published before stays. See to the disk and start again."
        ) from None
