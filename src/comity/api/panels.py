"""A dyad-year panel as frames."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from comity.api.tables import Table
from comity.errors import UsageError
from comity.services.panel import (
    Panel,
    codebook_text,
    metadata_text,
    write_parquet,
    write_rows,
)

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd
    import polars as pl

    from comity.api.tables import Value
    from comity.services.panel import Selection
    from comity.store.engine import Graph


class PanelFrame:
    """A panel; its rows are made when they are read."""

    def __init__(self, graph: Graph, selection: Selection) -> None:
        """Ask nothing yet."""
        self._panel = Panel(graph, selection)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self._panel.columns)

    @cached_property
    def table(self) -> Table:
        """All rows; None where nothing is known."""
        columns = self._panel.columns
        rows: list[tuple[Value, ...]] = [
            tuple(_value(cell, column.datatype) for cell, column in zip(row, columns, strict=True))
            for row in self._panel.rows()
        ]
        return Table(self.columns, rows)

    def rows(self) -> list[dict[str, Value]]:
        """Return all rows by the names of their columns."""
        return self.table.rows()

    def polars(self) -> pl.DataFrame:
        """Return a frame of polars; a column is null throughout where nothing is known."""
        import polars as pl

        types = {"integer": pl.Int64, "decimal": pl.Float64, "string": pl.String}
        frame = self.table.polars()
        return frame.cast({each.name: types[each.datatype] for each in self._panel.columns})

    def pandas(self) -> pd.DataFrame:
        """Return a frame of pandas (Int64, Float64, string); raises UsageError without pandas."""
        types = {"integer": "Int64", "decimal": "Float64", "string": "string"}
        frame = self.table.pandas()
        return frame.astype({each.name: types[each.datatype] for each in self._panel.columns})

    def codebook(self) -> str:
        """Return the codebook in Markdown, with what each measure covers."""
        _ = self.table
        return codebook_text(self._panel)

    def metadata(self, url: str = "panel.csv") -> str:
        """Return the description of the table at `url` as JSON (CSVW)."""
        _ = self.table
        return metadata_text(self._panel, url)

    def write(self, path: str | PathLike[str]) -> None:
        """Write the panel to a file that ends in .csv or .parquet; rows are not held in memory.

        Raises UsageError for another ending.
        """
        target = Path(path)
        if target.suffix == ".parquet":
            write_parquet(self._panel, target)
        elif target.suffix == ".csv":
            with target.open("wb") as file:
                file.writelines(write_rows(self._panel))
        else:
            raise UsageError(f"{target.name} has to end in .csv or .parquet; name it so.")


def _value(cell: str, datatype: str) -> Value:
    if cell == "":
        return None
    if datatype == "integer":
        return int(cell)
    return Decimal(cell) if datatype == "decimal" else cell
