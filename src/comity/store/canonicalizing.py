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

    Statements without a blank node come first, in their order; the order of the others is free.
    A name depends on the statements alone that have a blank node (RDFC-1.0, section 4.6).
    """
    plain: list[Quad] = []
    others: list[Quad] = []
    for each in quads:
        is_other = isinstance(each.subject, BlankNode) or isinstance(each.object, BlankNode)
        (others if is_other else plain).append(each)
    if not others:
        return plain
    dataset = pyoxigraph.Dataset(engine_quad(each) for each in others)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return plain + [
        Quad.of(
            statement_of(each),
            each.graph_name.value if isinstance(each.graph_name, pyoxigraph.NamedNode) else "",
        )
        for each in dataset
    ]
