"""Places, facilities and missions with the points that records give them, read off the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, NS, PREFIXES
from comity.services.once import once_for_each_language
from comity.services.pages.projection import Coordinates
from comity.services.pages.reading import TYPE, nodes, read_names, rows
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.services.pages.reading import Node
    from comity.services.pages.views import Name
    from comity.store.engine import Graph

LATITUDE: Final = f"{PREFIXES['wgs84']}lat"
LONGITUDE: Final = f"{PREFIXES['wgs84']}long"
CAPITAL: Final = f"{CODE}place.capital"
_MOST_NORTH: Final = 90.0
_MOST_EAST: Final = 180.0
_UPPER: Final = (f"{NS}place", f"{NS}partOf")
_READ: Final = (TYPE, f"{NS}kind", LATITUDE, LONGITUDE, *_UPPER)


class Located(NamedTuple):
    """A place, facility or mission, and where it is."""

    name: Name
    """The thing."""
    sort: str
    """What it is: `capital`, `place`, `facility` or `mission`."""
    point: Coordinates | None
    """Where it is; None if no record tells."""
    upper: tuple[str, ...]
    """The IRIs of what it is stated to lie in."""


class Atlas:
    """All places, facilities and missions of a graph, and its states."""

    def __init__(self, things: dict[str, Located], states: dict[str, Name]) -> None:
        """Keep things and states by their IRIs."""
        self._things = things
        self._states = states

    def get(self, iri: str | None) -> Located | None:
        """Return a place, facility or mission; None if it is something else."""
        return self._things.get(iri or "")

    def whereabouts(self, iri: str) -> Located | None:
        """Return a thing that has a point, else the nearest with one that it lies in."""
        return next((each for each in self._upwards(iri) if each.point), None)

    def state_of(self, iri: str) -> Name | None:
        """Return the state that a thing lies in, as far as that is stated."""
        upper = (above for each in self._upwards(iri) for above in each.upper)
        return next((self._states[above] for above in upper if above in self._states), None)

    def capital_of(self, state: str) -> Located | None:
        """Return the capital of a state, if it has one with a point."""
        for each in self._things.values():
            lies_in = self.state_of(each.name.iri) if each.sort == "capital" else None
            if lies_in and lies_in.iri == state and each.point:
                return each
        return None

    def _upwards(self, iri: str) -> Iterator[Located]:
        waiting, seen = [iri], {iri}
        while waiting:
            thing = self._things.get(waiting.pop(0))
            if thing is None:
                continue
            yield thing
            fresh = [above for above in thing.upper if above not in seen]
            seen.update(fresh)
            waiting += fresh


@once_for_each_language
def read_atlas(graph: Graph) -> Atlas:
    """Return the places, facilities and missions of a graph."""
    classes = {kind: _below(graph, kind) for kind in ("Place", "Facility", "Mission", "State")}
    wanted = classes["Place"] | classes["Mission"]
    listed = " ".join(f"<{kind}>" for kind in sorted(wanted))
    found = nodes(graph, f"VALUES ?kind {{ {listed} }} ?s a ?kind", _READ)
    listed = " ".join(f"<{kind}>" for kind in sorted(classes["State"]))
    states = nodes(graph, f"VALUES ?kind {{ {listed} }} ?s a ?kind", [TYPE])
    names = read_names(graph, [*found, *states])
    return Atlas(
        {
            iri: Located(
                names(iri),
                _sort(node, facilities=classes["Facility"], missions=classes["Mission"]),
                _point(node),
                tuple(above for prop in _UPPER for above in node.iris(prop)),
            )
            for iri, node in found.items()
        },
        {iri: names(iri) for iri in states},
    )


def read_records(graph: Graph, things: Iterable[str]) -> tuple[Name, ...]:
    """Return the sources that say where things are."""
    listed = " ".join(f"<{iri}>" for iri in sorted(things))
    query = (
        f"SELECT DISTINCT ?source WHERE {{ VALUES ?thing {{ {listed} }} "
        f"VALUES ?coordinate {{ <{LATITUDE}> <{LONGITUDE}> }} "
        "?claim comity:about ?thing ; comity:onProperty ?coordinate ; "
        "comity:evidence|comity:passage/oa:hasSource ?source }"
    )
    found = [term.value for (term,) in rows(graph, query) if isinstance(term, Iri)]
    return read_names(graph, found).all(found)


def _below(graph: Graph, kind: str) -> frozenset[str]:
    query = f"SELECT ?class WHERE {{ ?class rdfs:subClassOf* comity:{kind} }}"
    found = {term.value for (term,) in rows(graph, query) if isinstance(term, Iri)}
    return frozenset(found | {NS + kind})


def _sort(node: Node, *, facilities: frozenset[str], missions: frozenset[str]) -> str:
    classes = set(node.iris(TYPE))
    if classes & missions:
        return "mission"
    if CAPITAL in node.iris(f"{NS}kind"):
        return "capital"
    return "facility" if classes & facilities else "place"


def _point(node: Node) -> Coordinates | None:
    """Return the point of a node; data of others may hold anything in the place of a number."""
    latitude, longitude = node.text(LATITUDE), node.text(LONGITUDE)
    if latitude is None or longitude is None:
        return None
    try:
        point = Coordinates(float(latitude), float(longitude))
    except ValueError:
        return None
    is_there = abs(point.latitude) <= _MOST_NORTH and abs(point.longitude) <= _MOST_EAST
    return point if is_there else None
