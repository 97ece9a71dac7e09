"""From files to statements: lossless reading, and the graph in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import DataError
from comity.store.engine import Graph
from comity.store.files import GraphFile, fingerprint, graph_files
from comity.store.parsing import parse_document
from comity.store.terms import Quad, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["fingerprint", "load_graph", "parse_file", "read_quads", "read_triples"]


def parse_file(root: Path, file: GraphFile) -> list[Quad]:
    """Return the statements of one file exactly as written, in order.

    `root` is where the paths in messages start. Raises DataError, with the line, for text that is
    no Turtle or no UTF-8, and for a file that cannot be read.
    """
    name = file.path.relative_to(root).as_posix()
    try:
        content = file.path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"The file cannot be read: {reason}.", path=name) from None
    return [Quad.of(quad.triple, file.graph) for quad in parse_document(content, name=name)]


def read_quads(root: Path) -> list[Quad]:
    """Return the statements of all graph files exactly as written, file by file.

    Exports start here, never at the engine, whose store rewrites literals: `"1.50"^^xsd:decimal`
    comes out as `"1.5"`.
    """
    return [quad for file in graph_files(root) for quad in parse_file(root, file)]


def read_triples(root: Path) -> dict[str, list[Triple]]:
    """Return the statements of all graph files by the IRI of their graph, exactly as written."""
    return {
        file.graph: [quad.triple for quad in parse_file(root, file)] for file in graph_files(root)
    }


def load_graph(root: Path, extra: Iterable[Quad] = ()) -> Graph:
    """Return the graph of a repository, with `extra` statements such as the query catalogue.

    Raises DataError for the first file that does not parse.
    """
    return Graph.of([*read_quads(root), *extra], fingerprint(root))
