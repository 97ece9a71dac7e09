"""What a panel covers: for each measure its years, pairs and graphs, counted as rows are made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass
class Span:
    """How many, and from which year to which; the years are None for none."""

    cells: int = 0
    first: int | None = None
    last: int | None = None

    def add(self, year: int) -> None:
        """Count a cell of a year."""
        self.cells += 1
        self.first = year if self.first is None else min(self.first, year)
        self.last = year if self.last is None else max(self.last, year)


@dataclass
class Covered:
    """What there is of one measure."""

    span: Span = field(default_factory=Span)
    zeros: int = 0
    """Cells in which a source states 0."""
    pairs: int = 0
    unplaced: int = 0
    """Facts that are in no year: without a date, or with one that does not lie in a year."""
    graphs: dict[str, Span] = field(default_factory=dict)


@dataclass
class Coverage:
    """What a panel covers, by the name of each measure; complete when all rows were read."""

    measures: dict[str, Covered] = field(default_factory=dict)
    rows: int = 0
    pairs: int = 0

    def of(self, name: str) -> Covered:
        """Return what there is of a measure."""
        return self.measures.setdefault(name, Covered())

    def count(self, name: str, year: int, value: str, graphs: Iterable[str]) -> None:
        """Count a cell that has a value."""
        covered = self.of(name)
        covered.span.add(year)
        covered.zeros += value == "0"
        for graph in graphs:
            covered.graphs.setdefault(graph, Span()).add(year)
