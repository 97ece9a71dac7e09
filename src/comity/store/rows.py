"""Rows of an answer, read again from the text that a reader gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from comity.store.terms import Literal, from_engine

if TYPE_CHECKING:
    from comity.store.terms import Term

Rows = tuple[tuple[str, ...], list[tuple["Term | None", ...]]]


def read_rows(content: bytes, most: int) -> Rows:
    """Return the names of the columns and the first rows of an answer in TSV."""
    solutions: Any = pyoxigraph.parse_query_results(
        content, format=pyoxigraph.QueryResultsFormat.TSV
    )
    names = tuple(variable.value for variable in solutions.variables)
    found: list[tuple[Term | None, ...]] = []
    for solution in solutions:
        if len(found) == most:
            break
        found.append(tuple(None if term is None else _read(term) for term in solution))
    return names, found


def _read(term: Any) -> Term:
    """Return a term; a triple stands as its text."""
    return Literal(str(term)) if isinstance(term, pyoxigraph.Triple) else from_engine(term)
