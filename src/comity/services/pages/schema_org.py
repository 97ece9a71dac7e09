"""A thing in the words of schema.org, for crawlers: what the ontology's alignments allow to say.

A class of ours that is aligned with none of schema.org goes by that of the next class above it
that is; where there is none, the thing is a `Thing`. A date is given only where it is as exact as
ISO 8601 writes it, a match only where its record names the thing by more than its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.model.period import THROUGHOUT
from comity.model.terms import NS, SKOS
from comity.services.once import once_for_each_graph
from comity.services.pages.atlas import read_atlas
from comity.services.pages.dates import is_machine_date
from comity.services.pages.reading import rows
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.pages.projection import Coordinates
    from comity.services.pages.thing import Thing
    from comity.services.pages.views import Time
    from comity.store.engine import Graph

SCHEMA: Final = "https://schema.org/"
_EXACT: Final = f"{SKOS}exactMatch"
_DATED: Final = {"Event": ("startDate", "endDate")}
_ACTION: Final = ("startTime", "endTime")
_PLACES: Final = frozenset({"Place", "Embassy", "Country"})
_LOCATED: Final = frozenset({"Event", "Organization"})


def describe_for_crawlers(graph: Graph, thing: Thing, address: str) -> dict[str, Any]:
    """Return the record of a thing, for the head of its page at an address."""
    kinds = _kinds(graph, tuple(each.iri for each in thing.classes))
    found: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": kinds[0] if len(kinds) == 1 else kinds,
        "@id": thing.name.iri,
        "name": [{"@value": each.text, "@language": each.language} for each in thing.labels]
        or thing.name.label,
        "url": address,
        "identifier": thing.local,
        "description": thing.sentence,
        "sameAs": [
            link.target
            for link in thing.links
            if link.target and link.property.iri == _EXACT and link.is_verified
        ],
        **_dates(kinds, thing.time),
        **_place(graph, kinds, thing),
    }
    return {name: value for name, value in found.items() if value}


@once_for_each_graph
def _kinds(graph: Graph, classes: tuple[str, ...]) -> list[str]:
    """Return the classes of schema.org of some of ours, from the nearest that has any."""
    for each in _lineage(graph, classes):
        query = (
            f"SELECT ?kind WHERE {{ <{each}> rdfs:subClassOf|skos:closeMatch|skos:exactMatch ?kind "
            f'FILTER(STRSTARTS(STR(?kind), "{SCHEMA}")) }} ORDER BY ?kind'
        )
        found = [term.value for (term,) in rows(graph, query) if isinstance(term, Iri)]
        if found:
            return [iri.removeprefix(SCHEMA) for iri in found]
    return ["Thing"]


def _lineage(graph: Graph, classes: tuple[str, ...]) -> list[str]:
    """Return classes of ours with all above them, the nearest first."""
    found = list(classes)
    for each in found:  # grows while it is gone through
        query = f"SELECT ?above WHERE {{ <{each}> rdfs:subClassOf ?above }} ORDER BY ?above"
        found += [
            term.value
            for (term,) in rows(graph, query)
            if isinstance(term, Iri) and term.value.startswith(NS) and term.value not in found
        ]
    return found


def _dates(kinds: list[str], time: Time | None) -> dict[str, str]:
    names = _DATED.get(kinds[0]) or (_ACTION if kinds[0].endswith("Action") else None)
    if names is None or time is None or time.edtf is None:
        return {}
    start, slash, end = time.edtf.partition("/")
    if slash and time.kind and time.kind.iri != THROUGHOUT:
        return {}  # some time in it, which is neither its beginning nor its end
    found = dict(zip(names, (start, end if slash else start), strict=True))
    return {name: date for name, date in found.items() if is_machine_date(date)}


def _place(graph: Graph, kinds: list[str], thing: Thing) -> dict[str, Any]:
    located = thing.values("place")
    atlas = read_atlas(graph, [thing.name.iri, *located])
    here = atlas.get(thing.name.iri)
    if kinds[0] in _PLACES:
        return {"geo": _geo(here.point)} if here and here.point else {}
    if kinds[0] not in _LOCATED:
        return {}
    found = []
    for iri in located:
        place = atlas.get(iri)
        if place:
            geo = {"geo": _geo(place.point)} if place.point else {}
            found.append({"@type": "Place", "@id": iri, "name": place.name.label, **geo})
    return {"location": found}


def _geo(point: Coordinates) -> dict[str, Any]:
    return {
        "@type": "GeoCoordinates",
        "latitude": point.latitude,
        "longitude": point.longitude,
    }
