"""The files of a draft: worked out first, then written where none stands yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.sentences import split
from comity.model.terms import CODE, ID, NS, SKOS
from comity.services.coverage import State, cover
from comity.services.drafting.candidates import Known, suggest
from comity.services.drafting.skeleton import write_claim, write_skeleton
from comity.services.naming import local_name
from comity.services.reconciling.index import index_of
from comity.services.recorded import read_sources
from comity.services.selecting import select
from comity.services.templates.dyad import name_pair, write_pair
from comity.services.templates.source import write_source
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from comity.model.sentences import Sentence
    from comity.services.documents import Document
    from comity.services.drafting.candidates import Suggestion
    from comity.services.recorded import Source
    from comity.services.templates.dyad import StateName
    from comity.services.templates.source import SourceNotes
    from comity.store.engine import Graph

LANGUAGE: Final = "en"
"""The language of the texts whose dates, amounts and names are recognised."""


@dataclass(frozen=True, slots=True)
class DraftFile:
    """A file of a draft: where it belongs, its Turtle, what it holds, and whether it stands."""

    path: Path
    turtle: str
    holds: str
    stands: bool


def draft(
    graph: Graph,
    folder: Path,
    document: Document,
    states: Sequence[StateName],
    notes: SourceNotes,
) -> list[DraftFile]:
    """Write source, dyad and candidate facts of a text under a data folder, and return the files.

    What the graph has already is left alone: a dyad, a source with the same sentences, and those of
    its sentences that have facts or a reason for none; where these are all, no file is written. The
    same call again changes nothing. Raises UsageError, before anything is written, where a file
    stands that says something else.
    """
    sentences = split(document.text, LANGUAGE)
    recorded = {source.slug: source for source in read_sources(graph)}.get(notes.slug)
    settled = _settled(recorded, sentences) if recorded else set[int]()
    known = Known(index_of(graph), read_units(graph))
    suggestions = list(suggest(document.text, sentences, known, settled))
    pair = name_pair(states)
    here, file = folder / "relations" / pair, f"{notes.slug.replace('.', '-')}.ttl"
    number = sum(len(each.candidates) for each in suggestions)
    found: list[DraftFile] = []
    if suggestions:
        turtle = write_skeleton(pair, notes.slug, suggestions)
        holds = f"{number} candidates from {len(suggestions)} sentences"
        found.append(_planned(here / f"draft-{file}", turtle, holds))
    if not _has_dyad(graph, pair):
        claims = _members(pair, notes.slug, suggestions, [state.code for state in states])
        found.insert(0, _planned(here / "dyad.ttl", write_pair(states, claims), f"the pair {pair}"))
    if recorded is None:
        source = write_source(document, notes)
        holds = f"{len(sentences)} sentences"
        found.insert(0, _planned(folder / "sources" / file, source, holds))
    for each in found:
        if not each.stands:
            _write(each.path, each.turtle)
    return found


def read_units(graph: Graph) -> dict[str, str]:
    """Return the codes of units by their English names, in small letters."""
    query = (
        f"SELECT ?unit ?label {{ ?unit <{SKOS}inScheme> <{CODE}unit> ; "
        f"<{SKOS}prefLabel> ?label FILTER(lang(?label) = 'en') }}"
    )
    found = {"percent": "percent"}
    for unit, label in select(graph, query):
        if isinstance(unit, Iri) and isinstance(label, Literal):
            found[label.lexical.casefold()] = local_name(unit.value)
    return found


def _settled(recorded: Source, sentences: Sequence[Sentence]) -> set[int]:
    """Return the numbers of the sentences that have facts already, or a reason for none."""
    if [each.sha256 for each in recorded.passages] != [each.sha256 for each in sentences]:
        raise UsageError(
            f"The source {recorded.slug} is in the graph with other sentences than this text; "
            "name a new one with --source."
        )
    findings = cover(recorded.passages, sentences).findings
    return {each.ordinal for each in findings if each.state in {State.COVERED, State.EXCUSED}}


def _has_dyad(graph: Graph, pair: str) -> bool:
    return bool(select(graph, f"SELECT ?p {{ <{ID}{pair}> a <{NS}Dyad> ; ?p ?o }} LIMIT 1"))


def _members(
    pair: str, slug: str, suggestions: Sequence[Suggestion], codes: Sequence[str]
) -> list[str]:
    """Return a claim for each member of a pair, by the first sentence that names both."""
    for each in suggestions:
        names = {iri for candidate in each.candidates for _, iri in candidate.names}
        if {f"{ID}{code}" for code in codes} <= names:
            passage = f"id:src.{slug}.s{each.sentence.ordinal}"
            return [
                write_claim(f"id:{pair}", "member", f"id:{code}", passage, f".{code}")
                for code in sorted(codes)
            ]
    return []


def _planned(path: Path, turtle: str, holds: str) -> DraftFile:
    return DraftFile(path, turtle, holds, _stands(path, turtle))


def _stands(path: Path, turtle: str) -> bool:
    """Tell whether a file stands as it would be written; raises UsageError for another one."""
    try:
        stands = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}; move it away.") from None
    if stands != turtle:
        raise UsageError(
            f"{path} is there already and says something else; finish it, or move it away to draft "
            "what has no facts yet."
        )
    return True


def _write(path: Path, turtle: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(turtle)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"{path} cannot be written: {reason}; name another folder.") from None
