"""The projection against the numbers of d3-geo 3.1.2, which draws the land behind the points."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.services.pages.projection import (
    HEIGHT,
    WIDTH,
    Coordinates,
    Point,
    centre_of,
    cut_at_edge,
    great_circle,
    project,
)

BAKU = Coordinates(40.37767, 49.89201)
TOKYO = Coordinates(35.6895, 139.69171)

# geoNaturalEarth1().scale(180).translate([500, 260]).rotate([-centre, 0]) of [longitude, latitude]
PLACES = (
    (0, 0),
    (49.89201, 40.37767),
    (139.69171, 35.6895),
    (180, 0),
    (-180, 0),
    (-179.9, -45),
    (179.9, 78),
    (-70.5, -33.45),
    (30, 90),
    (12.25, -89.5),
    (178.44, -18.14),
)
HEIGHTS = (
    *(260, 131.773782, 146.635425, 260, 260, 402.749251),
    *(23.933422, 366.238965, 3.969709, 515.793758, 317.484071),
)
ACROSS = {
    0: (
        *(500, 625.682292, 858.739462, 992.36925, 7.63075, 56.728639),
        *(841.139368, 317.469715, 545.166692, 518.754459, 980.608283),
    ),
    90: (
        *(253.815375, 398.964502, 627.612278, 746.184625, 746.184625, 722.005279),
        *(670.47487, 84.452329, 409.666616, 380.966597, 738.203298),
    ),
    150: (
        *(89.692291, 247.819308, 473.527488, 582.061542, 582.061542, 574.166025),
        *(556.698539, 861.176948, 319.333233, 289.108023, 576.599975),
    ),
    -180: (
        *(992.36925, 172.246712, 396.485094, 500, 500, 500.246399),
        *(499.810373, 783.504486, 274.166541, 243.178736, 495.798314),
    ),
    -60: (
        *(664.123083, 776.827485, 88.315514, 171.753833, 171.753833, 204.567892),
        *(272.257709, 472.814638, 635.500075, 610.613033, 172.591667),
    ),
}
# geoInterpolate([49.89201, 40.37767], [139.69171, 35.6895]) at 0, 1/4, 1/2, 3/4, 1
WAY = (
    (49.89201, 40.37767),
    (71.69543, 46.539867),
    (96.619475, 47.82335),
    (120.300042, 43.803009),
    (139.69171, 35.6895),
)
# geoInterpolate([178.44, -18.14], [-171.77, -13.83]) at 1/4, 1/2, 3/4
OVER_THE_DATE_LINE = (
    (-179.072107, -17.105265),
    (-176.612106, -16.040503),
    (-174.178587, -14.947998),
)

LONGITUDES = st.floats(-180, 180, allow_nan=False)
LATITUDES = st.floats(-90, 90, allow_nan=False)
ANYWHERE = st.builds(Coordinates, LATITUDES, LONGITUDES)
CENTRES = st.sampled_from(range(-180, 180, 30))


@pytest.mark.parametrize("centre", ACROSS)
@pytest.mark.parametrize("index", range(len(PLACES)))
def test_points_stand_where_d3_puts_them(centre, index):
    longitude, latitude = PLACES[index]

    x, y = project(Coordinates(latitude, longitude), centre)

    assert x == pytest.approx(ACROSS[centre][index], abs=1e-5)
    assert y == pytest.approx(HEIGHTS[index], abs=1e-5)


def test_the_shortest_way_is_that_of_d3():
    found = great_circle(BAKU, TOKYO, 4)

    for (latitude, longitude), wanted in zip(found, WAY, strict=True):
        assert (longitude, latitude) == pytest.approx(wanted, abs=1e-5)


def test_the_shortest_way_crosses_the_date_line():
    found = great_circle(Coordinates(-18.14, 178.44), Coordinates(-13.83, -171.77), 4)

    for (latitude, longitude), wanted in zip(found[1:-1], OVER_THE_DATE_LINE, strict=True):
        assert (longitude, latitude) == pytest.approx(wanted, abs=1e-5)


@given(ANYWHERE, CENTRES)
def test_every_point_of_the_earth_is_in_the_box(place, centre):
    x, y = project(place, centre)

    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


@given(ANYWHERE, ANYWHERE, st.integers(1, 30))
def test_a_way_leads_from_one_end_to_the_other(start, end, steps):
    found = great_circle(start, end, steps)

    for one, other in ((found[0], start), (found[-1], end)):
        assert math.dist(_vector(one), _vector(other)) < 1e-6
    assert len(found) in {2, steps + 1}


def test_between_opposite_points_and_from_a_point_to_itself_there_are_only_the_ends():
    here, across = Coordinates(10, 20), Coordinates(-10, -160)

    assert great_circle(here, across, 8) == (here, across)
    assert great_circle(here, here, 8) == (here, here)


@pytest.mark.parametrize(
    ("longitudes", "centre"),
    [
        ([], 0),
        ([49.9, 139.7], 90),
        ([178.44, -171.77], -180),
        ([170, -150], -180),
        ([150, 175, -160], 180 - 360),
        ([-74, -99], -90),
        ([10], 0),
        ([160], 150),
        ([-180, 180], -180),
    ],
)
def test_the_centre_is_in_the_middle_of_the_shortest_way_round(longitudes, centre):
    assert centre_of(longitudes) == centre


@given(st.lists(LONGITUDES, max_size=8))
def test_the_centre_is_one_of_the_twelve_for_which_there_is_a_picture(longitudes):
    assert centre_of(longitudes) in range(-180, 180, 30)


@given(LONGITUDES, st.floats(-89, 89), LATITUDES, LATITUDES)
def test_two_points_less_than_half_the_earth_apart_lie_on_one_side_of_the_edge(
    middle, half, one, other
):
    turned = [(middle + sign * half + 180) % 360 - 180 for sign in (-1, 1)]
    centre = centre_of(turned)
    places = [Coordinates(lat, lon) for lat, lon in zip((one, other), turned, strict=True)]

    assert abs(project(places[0], centre).x - project(places[1], centre).x) < WIDTH / 2 + 80


def test_a_line_is_cut_where_it_leaves_the_map():
    line = [Point(960, 5), Point(990, 5), Point(10, 6), Point(30, 6)]

    assert cut_at_edge(line) == (tuple(line[:2]), tuple(line[2:]))
    assert cut_at_edge(line[1:3]) == ()
    assert cut_at_edge([Point(1, 1), Point(2, 2)]) == ((Point(1, 1), Point(2, 2)),)


def _vector(place):
    up, along = math.radians(place.latitude), math.radians(place.longitude)
    return math.cos(up) * math.cos(along), math.cos(up) * math.sin(along), math.sin(up)
