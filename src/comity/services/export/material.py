"""What exports are made from: the statements of the source files, never those of the store.

The engine's store rewrites literals (`"1.50"` becomes `"1.5"`), so a dump of it would not be the
data. Here every literal is as its author wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from comity.model.terms import GRAPH
from comity.services.catalogue import Catalogue
from comity.services.export.context import Context, make_context
from comity.services.export.ordering import Ordering, read_ordering
from comity.services.export.selection import Index, pairs
from comity.services.licensing import licence_quads
from comity.services.query_rdf import catalogue_triples
from comity.store.canonicalizing import canonical_quads
from comity.store.files import fingerprint, graph_files
from comity.store.loading import parse_file
from comity.store.terms import BlankNode, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.terms import Term

CORE: str = f"{GRAPH}ontology/core"
SHAPES: str = f"{GRAPH}ontology/shapes/"


@dataclass(frozen=True, eq=False, repr=False)
class Material:
    """All statements with their graphs, and the order and the words in which they are told."""

    quads: tuple[Quad, ...]
    ordering: Ordering
    context: Context

    def __repr__(self) -> str:
        """Return how much it is, since all of it would fill a book."""
        return f"<Material: {len(self.quads)} statements>"

    @cached_property
    def index(self) -> Index:
        """All statements by what they are about."""
        return Index(self.quads)

    @cached_property
    def pairs(self) -> list[str]:
        """The local names of all dyads, sorted."""
        return pairs(self.quads)


def read_material(root: Path) -> Material:
    """Return all that a server of the repository loads, each literal as written.

    Raises DataError for the first file that does not parse.
    """
    statements = [
        quad
        for number, file in enumerate(graph_files(root))
        for quad in _kept_apart(parse_file(root, file), number)
    ]
    made = [*catalogue_triples(Catalogue.load(root)), *licence_quads(root)]
    return make_material([*statements, *made])


def current_material(root: Path) -> Material:
    """Return what the graph files hold now, read anew only when one of them has changed."""
    return _read(root, fingerprint(root))


@lru_cache(maxsize=2)
def _read(root: Path, _state: str) -> Material:
    return read_material(root)


def make_material(statements: Iterable[Quad]) -> Material:
    """Return statements as material; the ontology's file has to be among them, in its order."""
    quads = list(statements)
    core = [quad.triple for quad in quads if quad.graph == CORE]
    shapes = [quad.triple for quad in quads if quad.graph.startswith(SHAPES)]
    ordering = read_ordering(core)
    return Material(tuple(canonical_quads(quads)), ordering, make_context(core, shapes, ordering))


def _kept_apart(quads: Iterable[Quad], number: int) -> list[Quad]:
    """Return the statements of a file with blank nodes that no other file can have too."""

    def rename(term: Term) -> Term:
        return BlankNode(f"f{number}.{term.id}") if isinstance(term, BlankNode) else term

    return [
        quad._replace(subject=rename(quad.subject), object=rename(quad.object))  # type: ignore[arg-type]
        for quad in quads
    ]
