"""Names for blank nodes that depend on what is said, not on who wrote it or in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from comity.store.serializing import engine_quad
from comity.store.terms import BlankNode, Quad, statement_of

if TYPE_CHECKING:
    from collections.abc import Iterable


def canonical_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Return statements with their blank nodes named by RDF Dataset Canonicalization 1.0.

    The order stays where there is no blank node, and is free where there is one.
    """
    statements = list(quads)
    if not any(isinstance(node, BlankNode) for each in statements for node in each[:3]):
        return statements
    dataset = pyoxigraph.Dataset(engine_quad(each) for each in statements)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return [
        Quad.of(
            statement_of(each),
            each.graph_name.value if isinstance(each.graph_name, pyoxigraph.NamedNode) else "",
        )
        for each in dataset
    ]
