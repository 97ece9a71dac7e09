"""The SPARQL of a panel: the facts of a measure, and the doubts about them, for some pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.panel.measures import Measure

PROLOGUE: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n"
    for name in ("code", "comity", "dcterms", "rdfs", "skos", "xsd")
)
_DOUBTS: Final = "code:status.disputed, code:status.implausible, code:status.inferred"
_WORD: Final = 'BIND(STRAFTER(STR(?status), "code/status.") AS ?word)'
_ON_FACT: Final = (
    "comity:edtf, comity:timeKind, comity:kind, comity:from, comity:to, comity:modality, "
    "comity:measure, comity:subject, comity:holder, comity:post, comity:amount"
)


_TIME: Final = "OPTIONAL { ?fact comity:edtf ?edtf } OPTIONAL { ?fact comity:timeKind ?time }"


def sorts_query(dyads: Iterable[str], predicate: str) -> str:
    """Return the SELECT of the values that a property has on facts of a pair: `?dyad ?sort`."""
    listed = " ".join(f"<{each}>" for each in dyads)
    return (
        f"{PROLOGUE}SELECT DISTINCT ?dyad ?sort {{ VALUES ?dyad {{ {listed} }} "
        f"?fact comity:dyad ?dyad . ?fact {predicate} ?sort }}"
    )


def listings_query() -> str:
    """Return the SELECT of data sets with their day: `?source ?day`."""
    return (
        f"{PROLOGUE}SELECT ?source ?day {{ ?source comity:kind code:source.data-set ; "
        "a comity:Source ; dcterms:issued ?day }"
    )


def facts_query(measure: Measure, dyads: Iterable[str]) -> str:
    """Return the SELECT of the facts of a measure, dated or not.

    Columns: `?dyad ?graph ?fact ?from ?to`, the date with its kind, `?value ?least ?currency`. A
    measure that is not dated has its source in the place of the date. The pairs come first and bind
    the fact, so that the engine never reads all facts of a measure.
    """
    time = _TIME if measure.dated else ""
    said = "?edtf ?time" if measure.dated else "?listing ?time"
    return (
        f"{PROLOGUE}SELECT ?dyad ?graph ?fact ?from ?to {said} ?value ?least ?currency {{\n"
        f"  VALUES ?dyad {{ {' '.join(f'<{each}>' for each in dyads)} }}\n"
        "  GRAPH ?graph { ?fact comity:dyad ?dyad }\n"
        f"  {measure.pattern}\n  {measure.after}\n  {time}\n}}"
    )


def counted_query(measure: Measure) -> str:
    """Return the SELECT of the facts that a measure rests on, for people to look at."""
    said = "?edtf" if measure.dated else "?listing"
    time = "OPTIONAL { ?fact comity:edtf ?edtf }" if measure.dated else ""
    return (
        f"{PROLOGUE}SELECT ?dyad ?fact ?from ?to {said} ?value ?currency {{\n"
        f"  ?fact comity:dyad ?dyad .\n  {measure.pattern}\n  {measure.after}\n  {time}\n}}"
    )


def doubts_query(dyads: Iterable[str]) -> str:
    """Return the SELECT of facts with a doubt and its word: `?fact ?word`.

    The word is the status of a claim on the fact or its amount, or `issue` for an issue raised
    about the fact itself.
    """
    listed = " ".join(f"<{each}>" for each in dyads)
    begin = f"VALUES ?dyad {{ {listed} }} ?fact comity:dyad ?dyad ."
    return (
        f"{PROLOGUE}SELECT DISTINCT ?fact ?word {{\n"
        f"  {{ {begin} ?claim comity:about ?fact ; comity:onProperty ?on ; comity:status ?status "
        f"FILTER(?status IN ({_DOUBTS}) && ?on IN ({_ON_FACT})) {_WORD} }}\n"
        f"  UNION {{ {begin} ?fact comity:amount ?amount . ?claim comity:about ?amount ; "
        f"comity:status ?status FILTER(?status IN ({_DOUBTS})) {_WORD} }}\n"
        f"  UNION {{ {begin} ?issue comity:about ?fact ; a comity:Issue "
        'BIND("issue" AS ?word) }\n}'
    )
