"""What exports are made from: the statements of the source files, never those of the store.

The engine's store rewrites literals (`"1.50"` becomes `"1.5"`), so a dump of it would not be the
data. Here every literal is as its author wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from comity.errors import DataError
from comity.model.terms import GRAPH
from comity.services.export.context import Context, make_context
from comity.services.export.ordering import Ordering, read_ordering
from comity.services.export.selection import Index, pairs
from comity.services.opening import read_dataset
from comity.store.canonicalizing import canonical_quads
from comity.store.files import fingerprint
from comity.store.parsing import parse_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.terms import Quad, Triple

CORE: str = f"{GRAPH}ontology/core"
CORE_FILE: str = "ontology/core.ttl"
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
    def is_ours(self) -> bool:
        """Whether the data are those of Comity, told by its ontology among them."""
        return any(quad.graph == CORE for quad in self.quads)

    @cached_property
    def pairs(self) -> list[str]:
        """The local names of all dyads, sorted."""
        return pairs(self.quads)

    @property
    def graphs(self) -> list[str]:
        """The names of all named graphs, sorted."""
        return sorted({quad.graph for quad in self.quads} - {""})

    def of_graphs(self, beginning: str) -> list[Quad]:
        """Return the statements of the graphs whose name begins so."""
        return [quad for quad in self.quads if quad.graph.startswith(beginning)]

    def of_graph(self, name: str) -> list[Quad]:
        """Return the statements of a named graph."""
        return [quad for quad in self.quads if quad.graph == name]


def read_material(root: Path) -> Material:
    """Return all that a server of the repository loads, each literal as written.

    Raises DataError for the first file that does not parse.
    """
    return make_material(read_dataset(root))


def current_material(root: Path) -> Material:
    """Return what the graph files hold now, read anew only when one of them has changed."""
    return _read(root, fingerprint(root))


@lru_cache(maxsize=2)
def _read(root: Path, _state: str) -> Material:
    return read_material(root)


def make_material(statements: Iterable[Quad], root: Path | None = None) -> Material:
    """Return statements as material.

    Classes and properties are told in the order in which the statements of the ontology come, or
    in that of the ontology's file under `root`, which is what a store has lost.
    """
    quads = list(statements)
    core = [quad.triple for quad in quads if quad.graph == CORE]
    shapes = [quad.triple for quad in quads if quad.graph.startswith(SHAPES)]
    ordering = read_ordering(core if root is None else _as_in_file(core, root))
    return Material(tuple(canonical_quads(quads)), ordering, make_context(core, shapes, ordering))


def _as_in_file(core: list[Triple], root: Path) -> list[Triple]:
    file = root / CORE_FILE
    try:
        stated = parse_document(file.read_bytes())
    except (OSError, DataError):
        return core
    place = {quad.triple: number for number, quad in enumerate(stated)}
    return sorted(core, key=lambda each: place.get(each, len(place)))
