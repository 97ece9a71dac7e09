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
    from comity.services.pages.pair import Pair
    from comity.services.pages.views import Fact
    from comity.store.engine import Graph

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
_PASSING: Final = ("Aid", "Loan", "Transfer", "Acquisition", "TradeFlow")


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
    classes = " ".join(f"comity:{name}" for name in _PASSING)
    plans = " ".join(f"<{iri}>" for iri in OPEN)
    money = (
        "?fact comity:amount ?amount . ?amount comity:currency ?currency "
        f"FILTER NOT EXISTS {{ ?fact comity:modality ?open VALUES ?open {{ {plans} }} }}"
    )
    query = f"""
        SELECT DISTINCT ?class ?measure ?currency ?amount ?fact WHERE {{
          {{ VALUES ?class {{ {classes} }} ?fact comity:dyad <{dyad}> ; a ?class . {money} }}
          UNION {{ ?fact comity:dyad <{dyad}> ; comity:measure ?measure . {money} }}
        }}"""
    numbers: Counter[Key] = Counter()
    for cls, measure, currency, *_ in rows(graph, query):
        if isinstance(currency, Iri) and isinstance(measure, Iri):
            numbers[MEASURED, measure.value, currency.value] += 1
        elif isinstance(currency, Iri) and isinstance(cls, Iri):
            numbers[AMOUNTS, cls.value, currency.value] += 1
    return numbers
