"""The data graph in the engine, with what queries of shapes want beside it.

Literals are stored as `coding` has them. Two kinds of named graphs stand beside the data, which are
the default graph: one says of which classes a node is, of those that shapes ask for, with all that
follows from `rdfs:subClassOf`; the others are sets of nodes, one a graph.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from comity.validation.compiled.coding import PREFIX, Coding
from comity.validation.compiled.terms import SUBCLASS, TYPE, is_literal, reached

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from comity.validation.compiled.terms import Engine, Statement, Term

IS: Final = "urn:shacl:is"
"""The graph of classes, and the property in it."""

IN: Final = "urn:shacl:in"
"""Subject and property of the statements of a set, whose values are the members."""

SHAPES: Final = "urn:shacl:shapes"
"""The graph of the shapes, if a query asks for it."""


class Data:
    """A data graph."""

    def __init__(
        self, engine: Engine, statements: Iterable[Statement], classes: Collection[Term]
    ) -> None:
        """Store statements; `classes` are those that shapes ask for."""
        self.engine = engine
        self.coding = Coding(engine)
        self.predicates: Counter[str] = Counter()
        self.rewritten: Counter[str] = Counter()
        """How many values of each property are stored in another form than they are written."""
        self.functional: set[str] = set()
        """Properties of which no node has two values, as far as that is known."""
        self._store: Any = engine.Store()
        self._default = engine.DefaultGraph()
        self._is, self._in = engine.NamedNode(IS), engine.NamedNode(IN)
        self._type, self._subclass = engine.NamedNode(TYPE), engine.NamedNode(SUBCLASS)
        self._classes = frozenset(classes)
        self._above: dict[Term, set[Term]] = defaultdict(set)
        self._known: dict[Term, frozenset[Term]] = {}
        self._sizes: Counter[Term] = Counter()
        self._numbers = count()
        self._lock = Lock()
        self._sets: dict[frozenset[Term], str] = {}
        self._load(statements)

    def _load(self, statements: Iterable[Statement]) -> None:
        self._store.bulk_extend(map(self._stored, statements))
        text = "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o } GROUP BY ?p"
        for predicate, number, subjects in self.query(text):
            self.predicates[predicate.value] = int(number.value)
            if number == subjects:
                self.functional.add(predicate.value)
        if self.coding.has_encoded:
            test = f'FILTER(isLiteral(?o) && STRSTARTS(STR(DATATYPE(?o)), "{PREFIX}"))'
            text = f"SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o {test} }} GROUP BY ?p"
            self.rewritten.update({row[0].value: int(row[1].value) for row in self.query(text)})
        for each in self._statements(None, self._subclass, None):
            self._above[each.subject].add(each.object)
        quad, name = self.engine.Quad, self._is
        self._store.bulk_extend(
            quad(each.subject, name, kind, name)
            for each in self._statements(None, self._type, None)
            for kind in self._classes_above(each.object)
        )
        sizes = f"SELECT ?c (COUNT(*) AS ?n) {{ GRAPH <{IS}> {{ ?s <{IS}> ?c }} }} GROUP BY ?c"
        self._sizes.update({row[0]: int(row[1].value) for row in self.query(sizes)})

    def _stored(self, statement: Statement) -> Any:
        """Return a statement as it is stored: itself, where it can be."""
        value = statement.object
        stored = self.coding.encode(value)
        if stored is value and getattr(statement, "graph_name", None) == self._default:
            return statement
        return self.engine.Quad(statement.subject, statement.predicate, stored, self._default)

    def _statements(self, subject: Term, predicate: Term, value: Term) -> Iterator[Any]:
        """Return statements of the data, as they are stored, with None for any node."""
        found: Iterator[Any] = self._store.quads_for_pattern(
            subject, predicate, value, self._default
        )
        return found

    def _note(self, quad: Any, sign: int) -> None:
        predicate = quad.predicate.value
        self.predicates[predicate] += sign
        if sign > 0:
            self.functional.discard(predicate)
        value = quad.object
        if predicate == SUBCLASS:
            known = self._above[quad.subject]
            (known.add if sign > 0 else known.discard)(value)
        if is_literal(value) and value.datatype.value.startswith(PREFIX):
            self.rewritten[predicate] += sign

    # --- classes

    def members(self, kind: Term) -> Members:
        """Return the instances of a class that shapes ask for."""
        return Members(self, kind)

    def size(self, kind: Term) -> int:
        """Return how many instances a class has."""
        return self._sizes[kind]

    def instances(self, kind: Term | None, node: Term | None = None) -> Iterator[Any]:
        """Return what is known of the instances of a class, or of the classes of a node."""
        found: Iterator[Any] = self._store.quads_for_pattern(node, self._is, kind, self._is)
        return found

    def _classes_above(self, kind: Term) -> frozenset[Term]:
        """Return a class and those above it, of the classes that shapes ask for."""
        if kind not in self._known:
            above = reached(kind, lambda each: self._above.get(each, ()))
            self._known[kind] = self._classes & above
        return self._known[kind]

    # --- changes

    def change(
        self, added: Iterable[Statement], removed: Iterable[Statement]
    ) -> tuple[list[Any], list[Any]]:
        """Change the graph; return what really came and went, as it is stored."""
        going, coming = (
            dict.fromkeys(map(self._stored, statements)) for statements in (removed, added)
        )
        store = self._store
        gone = [each for each in going if each not in coming and each in store]
        came = [each for each in coming if each not in store]
        self.exchange(came, gone)
        return came, gone

    def exchange(self, came: Collection[Any], gone: Collection[Any]) -> None:
        """Add statements that are not there, and take away others, all as they are stored."""
        for each in gone:
            self._store.remove(each)
            self._note(each, -1)
        self._store.extend(came)
        for each in came:
            self._note(each, 1)
        changed = [*gone, *came]
        if any(each.predicate.value == SUBCLASS for each in changed):
            self._known.clear()
            nodes = {each.subject for each in self.instances(None)}
            self._refresh(
                nodes | {each.subject for each in self._statements(None, self._type, None)}
            )
        else:
            self._refresh({each.subject for each in changed if each.predicate.value == TYPE})

    def _refresh(self, nodes: Collection[Term]) -> None:
        quad, name = self.engine.Quad, self._is
        for node in nodes:
            types = self._statements(node, self._type, None)
            now = frozenset().union(*(self._classes_above(each.object) for each in types))
            before = {each.object for each in self.instances(None, node)}
            for kind in now - before:
                self._sizes[kind] += 1
                self._store.add(quad(node, name, kind, name))
            for kind in before - now:
                self._sizes[kind] -= 1
                self._store.remove(quad(node, name, kind, name))

    # --- sets and queries

    def put(self, nodes: Iterable[Term]) -> str:
        """Store a set of nodes, as they are stored; return the name of its graph."""
        nodes = frozenset(nodes)
        with self._lock:
            return self._sets.get(nodes) or self._put(nodes)

    def _put(self, nodes: frozenset[Term]) -> str:
        name = f"{IN}:{next(self._numbers)}"
        graph = self.engine.NamedNode(name)
        quad, member = self.engine.Quad, self._in
        self._store.extend([quad(member, member, node, graph) for node in nodes])
        self._sets[nodes] = name
        return name

    def drop_sets(self) -> None:
        """Forget all sets."""
        for name in self._sets.values():
            self._store.remove_graph(self.engine.NamedNode(name))
        self._sets.clear()

    def put_shapes(self, statements: Iterable[tuple[Term, Term, Term]]) -> None:
        """Store the shapes graph, for queries that ask for it."""
        graph, encode = self.engine.NamedNode(SHAPES), self.coding.encode
        self._store.bulk_extend(
            [self.engine.Quad(s, p, encode(value), graph) for s, p, value in statements]
        )

    def query(self, text: str) -> Any:
        """Answer a query; rows come one after the other."""
        return self._store.query(text)

    def statements(self) -> Iterator[tuple[Term, Term, Term]]:
        """Yield all statements as they are written."""
        decode = self.coding.decode
        for each in self._statements(None, None, None):
            yield each.subject, each.predicate, decode(each.object)

    def has(self, subject: Term | None, predicate: Term, value: Term | None) -> bool:
        """Tell whether there is a statement, of nodes as they are stored."""
        if subject is not None and is_literal(subject):
            return False
        return next(self._statements(subject, predicate, value), None) is not None


class Members(AbstractSet["Term"]):
    """The instances of a class, which stand in the store and nowhere else."""

    def __init__(self, data: Data, kind: Term) -> None:
        """Look at the instances of a class that shapes ask for."""
        self._data = data
        self._kind = kind

    def __len__(self) -> int:
        """Return how many there are."""
        return self._data.size(self._kind)

    def __iter__(self) -> Iterator[Term]:
        """Yield them, in no order."""
        return (each.subject for each in self._data.instances(self._kind))

    def __contains__(self, node: object) -> bool:
        """Tell whether a node is one of them."""
        return not is_literal(node) and any(self._data.instances(self._kind, node))

    @classmethod
    def _from_iterable(cls, nodes: Iterable[Term]) -> set[Term]:
        """Return what is made of them together with other nodes (`collections.abc.Set`)."""
        return set(nodes)


def member_of(name: str, variable: str) -> str:
    """Return the pattern for the members of a set."""
    return f"GRAPH <{name}> {{ <{IN}> <{IN}> {variable} }}"


def instance_of(kind: Term, variable: str) -> str:
    """Return the pattern for the instances of a class."""
    return f"GRAPH <{IS}> {{ {variable} <{IS}> {kind} }}"
