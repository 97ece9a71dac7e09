"""The facts of some pairs, put into cells: by pair and sender, by year, by measure."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from comity.errors import OverloadError
from comity.model.terms import CODE, GRAPH, NS
from comity.services.panel.cells import UNCERTAIN, Cell, plain
from comity.services.panel.placing import Horizons, is_uncertain, years_of
from comity.services.panel.query import doubts_query, facts_query, listings_query, sorts_query
from comity.services.panel.states import Sides
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from comity.services.panel.coverage import Coverage
    from comity.services.panel.measures import Measure
    from comity.services.panel.selection import Selection
    from comity.services.panel.states import Pair, State
    from comity.store.engine import Graph
    from comity.store.terms import Term

_ATTEMPTS: Final = 5
_AT_ONCE: Final = 2  # queries; the engine works on each beside Python

MUTUAL: Final = ""
"""The sender of what has no direction."""


@dataclass
class Block:
    """The cells of some pairs."""

    cells: dict[tuple[str, str], dict[int, dict[str, Cell]]] = field(default_factory=dict)
    """By pair and sender, then year, then name of the measure."""
    undated: set[tuple[str, str, str]] = field(default_factory=set)
    """Pair, sender and measure of facts that are in no year."""

    def cell(self, pair: str, sender: str, year: int, measure: str) -> Cell:
        """Return a cell, made if there is none."""
        years = self.cells.setdefault((pair, sender), {})
        return years.setdefault(year, {}).setdefault(measure, Cell())


class Reader:
    """Asks a graph for blocks of pairs."""

    def __init__(self, graph: Graph, selection: Selection, states: dict[str, State]) -> None:
        """Ask which data sets have a day."""
        self._graph = graph
        self._selection = selection
        self._sides = Sides(graph, states)
        self._horizons = Horizons(graph)
        self._days = {
            text_of(source): text_of(day) for source, day in select(graph, listings_query())
        }

    def read(self, pairs: list[Pair], coverage: Coverage) -> Block:
        """Return the cells of some pairs, and count the facts that are in none."""
        block = Block()
        dyads = {pair.iri: pair for pair in pairs}
        doubts: dict[str, set[str]] = {}
        for fact, word in ask(self._graph, doubts_query(dyads)):
            doubts.setdefault(text_of(fact), set()).add(text_of(word))
        # To ask a pair for what it has not takes as long as to read all its facts.
        sorts: dict[str, list[str]] = {}
        for predicate in ("a", "comity:measure"):
            for dyad, sort in ask(self._graph, sorts_query(dyads, predicate)):
                sorts.setdefault(text_of(sort), []).append(text_of(dyad))
        asked = {
            measure: pairs_of
            for measure in self._selection.measures
            if (pairs_of := sorts.get(NS + measure.sort) or sorts.get(CODE + measure.sort))
        }
        texts = [facts_query(measure, sorted(each)) for measure, each in asked.items()]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = list(pool.map(lambda text: ask(self._graph, text), texts))
        for measure, rows in zip(asked, answers, strict=True):
            if measure.directed:
                self._sides.resolve(
                    each.value for row in rows for each in row[3:5] if isinstance(each, Iri)
                )
            placed: set[str] = set()
            for row in rows:
                if self._take(block, measure, row, dyads[text_of(row[0])], doubts):
                    placed.add(text_of(row[2]))
            coverage.of(measure.name).unplaced += len({text_of(row[2]) for row in rows} - placed)
        return block

    def _take(
        self,
        block: Block,
        measure: Measure,
        row: tuple[Term | None, ...],
        pair: Pair,
        doubts: dict[str, set[str]],
    ) -> bool:
        """Put a fact into its cells; tell whether it has any, whether asked for or not."""
        _, graph, fact, giver, taker, date, kind, value, least, currency = row
        sender = MUTUAL
        if measure.directed:
            sender = self._sides.state(text_of(giver))
            ends = {sender, self._sides.state(text_of(taker))}
            if ends != {pair.first.iri, pair.second.iri}:
                return False
        edtf = text_of(date) if measure.dated else self._days.get(text_of(date), "")
        if measure.dated:
            horizon = self._horizons.of(text_of(graph), edtf)
            years = years_of(edtf, text_of(kind), horizon)
        else:
            years = years_of(edtf[:4], "", 0)
        if not years:
            block.undated.add((pair.iri, sender, measure.name))
        name, text = text_of(fact), plain(text_of(value), measure.datatype)
        for year in filter(self._selection.admits, years):
            cell = block.cell(pair.iri, sender, year, measure.name)
            cell.facts.add(name)
            cell.graphs.add(text_of(graph).removeprefix(GRAPH))
            cell.words |= doubts.get(name, set())
            if is_uncertain(edtf):
                cell.words.add(UNCERTAIN)
            if text:
                cell.values.add((text, text_of(currency).removeprefix(f"{CODE}currency.")))
            cell.has_minimum |= least is not None
        return bool(years)


def ask(graph: Graph, text: str) -> list[tuple[Term | None, ...]]:
    """Return the rows of a SELECT, asked again where there was no place for it.

    A panel is many short queries, and one that finds the readers busy would lose all the work.
    Raises OverloadError where there is no place for long.
    """
    for _ in range(_ATTEMPTS):
        try:
            return select(graph, text)
        except OverloadError as error:
            time.sleep(error.retry_after)
    return select(graph, text)


def text_of(term: Term | None) -> str:
    """Return the IRI or the characters of a term, empty for none."""
    if isinstance(term, Iri):
        return term.value
    return term.lexical if isinstance(term, Literal) else ""
