"""Statements to change a store with."""

from __future__ import annotations

from comity.model.terms import XSD
from comity.store.terms import Iri, Literal, Quad

GRAPH = "http://example.org/g"


def number(value, graph=GRAPH, datatype="integer"):
    return Quad(
        Iri("http://example.org/s"),
        Iri("http://example.org/p"),
        Literal(str(value), XSD + datatype),
        graph,
    )
