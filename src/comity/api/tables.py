"""Rows of an answer as values of Python, and as frames of polars and pandas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from comity.errors import UsageError
from comity.model.terms import XSD
from comity.store.terms import Iri, Literal, parse_term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import polars as pl

    from comity.store.terms import Term

Value: TypeAlias = "str | int | float | bool | Decimal | date | None"
"""A cell: None where nothing is known."""

_WHOLE: Final = frozenset(
    f"{XSD}{name}" for name in ("integer", "int", "long", "short", "nonNegativeInteger")
)
_FLOATING: Final = frozenset(f"{XSD}{name}" for name in ("double", "float"))
_LARGEST: Final = 2**63 - 1


class Table:
    """Rows with names; read it by `rows`, `polars` or `pandas`."""

    def __init__(self, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
        """Take the names of the columns, and rows of as many cells."""
        self.columns = tuple(columns)
        self._rows = rows

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """Yield each row by the names of its columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self._rows)

    def __repr__(self) -> str:
        """Return how large it is."""
        return f"<{type(self).__name__}: {len(self)} rows, {len(self.columns)} columns>"

    def rows(self) -> list[dict[str, Value]]:
        """Return all rows by the names of their columns.

        Things and codes are IRIs, whole numbers int, decimals Decimal, days date; every other
        literal is its characters, EDTF dates among them.
        """
        return list(self)

    def polars(self) -> pl.DataFrame:
        """Return a frame of polars: Int64, Float64 (of decimals too), Boolean, Date or String."""
        import polars as pl

        types: dict[type, Any] = {
            int: pl.Int64,
            float: pl.Float64,
            bool: pl.Boolean,
            date: pl.Date,
            str: pl.String,
        }
        columns = [
            pl.Series(name, cells, dtype=types[kind], strict=True)
            for name, kind, cells in self._typed()
        ]
        return pl.DataFrame(columns)

    def pandas(self) -> pd.DataFrame:
        """Return a frame of pandas: Int64, Float64, boolean, datetime64[s] or string.

        All of these keep a missing cell apart from zero. Raises UsageError without pandas.
        """
        try:
            import pandas as pd
        except ImportError:
            raise UsageError(
                "pandas is not installed; run pip install 'comity[pandas]', or use .polars()."
            ) from None
        types: dict[type, Any] = {
            int: "Int64",
            float: "Float64",
            bool: "boolean",
            date: "datetime64[s]",
            str: "string",
        }
        return pd.DataFrame(
            {name: pd.Series(cells, dtype=types[kind]) for name, kind, cells in self._typed()}
        )

    def _typed(self) -> Iterator[tuple[str, type, list[Any]]]:
        """Yield each column with the one type that fits all its cells."""
        for place, name in enumerate(self.columns):
            cells = [row[place] for row in self._rows]
            kind = _kind(cells)
            yield name, kind, [None if each is None else _as(kind, each) for each in cells]


def value_of(term: Term | None) -> Value:
    """Return a term as a value of Python."""
    if term is None:
        return None
    if isinstance(term, Iri):
        return term.value
    if not isinstance(term, Literal):
        return term.n3()
    try:
        return _literal(term)
    except (ValueError, ArithmeticError):
        return term.lexical  # as written: no value of its datatype


def read_cell(n3: str | None) -> Value:
    """Return the value of a cell of the engine; a triple stands as its text."""
    if n3 is None or n3.startswith("<<"):
        return n3
    return value_of(parse_term(n3))


def _literal(term: Literal) -> Value:
    if term.datatype in _WHOLE:
        return int(term.lexical)
    if term.datatype == f"{XSD}decimal":
        return Decimal(term.lexical)
    if term.datatype in _FLOATING:
        return float(term.lexical)
    if term.datatype == f"{XSD}boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(term.lexical, term.lexical)
    if term.datatype == f"{XSD}date":
        return date.fromisoformat(term.lexical)
    return term.lexical


def _kind(cells: list[Value]) -> type:
    kinds = {type(each) for each in cells if each is not None}
    if kinds == {int}:
        return int if all(abs(each) <= _LARGEST for each in cells if isinstance(each, int)) else str
    if kinds and kinds <= {int, float, Decimal}:
        return float
    return kinds.pop() if len(kinds) == 1 and kinds <= {bool, date} else str


def _as(kind: type, value: Value) -> Value:
    return value if kind in {bool, date} else kind(value)
