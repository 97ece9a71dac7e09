"""The map of one state's relations: a mark for each partner, as large as there are facts.

A mark stands at the capital if a record gives its point, else at a mission in the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

from comity.services.once import once_for_each_graph, once_for_each_language
from comity.services.pages.framing import NARROW, WIDE
from comity.services.pages.partners import read_partners
from comity.services.pages.projection import Coordinates, centre_of
from comity.services.pages.reading import read_names, rows, values
from comity.services.pages.sketch import Dot, Sketch, draw
from comity.services.speech import ngettext
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.partners import Partner, Partners
    from comity.services.pages.views import Name
    from comity.store.engine import Graph

_LEAST: Final = 2.6
_MOST: Final = 6.8
# in each size no more marks get a name than can be told apart; those with the most facts get one
_NAMED: Final = ((WIDE, 48), (NARROW, 20))
_NORTH: Final = 90.0
_EAST: Final = 180.0
_POINT: Final = "wgs84:lat ?lat ; wgs84:long ?long"
# where a state is marked: the first of these that has a point
_WAYS: Final = (
    f"?place comity:kind code:place.capital ; comity:partOf+ ?state ; {_POINT}",
    f"?place a comity:Mission ; comity:to ?state ; {_POINT}",
)


@dataclass(frozen=True, slots=True)
class PartnersMap:
    """A map with the partners of a state, in each size in which it is drawn."""

    sketches: tuple[Sketch, ...]
    """The drawings."""
    centre: int
    """The longitude in the middle of the picture of the world behind them."""
    sentence: str
    """What the map shows, for those who do not see it."""
    unplaced: tuple[Name, ...]
    """The partners without a point."""
    records: tuple[Name, ...]
    """The sources of the points."""


@once_for_each_language
def read_partners_map(graph: Graph, state: str, text: str) -> PartnersMap | None:
    """Return the map of what `read_partners` gives; None if no partner has a point."""
    view = read_partners(graph, state, text)
    states = [view.state.iri, *(each.name.iri for each in view.partners)]
    places: dict[str, tuple[str, Coordinates]] = {}
    for marks in read_marks(graph):
        places |= {iri: marks[iri] for iri in states if iri in marks and iri not in places}
    marked = [each for each in view.partners if each.name.iri in places]
    if not marked:
        return None
    most = max(each.facts for each in marked)
    dots = [_dot(each, places[each.name.iri][1], most) for each in marked]
    if own := places.get(view.state.iri):
        name = view.state
        dots.insert(0, Dot(name.iri, name.label, "capital", own[1], 10**9, name.label))
    centre = centre_of(dot.at.longitude for dot in dots)
    return PartnersMap(
        sketches=tuple(draw(_named(dots, most), (), centre, shape) for shape, most in _NAMED),
        centre=centre,
        sentence=_say(view, marked),
        unplaced=tuple(each.name for each in view.partners if each.name.iri not in places),
        records=_records(graph, [place for place, _ in places.values()]),
    )


def _dot(partner: Partner, at: Coordinates, most: int) -> Dot:
    share = sqrt(partner.facts / most) if most else 0.0
    label = partner.name.label
    return Dot(
        iri=partner.relation.iri,
        label=f"{label} {partner.facts}" if partner.facts else label,
        sort="partner",
        at=at,
        weight=partner.facts,
        title=ngettext(
            "%(name)s: %(num)s fact", "%(name)s: %(num)s facts", partner.facts, name=label
        ),
        radius=round(_LEAST + (_MOST - _LEAST) * share, 1),
    )


def _named(dots: list[Dot], most: int) -> list[Dot]:
    return [dot if at < most else dot._replace(label="") for at, dot in enumerate(dots)]


def _say(view: Partners, marked: list[Partner]) -> str:
    first = max(marked, key=lambda each: each.facts)
    return ngettext(
        "The map shows %(num)s partner of %(state)s, each mark as large as there are facts on "
        "record; the most are on %(partner)s.",
        "The map shows %(num)s partners of %(state)s, each mark as large as there are facts on "
        "record; the most are on %(partner)s.",
        len(marked),
        state=view.state.label,
        partner=first.name.label,
    )


@once_for_each_graph
def read_marks(graph: Graph) -> tuple[dict[str, tuple[str, Coordinates]], ...]:
    """Return the place with a point by which each state is marked, for each way to find one.

    All states are asked for in one go, so that a large build can bring the answer along.
    """
    return tuple(_points(graph, way) for way in _WAYS)


def _points(graph: Graph, pattern: str) -> dict[str, tuple[str, Coordinates]]:
    query = f"SELECT ?state ?place ?lat ?long {{ {pattern} }} ORDER BY ?state DESC(?place)"
    found = {}
    for state, place, north, east in rows(graph, query):
        point = _point(north, east)
        if isinstance(state, Iri) and isinstance(place, Iri) and point:
            found[state.value] = place.value, point
    return found


def _point(north: object, east: object) -> Coordinates | None:
    if not isinstance(north, Literal) or not isinstance(east, Literal):
        return None
    try:
        point = Coordinates(float(north.lexical), float(east.lexical))
    except ValueError:
        return None
    is_there = abs(point.latitude) <= _NORTH and abs(point.longitude) <= _EAST
    return point if is_there else None


def _records(graph: Graph, places: Iterable[str]) -> tuple[Name, ...]:
    """Return the sources that say where places are, by a claim or as records of their own."""
    query = (
        f"SELECT DISTINCT ?source {{ {values('place', places)} {{ "
        "VALUES ?coordinate { wgs84:lat wgs84:long } "
        "?claim comity:about ?place ; comity:onProperty ?coordinate ; comity:evidence ?source "
        "} UNION { ?place comity:evidence ?source } }"
    )
    found = [term.value for (term,) in rows(graph, query) if isinstance(term, Iri)]
    return read_names(graph, found).all(found)
