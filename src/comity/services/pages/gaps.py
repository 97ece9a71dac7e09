"""Reciprocity and gaps: what one side has and the other has not, as far as it is on record.

Nothing here says that something does not exist: each statement rests on what the graph holds, and
says on how much of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import GRAPH, ID, NS
from comity.services.once import once_for_each_graph, once_for_each_language
from comity.services.pages.reading import read_names
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.pages.reading import Names
    from comity.services.pages.views import Name
    from comity.store.engine import Graph
    from comity.store.terms import Term

MOST_LISTED: Final = 100
"""Rows of a table that are shown of all states; of one state all are."""
_IMPORTS: Final = {"missions": "embassies", "rules": "visa", "agreements": "treaties"}
_CLASSES: Final = {"missions": "Mission", "rules": "VisaRegime", "agreements": "Agreement"}


class Texts(NamedTuple):
    """The canned queries behind the page, as bound texts."""

    missions: str
    """That of `missions-not-returned`."""
    rules: str
    """That of `visa-asymmetry`."""
    agreements: str
    """That of `relations-without-agreement`."""
    sources: str
    """That of `ties-by-source`."""


GAPS: Final = Texts(
    "missions-not-returned", "visa-asymmetry", "relations-without-agreement", "ties-by-source"
)
"""The same by their slugs."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many things of a sort a source gives."""

    source: Name
    """The source."""
    number: int
    """How many."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How citizens of one state enter another."""

    kind: Name
    """The rule."""
    days: str
    """For how many days without a visa; empty if no number is stated."""


@dataclass(frozen=True, slots=True)
class Unreturned:
    """A state that keeps missions in another, of which none is recorded in return."""

    sender: Name
    """The state that keeps them."""
    receiver: Name
    """The state of which none is recorded."""
    relation: Name | None
    """The relation of the two; None if nothing else of it is on record."""
    missions: int
    """How many the sender keeps."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """A relation with other entry rules in one direction than in the other."""

    relation: Name
    """The relation."""
    states: tuple[Name, Name]
    """The two states."""
    rules: tuple[Rule, Rule]
    """The rule for citizens of the first in the second, then that of the second in the first."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A relation of which no agreement is on record."""

    relation: Name
    """The relation."""
    facts: int
    """How many facts are."""
    missions: int
    """How many missions of the two in each other."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a table rests on."""

    sources: tuple[Held, ...]
    """The sources of the things that are looked at, that with the most first."""
    things: int
    """How many things that makes; what two sources state counts for both."""
    imported: bool
    """Whether the data set that tells of all states is held."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The three tables, for all states or for one."""

    state: Name | None
    """The state that is asked for; None for all."""
    unreturned: tuple[Unreturned, ...]
    """Missions that are not returned."""
    uneven: tuple[Uneven, ...]
    """Entry rules that differ."""
    unsigned: tuple[Unsigned, ...]
    """Relations without an agreement."""
    totals: tuple[int, int, int]
    """How many rows each of the three has."""
    coverage: tuple[Coverage, Coverage, Coverage]
    """What each of the three rests on."""


@once_for_each_language
def read_gaps(graph: Graph, texts: Texts, state: str) -> Gaps:
    """Return what is not returned, uneven or missing; of a state by its IRI, or empty of all."""
    code = state.removeprefix(ID)
    missions = [row for row in _rows(graph, texts.missions) if not state or state in _iris(row)]
    missions.sort(key=lambda row: -_number(row[4]))
    rules = [row for row in _rows(graph, texts.rules) if not state or state in _iris(row)]
    unsigned = [
        row
        for row in _rows(graph, texts.agreements)
        if not state or code in _iri(row[0]).removeprefix(ID).split("-")
    ]
    every = (missions, rules, unsigned)
    shown = [rows if state else rows[:MOST_LISTED] for rows in every]
    coverage = tuple(_coverage(graph, texts.sources, sort) for sort in _CLASSES)
    wanted = {iri for rows in shown for row in rows for iri in _iris(row)}
    wanted |= {_dyad(_iri(row[0]), _iri(row[2])) for row in shown[0]}
    names = read_names(graph, wanted | ({state} if state else set()))
    return Gaps(
        state=names(state) if state else None,
        unreturned=tuple(_unreturned(row, names, _held(graph)) for row in shown[0]),
        uneven=tuple(_uneven(row, names) for row in shown[1]),
        unsigned=tuple(
            Unsigned(names(_iri(row[0])), _number(row[2]), _number(row[3])) for row in shown[2]
        ),
        totals=(len(missions), len(rules), len(unsigned)),
        coverage=(coverage[0], coverage[1], coverage[2]),
    )


@once_for_each_graph
def _rows(graph: Graph, text: str) -> tuple[tuple[Term | None, ...], ...]:
    """Return all rows of a question on everything, which a large build brings along."""
    return tuple(select(graph, text))


@once_for_each_graph
def _held(graph: Graph) -> frozenset[str]:
    """Return the dyads that are held, by their IRIs."""
    found = select(graph, f"SELECT DISTINCT ?dyad {{ ?dyad a <{NS}Dyad> }} ORDER BY ?dyad")
    return frozenset(_iri(dyad) for (dyad,) in found)


def _unreturned(row: Sequence[Term | None], names: Names, held: frozenset[str]) -> Unreturned:
    sender, receiver = _iri(row[0]), _iri(row[2])
    dyad = _dyad(sender, receiver)
    return Unreturned(
        names(sender), names(receiver), names(dyad) if dyad in held else None, _number(row[4])
    )


def _uneven(row: Sequence[Term | None], names: Names) -> Uneven:
    dyad, one, there, days_there, other, here, days_here = row
    return Uneven(
        relation=names(_iri(dyad)),
        states=(names(_iri(one)), names(_iri(other))),
        rules=(
            Rule(names(_iri(there)), _text(days_there)),
            Rule(names(_iri(here)), _text(days_here)),
        ),
    )


def _coverage(graph: Graph, text: str, sort: str) -> Coverage:
    found = [
        (_iri(source), _number(number))
        for cls, _, source, _, number in _rows(graph, text)
        if _iri(cls) == NS + _CLASSES[sort]
    ]
    names = read_names(graph, [source for source, _ in found])
    return Coverage(
        sources=tuple(Held(names(source), number) for source, number in found),
        things=sum(number for _, number in found),
        imported=f"{GRAPH}imports/{_IMPORTS[sort]}" in graph.graphs(),
    )


def _dyad(one: str, other: str) -> str:
    return ID + "-".join(sorted(each.removeprefix(ID) for each in (one, other)))


def _iris(row: Sequence[Term | None]) -> set[str]:
    return {cell.value for cell in row if isinstance(cell, Iri)}


def _iri(cell: Term | None) -> str:
    return cell.value if isinstance(cell, Iri) else ""


def _number(cell: Term | None) -> int:
    return int(cell.lexical) if isinstance(cell, Literal) else 0


def _text(cell: Term | None) -> str:
    return cell.lexical if isinstance(cell, Literal) else ""
