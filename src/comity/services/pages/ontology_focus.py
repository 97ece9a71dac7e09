"""One class of the ontology in the middle: what is above and below it, and what joins it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH, NS, SHAPE
from comity.services.pages.ontology_ends import THINGS, topmost
from comity.services.pages.reading import counts, in_use, read_names, rows
from comity.services.pages.shapes import read_shapes
from comity.services.pages.views import Name
from comity.services.speech import ENGLISH, foreign
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.pages.ontology_ends import Above, Ends
    from comity.services.pages.reading import Names
    from comity.store.engine import Graph

_IN_DATA: Final = f'FILTER(STRSTARTS(STR(?g), "{GRAPH}data/"))'


@dataclass(frozen=True, slots=True)
class Joint:
    """Properties that join the class in the middle with the same others."""

    properties: tuple[Name, ...]
    """The properties."""
    others: tuple[Name, ...]
    """The classes at their other end."""
    leads_to: str
    """What their values are: `things`, `codes`, `values` or `anything`."""


@dataclass(frozen=True, slots=True)
class Heritage:
    """What a class has from one above it."""

    ancestor: Name
    """The class above."""
    leaving: tuple[Name, ...]
    """The properties that leave the class above."""
    reaching: tuple[Name, ...]
    """The properties that reach the class above."""


@dataclass(frozen=True, slots=True)
class Focus:
    """A class in the middle of its own picture."""

    leaving: tuple[Joint, ...]
    """The properties that leave it by its own right."""
    reaching: tuple[Joint, ...]
    """The properties that reach it by its own right."""
    heritage: tuple[Heritage, ...]
    """What it has from the classes above it, the nearest first."""
    instances: int
    """How many things in the data are of it or of a class below it."""
    specimen: Name | None
    """One of these things; None if there is none."""
    shapes: tuple[Name, ...]
    """The shapes whose rules its things have to keep."""


def read_focuses(
    graph: Graph, classes: Sequence[str], ends: Sequence[Ends], above: Above, names: Names
) -> dict[str, Focus]:
    """Return for each class its picture with the class in the middle."""
    numbers = _instances(graph)
    specimens = _specimens(graph, above)
    shapes = _shapes(graph)
    found = {}
    for iri in classes:
        uppers = sorted(above.get(iri, ()), key=lambda each: -len(above.get(each, ())))
        found[iri] = Focus(
            leaving=_leaving(iri, ends, names),
            reaching=_reaching(iri, ends, names, above),
            heritage=tuple(
                Heritage(names(each), left, reached)
                for each in uppers
                if each.startswith(NS)
                for left, reached in [_inherited(each, ends, names)]
                if left or reached
            ),
            instances=numbers.get(iri, 0),
            specimen=specimens.get(iri),
            shapes=tuple(shape for each in (iri, *uppers) for shape in shapes.get(each, ())),
        )
    return found


def _leaving(iri: str, ends: Iterable[Ends], names: Names) -> tuple[Joint, ...]:
    found: dict[tuple[bool, str, tuple[str, ...]], list[str]] = {}
    for each in ends:
        if iri in each.ties:
            leads_to = each.leads_to
            key = (leads_to != THINGS, leads_to, tuple(sorted(each.ties[iri])))
            found.setdefault(key, []).append(each.iri)
    return tuple(
        Joint(_props(iris, names), names.all(others), leads_to)
        for (_, leads_to, others), iris in sorted(found.items())
    )


def _reaching(iri: str, ends: Iterable[Ends], names: Names, above: Above) -> tuple[Joint, ...]:
    found: dict[tuple[str, ...], list[str]] = {}
    for each in ends:
        sources = [source for source, targets in each.ties.items() if iri in targets]
        if sources:
            found.setdefault(topmost(sources, above), []).append(each.iri)
    return tuple(
        Joint(_props(iris, names), names.all(others), THINGS)
        for others, iris in sorted(found.items())
    )


def _props(iris: Iterable[str], names: Names) -> tuple[Name, ...]:
    return tuple(names.prop(iri) for iri in iris)


def _inherited(
    upper: str, ends: Sequence[Ends], names: Names
) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    return (
        tuple(names.prop(each.iri) for each in ends if upper in each.ties),
        tuple(names.prop(each.iri) for each in ends if upper in each.targets),
    )


def _instances(graph: Graph) -> dict[str, int]:
    """Return how many things in the data are of each class, those of classes below it too."""
    return counts(graph, f"GRAPH ?g {{ ?f a ?type }} {_IN_DATA} ?type rdfs:subClassOf* ?key")


def _specimens(graph: Graph, above: Above) -> dict[str, Name]:
    """Return one thing of each class that has any, the same one every time."""
    query = f"""
        SELECT ?type (MIN(STR(?f)) AS ?one) {{
          GRAPH ?g {{ ?f a ?type }} {_IN_DATA}
          FILTER(ISIRI(?f) && STRSTARTS(STR(?type), "{NS}"))
          {in_use("f")}
        }} GROUP BY ?type ORDER BY ?type"""
    iris = {
        kind.value: one.lexical
        for kind, one in rows(graph, query)
        if isinstance(kind, Iri) and isinstance(one, Literal)
    }
    names = read_names(graph, iris.values())
    found = {kind: names(iri) for kind, iri in iris.items()}
    for special, specimen in list(found.items()):
        for upper in above.get(special, ()):
            found.setdefault(upper, specimen)
    return found


def _shapes(graph: Graph) -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = {}
    for shape in read_shapes(graph):
        for target in shape.targets:
            # shapes have English titles only
            named = Name(SHAPE + shape.local, shape.title, foreign(ENGLISH))
            found.setdefault(target.iri, []).append(named)
    return found
