"""Places, facilities and missions with the points that records give them, read off the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, NS, PREFIXES
from comity.services.once import once_for_each_graph
from comity.services.pages.projection import Coordinates
from comity.services.pages.reading import TYPE, nodes, read_names, rows, values
from comity.store.terms import Iri, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

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
    """Some places, facilities and missions of a graph, with what they lie in, and some states."""

    def __init__(
        self, things: dict[str, Located], states: dict[str, Name], capitals: Iterable[str] = ()
    ) -> None:
        """Keep things and states by their IRIs; `capitals` are those of the things that are one."""
        self._things = things
        self._states = states
        self._capitals: dict[str, Located] = {}
        for iri in capitals:
            state = self.state_of(iri)
            if state and things[iri].point:
                self._capitals.setdefault(state.iri, things[iri])

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
        return self._capitals.get(state)

    def _upwards(self, iri: str) -> Iterator[Located]:
        for each in _upwards(iri, lambda iri: thing.upper if (thing := self.get(iri)) else ()):
            if thing := self.get(each):
                yield thing


def read_atlas(graph: Graph, things: Iterable[str]) -> Atlas:
    """Return where some things are, by their IRIs.

    Of these it holds the places, facilities and missions, and what they lie in; and for those that
    are states their capitals.
    """
    classes = _read_classes(graph)
    wanted = {iri for iri in things if is_valid_iri(iri)}
    found = _read_upwards(graph, wanted)
    near, capitals = _read_capitals(graph)
    held = [iri for iri in capitals if _states_above(iri, near, classes["State"]) & wanted]
    for iri in held:
        found |= {above: near[above] for above in _upwards(iri, _upper_in(near)) if above in near}
    located = {iri: node for iri, node in found.items() if _is_one(node, classes["Located"])}
    states = [iri for iri, node in found.items() if _is_one(node, classes["State"])]
    names = read_names(graph, [*located, *states])
    return Atlas(
        {
            iri: Located(
                names(iri),
                _sort(node, facilities=classes["Facility"], missions=classes["Mission"]),
                _point(node),
                _upper(node),
            )
            for iri, node in located.items()
        },
        {iri: names(iri) for iri in states},
        held,
    )


def read_places(graph: Graph) -> None:
    """Ask what every atlas needs, which a large build brings along."""
    _read_classes(graph)
    _read_capitals(graph)


@once_for_each_graph
def _read_classes(graph: Graph) -> dict[str, frozenset[str]]:
    """Return the classes of what has a place, `Located`, and of states."""
    found = {kind: _below(graph, kind) for kind in ("Place", "Facility", "Mission", "State")}
    return {**found, "Located": found["Place"] | found["Mission"]}


@once_for_each_graph
def _read_capitals(graph: Graph) -> tuple[dict[str, Node], tuple[str, ...]]:
    """Return the capitals with what they lie in, by IRI, and which of these are the capitals."""
    classes = _read_classes(graph)
    found = nodes(graph, f"?s comity:kind <{CAPITAL}>", _READ)
    capitals = [
        iri
        for iri, node in found.items()
        if _is_one(node, classes["Located"]) and not _is_one(node, classes["Mission"])
    ]
    return found | _read_upwards(graph, capitals), tuple(sorted(capitals))


def _read_upwards(graph: Graph, things: Iterable[str]) -> dict[str, Node]:
    """Return things and all that they are stated to lie in, by IRI, step by step."""
    found: dict[str, Node] = {}
    wanted = {iri for iri in things if not iri.startswith((CODE, NS))}
    while wanted:
        fresh = nodes(graph, values("s", sorted(wanted)), _READ)
        found |= fresh
        above = {upper for node in fresh.values() for upper in _upper(node)}
        wanted = {iri for iri in above if is_valid_iri(iri)} - found.keys() - wanted
    return found


def _states_above(iri: str, found: Mapping[str, Node], classes: frozenset[str]) -> frozenset[str]:
    above = _upwards(iri, _upper_in(found))
    return frozenset(each for each in above if each in found and _is_one(found[each], classes))


def _upper_in(found: Mapping[str, Node]) -> Callable[[str], tuple[str, ...]]:
    return lambda iri: _upper(found[iri]) if iri in found else ()


def _upwards(iri: str, upper: Callable[[str], tuple[str, ...]]) -> Iterator[str]:
    """Yield a thing and what it lies in, the nearest first, each once."""
    waiting, seen = [iri], {iri}
    while waiting:
        here = waiting.pop(0)
        yield here
        fresh = [above for above in upper(here) if above not in seen]
        seen.update(fresh)
        waiting += fresh


def _upper(node: Node) -> tuple[str, ...]:
    return tuple(above for prop in _UPPER for above in node.iris(prop))


def _is_one(node: Node, classes: frozenset[str]) -> bool:
    return not classes.isdisjoint(node.iris(TYPE))


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
