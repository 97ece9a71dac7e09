"""Terms of code lists kept elsewhere, with as much of them as a reader of the catalogue needs.

DCAT-AP asks for the authority tables of the EU's Publications Office and for the lists of ADMS; a
term is told with its list and, where it is a concept, its label, so that nothing has to be fetched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.licences import BY_SA, BY_SA_3, CC0
from comity.services.catalog.statements import Statements, text
from comity.store import formats

if TYPE_CHECKING:
    from comity.store.formats import Format

EU: Final = "http://publications.europa.eu/resource/authority/"
ADMS: Final = "http://purl.org/adms/"
IANA: Final = "https://www.iana.org/assignments/media-types/"

THEMES: Final = f"{EU}data-theme"
INTERNATIONAL: Final = f"{THEMES}/INTR"
STABLE: Final = f"{EU}planned-availability/STABLE"
PUBLIC: Final = f"{EU}access-right/PUBLIC"
IRREGULAR: Final = f"{EU}frequency/IRREG"
LANGUAGES: Final = tuple(f"{EU}language/{code}" for code in ("ENG", "AZE", "JPN"))
NON_PROFIT: Final = f"{ADMS}publishertype/NonProfitOrganisation"
# DCAT-AP's own check of algorithms takes the address with https, not SPDX's namespace with http.
SHA256: Final = "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
PROTOCOL: Final = "https://www.w3.org/TR/sparql11-protocol/"

_CONCEPTS: Final = {
    INTERNATIONAL: ("International issues", THEMES),
    STABLE: ("stable", f"{EU}planned-availability"),
    NON_PROFIT: ("Non-Profit Organisation", f"{ADMS}publishertype/1.0"),
}
_SHARE_ALIKE: Final = (
    "Viral effect (a.k.a. Share-alike)",
    f"{ADMS}licencetype/ViralEffect-ShareAlike",
)
_LICENCES: Final = {
    BY_SA: _SHARE_ALIKE,
    BY_SA_3: _SHARE_ALIKE,
    CC0: ("Public domain", f"{ADMS}licencetype/PublicDomain"),
}
_SCHEMES: Final = {
    THEMES: "Data theme",
    f"{EU}planned-availability": "Planned availability",
    f"{ADMS}publishertype/1.0": "Publisher type",
    f"{ADMS}licencetype/1.0": "Licence type",
}
_FILE_TYPES: Final = {
    formats.TURTLE.name: "RDF_TURTLE",
    formats.TRIG.name: "RDF_TRIG",
    formats.N_TRIPLES.name: "RDF_N_TRIPLES",
    formats.N_QUADS.name: "RDF_N_QUADS",
    formats.JSON_LD.name: "JSON_LD",
    formats.RDF_XML.name: "RDF_XML",
    formats.CSV.name: "CSV",
}


def say_authorities(said: Statements) -> None:
    """Add the terms that every catalogue of ours refers to."""
    for scheme, title in _SCHEMES.items():
        said.describe(scheme, "skos:ConceptScheme", dcterms_title=text(title))
    for concept, (label, scheme) in _CONCEPTS.items():
        _say_concept(said, concept, label, scheme)
    for licence, (label, kind) in _LICENCES.items():
        said.describe(licence, "dcterms:LicenseDocument", dcterms_type=kind)
        _say_concept(said, kind, label, f"{ADMS}licencetype/1.0")
    for language in LANGUAGES:
        said.describe(language, "dcterms:LinguisticSystem", skos_inScheme=f"{EU}language")
    said.describe(PUBLIC, "dcterms:RightsStatement", skos_inScheme=f"{EU}access-right")
    said.describe(IRREGULAR, "dcterms:Frequency", skos_inScheme=f"{EU}frequency")
    said.describe(SHA256, "spdx:ChecksumAlgorithm")
    said.describe(PROTOCOL, "dcterms:Standard", dcterms_title=text("SPARQL 1.1 Protocol"))


def file_type(said: Statements, offer: Format) -> str:
    """Return the EU's name of the type of a file, and add what it is."""
    iri = f"{EU}file-type/{_FILE_TYPES[offer.name]}"
    said.describe(iri, "dcterms:MediaTypeOrExtent", skos_inScheme=f"{EU}file-type")
    return iri


def media_type(said: Statements, name: str) -> str:
    """Return the address of a media type at IANA, and add what it is."""
    iri = IANA + name
    said.describe(iri, "dcterms:MediaType")
    return iri


def _say_concept(said: Statements, concept: str, label: str, scheme: str) -> None:
    said.describe(concept, "skos:Concept", skos_prefLabel=text(label), skos_inScheme=scheme)
