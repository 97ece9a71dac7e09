"""Where the data are about: states as places, with a box and its middle where one is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, SKOS
from comity.services.catalog.boxes import BOXES
from comity.services.catalog.statements import Statements, text
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.services.export.material import Material

GEONAMES: Final = "https://sws.geonames.org/"
WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"


def say_places(said: Statements, material: Material, pairs: list[str]) -> list[str]:
    """Add the states of some pairs as places; return their addresses at GeoNames, sorted.

    A state without a link to GeoNames is left out, one that no box is known of stays without one.
    """
    found: dict[str, str] = {}
    for code in sorted({code for pair in pairs for code in pair.split("-")}):
        for value in material.index.values(Iri(ID + code), f"{SKOS}exactMatch"):
            if isinstance(value, Iri) and value.value.startswith(GEONAMES):
                found[value.value] = code
    for place, code in found.items():
        said.describe(place, "dcterms:Location")
        if code in BOXES:
            _say_box(said, place, BOXES[code])
        if name := material.index.name(Iri(ID + code)):
            said.say(place, "rdfs:label", text(name))
    return sorted(found)


def _say_box(said: Statements, place: str, box: tuple[int, int, int, int]) -> None:
    west, south, east, north = box
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    corners = ", ".join(f"{x} {y}" for x, y in ring)
    middle = f"{(west + east) / 2:g} {(south + north) / 2:g}"
    said.say(place, "dcat:bbox", Literal(f"POLYGON(({corners}))", WKT))
    said.say(place, "dcat:centroid", Literal(f"POINT({middle})", WKT))
