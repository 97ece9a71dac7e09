"""Where values come from: sources with licence and retrieval, and what each sentence gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.licences import NAMES
from comity.model.terms import CODE, ID, NS, PREFIXES
from comity.services.once import once_for_each_language
from comity.services.pages.evidence import distinct_passages
from comity.services.pages.reading import mentioned, nodes, read_names
from comity.services.pages.views import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.services.pages.views import Claim, Passage
    from comity.store.engine import Graph

LICENSE: Final = f"{PREFIXES['dcterms']}license"
# when somebody fetched the document, by the Provenance, Authoring and Versioning vocabulary
RETRIEVED: Final = "http://purl.org/pav/retrievedOn"
_AS_STATED: Final = f"{CODE}status.as-stated"
_NAMES: Final = {
    **NAMES,
    "https://creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://opendatacommons.org/licenses/pddl/1-0/": "PDDL-1.0",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as what values come from."""

    source: Name
    """The source."""
    licence: Name | None
    """The licence of the source by its short name; None where none is stated."""
    retrieved: str
    """The day on which it was fetched; empty where that is not recorded."""
    sha256: str
    """The hash of the whole document; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Given:
    """A passage with what it gives of one thing."""

    passage: Passage
    """The passage."""
    properties: tuple[Name, ...]
    """The properties whose values it states, each once."""


@once_for_each_language
def read_origins(graph: Graph) -> Mapping[str, Origin]:
    """Return all sources by their IRIs."""
    found = nodes(graph, "?s a comity:Source")
    names = read_names(graph, mentioned(found.values()))
    origins = {}
    for iri, node in found.items():
        licence = node.iri_of(LICENSE)
        origins[iri] = Origin(
            source=names(iri),
            licence=Name(licence, _NAMES.get(licence, licence)) if licence else None,
            retrieved=node.text(RETRIEVED) or "",
            sha256=node.text(f"{NS}sha256") or "",
        )
    return origins


def origins_of(graph: Graph, claims: Iterable[Claim]) -> tuple[Origin, ...]:
    """Return the sources that claims rest on, first those of their passages, each once."""
    claims = tuple(claims)
    known = read_origins(graph)
    rested = [passage.source.iri for claim in claims for passage in claim.passages]
    cited = [_source_of(each.iri, known) for claim in claims for each in claim.evidence]
    return tuple(known[iri] for iri in dict.fromkeys((*rested, *cited)) if iri in known)


def by_passage(claims: Iterable[Claim]) -> tuple[Given, ...]:
    """Return the passages of claims, in the order of the source, with the properties they state."""
    claims = tuple(claims)
    return tuple(
        Given(
            passage,
            tuple({each.property: None for each in claims if passage in each.passages}),
        )
        for passage in distinct_passages(claims)
    )


def remarkable(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims of which there is more to tell than which passage states them."""
    return tuple(
        claim
        for claim in claims
        if claim.issues
        or claim.believed
        or claim.evidence
        or not claim.passages
        or (claim.status and claim.status.iri != _AS_STATED)
    )


def _source_of(iri: str, known: Mapping[str, Origin]) -> str:
    """Return the source itself, or the one that a record of it belongs to by its name."""
    while iri.startswith(ID) and iri not in known and "." in iri.removeprefix(ID):
        iri = iri.rpartition(".")[0]
    return iri
