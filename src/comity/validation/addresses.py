"""Check that links name things, not the web pages about them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, RDFS, W3ID
from comity.store.terms import Iri
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

PAGE: Final = Rule("page-address", Severity.ERROR, "A link names the thing, not a page about it.")

# How a site's addresses look, and the IRI of the thing that they are about.
_SITES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), iri)
    for pattern, iri in (
        (
            (
                r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki/|entity/)"
                r"(?:Special:EntityData/|Property:|Item:)?([QPL]\d+)(?:[.?#].*)?"
            ),
            r"http://www.wikidata.org/entity/\1",
        ),
        (
            r"https?://(?:www\.|sws\.)?geonames\.org/(\d+)(?:/.*)?",
            r"https://sws.geonames.org/\1/",
        ),
        (
            r"https?://(?:www\.)?dbpedia\.org/(?:page|data|resource)/([^?#]+?)(?:\.(?:ttl|json|rdf))?",
            r"http://dbpedia.org/resource/\1",
        ),
        (r"https?://(?:www\.)?viaf\.org/viaf/(\d+)(?:/.*)?", r"http://viaf.org/viaf/\1"),
        (r"https?://(?:www\.)?ror\.org/(0\w{8})/?", r"https://ror.org/\1"),
        (r"https?://(?:www\.)?schema\.org/(\w+)", r"https://schema.org/\1"),
        (
            r"https?://(?:www\.)?isni\.org/(?:page/|isni/)?(\d{15}[\dX])/?",
            r"https://isni.org/isni/\1",
        ),
        (
            r"https?://(?:www\.)?w3id\.org/comity/(?:doc|id)/([^/]+?)(?:\.(?:html|ttl|jsonld|json))?",
            rf"{W3ID}id/\1",
        ),
        (r"https?://(?:127\.0\.0\.1|localhost)(?::\d+)?/(?:doc|id)/([^/]+)", rf"{W3ID}id/\1"),
    )
)
_ENCYCLOPEDIA: Final = re.compile(r"https?://[\w.-]*wiki(?:pedia|media)\.org/.*")
# Properties whose values are meant to be pages.
_PAGES: Final = frozenset(
    [
        *(f"{PREFIXES['foaf']}{name}" for name in ("page", "isPrimaryTopicOf", "homepage")),
        *(f"{PREFIXES['dcterms']}{name}" for name in ("source", "license", "references")),
        *(f"{PREFIXES['dcat']}{name}" for name in ("landingPage", "accessURL", "downloadURL")),
        f"{PREFIXES['prov']}hadPrimarySource",
        f"{RDFS}seeAlso",
    ]
)


def check_addresses(corpus: Corpus) -> Iterator[Finding]:
    """Report the addresses of pages where the IRI of a thing belongs."""
    remedy_of = cache(_remedy)
    for located in corpus:
        statement = located.statement
        if not isinstance(statement.object, Iri) or statement.predicate in _PAGES:
            continue
        remedy = remedy_of(statement.object.value)
        if remedy:
            yield corpus.finding(
                PAGE,
                f"{corpus.name(statement.subject)}, {short_name(statement.predicate)}: "
                f"{short_name(statement.object.value)} is the address of a page. {remedy}",
                at=located.place,
                entity=statement.subject,
                value=statement.object,
            )


def _remedy(iri: str) -> str:
    for pattern, template in _SITES:
        match = pattern.fullmatch(iri)
        if match:
            name = match.expand(template)
            return "" if name == iri else f"Write <{name}>, which names the thing."
    if _ENCYCLOPEDIA.fullmatch(iri):
        return "Link to the thing in Wikidata or DBpedia, or use foaf:page."
    return ""
