"""All graphs of a store as one: a statement that stands in several of them counts once.

The engine's own union of graphs strings them together: it gives such a statement as often as it
stands somewhere, where SPARQL has a set (RDF 1.1 Semantics §4, merging; SPARQL 1.1 Query §13.1).
And its indexes of quads are slower than those of triples. So the merge is kept, as the default
graph of the store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph

from comity.store.changing import change

if TYPE_CHECKING:
    from collections.abc import Iterable


def merge(store: Any) -> int:
    """Have the default graph of a store hold all that stands in it; return how much that was."""
    size = len(store)
    store.bulk_extend(map(in_default, store))
    return size


def in_default(quad: Any) -> Any:
    """Return one of the engine's quads as it stands in the default graph."""
    return pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


class Graphs:
    """The statements of a writable server, and what its queries are asked of.

    An update works on the statements as they are; the merge of them is a store beside.
    """

    def __init__(self, statements: Any, *, union: bool) -> None:
        """Take a store; with `union`, queries have the merge of its graphs as default graph."""
        self.statements = statements
        self.asked = statements
        if union:
            self.asked = pyoxigraph.Store()
            self.asked.bulk_extend(statements)
            merge(self.asked)

    def change(self, body: bytes, added: int) -> dict[Any, int]:
        """Carry out a change; takes and returns what `comity.store.changing.change` does."""
        grown = change(self.statements, body, added)
        if self.asked is not self.statements:
            change(self.asked, body, added)
            self._merge(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.N_QUADS))
        return grown

    def _merge(self, changed: Iterable[Any]) -> None:
        for quad in changed:
            found = self.statements.quads_for_pattern(
                quad.subject, quad.predicate, quad.object, None
            )
            if next(iter(found), None) is None:
                self.asked.remove(in_default(quad))
            else:
                self.asked.add(in_default(quad))
