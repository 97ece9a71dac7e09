"""What changed of a pair, told by facts: which came, which went, and what of others is new.

Claims, issues and amounts are parts of the fact that their names begin with; a change of one is
told as a change of the fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, RDF, RDFS
from comity.services.pages.reading import read_names
from comity.services.pages.views import Name
from comity.services.speech import closeness, foreign
from comity.store import formats
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.differences import Brief
    from comity.store.engine import Graph
    from comity.store.terms import Quad

ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
MOST_FACTS: Final = 200
"""Facts that are told one by one for a pair and a step; of the others their number."""

_PART: Final = re.compile(r"\.(?:amount|claim|issue)(?:[.-]|$)")
_TYPE: Final = f"{RDF}type"
_LABEL: Final = f"{RDFS}label"


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that was added, removed or changed; `properties` are those that have other values.

    `parts` counts changed claims, issues and amounts.
    """

    name: Name
    how: str
    properties: tuple[Name, ...] = ()
    parts: int = 0


@dataclass(frozen=True, slots=True)
class PairChange:
    """What a step changed of a pair; `more` facts are not told, `added` and `removed` count all."""

    facts: tuple[FactChange, ...]
    added: int
    removed: int
    more: int = 0
    is_cut: bool = False


def tell_pair(graph: Graph, brief: Brief, pair: str) -> PairChange | None:
    """Return what a step changed of a pair, None if nothing; `graph` gives names."""
    if pair not in brief.pairs:
        return None
    added, removed = brief.pairs[pair]
    lines = brief.lines(pair)
    come = _read(line for is_added, line in lines if is_added)
    gone = _read(line for is_added, line in lines if not is_added)
    facts: dict[str, list[tuple[bool, Quad]]] = {}
    for is_added, quads in ((True, come), (False, gone)):
        for quad in quads:
            if isinstance(quad.subject, Iri):
                facts.setdefault(_whole(quad.subject.value), []).append((is_added, quad))
    told = sorted(facts)[:MOST_FACTS]
    properties = {quad.predicate.value for iri in told for _, quad in facts[iri]}
    names = read_names(graph, (*told, *properties))
    found = tuple(
        FactChange(
            _name(iri, facts[iri], names(iri)),
            how := _how(iri, facts[iri]),
            tuple(map(names.prop, _properties(iri, facts[iri]))) if how == CHANGED else (),
            len({quad.subject for _, quad in facts[iri]} - {Iri(iri)}) if how == CHANGED else 0,
        )
        for iri in told
    )
    is_cut = len(lines) < added + removed
    return PairChange(found, added, removed, len(facts) - len(told), is_cut)


def _read(lines: Iterable[bytes]) -> list[Quad]:
    return parse_document(b"".join(lines), formats.N_QUADS)


def _whole(iri: str) -> str:
    """Return the fact, or the pair, that a thing belongs to by its name."""
    return ID + _PART.split(iri.removeprefix(ID), maxsplit=1)[0]


def _how(iri: str, changes: list[tuple[bool, Quad]]) -> str:
    """Tell whether a fact came, went or is another: by the statements of its class."""
    typed = {
        is_added
        for is_added, quad in changes
        if quad.subject.n3() == f"<{iri}>" and quad.predicate.value == _TYPE
    }
    everything = {is_added for is_added, _ in changes}
    if typed == everything and len(typed) == 1:
        return ADDED if typed == {True} else REMOVED
    return CHANGED


def _properties(iri: str, changes: list[tuple[bool, Quad]]) -> list[str]:
    return sorted({quad.predicate.value for _, quad in changes if quad.subject.n3() == f"<{iri}>"})


def _name(iri: str, changes: list[tuple[bool, Quad]], known: Name) -> Name:
    """Return the name that the change itself gives, the newest first, else that of today."""
    labels = [
        (not is_added, closeness(quad.object.language), quad.object)
        for is_added, quad in changes
        if quad.subject.n3() == f"<{iri}>"
        and quad.predicate.value == _LABEL
        and isinstance(quad.object, Literal)
    ]
    if not labels or (not known.language and known.label not in {iri, iri.removeprefix(ID)}):
        return known
    label = min(labels, key=lambda each: each[:2])[2]
    return Name(iri, label.lexical, foreign(label.language))
