"""Which terms of other vocabularies exist, so that a misspelt one is found."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from rdflib import namespace as spaces

from comity.model.terms import EDTF, PREFIXES, RDF

if TYPE_CHECKING:
    from rdflib.namespace import DefinedNamespaceMeta

_LISTED: Final[tuple[DefinedNamespaceMeta, ...]] = (
    spaces.DCAT,
    spaces.DCTERMS,
    spaces.FOAF,
    spaces.GEO,
    spaces.ORG,
    spaces.OWL,
    spaces.PROV,
    spaces.QB,
    spaces.RDF,
    spaces.RDFS,
    spaces.SDO,
    spaces.SH,
    spaces.SKOS,
    spaces.TIME,
    spaces.VANN,
    spaces.VOID,
    spaces.XSD,
)
# Vocabularies that rdflib does not list: what a curator's file may take from each.
_FURTHER: Final[dict[str, tuple[str, ...]]] = {
    PREFIXES["oa"]: ("hasSource", "hasSelector", "hasTarget", "SpecificResource", "Annotation"),
    PREFIXES["wgs84"]: ("lat", "long", "SpatialThing"),
}
_DATATYPES: Final = {
    EDTF,
    *(f"{EDTF}-level{level}" for level in range(3)),
    f"{RDF}langString",
    f"{RDF}HTML",
    f"{RDF}XMLLiteral",
    f"{PREFIXES['geo']}wktLiteral",
}


@cache
def known_terms() -> dict[str, frozenset[str]]:
    """Return, by namespace, the IRIs of the vocabularies that are listed whole."""
    # `_extras` holds the names that are words of Python, such as sh:class
    listed = {
        str(space): frozenset(
            [*map(str, dir(space)), *(f"{space}{name}" for name in getattr(space, "_extras", ()))]
        )
        for space in _LISTED
    }
    further = {
        space: frozenset(space + name for name in names) for space, names in _FURTHER.items()
    }
    return listed | further


@cache
def known_datatypes() -> frozenset[str]:
    """Return the IRIs of the datatypes that literals may have, beside those of our own."""
    return frozenset(known_terms()[PREFIXES["xsd"]] | _DATATYPES)


def namespace_of(iri: str) -> str:
    """Return the IRI up to its last `#` or `/`."""
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
