"""What is counted of one relation to be set beside another: numbers by what lists them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, TypeAlias

from comity.model.terms import NS
from comity.services.pages.pair import AGREEMENT, VISIT
from comity.services.pages.reading import rows
from comity.services.pages.said import OPEN
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.services.pages.pair import Pair
    from comity.services.pages.views import Fact
    from comity.store.engine import Graph
    from comity.store.terms import Term

Key: TypeAlias = tuple[str, ...]
"""The name by which `counting` lists something of a relation, and the IRIs that it is about besides
the relation; for the facts of a chapter, `chapter` and its fragment."""

KINDS: Final = "agreements of kind"
AMOUNTS: Final = "amounts of"
MEASURED: Final = "amounts measured"
CHAPTER: Final = "chapter"
MISSIONS: Final = "missions between"
VISITS: Final = "visits between"

# classes whose amounts are of money that passes; of observations the measure tells what they are of
_PASSING: Final = frozenset(
    f"{NS}{name}" for name in ("Aid", "Loan", "Transfer", "Acquisition", "TradeFlow")
)


def tally(graph: Graph, pair: Pair) -> Counter[Key]:
    """Return the numbers of a relation."""
    numbers: Counter[Key] = Counter({(count.question,): count.number for count in pair.counts})
    for chapter in pair.chapters:
        numbers[CHAPTER, chapter.slug] = len(chapter.facts)
    for mission in pair.missions:
        numbers[MISSIONS, mission.sender.iri, mission.receiver.iri] += 1
    for fact in (*pair.timeline, *pair.undated):
        if not fact.is_open:
            numbers.update(_of_fact(fact, pair))
    numbers.update(_amounts(graph, pair.name.iri))
    return numbers


def values(fact: Fact, name: str) -> set[str]:
    """Return the things that a property of ours leads to from a fact, by their IRIs."""
    found = (each for each in fact.statements if each.property.iri == NS + name)
    return {value.iri for each in found for value in each.values if value.iri}


def _of_fact(fact: Fact, pair: Pair) -> list[Key]:
    classes = {name.iri for name in fact.classes}
    if AGREEMENT in classes:
        return [(KINDS, kind) for kind in values(fact, "kind")]
    if VISIT in classes:
        ends = [(start, end) for start in values(fact, "from") for end in values(fact, "to")]
        return [(VISITS, pair.name.iri, *each) for each in ends]
    return []


def _amounts(graph: Graph, dyad: str) -> Counter[Key]:
    """Return the number of amounts by class, or measure of an observation, and currency."""
    query = f"""
        SELECT DISTINCT ?class ?measure ?currency ?amount ?fact ?modality WHERE {{
          ?fact comity:dyad <{dyad}> ;
            comity:amount ?amount .
          ?amount comity:currency ?currency .
          ?fact a ?class ;
            comity:modality ?modality .
          OPTIONAL {{ ?fact comity:measure ?measure }}
        }}"""
    found: set[tuple[Key, Term | None, Term | None]] = set()
    for cls, measure, currency, amount, fact, modality in rows(graph, query):
        if not isinstance(currency, Iri) or _is(modality, OPEN):
            continue
        if isinstance(measure, Iri):
            found.add(((MEASURED, measure.value, currency.value), amount, fact))
        if isinstance(cls, Iri) and cls.value in _PASSING:
            found.add(((AMOUNTS, cls.value, currency.value), amount, fact))
    return Counter(key for key, *_ in found)


def _is(term: Term | None, iris: Collection[str]) -> bool:
    return isinstance(term, Iri) and term.value in iris
