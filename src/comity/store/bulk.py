"""Statements in bulk, as the engine has them: parsed and held without a term of ours in between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from comity.errors import DataError
from comity.store.engine import Graph
from comity.store.serializing import engine_quad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Quad


def parse_lines(content: bytes, graph: str) -> list[Any]:
    """Return the statements of N-Triples as the engine's own, in a named graph.

    Raises DataError, with the line, for text that does not parse.
    """
    name = pyoxigraph.NamedNode(graph)
    try:
        return [
            pyoxigraph.Quad(each.subject, each.predicate, each.object, name)
            for each in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES)
        ]
    except SyntaxError as error:
        raise DataError(
            f"A statement does not parse: {error.msg}.", path=graph, line=error.lineno
        ) from None


def as_engine(quads: Iterable[Quad]) -> list[Any]:
    """Return statements as the engine's own."""
    return [engine_quad(quad) for quad in quads]


def bulk_graph(statements: Iterable[Any], name: str) -> Graph:
    """Return a graph of the engine's own statements."""
    store = pyoxigraph.Store()
    store.bulk_extend(statements)
    return Graph(store, name)
