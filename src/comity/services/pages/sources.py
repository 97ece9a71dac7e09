"""The pages on sources: what each is, and which facts come from which of its passages."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.terms import ID, NS, SKOS
from comity.services.once import once_for_each_language
from comity.services.pages.evidence import SOURCE_OF, by_subject, passage_of
from comity.services.pages.facts import statements_of
from comity.services.pages.reading import (
    LABEL,
    TYPE,
    Node,
    counts,
    mentioned,
    nodes,
    own_iri,
    read_names,
    rows,
)
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.pages.views import Issue, Name, Passage, Statement
    from comity.store.engine import Graph

PREFIX: Final = "src."
NOTE: Final = f"{SKOS}editorialNote"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source as a line of a list."""

    name: Name
    """The source."""
    kinds: tuple[Name, ...]
    """What sort of source it is."""
    passages: int
    """How many passages are cut from it."""
    claims: int
    """How many claims rest on these, or take it as evidence."""


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage with what comes from it."""

    passage: Passage
    """The passage."""
    anchor: str
    """The fragment of its entry."""
    things: tuple[Name, ...]
    """The facts and things whose values it states."""
    claims: int
    """How many values it states."""
    notes: tuple[str, ...]
    """Why it carries no claim, if it carries none."""
    issues: tuple[Issue, ...]
    """Doubts about the passage itself."""


@dataclass(frozen=True, slots=True)
class Section:
    """The passages under one heading."""

    title: str
    """The heading."""
    entries: tuple[PassageEntry, ...]
    """Its passages, in order."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with its passages."""

    name: Name
    """The source."""
    local: str
    """Its local name."""
    statements: tuple[Statement, ...]
    """What is said of it: title, licence, hash."""
    issues: tuple[Issue, ...]
    """Doubts about it as a whole."""
    sections: tuple[Section, ...]
    """Its passages by heading, in the order of the document."""
    passages: int
    """How many passages there are."""
    covered: int
    """How many passages carry a claim."""
    excused: int
    """How many carry none for a recorded reason."""
    bare: int
    """How many carry neither."""


def read_sources(graph: Graph) -> tuple[SourceLine, ...]:
    """Return all sources, by label."""
    found = nodes(graph, "?s a comity:Source")
    names = read_names(graph, mentioned(found.values()))
    passages = counts(graph, "?f oa:hasSource ?key . ?f a comity:Passage")
    claims = counts(
        graph,
        "?f a comity:Claim "
        "{ ?f comity:passage/oa:hasSource ?key } UNION { ?f comity:evidence ?key }",
    )
    lines = [
        SourceLine(
            name=names(iri),
            kinds=names.all(node.iris(f"{NS}kind")),
            passages=passages.get(iri, 0),
            claims=claims.get(iri, 0),
        )
        for iri, node in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.passages, line.name.label)))


@once_for_each_language
def read_source(graph: Graph, short_id: str) -> SourcePage:
    """Return a source by the part of its local name behind `src.`.

    Raises NotFoundError, naming the sources there are, for any other name.
    """
    iri = own_iri(ID, PREFIX + short_id)
    node = nodes(graph, f"VALUES ?s {{ <{iri}> }} ?s a comity:Source").get(iri)
    if node is None:
        known = [each.removeprefix(ID + PREFIX) for each in nodes(graph, "?s a comity:Source")]
        begun = sorted(each for each in known if short_id and each.startswith(short_id))
        near = dict.fromkeys((*begun, *get_close_matches(short_id, known, n=3)))
        raise NotFoundError(
            f"There is no source by the name {short_id!r}; see /sources for all.",
            suggestions=tuple(f"/sources/{each}" for each in ([*near] or sorted(known))[:3]),
        )
    passages = nodes(graph, f"?s oa:hasSource <{iri}> ; a comity:Passage")
    doubts = nodes(
        graph,
        f"{{ ?s comity:about <{iri}> }} UNION {{ ?p oa:hasSource <{iri}> . ?s comity:about ?p }} "
        "?s a comity:Issue",
    )
    names = read_names(graph, mentioned([node, *passages.values(), *doubts.values()]))
    issues = by_subject(doubts.values(), names)
    entries = _entries(graph, iri, passages.values(), issues)
    covered = sum(entry.claims > 0 for entry in entries)
    excused = sum(entry.claims == 0 and bool(entry.notes) for entry in entries)
    return SourcePage(
        name=names(iri),
        local=iri.removeprefix(ID),
        statements=statements_of(node, names, frozenset({TYPE, LABEL})),
        issues=issues.get(iri, ()),
        sections=_sections(entries),
        passages=len(entries),
        covered=covered,
        excused=excused,
        bare=len(entries) - covered - excused,
    )


def _entries(
    graph: Graph, source: str, passages: Iterable[Node], issues: dict[str, tuple[Issue, ...]]
) -> tuple[PassageEntry, ...]:
    query = (
        f"SELECT DISTINCT ?p ?c ?about ?whole WHERE {{ ?p oa:hasSource <{source}> . "
        "?c comity:passage ?p ; comity:about ?about OPTIONAL { ?whole comity:amount ?about } }"
    )
    claims: dict[str, set[str]] = {}
    things: dict[str, set[str]] = {}
    for passage, claim, about, whole in rows(graph, query):
        thing = whole or about
        if isinstance(passage, Iri) and isinstance(claim, Iri) and isinstance(thing, Iri):
            claims.setdefault(passage.value, set()).add(claim.value)
            things.setdefault(passage.value, set()).add(thing.value)
    known = list(passages)
    everything = {iri for each in things.values() for iri in each}
    names = read_names(graph, everything | mentioned(known))
    entries = [
        PassageEntry(
            passage=passage_of(node, names),
            anchor=node.iri.removeprefix(ID),
            things=names.all(things.get(node.iri, ())),
            claims=len(claims.get(node.iri, ())),
            notes=node.texts_of_one_language(NOTE),
            issues=issues.get(node.iri, ()),
        )
        for node in known
        if node.iris(SOURCE_OF)
    ]
    return tuple(sorted(entries, key=lambda entry: entry.passage.start))


def _sections(entries: Sequence[PassageEntry]) -> tuple[Section, ...]:
    return tuple(
        Section(title, tuple(group))
        for title, group in groupby(entries, key=lambda entry: entry.passage.section)
    )
