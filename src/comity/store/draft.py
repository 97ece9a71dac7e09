"""A graph in memory that may change: the private copy on which a change is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from comity.store.engine import Graph
from comity.store.serializing import engine_quad

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Quad


class Draft(Graph):
    """A graph to which changes are applied; it answers queries like any other."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        """Hold some statements."""
        super().__init__(pyoxigraph.Store(), "draft")
        self._store.bulk_extend(map(engine_quad, quads))

    def apply(self, added: Iterable[Quad], removed: Iterable[Quad]) -> None:
        """Take statements away, then add others."""
        for quad in removed:
            self._store.remove(engine_quad(quad))
        for quad in added:
            self._store.add(engine_quad(quad))
