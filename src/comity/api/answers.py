"""The answer to a query: rows, a truth value or statements, asked when it is first read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from comity.api.tables import Table, read_cell
from comity.errors import UsageError
from comity.store.answers import Solutions
from comity.store.formats import find_format, formats_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    import polars as pl

    from comity.api.tables import Value
    from comity.store import answers
    from comity.store.engine import Graph
    from comity.store.formats import Kind


class Answer:
    """An answer; what it raises it raises when it is read."""

    def __init__(self, graph: Graph, text: str) -> None:
        """Take the graph and the SPARQL text that it is asked."""
        self._graph = graph
        self.text = text
        """The SPARQL text, with all values in it."""

    @property
    def kind(self) -> Kind:
        """Whether it is `rows`, `truth` or `graph`."""
        return self._asked().kind

    @cached_property
    def table(self) -> Table:
        """The rows of a SELECT; raises UsageError for another form."""
        answer = self._asked()
        if not isinstance(answer, Solutions):
            raise UsageError(
                f"This query gives {answer.kind}, not rows; use bool() or .serialize()."
            )
        columns = answer.variables
        return Table(columns, [tuple(map(read_cell, row)) for row in answer.rows()])

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.columns

    def rows(self) -> list[dict[str, Value]]:
        """Return all rows; see `Table.rows`."""
        return self.table.rows()

    def polars(self) -> pl.DataFrame:
        """Return a frame of polars; see `Table.polars`."""
        return self.table.polars()

    def pandas(self) -> pd.DataFrame:
        """Return a frame of pandas; see `Table.pandas`."""
        return self.table.pandas()

    def serialize(self, form: str) -> bytes:
        """Return the whole answer in a format, such as csv, json, turtle or jsonld.

        Raises NotAcceptableError for one that cannot carry it.
        """
        answer = self._asked()
        return answer.serialize(find_format(form, formats_for(answer.kind)))

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row by the names of its columns."""
        return iter(self.table)

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.table)

    def __bool__(self) -> bool:
        """Return the truth value of an ASK, or whether there is any row or statement."""
        answer = self._asked()
        if isinstance(answer, Solutions):
            return len(self.table) > 0
        return bool(answer) if answer.kind == "truth" else bool(answer.serialize(_TRIPLES).strip())

    def __repr__(self) -> str:
        """Return which form of answer it is."""
        return f"<Answer: {self.kind}>"

    def _asked(self) -> answers.Answer:
        return self._graph.query(self.text)


_TRIPLES = find_format("ntriples", formats_for("graph"))
