"""When two graphs say the same: equal up to the names of blank nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph

from comity.store.terms import to_engine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Triple


def isomorphic(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Tell whether two graphs are the same but for the names of their blank nodes.

    Literals compare by their lexical form: `"1.50"` and `"1.5"` are two decimals.
    """
    return _canonical(one) == _canonical(other)


def _canonical(triples: Iterable[Triple]) -> set[str]:
    dataset = pyoxigraph.Dataset(
        pyoxigraph.Quad(to_engine(s), to_engine(p), to_engine(o)) for s, p, o in triples
    )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}
