"""What a server holds of a build on the disk: next to nothing, however large the build is.

Statements as written are read from the build's sorted file, thing by thing; who points to a thing
is asked of the engine. What cannot be made without all statements at once is refused, and says
where they are to be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final

from comity.errors import RefusedError
from comity.model.terms import ID, NS
from comity.services.catalog.summary import SUMMARY, read_summary
from comity.services.export.context import make_context
from comity.services.export.dumps import DUMP_FORMATS, EVERYTHING, Dump, Dumps
from comity.services.export.material import CORE, SHAPES, Material
from comity.services.export.ordering import read_ordering
from comity.services.holding import Holding
from comity.services.lookup import LARGEST_GRAPH, Lookup, too_large
from comity.services.selecting import select
from comity.store import formats
from comity.store.builds.blocks import triples_of
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Iri, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.services.catalog.statistics import Statistics
    from comity.services.catalog.summary import Summary
    from comity.services.export.selection import Subject
    from comity.store.builds import Build
    from comity.store.builds.blocks import Statements
    from comity.store.engine import Graph
    from comity.store.formats import Format

_LINES: Final = (formats.N_QUADS, formats.N_TRIPLES)


class StoredIndex(Lookup):
    """What is said of a thing, read from the build's file of statements."""

    def __init__(self, build: Build, graph: Graph) -> None:
        """Read nothing yet."""
        super().__init__(graph)
        self.build = build
        self.size = build.manifest.statements

    def quads(self, subject: Subject) -> list[Quad]:
        """Return the statements about a thing as written."""
        lines = self.build.statements.about(subject.n3())
        return parse_document(b"\n".join(lines), formats.N_QUADS)


class StoredMaterial(Material):
    """The statements of a build, of which none are held."""

    def __init__(self, build: Build, graph: Graph) -> None:
        """Read the order and the words of the ontology."""
        words = build.words()
        core = [quad.triple for quad in words if quad.graph == CORE]
        shapes = [quad.triple for quad in words if quad.graph.startswith(SHAPES)]
        ordering = read_ordering(core)
        super().__init__((), ordering, make_context(core, shapes, ordering))
        self.__dict__.update(build=build, graph=graph)

    build: Build
    graph: Graph

    def __repr__(self) -> str:
        """Return how much it is."""
        return f"<Material: {self.build.manifest.statements} statements on the disk>"

    @cached_property
    def index(self) -> StoredIndex:
        """All statements by what they are about."""
        return StoredIndex(self.build, self.graph)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the data are those of Comity, told by its ontology among them."""
        return CORE in self.build.manifest.graphs

    @cached_property
    def pairs(self) -> list[str]:
        """The local names of all dyads, sorted."""
        rows = select(self.graph, f"SELECT DISTINCT ?s {{ ?s a <{NS}Dyad> }}")
        return sorted(each.value.removeprefix(ID) for (each,) in rows if isinstance(each, Iri))

    @property
    def graphs(self) -> list[str]:
        """The names of all named graphs, sorted."""
        return sorted(self.build.manifest.graphs)

    @cached_property
    def summary(self) -> Summary:
        """The counts."""
        return read_summary((self.build.folder / SUMMARY).read_bytes())

    def of_graph(self, name: str) -> list[Quad]:
        """Return the statements of a named graph."""
        return self._of([name] if name in self.build.manifest.graphs else [])

    def of_graphs(self, beginning: str) -> list[Quad]:
        """Return the statements of the graphs whose name begins so."""
        return self._of([each for each in self.graphs if each.startswith(beginning)])

    def _of(self, names: list[str]) -> list[Quad]:
        size = sum(self.build.manifest.graphs[each] for each in names)
        if size > LARGEST_GRAPH:
            raise too_large(f"A graph of {size:,} statements")
        if all(each == CORE or each.startswith(SHAPES) for each in names):
            return [quad for quad in self.build.words() if quad.graph in names]
        found: list[Quad] = []
        for name in names:
            query = f"SELECT DISTINCT ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }} ORDER BY ?s"
            for (subject,) in select(self.graph, query):
                if isinstance(subject, Iri | BlankNode):
                    found += [each for each in self.index.quads(subject) if each.graph == name]
        return found


@dataclass(frozen=True)
class StoredDump(Dump):
    """A dump that is read from the build's file while it is sent."""

    length: int
    digest: str
    statements: Statements

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return self.length

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the content, in lower-case hexadecimal."""
        return self.digest

    def parts(self) -> Iterator[bytes]:
        """Yield the content."""
        if self.offer == formats.N_QUADS:
            yield from self.statements.texts()
            return
        last = b""
        for text in self.statements.texts():
            lines = [line for line, _ in groupby(triples_of(text))]
            if lines and lines[0] == last:
                del lines[0]
            last = lines[-1] if lines else last
            yield b"".join(lines)


class StoredDumps(Dumps):
    """The dumps of a build: all of it line by line from its file, pairs as ever."""

    material: StoredMaterial

    def names(self) -> list[str]:
        """Return the names of the dumps that are listed; those of pairs are had all the same."""
        return [EVERYTHING]

    def span(self) -> tuple[str, str] | None:
        """Return the first and the last day of all facts."""
        return self.material.summary.span

    def statistics(self) -> Statistics:
        """Return the counts, which were taken with the build."""
        return self.material.summary.statistics

    def offers(self, name: str) -> tuple[Format, ...]:
        """Return the formats in which there is a dump by this name."""
        return _LINES if name == EVERYTHING else super().offers(name)

    def file(self, file: str) -> Dump:
        """Return a dump; that of everything reads its content when it is sent."""
        name, _, suffix = file.partition(".")
        if name != EVERYTHING or all(each.suffix != suffix for each in DUMP_FORMATS):
            return super().file(file)
        build, summary = self.material.build, self.material.summary
        if suffix == formats.N_QUADS.suffix:
            size, digest, offer = build.manifest.size, build.manifest.sha256, formats.N_QUADS
        elif suffix == formats.N_TRIPLES.suffix:
            size, digest, offer = summary.size, summary.sha256, formats.N_TRIPLES
        else:
            raise too_large("All data of this server in this format")
        return StoredDump(EVERYTHING, offer, b"", size, digest, build.statements)


class StoredHolding(Holding):
    """The holding of a build on the disk."""

    def __init__(self, build: Build, graph: Graph) -> None:
        """Hold the build, and nothing of it yet."""
        super().__init__(refuse_statements, build.id, graph=graph)
        self.build = build

    @property
    def material(self) -> StoredMaterial:
        """What exports are made from."""
        return self.once("material", lambda: StoredMaterial(self.build, self.graph))

    @property
    def dumps(self) -> StoredDumps:
        """The dumps."""
        return self.once("dumps", lambda: StoredDumps(self.material, self._turns.exports))


def refuse_statements() -> Iterable[Quad]:
    """Raise RefusedError: nobody takes all statements of a large graph into memory."""
    raise RefusedError(
        "This server holds more statements than it takes into memory at once, so documents are not "
        "judged here; run `comity check` on the files."
    )
