"""A panel as a file: CSV row by row, and Parquet, of which polars holds no more than a part."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from comity.services.export.rows import guard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from comity.services.panel.columns import Column
    from comity.services.panel.rows import Panel, Row

_ROWS: Final = 2_000  # between two pieces of text


def write_rows(panel: Panel) -> Iterator[bytes]:
    """Yield a panel as CSV (RFC 4180: UTF-8, CR LF), cells guarded against spreadsheets."""
    rows = panel.rows()
    head = tuple(column.name for column in panel.columns)
    yield from _texts(_chain(head, rows), "\r\n")


def write_parquet(panel: Panel, path: Path) -> None:
    """Write a panel as Parquet: whole numbers Int64, other numbers Float64, texts as such.

    The rows go through a file beside it first, so that memory stays bounded.
    """
    with tempfile.TemporaryDirectory(prefix=".panel-", dir=path.parent) as folder:
        table = Path(folder) / "rows.csv"
        with table.open("w", encoding="utf-8", newline="") as file:
            _write_plain(panel, file)
        convert_to_parquet(table, panel.columns, path)


def convert_to_parquet(table: Path, columns: Iterable[Column], path: Path) -> None:
    """Write a CSV file with a header, whose cells are as a panel has them, as Parquet."""
    import polars as pl

    types: dict[str, Any] = {
        "integer": pl.Int64,
        "decimal": pl.Float64,
        "string": pl.String,
    }
    schema = {column.name: types[column.datatype] for column in columns}
    pl.scan_csv(table, schema=schema, low_memory=True).sink_parquet(path)


def _write_plain(panel: Panel, file: TextIO) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(column.name for column in panel.columns)
    writer.writerows(panel.rows())


def _chain(head: Row, rows: Iterable[Row]) -> Iterator[Row]:
    yield head
    yield from rows


def _texts(rows: Iterable[Row], end: str) -> Iterator[bytes]:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator=end)
    for number, row in enumerate(rows, 1):
        writer.writerow([guard(cell) for cell in row])
        if number % _ROWS == 0:
            yield target.getvalue().encode()
            target.seek(0)
            target.truncate()
    yield target.getvalue().encode()
