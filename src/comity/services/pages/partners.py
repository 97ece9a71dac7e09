"""The relations of one state: its partners, with what is on record of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.services.once import once_for_each_language
from comity.services.pages.dates import say_date
from comity.services.pages.facts import BEGINNINGS
from comity.services.pages.reading import read_names, rows, values
from comity.services.pages.said import OPEN
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.services.pages.views import Name
    from comity.store.engine import Graph
    from comity.store.terms import Term

PER_STATE: Final = "relations-per-state"
"""The canned query that lists the states with relations, by its slug."""
OF_STATE: Final = "partners-of-state"
"""The canned query that lists the partners of one."""
MOST_LISTED: Final = 100
"""Partners that a page lists; a canned query lists the others."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact with its time."""

    name: Name
    """The fact."""
    when: str
    """When it is, in words."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Another state, and what is on record of the relation with it."""

    name: Name
    """The other state."""
    relation: Name
    """The relation."""
    facts: int
    """How many facts are recorded."""
    since: Dated | None
    """The last establishment of diplomatic relations; None if none is recorded with a date."""
    there: int
    """How many missions the state keeps in the other."""
    here: int
    """How many missions the other keeps in the state."""
    agreements: int
    """How many agreements are recorded, plans left out."""
    last: Dated | None
    """The latest dated fact, numbers, entry rules and plans left out; None if there is none."""


@dataclass(frozen=True, slots=True)
class Partners:
    """A state with its relations."""

    state: Name
    """The state."""
    partners: tuple[Partner, ...]
    """The others, those with the most facts first."""
    held: int
    """How many relations are on record."""
    sent: int
    """How many missions it keeps in others."""
    received: int
    """How many missions others keep in it."""
    signed: int
    """How many agreements it has with others, one by one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A state in the list of all."""

    name: Name
    """The state."""
    relations: int
    """With how many others a relation is on record."""


@once_for_each_language
def read_partners(graph: Graph, state: str, text: str) -> Partners:
    """Return the relations of a state, by its IRI.

    `text` is the canned query `partners-of-state`, bound to the state.
    """
    found = [
        (dyad.value, other.value, [_number(cell) for cell in (facts, there, here, signed)], last)
        for dyad, other, _, facts, _, there, here, signed, last in select(graph, text)
        if isinstance(dyad, Iri) and isinstance(other, Iri)
    ]
    listed = found[:MOST_LISTED]
    dyads = [dyad for dyad, *_ in listed]
    began = _began(graph, dyads)
    latest = _latest(graph, {dyad: last.n3() for dyad, _, _, last in listed if last})
    names = read_names(graph, [state, *dyads, *(other for _, other, _, _ in listed)])
    return Partners(
        state=names(state),
        partners=tuple(
            Partner(
                name=names(other),
                relation=names(dyad),
                facts=facts,
                since=began.get(dyad),
                there=there,
                here=here,
                agreements=signed,
                last=latest.get(dyad),
            )
            for dyad, other, (facts, there, here, signed), _ in listed
        ),
        held=len(found),
        sent=sum(numbers[1] for _, _, numbers, _ in found),
        received=sum(numbers[2] for _, _, numbers, _ in found),
        signed=sum(numbers[3] for _, _, numbers, _ in found),
    )


@once_for_each_language
def read_states(graph: Graph, text: str) -> tuple[Listed, ...]:
    """Return the states with relations, those with the most first.

    `text` is the canned query `relations-per-state`.
    """
    found = [
        (state.value, _number(number))
        for state, _, number in select(graph, text)
        if isinstance(state, Iri)
    ]
    names = read_names(graph, [iri for iri, _ in found])
    return tuple(Listed(names(iri), number) for iri, number in found)


def _number(cell: Term | None) -> int:
    return int(cell.lexical) if isinstance(cell, Literal) else 0


def _began(graph: Graph, dyads: Iterable[str]) -> dict[str, Dated]:
    """Return the last establishment of relations of each dyad that has one with a date."""
    kinds = " ".join(f"<{iri}>" for iri in BEGINNINGS)
    return _dated(
        graph,
        f"{values('d', dyads)} VALUES ?kind {{ {kinds} }} ?f comity:kind ?kind ; comity:dyad ?d",
        order="?edtf",
    )


def _latest(graph: Graph, days: Mapping[str, str]) -> dict[str, Dated]:
    """Return for each dyad a fact whose last possible day is the day given."""
    pairs = " ".join(f"(<{dyad}> {day})" for dyad, day in days.items())
    plans = " ".join(f"<{iri}>" for iri in OPEN)
    return _dated(
        graph,
        f"VALUES (?d ?day) {{ {pairs} }} ?f comity:dyad ?d ; comity:latest ?day ; a ?class "
        "FILTER(?class NOT IN (comity:Observation, comity:VisaRegime)) "
        f"FILTER NOT EXISTS {{ ?f comity:modality ?open VALUES ?open {{ {plans} }} }}",
    )


def _dated(graph: Graph, pattern: str, order: str = "") -> dict[str, Dated]:
    """Return a dated fact `?f` of each dyad `?d` of a pattern, by the IRI of the dyad.

    It is the last one in an order, and of several the one with the first name.
    """
    query = (
        f"SELECT ?d ?f ?edtf {{ {pattern} . ?f comity:edtf ?edtf }} ORDER BY ?d {order} DESC(?f)"
    )
    found = {
        dyad.value: (fact.value, edtf.lexical)
        for dyad, fact, edtf in rows(graph, query)
        if isinstance(dyad, Iri) and isinstance(fact, Iri) and isinstance(edtf, Literal)
    }
    names = read_names(graph, [fact for fact, _ in found.values()])
    return {dyad: Dated(names(fact), say_date(edtf)) for dyad, (fact, edtf) in found.items()}
