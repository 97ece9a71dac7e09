"""Lines on a map that would lie on each other, bent apart; and the heads of arrows on them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from comity.services.pages.framing import path_of
from comity.services.pages.projection import WIDTH, Point, cut_at_edge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.pages.framing import Frame

_ALIKE: Final = 46.0  # lines whose ends are nearer than this are bent apart
_NARROWING: Final = 0.2
_RIM: Final = 8.0
_ARROW: Final = 6.0
_ARROW_AT: Final = 0.84


def bend_apart(
    lines: Sequence[Sequence[Point]], sorts: Sequence[str], frame: Frame, lane: float
) -> list[list[Point]]:
    """Return lines with those bent apart by a lane each that would lie on each other.

    Lanes are narrower between ends that are near. A line that leaves the map of the world on one
    side and comes back on the other stays.
    """
    bundles: list[list[int]] = []
    for index, line in enumerate(lines):
        if len(cut_at_edge(line, WIDTH * frame.scale)) != 1:
            continue
        alike = (bundle for bundle in bundles if _is_alike(lines[bundle[0]], line))
        found = next(alike, None)
        if found is None:
            bundles.append([index])
        else:
            found.append(index)
    result = [list(line) for line in lines]
    for bundle in bundles:
        ordered = sorted(bundle, key=lambda index: (_height(lines[index]), sorts[index]))
        wide = min(lane, *(_NARROWING * math.dist(lines[at][0], lines[at][-1]) for at in bundle))
        first = _first_lane([lines[index] for index in bundle], wide, frame.height)
        for rank, index in enumerate(ordered):
            bowed = _bow(lines[index], first + wide * rank)
            # what runs over a pole is not at the middle where it is nearest to the rim
            result[index] = [Point(p.x, min(max(p.y, 1.0), frame.height - 1.0)) for p in bowed]
    return result


def _first_lane(bundle: Sequence[Sequence[Point]], wide: float, height: float) -> float:
    """Return how far down the upper one of some lines is bent, so that all stay in the window."""
    half = wide * (len(bundle) - 1) / 2
    upper = min(point.y for line in bundle for point in line) - _RIM
    lower = height - _RIM - max(point.y for line in bundle for point in line)
    return -half + max(half - upper, 0.0) - max(half - lower, 0.0)


def _is_alike(one: Sequence[Point], other: Sequence[Point]) -> bool:
    near = [math.dist(one[0], end) + math.dist(one[-1], far) for end, far in _both_ways(other)]
    return min(near) < 2 * _ALIKE


def _both_ways(line: Sequence[Point]) -> tuple[tuple[Point, Point], tuple[Point, Point]]:
    return (line[0], line[-1]), (line[-1], line[0])


def _height(line: Sequence[Point]) -> float:
    return round(line[len(line) // 2].y, 0)


def _bow(line: Sequence[Point], off: float) -> list[Point]:
    """Return a line bent to its right, seen from its left end, by so much in its middle."""
    turned = line[0].x > line[-1].x
    points = list(reversed(line)) if turned else list(line)
    last = len(points) - 1
    result = []
    for index, point in enumerate(points):
        before, after = points[max(index - 1, 0)], points[min(index + 1, last)]
        length = math.dist(before, after) or 1.0
        much = off * math.sin(math.pi * index / last)
        x = point.x - (after.y - before.y) / length * much
        result.append(Point(x, point.y + (after.x - before.x) / length * much))
    return list(reversed(result)) if turned else result


def arrow_on(line: Sequence[Point]) -> str:
    """Return the head of an arrow on a line, shortly before its end."""
    index = round(_ARROW_AT * (len(line) - 1))
    tail, tip = line[max(index - 1, 0)], line[index]
    length = math.dist(tail, tip) or 1.0
    along = Point((tip.x - tail.x) / length, (tip.y - tail.y) / length)
    back = Point(tip.x - along.x * _ARROW, tip.y - along.y * _ARROW)
    front = Point(tip.x + along.x * _ARROW, tip.y + along.y * _ARROW)
    wing = _ARROW * 0.72
    sides = (
        Point(back.x - along.y * wing, back.y + along.x * wing),
        Point(back.x + along.y * wing, back.y - along.x * wing),
    )
    return path_of((front, *sides)) + "Z"
