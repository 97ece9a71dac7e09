"""From the shapes graph to shapes (SHACL §2 and §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.validation.compiled.components import read_components, read_sparql
from comity.validation.compiled.errors import NotCompiledError
from comity.validation.compiled.model import Constraint, Shape, Targets
from comity.validation.compiled.paths import read_path
from comity.validation.compiled.terms import SH, is_iri, is_literal, is_true

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.validation.compiled.graph import ShapesGraph
    from comity.validation.compiled.model import SparqlConstraint
    from comity.validation.compiled.terms import Engine, Term

_TARGETS: Final = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_COUNTS: Final = ("minCount", "maxCount", "minLength", "maxLength")
_SINGLE: Final = frozenset({*_COUNTS, "datatype", "nodeKind", "in", "languageIn", "uniqueLang"})
_LISTS: Final = frozenset({"in", "languageIn", "and", "or", "xone"})
_PAIRS: Final = ("equals", "disjoint", "lessThan", "lessThanOrEquals")
_PATH_ONLY: Final = frozenset(
    {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"}
)
_PARAMETERS: Final = (
    *("class", "datatype", "nodeKind", *_COUNTS, "pattern", "languageIn", "uniqueLang"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", *_PAIRS),
    *("not", "and", "or", "xone", "node", "hasValue", "in"),
)
_OTHERS: Final = ("property", "qualifiedValueShape", "closed", "sparql")
# What the fallback refuses or takes in its own way.
_KINDS: Final[dict[str, Callable[[Term], bool]]] = {
    "class": lambda term: not is_literal(term),
    "datatype": is_iri,
    "nodeKind": is_iri,
    **dict.fromkeys(_PAIRS, is_iri),
    **dict.fromkeys(("pattern", "languageIn"), is_literal),
    **dict.fromkeys(_COUNTS, lambda term: is_literal(term) and term.value.isdecimal()),
}


class Reader:
    """Reads shapes by their nodes, each once."""

    def __init__(self, graph: ShapesGraph, engine: Engine) -> None:
        """Read from a graph; the engine makes the IRIs of components."""
        self._graph = graph
        self._engine = engine
        self._components = read_components(graph)
        self._shapes: dict[Term, Shape] = {}

    def roots(self) -> list[Shape]:
        """Return the shapes that have targets, in the order of the graph."""
        graph = self._graph
        nodes = [node for name in _TARGETS for node in graph.subjects(f"{SH}{name}")]
        kinds = [f"{SH}NodeShape", f"{SH}PropertyShape"]
        nodes.extend(
            node for kind in kinds for node in graph.instances(kind) if graph.is_class(node)
        )
        nodes.extend(
            node
            for name in (*_PARAMETERS, *_OTHERS)
            for node in graph.subjects(f"{SH}{name}")
            if is_iri(node) and graph.is_class(node)
        )
        return [self.shape(node) for node in dict.fromkeys(nodes)]

    def shape(self, node: Term) -> Shape:
        """Return the shape of a node; raises ShapesError for a path or list that is none."""
        if node not in self._shapes:
            self._shapes[node] = self._read(node)
        return self._shapes[node]

    def all(self) -> list[Shape]:
        """Return all shapes that were read."""
        return list(self._shapes.values())

    def _read(self, node: Term) -> Shape:
        graph, refused = self._graph, []
        paths = graph.objects(node, f"{SH}path")
        if len(paths) > 1:
            refused.append("it has two paths")
        constraints: list[Constraint] = []
        readers: list[Callable[[], Iterator[Constraint]]] = [
            lambda: self._core(node, has_path=bool(paths)),
            lambda: self._closed(node),
            lambda: self._qualified(node),
            lambda: self._sparql(node),
            lambda: self._custom(node, has_path=bool(paths)),
        ]
        for reader in readers:
            try:
                constraints.extend(reader())
            except NotCompiledError as error:
                refused.append(str(error))
        return Shape(
            node,
            graph.value(node, f"{SH}severity") or self._iri("Violation"),
            read_path(graph, paths[0]) if paths else None,
            tuple(graph.objects(node, f"{SH}message")),
            is_true(graph.value(node, f"{SH}deactivated")),
            self._targets(node),
            tuple(constraints),
            tuple(graph.objects(node, f"{SH}property")),
            tuple(refused),
        )

    def _targets(self, node: Term) -> Targets:
        nodes, classes, subjects, objects = (
            tuple(self._graph.objects(node, f"{SH}{name}")) for name in _TARGETS
        )
        if is_iri(node) and self._graph.is_class(node) and node not in classes:
            classes += (node,)
        return Targets(nodes, classes, subjects, objects)

    def _core(self, node: Term, *, has_path: bool) -> Iterator[Constraint]:
        graph = self._graph
        for name in _PARAMETERS:
            found = graph.objects(node, f"{SH}{name}")
            if not found:
                continue
            if len(found) > 1 and name in _SINGLE:
                raise NotCompiledError(f"it has two values of sh:{name}")
            if name in _PATH_ONLY and not has_path:
                raise NotCompiledError(f"it has sh:{name} and no path")
            flags = graph.value(node, f"{SH}flags") if name == "pattern" else None
            for value in found:
                values = tuple(graph.items(value)) if name in _LISTS else (value,)
                if not all(map(_KINDS.get(name, lambda _: True), values)):
                    raise NotCompiledError(
                        f"sh:{name} {value} is not of the kind that it has to be"
                    )
                if name == "uniqueLang" and not is_true(value):
                    continue
                yield self._constraint(name, values, flags="" if flags is None else flags.value)

    def _closed(self, node: Term) -> Iterator[Constraint]:
        graph = self._graph
        if not is_true(graph.value(node, f"{SH}closed")):
            return
        ignored = graph.value(node, f"{SH}ignoredProperties")
        allowed = [] if ignored is None else graph.items(ignored)
        for each in graph.objects(node, f"{SH}property"):
            allowed.extend(filter(is_iri, graph.objects(each, f"{SH}path")))
        yield self._constraint("closed", tuple(dict.fromkeys(allowed)))

    def _qualified(self, node: Term) -> Iterator[Constraint]:
        graph = self._graph
        shapes = graph.objects(node, f"{SH}qualifiedValueShape")
        bounds = {
            name: graph.objects(node, f"{SH}{name}")
            for name in ("qualifiedMinCount", "qualifiedMaxCount")
        }
        if not shapes or not any(bounds.values()):
            return
        if any(len(found) > 1 for found in bounds.values()) or len(shapes) > 1:
            raise NotCompiledError("it has two values of sh:qualifiedValueShape or of its counts")
        siblings: dict[Term, None] = {}
        if is_true(graph.value(node, f"{SH}qualifiedValueShapesDisjoint")):
            for parent in graph.subjects(f"{SH}property", node):
                for sibling in graph.objects(parent, f"{SH}property"):
                    siblings.update(
                        dict.fromkeys(graph.objects(sibling, f"{SH}qualifiedValueShape"))
                    )
            siblings.pop(shapes[0], None)
        for name, found in bounds.items():
            for bound in found:
                if not bound.value.isdecimal():
                    raise NotCompiledError(f"sh:{name} {bound} is no number")
                yield self._constraint(name, (shapes[0], bound), siblings=tuple(siblings))

    def _sparql(self, node: Term) -> Iterator[Constraint]:
        for each in self._graph.objects(node, f"{SH}sparql"):
            if not is_true(self._graph.value(each, f"{SH}deactivated")):
                yield self._constraint("sparql", sparql=read_sparql(self._graph, each))

    def _custom(self, node: Term, *, has_path: bool) -> Iterator[Constraint]:
        for component in self._components:
            for sparql in component.of_shape(self._graph, node, has_path=has_path):
                yield Constraint("component", component.node, sparql=sparql)

    def _constraint(
        self,
        name: str,
        values: tuple[Term, ...] = (),
        *,
        flags: str = "",
        siblings: tuple[Term, ...] = (),
        sparql: SparqlConstraint | None = None,
    ) -> Constraint:
        local = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
        component = self._iri(f"{local}ConstraintComponent")
        return Constraint(name, component, values, flags, siblings, sparql)

    def _iri(self, local: str) -> Term:
        return self._engine.NamedNode(f"{SH}{local}")
