"""Names on a map: a small greedy rule that lets none lie on another, nor on a mark."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.projection import Point

LINE: Final = 1.28  # the height of a line, in heights of its letters
_GAP: Final = 9.0
_RINGS: Final = (_GAP, 22.0, 40.0, 62.0, 88.0)
_SIDES: Final = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))
_RIM: Final = 5.0
_APART: Final = 2.0
_PER_RING: Final = 12.0
_PER_CROSSING: Final = 3.0
# widths of letters, in heights
_THIN: Final = frozenset("iIjl.,:;'|!()[]·tfr ")
_THICK: Final = frozenset("mwMW@%")
_WIDTHS: Final = (0.33, 0.57, 0.7, 0.9, 1.02)


class Box(NamedTuple):
    """A stretch of the drawing that something takes up."""

    left: float
    """Its left edge."""
    top: float
    """Its upper edge."""
    right: float
    """Its right edge."""
    bottom: float
    """Its lower edge."""

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes overlap, or nearly do."""
        return (
            self.left < other.right + _APART
            and other.left < self.right + _APART
            and self.top < other.bottom + _APART
            and other.top < self.bottom + _APART
        )

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom


class Spread(NamedTuple):
    """What is on the drawing already."""

    width: float
    """How wide the drawing is."""
    height: float
    """How high it is."""
    taken: list[Box]
    """Where nothing more may stand."""
    crossed: tuple[Point, ...]
    """Points of lines; a name had better not lie on them."""

    def is_free(self, box: Box) -> bool:
        """Tell whether a box is inside the drawing and meets none that is taken."""
        return (
            box.left >= _RIM
            and box.top >= _RIM
            and box.right <= self.width - _RIM
            and box.bottom <= self.height - _RIM
            and not any(box.meets(other) for other in self.taken)
        )


class Place(NamedTuple):
    """Where a name has been put."""

    box: Box
    """What it takes up."""
    anchor: str
    """At which side of the box it begins: `start`, `middle` or `end`, as SVG has it."""
    is_far: bool
    """Whether a line has to lead from it to its mark."""


def measure(text: str, letter: float) -> float:
    """Return about how wide a text is when its letters are so high."""
    return sum(map(_width, text)) * letter


def put_beside(spread: Spread, at: Point, width: float, height: float) -> Place | None:
    """Return the best free place for a name beside a point, and take it; None if there is none.

    Near is better than far, the sides are better than the corners, and to lie on a line is bad.
    """
    found: list[tuple[float, Place]] = []
    for ring, distance in enumerate(_RINGS):
        for rank, (across, down) in enumerate(_SIDES):
            box = _beside(at, width, height, (across * distance, down * distance))
            if spread.is_free(box):
                crossings = sum(box.holds(point) for point in spread.crossed)
                cost = ring * _PER_RING + rank + crossings * _PER_CROSSING
                anchor = ("middle", "start", "end")[across]
                found.append((cost, Place(box, anchor, ring > 0)))
    if not found:
        return None
    best = min(found, key=lambda each: each[0])[1]
    spread.taken.append(best.box)
    return best


def put_on(spread: Spread, points: Iterable[Point], width: float, height: float) -> Box | None:
    """Return the first free place for a name whose middle is one of points, and take it."""
    for at in points:
        box = Box(at.x - width / 2, at.y - height / 2, at.x + width / 2, at.y + height / 2)
        if spread.is_free(box):
            spread.taken.append(box)
            return box
    return None


def _beside(at: Point, width: float, height: float, off: tuple[float, float]) -> Box:
    across, down = off
    near = abs(across or down) <= _GAP
    left = at.x - width / 2 if not across else at.x + across - (width if across < 0 else 0)
    if not down:
        top = at.y - height / 2
    else:
        # at a corner the name begins at the height of the mark
        shift = 1.0 if across and near else abs(down)
        top = at.y + shift if down > 0 else at.y - shift - height
    return Box(left, top, left + width, top + height)


def _width(sign: str) -> float:
    thin, plain, tall, thick, full = _WIDTHS
    if unicodedata.east_asian_width(sign) in "WF":
        return full
    if sign in _THIN:
        return thin
    if sign in _THICK:
        return thick
    return tall if sign.isupper() else plain
