"""Documents from outside: RDF that may be wrong, huge, deep, or written to do harm.

`parse_upload` refuses what must not reach the engine's parsers; that the parsers themselves may
die of a document is why it runs in a process of its own (`comity.store.intake`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.errors import DoctypeError, DocumentError, RemoteContextError, TooLargeError
from comity.store import formats
from comity.store.serializing import rdf_format
from comity.store.terms import Literal, Triple, statement_of
from comity.store.xml import fault_of

if TYPE_CHECKING:
    from comity.store.formats import Format

# What may be sent: the formats of one graph. TriG and N-Quads carry several.
UPLOAD_FORMATS: Final = (formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML, formats.JSON_LD)

MAX_TERM_BYTES: Final = 1_000_000
# Deeper than any document that somebody means; the engine's JSON-LD parser dies of thousands.
MAX_JSON_DEPTH: Final = 200

# Anywhere in the text: where a comment ends for the engine is nothing to rely on.
_DOCTYPE: Final = re.compile(r"<!\s*DOCTYPE", re.IGNORECASE)
# What the engine says where it would have to fetch a context, which it has no way to do.
_ELSEWHERE: Final = "remote contexts"
_JSON_SIGNS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def parse_upload(content: bytes, offer: Format, base: str) -> list[Triple]:
    """Return the statements of a document in one of `UPLOAD_FORMATS`, no literal changed.

    Relative IRIs are resolved against `base`; blank nodes get names that nothing else has. Raises
    DocumentError with the line for what does not parse or names graphs, DoctypeError for RDF/XML
    with a DOCTYPE, RemoteContextError for JSON-LD with a context elsewhere, TooLargeError for a
    term of more than 1 MB.
    """
    text = _decoded(content)
    if offer is formats.RDF_XML and _DOCTYPE.search(text):
        raise DoctypeError(
            "The RDF/XML has a <!DOCTYPE, which is not read here; "
            "remove it and write its entities out."
        )
    if offer is formats.JSON_LD:
        _require_json(text)
    try:
        triples = [
            statement_of(quad)
            for quad in pyoxigraph.parse(
                content,
                format=rdf_format(offer),
                base_iri=base,
                without_named_graphs=True,
                rename_blank_nodes=True,
            )
        ]
    except SyntaxError as error:
        if _ELSEWHERE in error.msg:
            raise RemoteContextError(
                "The JSON-LD has a context that stands elsewhere, and this server fetches none; "
                "write the context into the document."
            ) from None
        # The engine's message repeats the place, which the error carries by itself.
        reason = error.msg.partition(": ")[2] or error.msg
        place = f" in line {error.lineno}" if error.lineno else ""
        raise DocumentError(
            f"The {offer.title} does not parse{place}: {reason}.", line=error.lineno
        ) from None
    except ValueError as error:
        raise DocumentError(f"The {offer.title} has no place here: {error}.") from None
    if offer is formats.RDF_XML and (fault := fault_of(content)):
        reason, line = fault
        raise DocumentError(f"The RDF/XML is no XML in line {line}: {reason}.", line=line)
    for triple in triples:
        _require_short(triple)
    return triples


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            f"Byte {error.start} of the document is not UTF-8; send UTF-8.", line=line
        ) from None


def _require_json(text: str) -> None:
    """Raise DocumentError for what is no JSON, and for one that is too deep for the parsers."""
    depth = 0
    for found in _JSON_SIGNS.finditer(text):
        sign = found[0]
        depth += (sign in "[{") - (sign in "]}")
        if depth > MAX_JSON_DEPTH:
            raise DocumentError(
                f"The JSON-LD is nested more than {MAX_JSON_DEPTH} levels deep; "
                "put the inner things at the top and refer to them by @id."
            )
    try:
        json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        reason = getattr(error, "msg", "it is no JSON")
        raise DocumentError(f"The JSON-LD does not parse: {reason}.", line=line) from None


def _require_short(triple: Triple) -> None:
    for term in triple:
        size = len(term.lexical.encode()) if isinstance(term, Literal) else len(term.n3().encode())
        if size > MAX_TERM_BYTES:
            raise TooLargeError(
                f"A term of {size:,} bytes is longer than {MAX_TERM_BYTES:,}; "
                "keep long texts outside the graph and refer to them."
            )
