"""The licence of each named graph, as statements of a graph of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.licences import licence_of
from comity.model.terms import GRAPH, PREFIXES
from comity.store.files import QUERIES_GRAPH, graph_files
from comity.store.terms import Iri, Quad

if TYPE_CHECKING:
    from pathlib import Path

LICENCES_GRAPH: Final = f"{GRAPH}licences"

_LICENSE: Final = Iri(f"{PREFIXES['dcterms']}license")


def licence_quads(root: Path) -> list[Quad]:
    """Return the licence of every graph of a repository, that of these statements included."""
    graphs = [*(file.graph for file in graph_files(root)), QUERIES_GRAPH, LICENCES_GRAPH]
    return [
        Quad(Iri(graph), _LICENSE, Iri(licence_of(graph.removeprefix(GRAPH))), LICENCES_GRAPH)
        for graph in graphs
    ]
