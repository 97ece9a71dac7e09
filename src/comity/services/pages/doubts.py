"""Everything that is doubted about a relation, in one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.services.pages.evidence import gravity, read_evidence
from comity.services.pages.reading import read_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.evidence import Evidence
    from comity.services.pages.reading import Names
    from comity.services.pages.views import Claim, Fact, Issue, Name, Passage, Value
    from comity.store.engine import Graph


@dataclass(frozen=True, slots=True)
class Target:
    """What a doubt is about."""

    subject: Name
    """The thing, or the thing whose value is doubted."""
    anchor: str | None
    """The fragment of the subject's entry on the same page, if it has one."""
    property: Name | None
    """The doubted property; None for a doubt about a thing as a whole."""
    stated: Value | None
    """The doubted value, as stated."""
    status: Name | None
    """How the claim on it stands."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt with all that it is about."""

    issue: Issue
    """The doubt."""
    targets: tuple[Target, ...]
    """What it is about."""
    passages: tuple[Passage, ...]
    """The passages that state what is doubted."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """All doubts of one sort."""

    kind: Name | None
    """The sort; None for doubts that have none."""
    doubts: tuple[Doubt, ...]
    """The doubts, in the order of the source."""


def by_kind(found: Iterable[Doubt]) -> tuple[Doubtful, ...]:
    """Return doubts by their sort, in the order in which the sorts come first."""
    sorts: dict[Name | None, list[Doubt]] = {}
    for doubt in found:
        sorts.setdefault(doubt.issue.kind, []).append(doubt)
    return tuple(Doubtful(kind, tuple(doubts)) for kind, doubts in sorts.items())


def read_doubts(graph: Graph, things: Iterable[str], facts: Iterable[Fact]) -> tuple[Doubt, ...]:
    """Return the doubts about things, and about facts, what they lead to and what states them.

    The gravest come first; of the same kind, in the order of the source.
    """
    facts = tuple(facts)
    reached = set(things)
    for fact in facts:
        reached.add(fact.iri)
        reached.update(amount.iri for amount in fact.amounts)
        reached.update(
            value.iri for each in fact.statements for value in each.values if value.iri is not None
        )
        for passage in fact.passages:
            reached |= {passage.iri, passage.source.iri}
    return _doubts_of(read_evidence(graph, reached), graph, facts)


def _doubts_of(evidence: Evidence, graph: Graph, facts: tuple[Fact, ...]) -> tuple[Doubt, ...]:
    parts = {amount.iri: fact for fact in facts for amount in fact.amounts}
    entries = parts | {fact.iri: fact for fact in facts}
    claims = {
        claim.iri: (about, claim) for about, each in evidence.claims.items() for claim in each
    }
    names = read_names(graph, [*evidence.issues, *evidence.claims])
    issues: dict[str, Issue] = {}
    targets: dict[str, list[Target]] = {}
    passages: dict[str, dict[str, Passage]] = {}
    for iri, doubts in evidence.issues.items():
        about, claim = claims.get(iri, (iri, None))
        for issue in doubts:
            issues[issue.iri] = issue
            targets.setdefault(issue.iri, []).append(
                _target(about, claim, entries.get(about), names)
            )
            places = passages.setdefault(issue.iri, {})
            places.update({each.iri: each for each in (claim.passages if claim else ())})
    found = [
        Doubt(issue, tuple(targets[iri]), tuple(sorted(passages[iri].values(), key=_place)))
        for iri, issue in issues.items()
    ]
    return tuple(sorted(found, key=_doubt_order))


def _target(about: str, claim: Claim | None, fact: Fact | None, names: Names) -> Target:
    return Target(
        subject=fact.name if fact else names(about),
        anchor=fact.anchor if fact else None,
        property=claim.property if claim else None,
        stated=claim.stated if claim else None,
        status=claim.status if claim else None,
    )


def _place(passage: Passage) -> int:
    return passage.start


def _doubt_order(doubt: Doubt) -> tuple[int, int, str]:
    place = doubt.passages[0].start if doubt.passages else 10**9
    return gravity(doubt.issue)[0], place, doubt.issue.iri
