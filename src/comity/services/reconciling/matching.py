"""From queries to candidates: the score of each, what it is made of, and whether it is sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.services.reconciling.entities import STATE, rank
from comity.services.reconciling.hits import Hit, best_of, is_sure
from comity.services.reconciling.index import index_of, iri_of
from comity.services.reconciling.numbers import of_system, system_of
from comity.services.reconciling.properties import has, holders, values_of
from comity.services.reconciling.queries import IDENTIFIER, NAME, PROPERTY
from comity.services.reconciling.schema import iri_of_term, read_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.reconciling.entities import Entity
    from comity.services.reconciling.index import Index
    from comity.services.reconciling.queries import Condition, Query
    from comity.store.engine import Graph

NAME_SHARE: Final = 0.8
"""What the name counts where properties are asked for as well; they count the rest."""
OTHER_TYPE: Final = 0.6
"""What is left of the score of a thing of another type than the one that should be."""
_WEIGHED: Final = 400  # candidates by name that are compared by their properties


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a query may mean; the score is from 0 to 100."""

    entity: Entity
    score: float
    is_match: bool
    similarity: float
    is_name: bool
    is_code: bool
    has_type: bool
    properties: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    hit: Hit
    score: float
    has_type: bool
    share: float


def match(graph: Graph, query: Query, numbers: str = "") -> list[Candidate]:
    """Return the candidates of a query, the likeliest first.

    `numbers` is the system that numbers are codes of, if it is known (see `numbers.system_of`).
    Raises UsageError for a type whose things are too many for their names to be held, and what
    `properties.holders` raises.
    """
    index = index_of(graph)
    wanted = frozenset(iri_of_term(each) for each in query.types)
    _require_held(index, wanted)
    weighed = [
        found
        for hit in _hits(graph, index, query, numbers)
        if (found := _weigh(graph, index, query, wanted, hit)) is not None
    ]
    weighed.sort(key=lambda each: (-each.score, _order(index, each), each.hit.iri))
    sure = weighed[0] if _is_match(query, weighed) else None
    ours = [each for each in weighed if each.hit.iri in index.entities.by_iri]
    return [_candidate(index, each, is_match=each is sure) for each in ours[: query.limit]]


def system_of_numbers(graph: Graph, batch: Iterable[Query]) -> str:
    """Return the system that the numbers of a batch are codes of, empty where they do not tell."""
    return system_of(index_of(graph), batch)


def _require_held(index: Index, wanted: Iterable[str]) -> None:
    for iri in wanted:
        if iri in index.entities.left_out:
            name = iri.rpartition("#")[2]
            raise UsageError(
                f"The things of type {name} are too many here to be found by name; "
                "ask for another type, or ask /sparql."
            )


def _hits(graph: Graph, index: Index, query: Query, numbers: str) -> Sequence[Hit]:
    """Return what goes by the names or identifiers of a query, else by its properties."""
    named = query.of(NAME)
    identified = query.of(IDENTIFIER)
    if not named and not identified:
        found = [holders(graph, each) for each in query.of(PROPERTY) if each.quantifier != "none"]
        things = sorted(set().union(*found))
        return [Hit(iri, 0.0, 0.0) for iri in things if iri in index.entities.by_iri]
    hits = [
        *(
            hit
            for each in named
            for value in each.values
            for hit in of_system(value.text, index.find(value.text), numbers)
        ),
        *(
            Hit(iri, 100.0, 100.0, is_code=True)
            for each in identified
            for value in each.values
            if (iri := iri_of(value.text)) in index.entities.by_iri
        ),
    ]
    return sorted(best_of(hits), key=lambda hit: (-hit.score, hit.iri))[:_WEIGHED]


def _weigh(
    graph: Graph, index: Index, query: Query, wanted: frozenset[str], hit: Hit
) -> _Weighed | None:
    """Return a hit with its score, None for one that the query leaves out."""
    entity = index.entities.by_iri.get(hit.iri)
    types = index.entities.all_types(entity) if entity else frozenset[str]()
    has_type = wanted <= types if query.strict == "all" else bool(wanted & types or not wanted)
    if not has_type and (query.strict != "should" or not entity):
        # a territory that the graph has no state for still stands against those that it has
        if entity or not _is_about_states(wanted):
            return None
        has_type = True
    met = [(each, _is_met(graph, each, hit.iri)) for each in query.of(PROPERTY)]
    if any(each.is_required and not is_met for each, is_met in met):
        return None
    share = sum(is_met for _, is_met in met) / len(met) if met else 1.0
    score = hit.score
    if met:
        is_named = bool(query.of(NAME) or query.of(IDENTIFIER))
        score = NAME_SHARE * score + 100 * (1 - NAME_SHARE) * share if is_named else 100 * share
    if not has_type:
        score *= OTHER_TYPE
    return _Weighed(hit, round(score, 1), has_type, share)


def _is_about_states(wanted: frozenset[str]) -> bool:
    return STATE in wanted


def _is_met(graph: Graph, condition: Condition, iri: str) -> bool:
    term = read_schema(graph).property_of(condition.property)
    if term is None:
        return condition.quantifier == "none"
    values = values_of(graph, term, [iri]).get(iri, ())
    met = [has(graph, values, value, condition.qualifier) for value in condition.values]
    if condition.quantifier == "none":
        return not any(met)
    return all(met) and bool(met) if condition.quantifier == "all" else any(met)


def _is_match(query: Query, weighed: Sequence[_Weighed]) -> bool:
    """Tell whether the first of the candidates is what the query means, beyond doubt."""
    if not weighed:
        return False
    first = weighed[0]
    lead = first.score - weighed[1].score if len(weighed) > 1 else first.score
    if not first.has_type or first.share < 1:
        return False
    named = query.of(NAME)
    if not named:
        return lead > 0
    hit = first.hit
    return any(
        is_sure(each.text, hit.score, lead, is_formed=hit.is_formed)
        for one in named
        for each in one.values
    )


def _order(index: Index, weighed: _Weighed) -> int:
    """Return what comes first among equals: actors before facts."""
    entity = index.entities.by_iri.get(weighed.hit.iri)
    return -1 if entity is None else rank(entity)  # what is none of ours is never passed over


def _candidate(index: Index, weighed: _Weighed, *, is_match: bool) -> Candidate:
    hit = weighed.hit
    return Candidate(
        index.entities.by_iri[hit.iri],
        weighed.score,
        is_match,
        hit.similarity,
        hit.is_name,
        hit.is_code,
        weighed.has_type,
        round(100 * weighed.share, 1),
    )
