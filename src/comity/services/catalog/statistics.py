"""How much of what a graph holds: the counts that VoID tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, PREFIXES, SKOS
from comity.services.export.ordering import TYPE
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.store.terms import Quad, Triple

# Data sets that the links lead to: a short name, their title, and how their names begin.
TARGETS: Final = {
    "wikidata": ("Wikidata", PREFIXES["wd"]),
    "geonames": ("GeoNames", "https://sws.geonames.org/"),
    "dbpedia": ("DBpedia", "http://dbpedia.org/resource/"),
    "ror": ("Research Organization Registry", "https://ror.org/"),
    "isni": ("ISNI", "https://isni.org/isni/"),
    "qudt": ("QUDT", "http://qudt.org/vocab/"),
}
MATCHES: Final = tuple(
    f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)


@dataclass(frozen=True)
class Statistics:
    """Counts over the union of all graphs; classes and properties by their IRI."""

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, int]
    properties_of: dict[str, dict[str, int]]
    graphs: dict[str, int]
    links: dict[tuple[str, str], int]
    """Links by the short name of the data set that they lead to and by their property."""


def count(quads: Sequence[Quad]) -> Statistics:
    """Return the counts of a dataset; a statement in two graphs counts once in the union."""
    union = list(dict.fromkeys(quad.triple for quad in quads))
    kinds: dict[object, list[str]] = {}
    for subject, predicate, value in union:
        if predicate == TYPE and isinstance(value, Iri):
            kinds.setdefault(subject, []).append(value.value)
    properties_of: dict[str, Counter[str]] = {}
    for subject, predicate, _ in union:
        for kind in kinds.get(subject, ()):
            properties_of.setdefault(kind, Counter())[predicate.value] += 1
    subjects = {triple.subject for triple in union}
    return Statistics(
        triples=len(union),
        entities=sum(_is_ours(each) for each in subjects),
        subjects=len(subjects),
        objects=len({triple.object for triple in union}),
        classes=_sorted(Counter(kind for found in kinds.values() for kind in found)),
        properties=_sorted(Counter(triple.predicate.value for triple in union)),
        properties_of={kind: _sorted(properties_of[kind]) for kind in sorted(properties_of)},
        graphs=_sorted(Counter(quad.graph for quad in set(quads) if quad.graph)),
        links=dict(sorted(Counter(_links(union)).items())),
    )


def _links(union: Sequence[Triple]) -> list[tuple[str, str]]:
    return [
        (name, predicate.value)
        for subject, predicate, value in union
        if predicate.value in MATCHES and _is_ours(subject) and isinstance(value, Iri)
        for name, (_, namespace) in TARGETS.items()
        if value.value.startswith(namespace)
    ]


def _is_ours(term: object) -> bool:
    return isinstance(term, Iri) and term.value.startswith((ID, CODE))


def _sorted(counter: Counter[str]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def time_span(quads: Sequence[Quad], earliest: Iri, latest: Iri) -> tuple[str, str] | None:
    """Return the first and the last day that the facts can touch, or None without any bound."""
    days = [
        quad.object.lexical
        for quad in quads
        if quad.predicate in {earliest, latest} and isinstance(quad.object, Literal)
    ]
    return (min(days), max(days)) if days else None
