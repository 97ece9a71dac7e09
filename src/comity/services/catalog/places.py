"""Where the data are about: states as places, each with a box and its middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, SKOS
from comity.services.catalog.statements import Statements, text
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.services.export.material import Material

GEONAMES: Final = "https://sws.geonames.org/"
WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"

# West, south, east and north of a state in degrees, by its ISO 3166-1 alpha-3 code: whole degrees,
# rounded outwards, as a search by place needs no more. A state without a row here, or without a
# link to GeoNames, is left out of the catalogue's places and nowhere else.
BOXES: Final = {
    "AZE": (44, 38, 51, 42),
    "JPN": (122, 20, 154, 46),
}


def say_places(said: Statements, material: Material, pairs: list[str]) -> list[str]:
    """Add the states of some pairs as places; return their addresses at GeoNames, sorted."""
    found: dict[str, str] = {}
    for code in sorted({code for pair in pairs for code in pair.split("-")}):
        for value in material.index.values(Iri(ID + code), f"{SKOS}exactMatch"):
            if code in BOXES and isinstance(value, Iri) and value.value.startswith(GEONAMES):
                found[value.value] = code
    for place, code in found.items():
        west, south, east, north = BOXES[code]
        ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
        corners = ", ".join(f"{x} {y}" for x, y in ring)
        middle = f"{(west + east) / 2:g} {(south + north) / 2:g}"
        said.describe(
            place,
            "dcterms:Location",
            dcat_bbox=Literal(f"POLYGON(({corners}))", WKT),
            dcat_centroid=Literal(f"POINT({middle})", WKT),
        )
        if name := material.index.name(Iri(ID + code)):
            said.say(place, "rdfs:label", text(name))
    return sorted(found)
