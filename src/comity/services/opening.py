"""Opening the graph of a repository: its files, its query catalogue, and who may use which part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.catalogue import Catalogue
from comity.services.imports.loading import import_quads
from comity.services.licensing import licence_quads
from comity.services.query_rdf import catalogue_triples
from comity.store.engine import Graph
from comity.store.files import graph_files
from comity.store.loading import fingerprint, parse_file
from comity.store.terms import BlankNode

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.terms import Quad, Term


def read_dataset(
    root: Path, catalogue: Catalogue | None = None, *, with_imports: bool = True
) -> list[Quad]:
    """Return everything that is served, as written; see `open_graph`."""
    catalogue = catalogue or Catalogue.load(root)
    statements = [
        quad
        for number, file in enumerate(graph_files(root))
        for quad in _kept_apart(parse_file(root, file), number)
    ]
    more = import_quads(root, statements) if with_imports else []
    return [*statements, *more, *catalogue_triples(catalogue), *licence_quads(root)]


def open_graph(root: Path, catalogue: Catalogue | None = None) -> Graph:
    """Return the graph of a repository, with its canned queries and the licence of each graph.

    Imports belong to it as long as they fit into memory, see `import_quads`.

    These two are the named graphs `graph:queries` and `graph:licences`.

    Raises DataError for the first file that does not parse.
    """
    return Graph.of(read_dataset(root, catalogue), fingerprint(root))


def _kept_apart(quads: Iterable[Quad], number: int) -> list[Quad]:
    """Return the statements of a file with blank nodes that no other file can have too."""

    def rename(term: Term) -> Term:
        return BlankNode(f"f{number}.{term.id}") if isinstance(term, BlankNode) else term

    return [
        quad._replace(subject=rename(quad.subject), object=rename(quad.object))  # type: ignore[arg-type]
        for quad in quads
    ]
