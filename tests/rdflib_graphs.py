"""Graphs of rdflib for tests that compare with it, and what our shapes find in them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import rdflib

from comity.store.backend import ENGINE
from comity.store.terms import LANG_STRING, STRING, BlankNode, Iri, Literal, to_engine
from comity.validation.shapes import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

    from comity.store.terms import Quad, Term, Triple
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding


def results(corpus: Corpus, data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Finding]:
    """Validate a graph and yield its findings, placed and named by the corpus."""
    statements = (
        (ENGINE.Triple(*(to_engine(from_rdflib(node)) for node in triple)) for triple in graph)
        for graph in (data, shapes)
    )
    yield from judge(corpus, *statements)


def to_rdflib(quads: Iterable[Quad | Triple]) -> rdflib.Graph:
    """Return an rdflib graph with each literal as it is written."""
    # rdflib logs a traceback for a literal that is no value; the shapes report it in words.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    graph = rdflib.Graph(bind_namespaces="none")
    terms: dict[Term, Node] = {}

    def term(found: Term) -> Node:
        if found not in terms:
            terms[found] = _to_rdflib(found)
        return terms[found]

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _to_rdflib(term: Term) -> Node:
    if isinstance(term, Iri):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.id)
    if term.datatype == LANG_STRING:
        return rdflib.Literal(term.lexical, lang=term.language)
    if term.datatype == STRING:
        return rdflib.Literal(term.lexical)
    return rdflib.Literal(term.lexical, datatype=rdflib.URIRef(term.datatype), normalize=False)


def from_rdflib(node: Node) -> Term:
    """Return our term for one of rdflib's."""
    if isinstance(node, rdflib.URIRef):
        return Iri(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), LANG_STRING, node.language.lower())
        return Literal(str(node), str(node.datatype or STRING))
    return BlankNode(str(node))
