"""What a server holds of a store elsewhere: the statements of a small one, of a large one nothing.

A small store is read whole when somebody first needs its statements, so that every download is
there. Of a large one each thing is asked for; what cannot be made without all statements at once
is refused, and says what to do. A build beside the store has them: `comity.services.stored`.
"""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.errors import StoreUnreachableError
from comity.model.terms import ID, NS
from comity.services.export.context import make_context
from comity.services.export.dumps import EVERYTHING, Dump, Dumps
from comity.services.export.material import CORE, SHAPES, Material
from comity.services.export.ordering import read_ordering
from comity.services.holding import Holding, Turns
from comity.services.lookup import LARGEST_GRAPH, Lookup, too_large
from comity.services.selecting import select
from comity.services.stored import refuse_statements
from comity.store.answers import Triples
from comity.store.files import graph_files
from comity.store.loading import parse_file
from comity.store.terms import BlankNode, Iri, Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from comity.services.catalog.statistics import Statistics
    from comity.services.export.selection import Subject
    from comity.store.formats import Format
    from comity.store.remote.graph import RemoteGraph
    from comity.store.remote.versions import Version, Versions
    from comity.store.terms import Term

_TOGETHER: Final = 200  # things that one query asks for
_KEPT: Final = 20_000  # things whose statements are kept
_BESIDE: Final = "have the server take the build too, with --build"


class RemoteIndex(Lookup):
    """What is said of a thing in the named graphs of a store, asked for many things together.

    Blank nodes have no name that a query could use: nothing is found about them.
    """

    def __init__(self, graph: RemoteGraph) -> None:
        """Ask for nothing yet."""
        super().__init__(graph)
        self._quads: dict[Subject, list[Quad]] = {}

    def ready(self, subjects: Iterable[Subject]) -> None:
        """Fetch what is said of things, those that are not known yet."""
        missing = [each for each in dict.fromkeys(subjects) if each not in self._quads]
        if len(self._quads) + len(missing) > _KEPT:
            self._quads.clear()
        named = [each for each in missing if isinstance(each, Iri)]
        self._quads.update((each, []) for each in missing)
        for some in _batches(named):
            wanted = " ".join(each.n3() for each in some)
            query = f"SELECT ?s ?p ?o ?g {{ VALUES ?s {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }} }}"
            for subject, predicate, value, graph in select(self.graph, query):
                found = _quad(subject, predicate, value, graph)
                if found is not None:
                    self._quads[found.subject].append(found)

    def quads(self, subject: Subject) -> list[Quad]:
        """Return the statements about a thing as the store keeps them."""
        self.ready([subject])
        return self._quads.get(subject, [])

    def whose(self, predicate: Iri, values: Iterable[Subject]) -> set[Subject]:
        """Return the things that have any of the values for a property."""
        found: set[Subject] = set()
        for some in _batches([each for each in values if isinstance(each, Iri)]):
            wanted = " ".join(each.n3() for each in some)
            query = f"SELECT ?s {{ VALUES ?o {{ {wanted} }} ?s {predicate.n3()} ?o }}"
            rows = select(self.graph, query)
            found.update(each for (each,) in rows if isinstance(each, Iri | BlankNode))
        return found


class RemoteMaterial(Material):
    """The statements of a large store, of which none are held, and the words of a repository."""

    def __init__(self, graph: RemoteGraph, root: Path) -> None:
        """Read ontology and shapes from the files that were loaded into the store."""
        words = [
            quad
            for file in graph_files(root)
            if _is_word(file.graph)
            for quad in parse_file(root, file)
        ]
        core = [quad.triple for quad in words if quad.graph == CORE]
        shapes = [quad.triple for quad in words if _is_word(quad.graph) and quad.graph != CORE]
        ordering = read_ordering(core)
        super().__init__((), ordering, make_context(core, shapes, ordering))
        self.__dict__.update(graph=graph, words=words)

    graph: RemoteGraph
    words: list[Quad]

    def __repr__(self) -> str:
        """Return where they are."""
        return "<Material: the statements of a store elsewhere>"

    @cached_property
    def index(self) -> RemoteIndex:
        """All statements by what they are about."""
        return RemoteIndex(self.graph)

    @cached_property
    def is_ours(self) -> bool:
        """Whether the data are those of Comity, told by its ontology among them."""
        return bool(self.graph.query(_OURS))

    @cached_property
    def pairs(self) -> list[str]:
        """The local names of all dyads, sorted."""
        rows = select(self.graph, f"SELECT DISTINCT ?s {{ ?s a <{NS}Dyad> }}")
        return sorted(each.value.removeprefix(ID) for (each,) in rows if isinstance(each, Iri))

    @property
    def graphs(self) -> list[str]:
        """The names of all named graphs, sorted."""
        return sorted(self.graph.graphs())

    def of_graph(self, name: str) -> list[Quad]:
        """Return the statements of a named graph."""
        return self._of([name] if name in self.graph.graphs() else [])

    def of_graphs(self, beginning: str) -> list[Quad]:
        """Return the statements of the graphs whose name begins so."""
        return self._of([each for each in self.graphs if each.startswith(beginning)])

    def _of(self, names: list[str]) -> list[Quad]:
        if all(_is_word(each) for each in names):
            return [quad for quad in self.words if quad.graph in names]
        size = sum(self.graph.graphs()[each] for each in names)
        if size > LARGEST_GRAPH:
            raise too_large(f"A graph of {size:,} statements", _BESIDE)
        return [quad for name in names for quad in read_graph(self.graph, name)]


class RemoteDumps(Dumps):
    """The dumps of a large store: those of pairs."""

    def names(self) -> list[str]:
        """Return the names of the dumps that are listed; those of pairs are had all the same."""
        return [EVERYTHING]

    def offers(self, name: str) -> tuple[Format, ...]:
        """Return the formats in which there is a dump by this name."""
        return () if name == EVERYTHING else super().offers(name)

    def statistics(self) -> Statistics:
        """Refuse to count."""
        raise too_large("The counts of this server", _BESIDE)

    def file(self, file: str) -> Dump:
        """Return the dump of a pair; that of everything is refused."""
        if file.partition(".")[0] == EVERYTHING:
            raise too_large("All data of this server", _BESIDE)
        return super().file(file)


class RemoteHolding(Holding):
    """The holding of a store at one of its states; up to `most` statements it may be read whole."""

    def __init__(
        self, graph: RemoteGraph, root: Path, *, most: int, changed: str, turns: Turns
    ) -> None:
        """Hold nothing yet."""
        super().__init__(
            self._all, graph.fingerprint, root, graph=graph, changed=changed, turns=turns
        )
        self._remote = graph
        self._most = most
        self._files = root

    @property
    def is_large(self) -> bool:
        """Whether the store holds more than is read at once."""
        return len(self._remote) > self._most

    @property
    def material(self) -> Material:
        """What exports are made from."""
        if not self.is_large:
            return super().material
        return self.once("material", lambda: RemoteMaterial(self._remote, self._files))

    @property
    def dumps(self) -> Dumps:
        """The dumps."""
        if not self.is_large:
            return super().dumps
        return self.once("dumps", lambda: RemoteDumps(self.material, self._turns.exports))

    @property
    def is_ours(self) -> bool:
        """Whether the data are those of Comity, told by its ontology among them."""
        return self.once("ours", lambda: bool(self._remote.query(_OURS)))

    def _all(self) -> Iterable[Quad]:
        if self.is_large:
            return refuse_statements()
        counted = self._remote.counted()
        found = []
        for number, (name, size) in enumerate(counted.items()):
            quads = read_graph(self._remote, name, number)
            if len(quads) != size:
                raise StoreUnreachableError(
                    f"The remote store gives {len(quads):,} of the {size:,} statements that it "
                    f"counts in {name}; it may be loading, so try again in a moment."
                )
            found += quads
        return found


class Elsewhere:
    """The data of a store elsewhere, seen at each of its states."""

    union: Final = True

    def __init__(self, versions: Versions, make: Callable[[Version], Holding]) -> None:
        """Take what tells the state, and what makes a holding of it."""
        self._versions = versions
        self._make = make
        self._lock = Lock()
        self._newest: tuple[str, Holding] | None = None

    def now(self) -> Holding:
        """Return the holding of this moment; raises what asking for the state raises."""
        version = self._versions.now()
        with self._lock:
            if self._newest is None or self._newest[0] != version.state:
                self._newest = (version.state, self._make(version))
            return self._newest[1]


def read_graph(graph: RemoteGraph, name: str, number: int = 0) -> list[Quad]:
    """Return the statements of a named graph; blank nodes of two numbers never meet."""
    answer = graph.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
    triples = dict.fromkeys(answer.triples() if isinstance(answer, Triples) else ())
    return [_apart(triple, name, number) for triple in triples]


_OURS: Final = f"ASK {{ GRAPH <{CORE}> {{ ?s ?p ?o }} }}"


def _apart(triple: Triple, graph: str, number: int) -> Quad:
    def rename(term: Term) -> Term:
        return BlankNode(f"g{number}.{term.id}") if isinstance(term, BlankNode) else term

    quad = Quad.of(triple, graph)
    return quad._replace(subject=rename(quad.subject), object=rename(quad.object))  # type: ignore[arg-type]


def _quad(
    subject: Term | None, predicate: Term | None, value: Term | None, graph: Term | None
) -> Quad | None:
    if (
        isinstance(subject, Iri)
        and isinstance(predicate, Iri)
        and value is not None
        and isinstance(graph, Iri)
    ):
        return Quad(subject, predicate, value, graph.value)
    return None


def _batches(things: Iterable[Iri]) -> Iterable[tuple[Iri, ...]]:
    rest = iter(things)
    while some := tuple(islice(rest, _TOGETHER)):
        yield some


def _is_word(graph: str) -> bool:
    return graph == CORE or graph.startswith(SHAPES)
