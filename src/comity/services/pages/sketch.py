"""The drawing of a map: where marks, ways and names stand; the template only writes them out.

A way follows the great circle between its ends. Ways that would lie on each other are bent apart,
most in the middle, so that each can be told and named.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.pages.bending import arrow_on, bend_apart
from comity.services.pages.framing import Frame, Shape, draw_net, frame_for, path_of
from comity.services.pages.lettering import (
    LINE,
    Box,
    Spread,
    measure,
    put_beside,
    put_on,
)
from comity.services.pages.projection import (
    HEIGHT,
    WIDTH,
    Coordinates,
    Point,
    cut_at_edge,
    great_circle,
    project,
)
from comity.services.speech import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STEPS: Final = 48
_MARK: Final = 7.0  # half the width of the largest mark
_FOLD: Final = 4.5  # marks nearer than this share one block of names
_MOST_NAMES: Final = 4
_LONG: Final = 2.0
_NAME_AT: Final = (0.5, 0.44, 0.56, 0.37, 0.63, 0.3, 0.7)


class Dot(NamedTuple):
    """A point to draw."""

    iri: str
    """The thing."""
    label: str
    """Its name, as short as can be; empty where it gets none on the map."""
    sort: str
    """What it is: `capital`, `place`, `facility`, `mission` or `partner`."""
    at: Coordinates
    """Where it is."""
    weight: int
    """How much there is to tell of it: what weighs more is named first."""
    title: str
    """What those read who point at it."""
    radius: float = 0.0
    """How large a mark is that tells a number by its size; others have the size of their sort."""


class Curve(NamedTuple):
    """A way to draw."""

    sort: str
    """What it is: `visits`, `link` or `twinning`."""
    label: str
    """What is written on it."""
    start: Coordinates
    """Where it begins."""
    end: Coordinates
    """Where it ends."""
    has_direction: bool
    """Whether an arrow tells from where to where."""
    is_open: bool
    """Whether it is only planned, proposed or discussed."""
    title: str
    """What those read who point at it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the drawing."""

    x: float
    """How far it is from the left."""
    y: float
    """How far it is from the top."""
    iri: str
    """The thing."""
    sort: str
    """How it is drawn: `capital`, `place`, `facility`, `mission` or `partner`."""
    title: str
    """What those read who point at it."""
    radius: float = 0.0
    """How large it is drawn, for a `partner`."""


@dataclass(frozen=True, slots=True)
class Way:
    """A line on the drawing."""

    path: str
    """The line, as the data of an SVG path."""
    arrow: str
    """The head of an arrow, as the data of an SVG path; empty for a way without direction."""
    sort: str
    """How it is drawn: `visits`, `link` or `twinning`."""
    is_open: bool
    """Whether it is only planned, proposed or discussed."""
    title: str
    """What those read who point at it."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A line of text on the drawing."""

    x: float
    """Where it is anchored, from the left."""
    y: float
    """Where its letters stand, from the top."""
    anchor: str
    """Its `text-anchor`."""
    text: str
    """What it says."""
    tone: str
    """How it is set: the sort of a mark or way, or `more`."""
    iri: str | None
    """The thing that it names; None on a way."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A drawing in one size."""

    name: str
    """How the style sheet calls the size."""
    width: float
    """How wide it is."""
    height: float
    """How high it is."""
    land: tuple[float, float, float, float]
    """Where the picture of the world goes: left, top, width, height."""
    net: str
    """The lines of the degrees, as the data of an SVG path."""
    ways: tuple[Way, ...]
    """The ways."""
    marks: tuple[Mark, ...]
    """The points."""
    leaders: tuple[str, ...]
    """Lines that lead from names to their marks, as the data of SVG paths."""
    plates: tuple[Box, ...]
    """What stands behind the names of ways."""
    letters: tuple[Lettering, ...]
    """The names."""


def draw(dots: Sequence[Dot], curves: Sequence[Curve], centre: int, shape: Shape) -> Sketch:
    """Return the drawing of points and ways in a shape; there is at least one point."""
    lines = [
        [project(each, centre) for each in great_circle(curve.start, curve.end, STEPS)]
        for curve in curves
    ]
    places = [project(dot.at, centre) for dot in dots]
    frame = frame_for([*places, *(point for line in lines for point in line)], shape)
    shown = [frame.show(place) for place in places]
    bent = bend_apart(
        [[frame.show(point) for point in line] for line in lines],
        [curve.sort for curve in curves],
        frame,
        shape.lane,
    )
    spread = Spread(
        frame.width,
        frame.height,
        [Box(p.x - _MARK, p.y - _MARK, p.x + _MARK, p.y + _MARK) for p in shown],
        tuple(point for line in bent for point in line),
    )
    on_ways, plates = _name_ways(curves, bent, spread, shape.letter)
    beside, leaders = _name_marks(list(zip(dots, shown, strict=True)), spread, shape.letter)
    return Sketch(
        name=shape.name,
        width=frame.width,
        height=frame.height,
        land=_land(frame),
        net=draw_net(frame, centre),
        ways=tuple(_way(*each, frame) for each in zip(curves, bent, strict=True)),
        marks=tuple(
            Mark(round(at.x, 1), round(at.y, 1), dot.iri, dot.sort, dot.title, dot.radius)
            for dot, at in sorted(zip(dots, shown, strict=True), key=lambda each: each[0].weight)
        ),
        leaders=tuple(leaders),
        plates=tuple(plates),
        letters=(*on_ways, *beside),
    )


def _land(frame: Frame) -> tuple[float, float, float, float]:
    width, height = round(WIDTH * frame.scale, 2), round(HEIGHT * frame.scale, 2)
    return frame.left, frame.top, width, height


def _way(curve: Curve, line: Sequence[Point], frame: Frame) -> Way:
    pieces = cut_at_edge(line, WIDTH * frame.scale)
    arrow = arrow_on(line) if curve.has_direction else ""
    return Way("".join(map(path_of, pieces)), arrow, curve.sort, curve.is_open, curve.title)


def _name_ways(
    curves: Sequence[Curve], lines: Sequence[Sequence[Point]], spread: Spread, letter: float
) -> tuple[list[Lettering], list[Box]]:
    size = letter - 1
    found: list[Lettering] = []
    plates: list[Box] = []
    for curve, line in zip(curves, lines, strict=True):
        middles = [line[round(share * (len(line) - 1))] for share in _NAME_AT]
        width = measure(curve.label, size) + 10
        box = put_on(spread, middles, width, size * 1.25) if _is_long(line, width) else None
        if box is not None:
            plates.append(box)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            found.append(
                Lettering(
                    round(x, 1), round(y + size * 0.34, 1), "middle", curve.label, curve.sort, None
                )
            )
    return found, plates


def _is_long(line: Sequence[Point], width: float) -> bool:
    """Tell whether a line can still be seen when a text stands on it."""
    return sum(math.dist(one, other) for one, other in pairwise(line)) > width * _LONG


def _name_marks(
    places: Sequence[tuple[Dot, Point]], spread: Spread, letter: float
) -> tuple[list[Lettering], list[str]]:
    letters: list[Lettering] = []
    leaders: list[str] = []
    for group in _groups(places):
        head, at = group[0]
        rows = [(dot.label, "more", dot.iri) for dot, _ in group]
        rows[0] = (head.label, head.sort, head.iri)
        if len(rows) > _MOST_NAMES:
            more = gettext("and %(number)s more", number=len(rows) - _MOST_NAMES + 1)
            rows = [*rows[: _MOST_NAMES - 1], (more, "more", head.iri)]
        width = max(measure(text, letter) for text, _, _ in rows)
        place = put_beside(spread, at, width, len(rows) * letter * LINE)
        if place is None:
            continue
        box = place.box
        x = {"start": box.left, "end": box.right}.get(place.anchor, (box.left + box.right) / 2)
        for index, (text, tone, iri) in enumerate(rows):
            y = box.top + (index + 0.78) * letter * LINE
            letters.append(Lettering(round(x, 1), round(y, 1), place.anchor, text, tone, iri))
        if place.is_far:
            leaders.append(_leader(at, box))
    return letters, leaders


def _groups(places: Iterable[tuple[Dot, Point]]) -> list[list[tuple[Dot, Point]]]:
    """Return the points with a name, those together that nearly coincide, heaviest first."""
    groups: list[list[tuple[Dot, Point]]] = []
    named = [each for each in places if each[0].label]
    for dot, at in sorted(named, key=lambda each: -each[0].weight):
        near = (group for group in groups if math.dist(group[0][1], at) < _FOLD)
        group = next(near, None)
        if group is None:
            groups.append([(dot, at)])
        else:
            group.append((dot, at))
    return groups


def _leader(at: Point, box: Box) -> str:
    """Return a line from a mark to the nearest point of a box."""
    near = Point(min(max(at.x, box.left), box.right), min(max(at.y, box.top), box.bottom))
    length = math.dist(at, near) or 1.0
    share = min(_MARK / length, 1.0)
    start = Point(at.x + (near.x - at.x) * share, at.y + (near.y - at.y) * share)
    return path_of((start, near))
