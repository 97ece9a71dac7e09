"""Statements to bytes, by the engine's serializers; the only place that knows their formats."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.model.terms import PREFIXES
from comity.store import formats
from comity.store.capping import beginning, within
from comity.store.formats import require_format
from comity.store.terms import to_engine
from comity.store.xml import legal, nameable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.store.formats import Format
    from comity.store.pouring import Outlet
    from comity.store.terms import Quad, Term, Triple

_RDF: Final = {
    formats.TURTLE: pyoxigraph.RdfFormat.TURTLE,
    formats.JSON_LD: pyoxigraph.RdfFormat.JSON_LD,
    formats.N_TRIPLES: pyoxigraph.RdfFormat.N_TRIPLES,
    formats.RDF_XML: pyoxigraph.RdfFormat.RDF_XML,
    formats.TRIG: pyoxigraph.RdfFormat.TRIG,
    formats.N_QUADS: pyoxigraph.RdfFormat.N_QUADS,
}
_RESULTS: Final = {
    formats.JSON: pyoxigraph.QueryResultsFormat.JSON,
    formats.XML: pyoxigraph.QueryResultsFormat.XML,
    formats.CSV: pyoxigraph.QueryResultsFormat.CSV,
    formats.TSV: pyoxigraph.QueryResultsFormat.TSV,
}
_PREFIXED: Final = frozenset({formats.TURTLE, formats.TRIG, formats.RDF_XML})
_TURTLE_HEAD: Final = re.compile(rb"(?:@prefix [^:]*: <[^>]*> \.\n)*")
_TURTLE_PREFIX: Final = re.compile(rb"@prefix ([^:]*:) <[^>]*> \.\n")
_XML_HEAD: Final = re.compile(rb"(?<=<rdf:RDF)(?: xmlns:[^=]+=\"[^\"]*\")*")
_XML_PREFIX: Final = re.compile(rb" xmlns:([^=]+)=\"[^\"]*\"")


_LONGEST_HEAD: Final = sum(len(f"@prefix {p}: <{iri}> .\n") for p, iri in PREFIXES.items())


def serialize_triples(
    triples: Iterable[Triple], offer: Format, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Return statements in a format for graphs, in the order given, no literal changed.

    Prefixes go to the formats that have them, and only those that the text uses.
    """
    statements = (
        pyoxigraph.Triple(to_engine(s), to_engine(p), to_engine(o)) for s, p, o in triples
    )
    return serialize_statements(statements, offer, prefixes)


def serialize_quads(
    quads: Iterable[Quad], offer: Format, prefixes: Mapping[str, str] = PREFIXES
) -> bytes:
    """Return statements with their graphs in a format that has graphs: TriG, N-Quads, JSON-LD."""
    return serialize_statements((engine_quad(quad) for quad in quads), offer, prefixes)


def serialize_statements(
    statements: Iterable[Any],
    offer: Format,
    prefixes: Mapping[str, str] = PREFIXES,
    *,
    limit: int | None = None,
) -> bytes:
    """Return the engine's own statements in a format for graphs.

    Raises ResultTooLargeError for more than `limit` bytes, NotAcceptableError for what the format
    has no way to write.
    """
    target = rdf_format(offer)
    if offer is formats.RDF_XML:
        statements = nameable(statements)
    if offer not in _PREFIXED:
        native = getattr(statements, "serialize", None)
        if native is not None:  # straight from the engine, without a loop through Python
            return within(limit, partial(native, format=target))
        return within(limit, partial(pyoxigraph.serialize, statements, format=target))
    content = within(
        limit, partial(pyoxigraph.serialize, statements, format=target, prefixes=dict(prefixes))
    )
    if offer is formats.RDF_XML:
        return legal(_with_tidy_head(content, _XML_HEAD, _XML_PREFIX), offer)
    return _with_tidy_head(content, _TURTLE_HEAD, _TURTLE_PREFIX)


def begin_statements(statements: Iterable[Any], limit: int) -> tuple[bytes, bool]:
    """Return the first lines of the engine's statements as Turtle, and whether these are all."""
    write = partial(
        pyoxigraph.serialize, statements, format=_RDF[formats.TURTLE], prefixes=dict(PREFIXES)
    )
    content, is_whole = beginning(limit + _LONGEST_HEAD, write)
    return _with_tidy_head(content, _TURTLE_HEAD, _TURTLE_PREFIX), is_whole


def pour_statements(statements: Any, offer: Format, outlet: Outlet) -> None:
    """Write the engine's own statements part by part, in N-Triples or Turtle.

    Turtle declares all prefixes, since nobody knows yet which of them it uses. Raises
    NotAcceptableError for another format.
    """
    require_format(offer, formats.streamed_for("graph"), of="a graph that is streamed")
    if offer is formats.N_TRIPLES:
        statements.serialize(output=outlet, format=_RDF[offer])
        return
    outlet.begin(_with_sorted_head)
    output: Any = outlet
    pyoxigraph.serialize(statements, output, format=_RDF[offer], prefixes=dict(PREFIXES))


def rdf_format(offer: Format) -> Any:
    """Return the engine's name of a format for graphs; raises NotAcceptableError for a table's."""
    return _RDF[require_format(offer, formats.GRAPH_FORMATS, of="a graph")]


def result_format(offer: Format) -> Any:
    """Return the engine's name of a format for rows; raises NotAcceptableError for a graph's."""
    return _RESULTS[require_format(offer, formats.RESULT_FORMATS, of="a table")]


def engine_quad(quad: Quad) -> Any:
    """Return the engine's quad for one of ours."""
    return pyoxigraph.Quad(
        to_engine(quad.subject),
        to_engine(quad.predicate),
        to_engine(quad.object),
        pyoxigraph.NamedNode(quad.graph) if quad.graph else pyoxigraph.DefaultGraph(),
    )


class EngineTerms(dict["Term | str", Any]):
    """The engine's terms by ours, and by the IRIs of names; each is made once."""

    def __missing__(self, term: Term | str) -> Any:
        """Make the engine's term; raises ValueError for one that RDF forbids."""
        made = self[term] = pyoxigraph.NamedNode(term) if isinstance(term, str) else to_engine(term)
        return made


def _with_tidy_head(content: bytes, head: re.Pattern[bytes], prefix: re.Pattern[bytes]) -> bytes:
    """Sort the prefix declarations, which the engine shuffles, and drop those without a use."""
    found = head.search(content)
    if found is None:
        return content
    body = content[found.end() :]
    declared = _declared(found[0], prefix)
    kept = b"".join(each[0] for each in declared if each[1].rstrip(b":") + b":" in body)
    return content[: found.start()] + kept + body


def _with_sorted_head(content: bytes) -> bytes:
    """Sort the prefix declarations at the beginning of Turtle."""
    found = _TURTLE_HEAD.match(content)
    if found is None:
        return content
    declared = b"".join(each[0] for each in _declared(found[0], _TURTLE_PREFIX))
    return declared + content[found.end() :]


def _declared(head: bytes, prefix: re.Pattern[bytes]) -> list[re.Match[bytes]]:
    return sorted(prefix.finditer(head), key=lambda each: each[1])
