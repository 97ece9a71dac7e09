"""Opening the graph of a repository: its files, its query catalogue, and who may use which part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.catalogue import Catalogue
from comity.services.licensing import licence_quads
from comity.services.query_rdf import catalogue_triples
from comity.store.engine import Graph
from comity.store.loading import fingerprint, read_quads

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.terms import Quad


def read_dataset(root: Path, catalogue: Catalogue | None = None) -> list[Quad]:
    """Return everything that is served, as written; see `open_graph`."""
    catalogue = catalogue or Catalogue.load(root)
    return [*read_quads(root), *catalogue_triples(catalogue), *licence_quads(root)]


def open_graph(root: Path, catalogue: Catalogue | None = None) -> Graph:
    """Return the graph of a repository, with its canned queries and the licence of each graph.

    These two are the named graphs `graph:queries` and `graph:licences`.

    Raises DataError for the first file that does not parse.
    """
    return Graph.of(read_dataset(root, catalogue), fingerprint(root))
