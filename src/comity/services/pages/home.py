"""The first page: which relations there are, and how much is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID
from comity.services.once import once_for_each_language
from comity.services.pages.counting import DOUBTS, question
from comity.services.pages.dates import say_date
from comity.services.pages.facts import BEGINNINGS, OPEN_MODALITIES
from comity.services.pages.reading import counts, read_names, rows, values
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Name
    from comity.store.engine import Graph


MOST_LISTED: Final = 100
"""Relations that the first page lists; the others are found, and listed by a canned query."""

_DYADS: Final = "SELECT DISTINCT ?s { ?s a comity:Dyad } ORDER BY ?s"
_FACTS: Final = "?f a/rdfs:subClassOf* comity:Fact . ?f comity:dyad ?key"


@dataclass(frozen=True, slots=True)
class Relation:
    """A dyad as a line of a list."""

    name: Name
    """The dyad."""
    members: tuple[Name, ...]
    """Its two states."""
    codes: tuple[str, ...]
    """The codes of the two states."""
    since: str
    """When diplomatic relations were last established, in words; empty if that is not recorded."""
    began: str
    """The IRI of the fact that says so; empty if none does."""
    facts: int
    """How many facts are recorded."""
    open_plans: int
    """How many of them are only planned, proposed or discussed."""
    doubts: int
    """How many doubts its page tells of."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the first page shows."""

    relations: tuple[Relation, ...]
    """The dyads with the most facts, by name."""
    held: int
    """How many dyads there are."""
    facts: int
    """How many facts are recorded of all dyads."""
    claims: int
    """How many values are traced to a passage."""
    passages: int
    """How many passages of sources there are."""
    doubts: int
    """How many doubts are written down."""
    doubts_elsewhere: int
    """How many of them stand on the page of no relation."""
    sources: int
    """How many sources there are."""


@once_for_each_language
def read_home(graph: Graph) -> Home:
    """Return the relations and the numbers; once for each graph."""
    held = [dyad.value for (dyad,) in rows(graph, _DYADS) if isinstance(dyad, Iri)]
    facts = counts(graph, _FACTS)
    listed = sorted(held, key=lambda iri: -facts.get(iri, 0))[:MOST_LISTED]
    modalities = " ".join(f"<{iri}>" for iri in sorted(OPEN_MODALITIES))
    plans = counts(graph, f"{_FACTS} ; comity:modality ?m . VALUES ?m {{ {modalities} }}")
    doubted = " ".join(DOUBTS).replace("?dyad", "?key").replace("?issue", "?f")
    doubts = counts(graph, doubted)
    codes = {iri: tuple(iri.removeprefix(ID).split("-")) for iri in listed}
    names = read_names(
        graph, [*listed, *(f"{ID}{code}" for each in codes.values() for code in each)]
    )
    began = _beginnings(graph, listed)
    relations = tuple(
        Relation(
            name=names(iri),
            members=tuple(names(f"{ID}{code}") for code in codes[iri]),
            codes=codes[iri],
            since=began.get(iri, ("", ""))[0],
            began=began.get(iri, ("", ""))[1],
            facts=facts.get(iri, 0),
            open_plans=plans.get(iri, 0),
            doubts=doubts.get(iri, 0),
        )
        for iri in listed
    )
    return Home(
        relations=tuple(sorted(relations, key=lambda each: each.name.label)),
        held=len(held),
        facts=sum(facts.values()),
        claims=_count(graph, "?f a comity:Claim ; comity:passage ?p"),
        passages=_count(graph, "?f a comity:Passage"),
        doubts=_count(graph, "?f a comity:Issue"),
        doubts_elsewhere=len([*rows(graph, question("doubts elsewhere"))]),
        sources=_count(graph, "?f a comity:Source"),
    )


def _count(graph: Graph, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {pattern} }}"
    return next((int(n.lexical) for (n,) in rows(graph, query) if isinstance(n, Literal)), 0)


def _beginnings(graph: Graph, dyads: Iterable[str]) -> dict[str, tuple[str, str]]:
    # What was re-established had ended: relations are as old as their last beginning.
    query = (
        f"SELECT ?d ?edtf ?f WHERE {{ {values('d', dyads)} "
        f"VALUES ?kind {{ {' '.join(f'<{iri}>' for iri in BEGINNINGS)} }} "
        "?f comity:kind ?kind ; comity:dyad ?d ; comity:edtf ?edtf } ORDER BY ?d ?edtf"
    )
    return {
        dyad.value: (say_date(edtf.lexical), fact.value)
        for dyad, edtf, fact in rows(graph, query)
        if isinstance(dyad, Iri) and isinstance(edtf, Literal) and isinstance(fact, Iri)
    }
