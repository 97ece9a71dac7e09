"""Which part of the earth a map shows, how large, and the net of degrees over it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.pages.projection import HEIGHT, WIDTH, Coordinates, Point, project

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CLOSEST: Final = 5.0  # the land behind the points is drawn for the whole world
# degrees between two lines of the net, by how large the map is at the most
_NETS: Final = ((1.2, 30), (3.0, 15), (CLOSEST, 10))
_FINE: Final = 5


class Shape(NamedTuple):
    """A size for which a map is drawn; lengths are pixels where it is shown at its own width."""

    name: str
    """How the style sheet calls it."""
    width: float
    """How wide it is."""
    lowest: float
    """How high it is at least."""
    highest: float
    """How high it is at most."""
    side: float
    """What is left free beside the points, for their names."""
    edge: float
    """What is left free above and below them."""
    letter: float
    """The height of its letters."""
    lane: float
    """How far ways that would lie on each other are bent apart."""


WIDE: Final = Shape("wide", 900, 300, 468, 170, 80, 13, 18)
NARROW: Final = Shape("narrow", 420, 300, 420, 64, 84, 13, 18)
SMALL: Final = Shape("small", 420, 260, 260, 150, 110, 13, 17)


class Frame(NamedTuple):
    """A window on the map of the world."""

    scale: float
    """How many times as large as the whole the map is drawn."""
    left: float
    """Where the left edge of the whole map is."""
    top: float
    """Where its upper edge is."""
    width: float
    """How wide the window is."""
    height: float
    """How high it is."""

    def show(self, point: Point) -> Point:
        """Return where a point of the whole map stands in the window."""
        return Point(point.x * self.scale + self.left, point.y * self.scale + self.top)


def frame_for(points: Iterable[Point], shape: Shape) -> Frame:
    """Return the window of a shape that shows points with room around them.

    It never shows more than the world, nor so little that the land behind would look coarse.
    """
    points = tuple(points)
    left, right = min(each.x for each in points), max(each.x for each in points)
    top, bottom = min(each.y for each in points), max(each.y for each in points)
    across = (shape.width - 2 * shape.side) / max(right - left, 1)
    down = (shape.highest - 2 * shape.edge) / max(bottom - top, 1)
    scale = max(min(across, down, CLOSEST), shape.width / WIDTH)
    height = (bottom - top) * scale + 2 * shape.edge
    height = round(min(max(height, shape.lowest), shape.highest, HEIGHT * scale))
    return Frame(
        scale,
        _within(shape.width / 2 - (left + right) / 2 * scale, shape.width - WIDTH * scale),
        _within(height / 2 - (top + bottom) / 2 * scale, height - HEIGHT * scale),
        shape.width,
        height,
    )


def draw_net(frame: Frame, centre: int) -> str:
    """Return the lines of equal latitude and longitude in a window, as the data of a path."""
    step = next((step for most, step in _NETS if frame.scale <= most), _NETS[-1][1])
    lines = [
        [Coordinates(latitude, centre + turn) for latitude in range(-90, 91, _FINE)]
        for turn in range(-180, 181, step)
    ]
    lines += [
        [Coordinates(latitude, centre + turn) for turn in range(-180, 181, _FINE)]
        for latitude in range(-90, 91, step)
    ]
    found = (piece for line in lines for piece in _seen(line, frame, centre))
    return "".join(path_of(piece) for piece in found)


def path_of(points: Iterable[Point]) -> str:
    """Return a line as the data of an SVG path."""
    return "M" + "L".join(f"{point.x:.1f},{point.y:.1f}" for point in points)


def _seen(line: list[Coordinates], frame: Frame, centre: int) -> Iterator[list[Point]]:
    """Yield the stretches of a line that touch the window."""
    points = [frame.show(project(each, centre)) for each in line]
    piece: list[Point] = []
    for one, other in pairwise(points):
        if (
            max(one.x, other.x) >= 0
            and max(one.y, other.y) >= 0
            and min(one.x, other.x) <= frame.width
            and min(one.y, other.y) <= frame.height
        ):
            piece = piece or [one]
            piece.append(other)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _within(offset: float, least: float) -> float:
    return round(min(max(offset, least), 0.0), 2)
