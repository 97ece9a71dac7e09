"""The dataset that a query names: its default graph is the merge of the graphs that are listed.

SPARQL 1.1 Query §13.2 has a set there, and the engine strings the graphs together: a statement that
stands in two of them would count twice. Most graphs have nothing in common; whether some have is
asked once. Of those that have, the dataset is made anew, which costs what copying it costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.model.tokens import SILENT
from comity.store.disarming import iri_of
from comity.store.merging import in_default

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.store.reading import Reading

_DEFAULT: Final = pyoxigraph.DefaultGraph()
_SIZES: Final = """SELECT ?graph (COUNT(*) AS ?size) {
  VALUES ?graph { %s } GRAPH ?graph { ?s ?p ?o }
} GROUP BY ?graph ORDER BY ?size"""
# The largest graph need not be the first of two: each pair has a smaller one.
_COMMON: Final = """ASK {
  VALUES ?one { %s }
  GRAPH ?one { ?s ?p ?o }
  FILTER EXISTS { GRAPH ?other { ?s ?p ?o } FILTER (?other != ?one) }
}"""


class Datasets:
    """The datasets that queries of one store name, which must not change meanwhile."""

    def __init__(self, store: Any) -> None:
        """Take a store."""
        self._store = store
        self._are_apart: dict[frozenset[Any], bool] = {}
        self._made: tuple[Any, Any] = (None, None)

    def find(self, default: Sequence[Any], named: Sequence[Any]) -> tuple[Any, dict[str, Any]]:
        """Return the store to ask for a dataset, and the options that choose it there."""
        if self._have_nothing_in_common(frozenset(default)):
            return self._store, {"default_graph": list(default), "named_graphs": list(named)}
        name = (frozenset(default), frozenset(named))
        if self._made[0] != name:
            self._made = (name, self._make(*name))
        return self._made[1], {"default_graph": [_DEFAULT], "named_graphs": list(named)}

    def find_named(self, reading: Reading, base: str) -> tuple[Any, dict[str, Any]]:
        """Return the same for the dataset that a query names itself."""
        default, named = graphs_named_in(reading, base)
        try:
            found, options = self.find(
                [pyoxigraph.NamedNode(iri) for iri in default],
                [pyoxigraph.NamedNode(iri) for iri in named],
            )
        except ValueError:  # no IRI: the engine says where
            return self._store, {}
        return found, {} if found is self._store else options

    def _have_nothing_in_common(self, graphs: frozenset[Any]) -> bool:
        if len(graphs) > 1 and graphs not in self._are_apart:
            rows = self._store.query(_SIZES % " ".join(map(str, graphs)))
            filled = [row["graph"] for row in rows]
            smaller = " ".join(map(str, filled[:-1]))
            self._are_apart[graphs] = not (
                smaller and self._store.query(_COMMON % smaller, named_graphs=filled)
            )
        return self._are_apart.get(graphs, True)

    def _make(self, default: Iterable[Any], named: Iterable[Any]) -> Any:
        made = pyoxigraph.Store()
        for graph in default:
            made.bulk_extend(map(in_default, self._quads(graph)))
        for graph in named:
            made.bulk_extend(self._quads(graph))
        return made

    def _quads(self, graph: Any) -> Iterable[Any]:
        quads: Iterable[Any] = self._store.quads_for_pattern(None, None, None, graph)
        return quads


def graphs_named_in(reading: Reading, base: str) -> tuple[list[str], list[str]]:
    """Return the graphs that the FROM and the FROM NAMED clauses of a query name (§13.2).

    What is no such clause is left out: the engine refuses it.
    """
    named: dict[bool, list[str]] = {False: [], True: []}
    tokens = [token for token in reading.tokens if token.kind not in SILENT]
    for index, token in enumerate(tokens):
        if token.word == "FROM":
            is_named = tokens[index + 1].word == "NAMED" if index + 1 < len(tokens) else False
            for graph in tokens[index + 1 + is_named : index + 2 + is_named]:
                if graph.kind in {"iri", "name"}:
                    named[is_named].append(iri_of(graph, reading.prologue, base))
    return named[False], named[True]
