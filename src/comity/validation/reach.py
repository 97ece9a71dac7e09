"""How far shapes see: which focus nodes can be judged otherwise once a statement comes or goes.

The shapes become an automaton. A state stands for a node that some shape looks at: as its focus
node, on the way along its path, as a value, or as the class of one. A step is a statement that is
read on the way. Whoever reads a changed statement is found by walking the steps back, from the
statement to the focus nodes, through the graph as it is after the change: up to the first changed
statement that a validation reads, it has read nothing but statements that stand before and after.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import rdflib
from pyshacl.constraints import ALL_CONSTRAINT_PARAMETERS
from rdflib.namespace import RDF, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

# Constraints that hand the values on to other shapes, one or a list of them.
_NESTED: Final = frozenset({SH.property, SH.node, SH["not"], SH.qualifiedValueShape})
_LISTS: Final = frozenset({SH["and"], SH["or"], SH.xone})
# Constraints that compare with another property of the focus node.
_PAIRS: Final = frozenset({SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals})
# Constraints on which no more is read than the values.
_LOCAL: Final = frozenset(
    {
        *(SH.datatype, SH.nodeKind, SH.minCount, SH.maxCount, SH.hasValue, SH["in"]),
        *(SH.minExclusive, SH.minInclusive, SH.maxExclusive, SH.maxInclusive),
        *(SH.minLength, SH.maxLength, SH.pattern, SH.flags, SH.languageIn, SH.uniqueLang),
        *(SH.qualifiedMinCount, SH.qualifiedMaxCount, SH.qualifiedValueShapesDisjoint),
        *(SH.ignoredProperties, SH.closed, SH["class"]),
    }
)
# Whatever else is a constraint, such as sh:sparql, may read anything.
_UNTOLD: Final = frozenset(ALL_CONSTRAINT_PARAMETERS) - _NESTED - _LISTS - _PAIRS - _LOCAL

_MOST_STEPS: Final = 200_000  # beyond this, validating every node costs no more


class _Step(NamedTuple):
    """A read from one state to another, along a property, or any with None, or against it."""

    start: int
    predicate: Node | None
    inverse: bool
    end: int


class Reach:
    """What the shapes of one graph read, and from where."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        """Read the shapes."""
        self._shapes = shapes
        self._states = 0
        self._focus: dict[Node, int] = {}
        self._passes: dict[int, list[int]] = defaultdict(list)  # without a read, by the end
        self._into: dict[int, list[_Step]] = defaultdict(list)
        self._reads: dict[Node | None, list[_Step]] = defaultdict(list)
        self._untold: set[int] = set()
        self.hands_down = False
        """Whether a shape of values tells results of its own, as if of another focus node."""
        self._own = frozenset(_UNTOLD | set(self._declared()))
        self._targeted = {self._shape(node): node for node in set(self._with_targets())}

    def affected(
        self, changed: Iterable[tuple[Any, Any, Any]], data: rdflib.Graph
    ) -> set[Node] | None:
        """Return the focus nodes that changed statements can concern; None where it may be any.

        `data` is the graph after the change. Nodes that no shape targets may be among them.
        """
        found: set[Node] = set()
        seen = {
            (step.start, value if step.inverse else subject)
            for subject, predicate, value in changed
            for step in (*self._reads[predicate], *self._reads[None])
        }
        waiting = list(seen)
        while waiting:
            if len(seen) > _MOST_STEPS:
                return None
            state, node = waiting.pop()
            if state in self._targeted:
                found.add(node)
            before = set(self._back(state, node, data)) - seen
            seen |= before
            waiting.extend(before)
        return found

    def untold(self) -> set[Node]:
        """Return the shapes whose focus nodes any change may concern."""
        found = set(self._untold)
        waiting = list(found)
        while waiting:
            state = waiting.pop()
            before = {*self._passes[state], *(step.start for step in self._into[state])} - found
            found |= before
            waiting.extend(before)
        return {node for state, node in self._targeted.items() if state in found}

    def _back(self, state: int, node: Node, data: rdflib.Graph) -> Iterator[tuple[int, Node]]:
        """Yield the states and nodes that lead to a node in a state."""
        for start in self._passes[state]:
            yield start, node
        for step in self._into[state]:
            for before in _before(step, node, data):
                yield step.start, before

    def _with_targets(self) -> Iterator[Node]:
        shapes = self._shapes
        for target in (SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf):
            yield from shapes.subjects(target, None)
        for kind in self._classes():
            yield from shapes.subjects(RDF.type, kind)

    def _classes(self) -> set[Node]:
        """Return the types that make a shape the class of its own focus nodes."""
        return {RDFS.Class, *self._shapes.subjects(RDFS.subClassOf, RDFS.Class)}

    def _declared(self) -> Iterator[Node]:
        """Yield the parameters of constraints that the shapes bring with them."""
        kinds = {SH.ConstraintComponent, *self._shapes.subjects(RDFS.subClassOf, None)}
        for kind in kinds:
            for component in self._shapes.subjects(RDF.type, kind):
                for parameter in self._shapes.objects(component, SH.parameter):
                    yield from self._shapes.objects(parameter, SH.path)

    def _shape(self, node: Node) -> int:
        """Return the state of a focus node of a shape."""
        if node in self._focus:
            return self._focus[node]
        focus = self._focus[node] = self._new()
        self._targets(node, focus)
        value = focus
        for path in self._shapes.objects(node, SH.path):
            value = self._walk(path, focus)
        for predicate, parameter in list(self._shapes.predicate_objects(node)):
            if predicate in _PAIRS:
                self._step(focus, parameter)
            elif predicate == SH["class"]:
                self._class(value)
            elif predicate == SH.closed:
                self._step(value, None)
            elif predicate in self._own:
                self._untold.add(value)
            for other in self._others(node, predicate, parameter, value):
                self._pass(value, self._shape(other))
            self.hands_down |= predicate == SH.property and value != focus
        return focus

    def _others(self, node: Node, predicate: Node, parameter: Node, value: int) -> Iterator[Node]:
        """Yield the shapes that a constraint hands the values on to."""
        if predicate in _NESTED:
            yield parameter
        elif predicate in _LISTS:
            yield from self._items(parameter, value)
        elif predicate == SH.qualifiedValueShapesDisjoint:
            for parent in self._shapes.subjects(SH.property, node):
                for sibling in self._shapes.objects(parent, SH.property):
                    yield from self._shapes.objects(sibling, SH.qualifiedValueShape)

    def _targets(self, node: Node, focus: int) -> None:
        """Add the reads by which a node becomes a focus node."""
        shapes = self._shapes
        if (node, SH.targetClass, None) in shapes or self._classes() & set(
            shapes.objects(node, RDF.type)
        ):
            self._class(focus)
        for predicate in shapes.objects(node, SH.targetSubjectsOf):
            self._step(focus, predicate)
        for predicate in shapes.objects(node, SH.targetObjectsOf):
            self._step(focus, predicate, inverse=True)

    def _class(self, state: int) -> None:
        """Add the reads that tell whether a node is an instance of a class."""
        kind = self._step(state, RDF.type)
        self._pass(self._step(kind, RDFS.subClassOf), kind)

    def _walk(self, path: Node, start: int, *, inverse: bool = False) -> int:
        """Add the reads along a path (SHACL §2.3.1); return the state of its values."""
        if isinstance(path, rdflib.URIRef):
            return self._step(start, path, inverse=inverse)
        shapes, end = self._shapes, self._new()
        if (path, RDF.first, None) in shapes:
            # pyshacl turns the steps of an inverse sequence, but not their order: both are walked.
            parts = list(self._items(path, start))
            for order in (parts, parts[::-1]) if inverse else (parts,):
                state = start
                for part in order:
                    state = self._walk(part, state, inverse=inverse)
                self._pass(state, end)
            return end
        for inner in shapes.objects(path, SH.inversePath):
            return self._walk(inner, start, inverse=not inverse)
        for listed in shapes.objects(path, SH.alternativePath):
            for part in self._items(listed, start):
                self._pass(self._walk(part, start, inverse=inverse), end)
            return end
        for kind in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
            for inner in shapes.objects(path, kind):
                self._pass(start, end)
                self._pass(self._walk(inner, end, inverse=inverse), end)
                return end
        self._untold.add(start)
        return start

    def _items(self, listed: Node, state: int) -> Iterator[Node]:
        try:
            yield from list(self._shapes.items(listed))
        except ValueError:  # a list without an end
            self._untold.add(state)

    def _new(self) -> int:
        self._states += 1
        return self._states

    def _pass(self, start: int, end: int) -> None:
        self._passes[end].append(start)

    def _step(self, start: int, predicate: Node | None, *, inverse: bool = False) -> int:
        end = self._new()
        step = _Step(start, predicate, inverse, end)
        self._into[end].append(step)
        self._reads[predicate].append(step)
        return end


def _before(step: _Step, node: Node, data: rdflib.Graph) -> Iterator[Node]:
    """Yield the nodes from which a step leads to a node."""
    if step.inverse:
        if not isinstance(node, rdflib.Literal):
            yield from data.objects(node, step.predicate)
    else:
        yield from data.subjects(step.predicate, node)
