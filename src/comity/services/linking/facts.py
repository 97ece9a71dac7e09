"""What is compared of two things: names, types, a point, days, codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.edtf import bounds
from comity.model.terms import ID, NS, PREFIXES, RDFS, SKOS
from comity.services.naming import compact
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from comity.store.engine import Graph

WIKIDATA: Final = "http://www.wikidata.org/entity/"

# What each class of ours is an instance of there, and what it certainly is none of.
CLASSES: Final[Mapping[str, frozenset[str]]] = {
    "State": frozenset({"Q6256", "Q3624078", "Q3024240"}),
    "Person": frozenset({"Q5"}),
    "Mission": frozenset({"Q3917681"}),
    "Agreement": frozenset({"Q131569"}),
    "Place": frozenset({"Q515", "Q5119", "Q1549591"}),
    "Organization": frozenset({"Q43229", "Q4830453"}),
}
NO_THING: Final = frozenset({"Q4167410", "Q13406463"})
"""Pages that part names, and lists."""

_PREDICATES: Final = {
    f"{RDFS}label": "label",
    f"{SKOS}altLabel": "name",
    f"{NS}nameAsStated": "name",
    f"{PREFIXES['wgs84']}lat": "lat",
    f"{PREFIXES['wgs84']}long": "long",
    f"{NS}earliest": "earliest",
    f"{NS}latest": "latest",
    f"{NS}iso3": "iso3",
}
_TOGETHER: Final = 200


@dataclass
class Facts:
    """What is known of a thing; empty or None where nothing is.

    `names` are by language, an empty one for names without; `point` is latitude and longitude in
    degrees, `days` the first and the last day that it may have begun, `codes` go by their list.
    """

    names: dict[str, list[str]] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    point: tuple[float, float] | None = None
    days: tuple[date | None, date | None] | None = None
    codes: dict[str, str] = field(default_factory=dict)


@dataclass
class Ours:
    """A thing of ours: its IRI, its class by its local name, its English label, its facts."""

    iri: str
    of_class: str
    label: str
    facts: Facts

    @property
    def curie(self) -> str:
        """The prefixed name, as mapping files write it."""
        return compact(self.iri)


def read_ours(graph: Graph, iris: Sequence[str]) -> list[Ours]:
    """Return things of ours, in the order given; what has no English label is left out."""
    found: dict[str, dict[str, list[Iri | Literal]]] = {}
    for start in range(0, len(iris), _TOGETHER):
        subjects = " ".join(f"<{iri}>" for iri in iris[start : start + _TOGETHER])
        predicates = " ".join(f"<{iri}>" for iri in (*_PREDICATES, _TYPE))
        query = (
            f"SELECT ?s ?p ?o {{ VALUES ?s {{ {subjects} }} VALUES ?p {{ {predicates} }} "
            "?s ?p ?o } ORDER BY ?s ?p ?o"
        )
        for subject, predicate, value in select(graph, query):
            if (
                isinstance(subject, Iri)
                and isinstance(predicate, Iri)
                and isinstance(value, Iri | Literal)
            ):
                name = _PREDICATES.get(predicate.value, "class")
                found.setdefault(subject.value, {}).setdefault(name, []).append(value)
    read = [_ours(iri, found[iri]) for iri in iris if iri in found]
    return [each for each in read if each.label]


def members(graph: Graph, of_class: str) -> list[str]:
    """Return the IRIs of the things of a class, given by its local name, sorted."""
    rows = select(graph, f"SELECT DISTINCT ?s {{ ?s a <{NS}{of_class}> }} ORDER BY ?s")
    return [each.value for (each,) in rows if isinstance(each, Iri) and each.value.startswith(ID)]


def facts_of_values(values: Mapping[str, Sequence[str]], space: str) -> Facts:
    """Return what the values of a reconciliation service say, by the identifiers of its space."""
    known = _WIKIDATA_VALUES if space == WIKIDATA else _OWN_VALUES if space == ID else {}
    facts = Facts()
    for name, kind in known.items():
        for value in values.get(name, ())[:1] if kind != "type" else values.get(name, ()):
            _take(facts, kind, value)
    lat, long = facts.codes.pop("lat", ""), facts.codes.pop("long", "")
    if lat and long:
        _take(facts, "point", f"{lat},{long}")
    return facts


def asked_properties(space: str) -> tuple[str, ...]:
    """Return the properties that a service of an identifier space is asked for."""
    known = _WIKIDATA_VALUES if space == WIKIDATA else _OWN_VALUES if space == ID else {}
    return tuple(known)


_TYPE: Final = f"{PREFIXES['rdf']}type"
_WIKIDATA_VALUES: Final = {"P31": "type", "P625": "point", "P571": "day", "P298": "iso3"}
_OWN_VALUES: Final = {
    "wgs84:lat": "lat",
    "wgs84:long": "long",
    "earliest": "day",
    "iso3": "iso3",
}


def _take(facts: Facts, kind: str, value: str) -> None:
    if kind == "type":
        facts.types.add(value)
    elif kind == "point":
        facts.point = point_of(value)
    elif kind == "day":
        facts.days = days_of(value)
    else:
        facts.codes[kind] = value


def point_of(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of two numbers with a comma between, None for anything else."""
    parts = text.split(",")
    try:
        lat, long = (float(part) for part in parts)
    except ValueError:
        return None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 else None  # noqa: PLR2004 - degrees


def days_of(text: str) -> tuple[date | None, date | None] | None:
    """Return the bounds of a date as a service writes it; None for what is none.

    The first of January at midnight is how years are written, so it stands for all of them.
    """
    day = text.removeprefix("+").partition("T")[0]
    written = day.removesuffix("-01-01") if day.endswith("-01-01") else day
    try:
        found = bounds(written)
    except (UsageError, ValueError):
        return None
    return found.earliest, found.latest


def _ours(iri: str, values: dict[str, list[Iri | Literal]]) -> Ours:
    facts = Facts()
    label = ""
    for name in ("label", "name"):
        for value in values.get(name, ()):
            if isinstance(value, Literal):
                facts.names.setdefault(value.language or "", []).append(value.lexical)
                if name == "label" and value.language == "en":
                    label = value.lexical
    classes = [each.value for each in values.get("class", ()) if isinstance(each, Iri)]
    own = next((each.removeprefix(NS) for each in classes if each.startswith(NS)), "")
    first = {name: each[0].lexical for name, each in values.items() if isinstance(each[0], Literal)}
    if "lat" in first and "long" in first:
        facts.point = point_of(f"{first['lat']},{first['long']}")
    if "earliest" in first or "latest" in first:
        facts.days = _day(first.get("earliest")), _day(first.get("latest"))
    if "iso3" in first:
        facts.codes["iso3"] = first["iso3"]
    return Ours(iri, own, label, facts)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
