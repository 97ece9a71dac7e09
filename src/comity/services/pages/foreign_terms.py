"""Words for the properties of other vocabularies, which carry no labels of ours."""

from __future__ import annotations

from typing import Final

from comity.model.terms import PREFIXES, RDFS, SKOS
from comity.services.speech import gettext, noted

_DCTERMS: Final = PREFIXES["dcterms"]
REPLACED_BY: Final = f"{_DCTERMS}isReplacedBy"
"""What leads from a thing that is no more to those that came after it."""
_WORDS: Final = {
    f"{PREFIXES['wgs84']}lat": noted("latitude"),
    f"{PREFIXES['wgs84']}long": noted("longitude"),
    f"{PREFIXES['foaf']}page": noted("page"),
    f"{_DCTERMS}bibliographicCitation": noted("citation"),
    f"{_DCTERMS}created": noted("created"),
    f"{_DCTERMS}creator": noted("creator"),
    f"{_DCTERMS}description": noted("description"),
    f"{_DCTERMS}identifier": noted("record"),
    REPLACED_BY: noted("followed by"),
    f"{_DCTERMS}issued": noted("issued"),
    f"{_DCTERMS}language": noted("language"),
    f"{_DCTERMS}license": noted("licence"),
    f"{_DCTERMS}modified": noted("modified"),
    f"{_DCTERMS}publisher": noted("publisher"),
    f"{_DCTERMS}title": noted("title"),
    f"{_DCTERMS}valid": noted("valid"),
    f"{PREFIXES['owl']}versionInfo": noted("version"),
    f"{PREFIXES['owl']}versionIRI": noted("IRI of the version"),
    f"{RDFS}comment": noted("comment"),
    f"{RDFS}seeAlso": noted("see also"),
    f"{SKOS}altLabel": noted("other name"),
    f"{SKOS}editorialNote": noted("note of the editors"),
    f"{PREFIXES['vann']}preferredNamespacePrefix": noted("usual prefix"),
    f"{PREFIXES['vann']}preferredNamespaceUri": noted("namespace"),
}


def in_words(iri: str) -> str:
    """Return what a property of another vocabulary is called; empty if that is not known."""
    words = _WORDS.get(iri)
    return gettext(words) if words else ""
