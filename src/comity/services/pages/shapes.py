"""The page on the shapes: the rules that every statement passes, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.terms import PREFIXES, SHAPE
from comity.services.once import once_for_each_language
from comity.services.pages.reading import (
    LABEL,
    TYPE,
    Node,
    mentioned,
    nodes,
    own_iri,
    read_names,
    rows,
    short,
)
from comity.services.pages.views import Name, Statement
from comity.services.pages.wording import say_value
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.pages.reading import Names
    from comity.store.engine import Graph
    from comity.store.terms import Term

SH: Final = PREFIXES["sh"]
_TOLD_APART: Final = frozenset(
    {TYPE, LABEL}
    | {f"{SH}{name}" for name in ("name", "message", "severity", "path", "order", "description")}
    | {f"{SH}{name}" for name in ("property", "targetClass", "sparql", "select")}
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A property shape or constraint: one rule."""

    local: str
    """Its local name, which is also the fragment of its entry."""
    title: str
    """Its name in words."""
    paths: tuple[Name, ...]
    """The property that it is about."""
    message: str
    """What a violation is told."""
    severity: str
    """How grave a violation is: `Violation`, `Warning` or `Info`."""
    constraints: tuple[Statement, ...]
    """The constraints, as SHACL has them."""
    order: float
    """Its place among the rules of its shape."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape with its rules."""

    local: str
    """Its local name, which is also the fragment of its entry."""
    title: str
    """Its label."""
    description: str
    """What it asks for, in a sentence; empty if it does not say."""
    targets: tuple[Name, ...]
    """The classes whose instances it looks at."""
    constraints: tuple[Statement, ...]
    """The constraints on the things themselves."""
    rules: tuple[Rule, ...]
    """Its rules, in their order."""


def has_entry(graph: Graph, local: str) -> bool:
    """Tell whether the page has an entry for a local name: that of a shape or a rule."""
    shapes = read_shapes(graph)
    rules = (rule.local for shape in shapes for rule in shape.rules)
    return local in {shape.local for shape in shapes} or local in rules


def graph_telling_of(graph: Graph, local: str) -> str:
    """Return the named graph that tells of something that is no shape, such as a prefix.

    Raises NotFoundError for a name that stands for nothing.
    """
    told = rows(graph, f"SELECT ?g {{ GRAPH ?g {{ <{own_iri(SHAPE, local)}> ?p ?o }} }} LIMIT 1")
    for (where,) in told:
        if isinstance(where, Iri):
            return where.value
    raise NotFoundError(f"There is no shape by the name {local!r}; /shapes lists those there are.")


@once_for_each_language
def read_shapes(graph: Graph) -> tuple[Shape, ...]:
    """Return all node shapes with their rules, those that look at a class first."""
    shapes = nodes(graph, "?s a sh:NodeShape FILTER(ISIRI(?s))")
    rules = nodes(graph, "?n sh:property|sh:sparql ?s . ?n a sh:NodeShape FILTER(ISIRI(?s))")
    _unfold(graph, [*shapes.values(), *rules.values()])
    names = read_names(graph, mentioned([*shapes.values(), *rules.values()]))
    found = [
        Shape(
            local=iri.removeprefix(SHAPE),
            title=node.text(LABEL) or short(iri),
            description=node.text(f"{SH}description") or "",
            targets=names.all(node.iris(f"{SH}targetClass")),
            constraints=_constraints(node, names),
            rules=tuple(
                sorted(
                    (
                        _rule(rules[each], names)
                        for prop in ("property", "sparql")
                        for each in node.iris(f"{SH}{prop}")
                        if each in rules
                    ),
                    key=lambda rule: (rule.order, rule.local),
                )
            ),
        )
        for iri, node in shapes.items()
    ]
    return tuple(sorted(found, key=lambda shape: (not shape.targets, shape.title)))


def _unfold(graph: Graph, found: list[Node]) -> None:
    """Put the members of lists, such as those of `sh:or` and `sh:in`, in place of the lists."""
    query = (
        "SELECT ?s ?p ?item WHERE { ?list rdf:rest*/rdf:first ?item . ?s ?p ?list "
        "FILTER(ISIRI(?s)) }"
    )
    members: dict[tuple[str, str], list[Term]] = {}
    for subject, prop, item in rows(graph, query + " ORDER BY ?s ?p ?item"):
        if isinstance(subject, Iri) and isinstance(prop, Iri) and item is not None:
            members.setdefault((subject.value, prop.value), []).append(item)
    for node in found:
        for name in node.values:
            node.values[name] = members.get((node.iri, name), node.values[name])


def _rule(node: Node, names: Names) -> Rule:
    severity = node.iri_of(f"{SH}severity") or f"{SH}Violation"
    return Rule(
        local=node.iri.removeprefix(SHAPE),
        title=node.text(f"{SH}name") or node.text(LABEL) or short(node.iri),
        paths=names.all(node.iris(f"{SH}path")),
        message=node.text(f"{SH}message") or node.text(f"{SH}description") or "",
        severity=severity.removeprefix(SH),
        constraints=_constraints(node, names),
        order=float(node.text(f"{SH}order") or "inf"),
    )


def _constraints(node: Node, names: Names) -> tuple[Statement, ...]:
    return tuple(
        Statement(
            Name(prop, prop.removeprefix(SH)),
            tuple(say_value(term, names) for term in node.terms(prop)),
        )
        for prop in sorted(node.values)
        if prop.startswith(SH) and prop not in _TOLD_APART
    )
