"""N-Triples, N-Quads and RDF/XML: sorted, so that the same statements give the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.services.export.ordering import term_key
from comity.store.formats import RDF_XML
from comity.store.serializing import serialize_triples
from comity.store.terms import Literal, escape_invisible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Quad, Term, Triple


def write_ntriples(triples: Iterable[Triple]) -> str:
    """Return a graph as sorted N-Triples."""
    return "".join(sorted({f"{' '.join(map(_term, triple))} .\n" for triple in triples}))


def write_nquads(quads: Iterable[Quad]) -> str:
    """Return a dataset as sorted N-Quads."""
    return "".join(sorted({_quad_line(quad) for quad in quads}))


def write_rdfxml(triples: Iterable[Triple]) -> bytes:
    """Return a graph as RDF/XML, its statements sorted.

    Raises NotAcceptableError for what XML cannot write, naming it.
    """
    statements = sorted(set(triples), key=lambda triple: tuple(map(term_key, triple)))
    return serialize_triples(statements, RDF_XML)


def _quad_line(quad: Quad) -> str:
    graph = f" <{quad.graph}>" if quad.graph else ""
    return f"{' '.join(map(_term, quad.triple))}{graph} .\n"


def _term(term: Term) -> str:
    return escape_invisible(term.n3()) if isinstance(term, Literal) else term.n3()
