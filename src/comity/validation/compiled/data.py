"""The data graph in the engine, with what queries of shapes want beside it.

Literals are stored as `coding` has them. Two kinds of named graphs stand beside the data, which are
the default graph: one says of which classes a node is, of those that shapes ask for, with all that
follows from `rdfs:subClassOf`; the others are sets of nodes, one a graph.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
        self._classes = frozenset(classes)
        self._types: dict[Term, set[Term]] = defaultdict(set)
        self._above: dict[Term, set[Term]] = defaultdict(set)
        self._known: dict[Term, frozenset[Term]] = {}
        self._members: dict[Term, set[Term]] = {each: set() for each in self._classes}
        self._numbers = count()
        self._lock = Lock()
        self._sets: dict[frozenset[Term], str] = {}
        self._load(statements)

    def _load(self, statements: Iterable[Statement]) -> None:
        quad, default, encode = self.engine.Quad, self._default, self.coding.encode
        self._store.bulk_extend(
            [
                quad(each.subject, each.predicate, encode(each.object), default)
                for each in statements
            ]
        )
        text = "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?m) { ?s ?p ?o } GROUP BY ?p"
        for predicate, number, subjects in self.query(text):
            self.predicates[predicate.value] = int(number.value)
            if number == subjects:
                self.functional.add(predicate.value)
        if self.coding.has_encoded:
            test = f'FILTER(isLiteral(?o) && STRSTARTS(STR(DATATYPE(?o)), "{PREFIX}"))'
            text = f"SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p ?o {test} }} GROUP BY ?p"
            self.rewritten.update({row[0].value: int(row[1].value) for row in self.query(text)})
        for name, index in ((TYPE, self._types), (SUBCLASS, self._above)):
            for each in self._store.quads_for_pattern(
                None, self.engine.NamedNode(name), None, default
            ):
                index[each.subject].add(each.object)
        self._store.bulk_extend(
            [each for node in list(self._types) for each in self._memberships(node)]
        )

    def _note(self, quad: Any, sign: int) -> None:
        predicate = quad.predicate.value
        self.predicates[predicate] += sign
        if sign > 0:
            self.functional.discard(predicate)
        value = quad.object
        index = {TYPE: self._types, SUBCLASS: self._above}.get(predicate)
        if index is not None:
            known = index[quad.subject]
            (known.add if sign > 0 else known.discard)(value)
        if is_literal(value) and value.datatype.value.startswith(PREFIX):
            self.rewritten[predicate] += sign

    # --- classes

    def classes(self, node: Term) -> set[Term]:
        """Return the classes of a node, of those that shapes ask for."""
        found: set[Term] = set()
        for kind in self._types.get(node, ()):
            if kind not in self._known:
                above = reached(kind, lambda each: self._above.get(each, ()))
                self._known[kind] = self._classes & above
            found |= self._known[kind]
        return found

    def members(self, kind: Term) -> set[Term]:
        """Return the instances of a class that shapes ask for."""
        return self._members[kind]

    def _memberships(self, node: Term) -> Iterator[Any]:
        """Note of which classes a node is, and yield the statements."""
        for kind in self.classes(node):
            self._members[kind].add(node)
            yield self.engine.Quad(node, self._is, kind, self._is)

    # --- changes

    def change(
        self, added: Iterable[Statement], removed: Iterable[Statement]
    ) -> tuple[list[Any], list[Any]]:
        """Change the graph; return what really came and went, as it is stored."""
        quad, encode = self.engine.Quad, self.coding.encode
        going, coming = (
            dict.fromkeys(
                quad(each.subject, each.predicate, encode(each.object), self._default)
                for each in statements
            )
            for statements in (removed, added)
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
            self._refresh(list(self._types))
        else:
            self._refresh({each.subject for each in changed if each.predicate.value == TYPE})

    def _refresh(self, nodes: Collection[Term]) -> None:
        quad, name = self.engine.Quad, self._is
        for node in nodes:
            now = self.classes(node)
            for kind, members in self._members.items():
                if kind in now and node not in members:
                    members.add(node)
                    self._store.add(quad(node, name, kind, name))
                elif kind not in now and node in members:
                    members.discard(node)
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
        for each in self._store.quads_for_pattern(None, None, None, self._default):
            yield each.subject, each.predicate, decode(each.object)

    def has(self, subject: Term | None, predicate: Term, value: Term | None) -> bool:
        """Tell whether there is a statement, of nodes as they are stored."""
        if subject is not None and is_literal(subject):
            return False
        found = self._store.quads_for_pattern(subject, predicate, value, self._default)
        return next(iter(found), None) is not None


def member_of(name: str, variable: str) -> str:
    """Return the pattern for the members of a set."""
    return f"GRAPH <{name}> {{ <{IN}> <{IN}> {variable} }}"


def instance_of(kind: Term, variable: str) -> str:
    """Return the pattern for the instances of a class."""
    return f"GRAPH <{IS}> {{ {variable} <{IS}> {kind} }}"
