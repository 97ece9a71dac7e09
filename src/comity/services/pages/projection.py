"""Where a point of the earth stands on the map: the Natural Earth projection, and great circles.

The numbers are those of d3-geo's `geoNaturalEarth1`, with which the front end draws the land behind
the points: B. Šavrič, B. Jenny, T. Patterson, D. Petrovič and L. Hurni, "A polynomial equation for
the Natural Earth projection", Cartography and Geographic Information Science 38 (2011), with the
factors of d3-geo. The earth is turned by a longitude that is a multiple of thirty degrees, so that
whatever a map shows lies near its middle, and never across its edge.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH: Final = 1000.0
HEIGHT: Final = 520.0
SCALE: Final = 180.0
STEP: Final = 30
_HALF: Final = 180.0
_WHOLE: Final = 360.0
_NOWHERE: Final = 1e-9  # the sine of an angle below which two directions are one


class Coordinates(NamedTuple):
    """A point of the earth in decimal degrees of WGS 84."""

    latitude: float
    """Degrees north of the equator."""
    longitude: float
    """Degrees east of Greenwich."""


class Point(NamedTuple):
    """A point of the drawing."""

    x: float
    """How far it is from the left."""
    y: float
    """How far it is from the top."""


def project(place: Coordinates, centre: int = 0) -> Point:
    """Return where a point stands in the box of 1000 by 520 whose middle is a longitude."""
    degrees = place.longitude - centre
    if degrees > _HALF:
        degrees -= _WHOLE
    elif degrees < -_HALF:
        degrees += _WHOLE
    along, up = math.radians(degrees), math.radians(place.latitude)
    second = up * up
    fourth = second * second
    x = along * (
        0.8707
        - 0.131979 * second
        + fourth * (-0.013791 + fourth * (0.003971 * second - 0.001529 * fourth))
    )
    y = up * (
        1.007226
        + second * (0.015085 + fourth * (-0.044475 + 0.028874 * second - 0.005916 * fourth))
    )
    return Point(WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y)


def centre_of(longitudes: Iterable[float]) -> int:
    """Return the multiple of thirty degrees that is nearest to the middle of longitudes.

    The middle is that of the shortest way around the earth that passes all of them; of none at all
    it is Greenwich.
    """
    ordered = sorted({longitude % _WHOLE for longitude in longitudes})
    if not ordered:
        return 0
    gaps = [after - before for before, after in pairwise([*ordered, ordered[0] + _WHOLE])]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    first = ordered[(widest + 1) % len(ordered)]
    middle = first + (_WHOLE - gaps[widest]) / 2
    turned = STEP * round(middle / STEP)
    return (turned + 180) % 360 - 180


def great_circle(start: Coordinates, end: Coordinates, steps: int) -> tuple[Coordinates, ...]:
    """Return the shortest way between two points, as so many steps of equal length.

    Between a point and the one right across the earth every way is as short; then, and where both
    are the same, only the ends are returned.
    """
    one, other = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
    if math.sin(angle) < _NOWHERE:
        return start, end
    found = []
    for step in range(steps + 1):
        share = step / steps
        before = math.sin((1 - share) * angle) / math.sin(angle)
        after = math.sin(share * angle) / math.sin(angle)
        x, y, z = (before * a + after * b for a, b in zip(one, other, strict=True))
        north, east = math.atan2(z, math.hypot(x, y)), math.atan2(y, x)
        found.append(Coordinates(math.degrees(north), math.degrees(east)))
    return tuple(found)


def cut_at_edge(line: Sequence[Point], width: float = WIDTH) -> tuple[tuple[Point, ...], ...]:
    """Return a line as the pieces that it falls into at the edges of a map of a width."""
    pieces: list[list[Point]] = [[]]
    for point in line:
        if pieces[-1] and abs(point.x - pieces[-1][-1].x) > width / 2:
            pieces.append([])
        pieces[-1].append(point)
    return tuple(tuple(piece) for piece in pieces if len(piece) > 1)


def _vector(place: Coordinates) -> tuple[float, float, float]:
    up, along = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(up) * math.cos(along), math.cos(up) * math.sin(along), math.sin(up)
