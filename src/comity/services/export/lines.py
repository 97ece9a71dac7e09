"""N-Triples, N-Quads and RDF/XML: sorted, so that the same statements give the same bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import RDF
from comity.services.export.ordering import term_key
from comity.services.export.tokens import LETTER, MORE, escape_invisible
from comity.store.formats import RDF_XML
from comity.store.serializing import serialize_triples
from comity.store.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Quad, Term, Triple

# What XML 1.0 §2.2 has no way to write, not even by number.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A property must end in an XML name, since it becomes one, and not be a word of the syntax itself.
_XML_NAME: Final = re.compile(rf"[{LETTER}_][{MORE}.]*\Z")
_SYNTAX_WORDS: Final = frozenset(
    RDF + word
    for word in (
        *("RDF", "Description", "ID", "about", "aboutEach", "aboutEachPrefix", "bagID"),
        *("datatype", "li", "nodeID", "parseType", "resource"),
    )
)


def write_ntriples(triples: Iterable[Triple]) -> str:
    """Return a graph as sorted N-Triples."""
    return "".join(sorted({f"{' '.join(map(_term, triple))} .\n" for triple in triples}))


def write_nquads(quads: Iterable[Quad]) -> str:
    """Return a dataset as sorted N-Quads."""
    return "".join(sorted({_quad_line(quad) for quad in quads}))


def write_rdfxml(triples: Iterable[Triple]) -> bytes:
    """Return a graph as RDF/XML, its statements sorted.

    Raises UsageError for a property or a character that XML cannot write, naming it.
    """
    statements = sorted(set(triples), key=lambda triple: tuple(map(term_key, triple)))
    for _, predicate, value in statements:
        if predicate.value in _SYNTAX_WORDS or not _XML_NAME.search(predicate.value):
            raise UsageError(
                f"RDF/XML cannot write the property {predicate.value}; choose another format."
            )
        if isinstance(value, Literal) and (found := _NOT_XML.search(value.lexical)):
            raise UsageError(
                f"RDF/XML cannot write the character U+{ord(found.group()):04X} in a value of "
                f"{predicate.value}; choose another format."
            )
    # A bare carriage return would reach every other XML reader as a line feed (XML 1.0 §2.11).
    return serialize_triples(statements, RDF_XML).replace(b"\r", b"&#13;")


def _quad_line(quad: Quad) -> str:
    graph = f" <{quad.graph}>" if quad.graph else ""
    return f"{' '.join(map(_term, quad.triple))}{graph} .\n"


def _term(term: Term) -> str:
    return escape_invisible(term.n3()) if isinstance(term, Literal) else term.n3()
