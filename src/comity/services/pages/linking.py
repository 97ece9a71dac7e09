"""The same thing elsewhere: links and codes of others, with the evidence of the mapping files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, SKOS
from comity.services.links import mapping_sets
from comity.services.pages.reading import NOTATION, short
from comity.store.terms import STRING, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from comity.model.sssom import Mapping
    from comity.services.pages.reading import Names, Node
    from comity.services.pages.views import Name

MATCHES: Final = (
    *(f"{SKOS}{name}Match" for name in ("exact", "close", "broad", "narrow", "related")),
    f"{PREFIXES['owl']}sameAs",
)

# `data/mappings/README.md`: the other justification is that only the names agree
_BY_MORE_THAN_ITS_NAME: Final = "semapv:ManualMappingCuration"


@dataclass(frozen=True, slots=True)
class Link:
    """The same or a like thing in another data set, or the code that this has there."""

    property: Name
    """How the two relate, or the code system."""
    target: str | None
    """The IRI in the other data set; None for a code."""
    text: str
    """The IRI in short, or the code."""
    confidence: str
    """How sure the mapping is, from 0 to 1; empty if no mapping file says so."""
    evidence: str
    """Where it was seen, in words."""
    source: Name | None
    """The source that says so."""
    is_verified: bool = False
    """Whether the record there names the thing by more than its name."""


def read_links(node: Node, names: Names, root: Path | None) -> tuple[Link, ...]:
    """Return the links of a thing, then its codes in the systems of others."""
    known = _read_mappings(root)
    found = [
        _link(names.prop(prop), target, short(target), known.get((node.iri, target)), names)
        for prop in MATCHES
        for target in node.iris(prop)
    ]
    codes = (t for t in node.terms(NOTATION) if isinstance(t, Literal) and t.datatype != STRING)
    found += [
        _link(
            names(code.datatype),
            None,
            code.lexical,
            known.get((node.iri, f"{code.lexical} {code.datatype}")),
            names,
        )
        for code in codes
    ]
    return tuple(found)


def sources_of_links(iri: str, root: Path | None) -> list[str]:
    """Return the IRIs of the sources that the mapping files name for a thing."""
    found = _read_mappings(root)
    return [_source(mapping) for (subject, _), mapping in found.items() if subject == iri]


@lru_cache(maxsize=2)
def _read_mappings(root: Path | None) -> dict[tuple[str, str], Mapping]:
    """Return the mappings by subject and object; a code is told from others by its datatype."""
    if root is None:
        return {}
    return {
        (each.subject, f"{each.object} {each.datatype}" if each.datatype else each.object): each
        for mappings in mapping_sets(root)
        for each in mappings.mappings
    }


def _link(prop: Name, target: str | None, text: str, mapping: Mapping | None, names: Names) -> Link:
    cells = mapping.cells if mapping else {}
    source = _source(mapping) if mapping else ""
    return Link(
        property=prop,
        target=target,
        text=text,
        confidence=cells.get("confidence", ""),
        evidence=cells.get("comment", ""),
        source=names(source) if source else None,
        is_verified=cells.get("mapping_justification") == _BY_MORE_THAN_ITS_NAME,
    )


def _source(mapping: Mapping) -> str:
    prefix, colon, local = mapping.cells.get("mapping_source", "").partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else ""
