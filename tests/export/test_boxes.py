"""The boxes of states hold what the data place in them."""

from __future__ import annotations

from comity.model.terms import ID, NS, PREFIXES
from comity.services.catalog.boxes import BOXES
from comity.store.terms import Iri, Literal

WGS84 = PREFIXES["wgs84"]


def test_a_box_lies_on_the_earth():
    assert all(
        -180 <= west < east <= 180 and -90 <= south < north <= 90
        for west, south, east, north in BOXES.values()
    )


def test_every_point_lies_in_the_box_of_its_state(material):
    values = material.index.values
    points = {
        quad.subject
        for quad in material.quads
        if quad.predicate.value == f"{WGS84}lat" and isinstance(quad.subject, Iri)
    }
    seen = set()
    for thing in points:
        (latitude,) = values(thing, f"{WGS84}lat")
        (longitude,) = values(thing, f"{WGS84}long")
        assert isinstance(latitude, Literal)
        assert isinstance(longitude, Literal)
        for state in (*values(thing, f"{NS}partOf"), *values(thing, f"{NS}to")):
            code = state.value.removeprefix(ID)
            if code in BOXES:
                west, south, east, north = BOXES[code]
                seen.add(code)
                assert west <= float(longitude.lexical) <= east, thing
                assert south <= float(latitude.lexical) <= north, thing
    assert {"AZE", "JPN", "KOR", "TUR"} <= seen
