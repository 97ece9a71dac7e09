"""Rows for the server's own use: small SELECT queries of ours, read as terms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from comity.errors import EngineError
from comity.store.answers import Solutions
from comity.store.terms import Term, parse_term

if TYPE_CHECKING:
    from comity.store.engine import Graph


def select(graph: Graph, text: str) -> list[tuple[Term | None, ...]]:
    """Return the rows of a SELECT query, None where a variable is unbound.

    Answers to clients go out through the engine's serializer instead. Raises EngineError for
    another form of query, which is a fault of the caller.
    """
    answer = graph.query(text)
    if not isinstance(answer, Solutions):
        raise EngineError("A query for rows is no SELECT; correct the caller.")
    return [
        tuple(None if cell is None else read_term(cell) for cell in row) for row in answer.rows()
    ]


@lru_cache(maxsize=65_536)
def read_term(n3: str) -> Term:
    """Return the term of an N-Triples text; the same ones come again and again."""
    return parse_term(n3)
