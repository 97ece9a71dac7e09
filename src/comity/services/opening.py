"""Opening the graph of a repository: its files, its query catalogue, and who may use which part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.catalogue import Catalogue
from comity.services.licensing import licence_quads
from comity.services.query_rdf import catalogue_triples
from comity.store.loading import load_graph

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.engine import Graph


def open_graph(root: Path, catalogue: Catalogue | None = None) -> Graph:
    """Return the graph of a repository, with its canned queries and the licence of each graph.

    These two are the named graphs `graph:queries` and `graph:licences`.

    Raises DataError for the first file that does not parse.
    """
    catalogue = catalogue or Catalogue.load(root)
    return load_graph(root, [*catalogue_triples(catalogue), *licence_quads(root)])
