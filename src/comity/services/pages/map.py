"""The map of a relation, and the small one of a thing: drawings, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.services.pages.atlas import read_atlas, read_records
from comity.services.pages.framing import NARROW, SMALL, WIDE
from comity.services.pages.gathering import SORTS, Route, Spot, Unplaced, gather
from comity.services.pages.projection import centre_of
from comity.services.pages.sketch import Curve, Dot, Sketch, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.pages.pair import Pair
    from comity.services.pages.projection import Coordinates
    from comity.services.pages.views import Name
    from comity.store.engine import Graph

_MOST = 10_000  # things that have no more facts than this weigh less than those of a sort above


@dataclass(frozen=True, slots=True)
class Map:
    """A map, in each size in which it is drawn, and the same as lists."""

    sketches: tuple[Sketch, ...]
    """The drawings."""
    centre: int
    """The longitude in the middle of the picture of the world behind them."""
    sentence: str
    """What the map shows, for those who do not see it."""
    spots: tuple[Spot, ...]
    """The points."""
    routes: tuple[Route, ...]
    """The ways."""
    unplaced: tuple[Unplaced, ...]
    """What has no place on the map."""
    records: tuple[Name, ...]
    """The sources of the points."""


def read_pair_map(graph: Graph, pair: Pair) -> Map | None:
    """Return the map of a dossier, of the facts that it holds; None if nothing has a point.

    Capitals and missions are on it whatever time is asked for.
    """
    atlas = read_atlas(graph)
    spots, routes, unplaced = gather(atlas, pair)
    if not spots:
        return None
    centre = centre_of(spot.at.longitude for spot in spots)
    labels = {spot.name.label for spot in spots}
    dots = [_dot(spot, labels) for spot in spots]
    curves = [_curve(route) for route in routes]
    return Map(
        sketches=tuple(draw(dots, curves, centre, shape) for shape in (WIDE, NARROW)),
        centre=centre,
        sentence=_say(spots, routes),
        spots=spots,
        routes=routes,
        unplaced=unplaced,
        records=read_records(graph, [spot.name.iri for spot in spots]),
    )


def read_thing_map(graph: Graph, iri: str) -> Map | None:
    """Return a small map with one thing, by its IRI; None if it has no point."""
    atlas = read_atlas(graph)
    thing = atlas.get(iri)
    if thing is None or thing.point is None:
        return None
    spot = Spot(thing.name, thing.sort, atlas.state_of(iri), thing.point, (), ())
    centre = centre_of([thing.point.longitude])
    return Map(
        sketches=(draw([_dot(spot, set())], [], centre, SMALL),),
        centre=centre,
        sentence=f"{thing.name.label} lies at {say_point(thing.point)}.",
        spots=(spot,),
        routes=(),
        unplaced=(),
        records=read_records(graph, [iri]),
    )


def say_point(point: Coordinates) -> str:
    """Return a point in words, such as `40.38° N, 49.89° E`."""
    north = "N" if point.latitude >= 0 else "S"
    east = "E" if point.longitude >= 0 else "W"
    return f"{abs(point.latitude):.2f}° {north}, {abs(point.longitude):.2f}° {east}"


def _dot(spot: Spot, labels: set[str]) -> Dot:
    """Return a point; a mission that is called after its town does not repeat it on the map."""
    label, _, town = spot.name.label.rpartition(", ")
    return Dot(
        iri=spot.name.iri,
        label=label if label and town in labels else spot.name.label,
        sort=spot.sort,
        at=spot.at,
        weight=(len(SORTS) - SORTS.index(spot.sort)) * _MOST + len(spot.facts),
        title=_numbered(spot),
    )


def _numbered(spot: Spot) -> str:
    facts = len(spot.facts)
    told = f": {facts} fact{'' if facts == 1 else 's'}" if facts else ""
    return f"{spot.name.label}, {spot.sort}{told}"


def _curve(route: Route) -> Curve:
    return Curve(
        sort=route.sort,
        label=route.label,
        start=route.start.at,
        end=route.end.at,
        has_direction=route.sort != "twinning",
        is_open=route.is_open,
        title=_say_route(route),
    )


def _say(spots: Sequence[Spot], routes: Sequence[Route]) -> str:
    """Return what a map shows in a sentence or two."""
    capitals = [spot.name.label for spot in spots if spot.sort == "capital"]
    others = [spot for spot in spots if spot.sort != "capital"]
    told = [*capitals, *_counted(others, "other " if capitals else "")]
    sentence = f"The map shows {_listed(told)}."
    if routes:
        lines = "A line" if len(routes) == 1 else "Lines"
        sentence += f" {lines} between them: {_listed([_say_route(route) for route in routes])}."
    return sentence


def _counted(spots: Sequence[Spot], other: str) -> list[str]:
    words = {"place": (f"{other}place", f"{other}places"), "facility": ("facility", "facilities")}
    found = []
    for sort in SORTS:
        number = sum(spot.sort == sort for spot in spots)
        one, many = words.get(sort, (sort, f"{sort}s"))
        if number:
            found.append(f"{number} {one if number == 1 else many}")
    return found


def _say_route(route: Route) -> str:
    start, end = route.start.name.label, route.end.name.label
    if route.sort == "visits" and route.start.state and route.end.state:
        start, end = route.start.state.label, route.end.state.label
    if route.sort == "twinning":
        return f"{route.label} of {start} and {end}"
    return f"{route.label} from {start} to {end}"


def _listed(parts: Iterable[str]) -> str:
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last
