"""The map of a relation, and the small one of a thing: drawings, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel.numbers import get_decimal_symbol

from comity.services.once import once_for_each_language
from comity.services.pages.atlas import read_atlas, read_records
from comity.services.pages.framing import NARROW, SMALL, WIDE
from comity.services.pages.gathering import SORTS, Route, Spot, Unplaced, gather, named_by
from comity.services.pages.pair import read_pair
from comity.services.pages.projection import centre_of
from comity.services.pages.said import listed
from comity.services.pages.sketch import Curve, Dot, Sketch, draw
from comity.services.speech import gettext, language, ngettext, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.period import Period
    from comity.services.pages.pair import Pair
    from comity.services.pages.projection import Coordinates
    from comity.services.pages.views import Name
    from comity.store.engine import Graph

_MOST: Final = 10_000  # things that have no more facts weigh less than those of a sort above
# a point by whether it lies in the north and in the east
_POINTS: Final = {
    (True, True): noted("%(latitude)s° N, %(longitude)s° E"),
    (True, False): noted("%(latitude)s° N, %(longitude)s° W"),
    (False, True): noted("%(latitude)s° S, %(longitude)s° E"),
    (False, False): noted("%(latitude)s° S, %(longitude)s° W"),
}


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


@once_for_each_language
def read_dyad_map(graph: Graph, dyad: str, period: Period) -> Map | None:
    """Return the map of what a dossier holds of a time; see `read_pair_map`."""
    return read_pair_map(graph, read_pair(graph, dyad, period))


def read_pair_map(graph: Graph, pair: Pair) -> Map | None:
    """Return the map of a dossier, of the facts that it holds; None if nothing has a point.

    Capitals and missions are on it whatever time is asked for.
    """
    atlas = read_atlas(graph, named_by(pair))
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
    atlas = read_atlas(graph, [iri])
    thing = atlas.get(iri)
    if thing is None or thing.point is None:
        return None
    spot = Spot(thing.name, thing.sort, atlas.state_of(iri), thing.point, (), ())
    centre = centre_of([thing.point.longitude])
    return Map(
        sketches=(draw([_dot(spot, set())], [], centre, SMALL),),
        centre=centre,
        sentence=gettext(
            "%(place)s lies at %(point)s.", place=thing.name.label, point=say_point(thing.point)
        ),
        spots=(spot,),
        routes=(),
        unplaced=(),
        records=read_records(graph, [iri]),
    )


def say_point(point: Coordinates) -> str:
    """Return a point in words, such as `40.38° N, 49.89° E`."""
    return gettext(
        _POINTS[point.latitude >= 0, point.longitude >= 0],
        latitude=_say_degrees(point.latitude),
        longitude=_say_degrees(point.longitude),
    )


def _say_degrees(degrees: float) -> str:
    return f"{abs(degrees):.2f}".replace(".", get_decimal_symbol(language()))


def _dot(spot: Spot, labels: set[str]) -> Dot:
    """Return a point; a mission that is called after its town does not repeat it on the map."""
    towns = (f", {label}" for label in labels)
    town = next((each for each in towns if spot.name.label.endswith(each)), "")
    return Dot(
        iri=spot.name.iri,
        label=spot.name.label.removesuffix(town),
        sort=spot.sort,
        at=spot.at,
        weight=(len(SORTS) - SORTS.index(spot.sort)) * _MOST + len(spot.facts),
        title=_numbered(spot),
    )


def _numbered(spot: Spot) -> str:
    facts, place, sort = len(spot.facts), spot.name.label, gettext(spot.sort)
    if not facts:
        return gettext("%(place)s, %(sort)s", place=place, sort=sort)
    return ngettext(
        "%(place)s, %(sort)s: %(num)s fact",
        "%(place)s, %(sort)s: %(num)s facts",
        facts,
        place=place,
        sort=sort,
    )


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
    told = [*capitals, *_counted(others, are_others=bool(capitals))]
    sentence = gettext("The map shows %(things)s.", things=listed(told))
    if not routes:
        return sentence
    lines = ngettext(
        "A line between them: %(lines)s.",
        "Lines between them: %(lines)s.",
        len(routes),
        lines=listed(_say_route(route) for route in routes),
    )
    return f"{sentence} {lines}"


def _counted(spots: Sequence[Spot], *, are_others: bool) -> list[str]:
    """Return how many there are of each sort; places count beside the capitals if there are any."""
    numbers = {sort: sum(spot.sort == sort for spot in spots) for sort in SORTS}
    return [_count(sort, number, are_others) for sort, number in numbers.items() if number]


def _count(sort: str, number: int, is_other: object) -> str:
    if sort == "mission":
        return ngettext("%(num)s mission", "%(num)s missions", number)
    if sort == "facility":
        return ngettext("%(num)s facility", "%(num)s facilities", number)
    if is_other:
        return ngettext("%(num)s other place", "%(num)s other places", number)
    return ngettext("%(num)s place", "%(num)s places", number)


def _say_route(route: Route) -> str:
    start, end = route.start.name.label, route.end.name.label
    if route.sort == "visits" and route.start.state and route.end.state:
        start, end = route.start.state.label, route.end.state.label
    if route.sort == "twinning":
        # Translators: such as "twinning of Baku and Kobe"
        return gettext("%(what)s of %(start)s and %(end)s", what=route.label, start=start, end=end)
    # Translators: such as "3 visits from Azerbaijan to Japan", or "flight from Baku to Tokyo"
    return gettext("%(what)s from %(start)s to %(end)s", what=route.label, start=start, end=end)
