"""The rows of a panel, made pair by pair: however many there are, few are held at once.

Pairs are asked for in blocks, each measure by a query of its own. Rows come in the order of pairs
and years, so that the same data give the same table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import ParameterError
from comity.services.panel.cells import UNDATED
from comity.services.panel.columns import columns_of
from comity.services.panel.coverage import Coverage
from comity.services.panel.reading import MUTUAL, Reader
from comity.services.panel.states import read_pairs, read_states

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.services.panel.columns import Column
    from comity.services.panel.reading import Block
    from comity.services.panel.selection import Selection
    from comity.services.panel.states import Pair, State
    from comity.store.engine import Graph

    Row = tuple[str, ...]
    # What is told of the work: how many pairs of how many are done.
    Tell = Callable[[int, int], None]

BLOCK: Final = 250
"""Pairs that are asked for at once."""


def _require_known(selection: Selection, states: dict[str, State]) -> None:
    """Raise ParameterError for a code that is no state's, which would give an empty table."""
    known = {state.iso3 for state in states.values()}
    for parameter, given in (("state", selection.states), ("pair", selection.pairs)):
        for text in given:
            unknown = [code for code in text.split("-") if code not in known]
            if unknown:
                raise ParameterError(
                    f"Parameter {parameter}: {unknown[0]} is no state here; "
                    "/resolve?q= and comity describe find codes by names.",
                    parameter=parameter,
                    value=text,
                )


class _Value(NamedTuple):
    """What a cell came to."""

    text: str
    currency: str
    words: set[str]
    graphs: set[str]


class Panel:
    """A panel of a graph; `rows` yields the table, `coverage` then tells what it covers."""

    def __init__(self, graph: Graph, selection: Selection, tell: Tell = lambda *_: None) -> None:
        """Ask nothing yet; `tell` may raise to stop the work."""
        self.graph = graph
        self.selection = selection
        self.columns: tuple[Column, ...] = columns_of(selection)
        self.coverage = Coverage()
        self._tell = tell

    def rows(self) -> Iterator[Row]:
        """Yield each row as its cells, all of them texts, empty where nothing is known.

        Raises what asking the graph raises.
        """
        self.coverage = Coverage()
        states = read_states(self.graph)
        _require_known(self.selection, states)
        reader = Reader(self.graph, self.selection, states)
        pairs = [
            each
            for each in read_pairs(self.graph, states)
            if self.selection.has_pair(each.first.iso3, each.second.iso3)
        ]
        for start in range(0, len(pairs), BLOCK):
            self._tell(start, len(pairs))
            some = pairs[start : start + BLOCK]
            block = reader.read(some, self.coverage)
            for pair in some:
                yield from self._pair(pair, block)

    def _pair(self, pair: Pair, block: Block) -> Iterator[Row]:
        """Yield the rows of a pair: those of each year, or of each direction and year."""
        senders = (MUTUAL, pair.first.iri, pair.second.iri)
        years = sorted({year for each in senders for year in block.cells.get((pair.iri, each), {})})
        covered: set[str] = set()
        for year in years:
            mutual, there, back = (
                self._values(pair, block, each, year, covered) for each in senders
            )
            if not self.selection.directed:
                yield self._row(pair, year, (pair.first, pair.second), (mutual, there, back))
                continue
            ends = ((pair.first, pair.second, there), (pair.second, pair.first, back))
            for giver, taker, own in ends:
                if mutual or own:
                    yield self._row(pair, year, (giver, taker), ({**mutual, **own}, {}, {}))
        self.coverage.pairs += bool(years)
        for name in covered:
            self.coverage.of(name).pairs += 1

    def _values(
        self, pair: Pair, block: Block, sender: str, year: int, covered: set[str]
    ) -> dict[str, _Value]:
        """Return the values of a sender's year by measure, and count them."""
        cells = block.cells.get((pair.iri, sender), {}).get(year, {})
        values: dict[str, _Value] = {}
        for measure in self.selection.measures:
            cell = cells.get(measure.name)
            if cell is None:
                continue
            value, currency, words = cell.read(measure)
            if not measure.dated and (pair.iri, sender, measure.name) in block.undated:
                words.add(UNDATED)
            values[measure.name] = _Value(value, currency, words, cell.graphs)
            if value:
                covered.add(measure.name)
                self.coverage.count(measure.name, year, value, cell.graphs)
        return values

    def _row(
        self,
        pair: Pair,
        year: int,
        ends: tuple[State, State],
        values: tuple[dict[str, _Value], dict[str, _Value], dict[str, _Value]],
    ) -> Row:
        self.coverage.rows += 1
        cells = [pair.name, str(year)]
        for state in ends:
            cells += [state.iso3, state.cow, state.gw, state.wikidata, state.name]
        notes: list[str] = []
        graphs: set[str] = set()
        for column in self.columns:
            if column.measure is None:
                continue
            value = values[column.way].get(column.measure.name)
            if value is None:
                cells.append("")
            elif column.is_currency:
                cells.append(value.currency)
            else:
                cells.append(value.text)
                notes += [f"{column.name}={word}" for word in sorted(value.words)]
                graphs |= value.graphs
        return (*cells, " ".join(notes), " ".join(sorted(graphs)))
