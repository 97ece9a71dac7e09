"""The rows of a canned query that came and went with each step."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from cachetools import LRUCache

from comity.errors import OverloadError, TooLargeError, UsageError
from comity.model.query_parts import PAGING_NAMES
from comity.services.running import run
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.query import CannedQuery
    from comity.services.changes.history import History, Step
    from comity.store.engine import Graph
    from comity.store.terms import Term

    Row = tuple[str, ...]

MOST_STEPS: Final = 10
MOST_ROWS: Final = 5_000
"""Rows that an answer may have to be compared."""
MOST_TOLD: Final = 100
"""Rows that are told one by one, of those that came and of those that went."""
WAIT_SECONDS: Final = 5.0
_NUMBERS: Final = re.compile(r"[0-9]+(?: [0-9]+)+")
_CELLS: Final = 400_000  # that are kept of all answers together


@dataclass(frozen=True, slots=True)
class RowsChange:
    """The rows that a step brought and took away: the first of each, and how many there are."""

    step: Step
    columns: tuple[str, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    more_added: int
    more_removed: int

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.added or self.removed)


class Comparing:
    """Compares answers at the states of a history, and keeps those that were asked."""

    def __init__(self, history: History) -> None:
        """Keep nothing yet."""
        self._history = history
        self._lock = Lock()
        self._kept: LRUCache[tuple[str, str], tuple[Row, ...]] = LRUCache(
            _CELLS, getsizeof=lambda rows: 1 + sum(map(len, rows))
        )

    def changes(
        self, graph: Graph, query: CannedQuery, values: Mapping[str, str]
    ) -> list[RowsChange]:
        """Return what changed of an answer, the newest step first; `graph` is that of today.

        Raises UsageError for a query that gives no rows, ParameterError for a value that cannot
        be, TooLargeError for more rows than are compared, OverloadError while others wait.
        """
        if query.form != "select":
            raise UsageError(
                f"{query.slug} gives no rows that could come and go; follow /changes.atom instead."
            )
        asked = {name: value for name, value in values.items() if name not in PAGING_NAMES}
        text = run(graph, query, asked, most=MOST_ROWS + 1).text
        columns = tuple(each.name for each in query.columns)
        steps = self._history.steps()[:MOST_STEPS]
        # One after the other: each may ask every state that is kept.
        if not self._lock.acquire(timeout=WAIT_SECONDS):
            raise OverloadError(
                "The answers to other questions are still being compared; try again in a moment.",
                retry_after=5,
            )
        try:
            return [self._compare(graph, text, columns, step, steps[0].new) for step in steps]
        finally:
            self._lock.release()

    def _compare(
        self, graph: Graph, text: str, columns: tuple[str, ...], step: Step, served: str
    ) -> RowsChange:
        before = Counter(self._rows(graph, text, step.old, served))
        after = Counter(self._rows(graph, text, step.new, served))
        come, gone = sorted((after - before).elements()), sorted((before - after).elements())
        return RowsChange(
            step,
            columns,
            tuple(come[:MOST_TOLD]),
            tuple(gone[:MOST_TOLD]),
            max(len(come) - MOST_TOLD, 0),
            max(len(gone) - MOST_TOLD, 0),
        )

    def _rows(self, graph: Graph, text: str, state: str, served: str) -> tuple[Row, ...]:
        key = (state, text)
        if key not in self._kept:
            opened = nullcontext(graph) if state == served else self._history.graph(state)
            with opened as asked:
                found = select(asked, text)
            if len(found) > MOST_ROWS:
                raise TooLargeError(
                    f"The answer has more than {MOST_ROWS:,} rows, which are not compared; narrow "
                    "it by a parameter, or follow /changes.atom."
                )
            rows = tuple(tuple(map(_cell, row)) for row in found)
            if self._kept.getsizeof(rows) > self._kept.maxsize:
                return rows
            self._kept[key] = rows
        return self._kept[key]


def _cell(term: Term | None) -> str:
    """Return what a cell says; parts that a query put together, in any order, go sorted."""
    if isinstance(term, Literal):
        text = term.lexical
        if "; " in text:
            return "; ".join(sorted(text.split("; ")))
        return " ".join(sorted(text.split(" "), key=int)) if _NUMBERS.fullmatch(text) else text
    if isinstance(term, Iri):
        return term.value
    return "" if term is None else term.n3()
