"""What a remote store replied: rows, a truth value, statements.

Answers are read by the engine's parsers, so that one which breaks off in the middle is never passed
on, and written anew in the format that was asked for.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pyoxigraph

from comity.errors import (
    ComityError,
    ResultTooLargeError,
    StoreReplyError,
)
from comity.store import formats
from comity.store.answers import Boolean, Solutions, Triples, engine_faults
from comity.store.capping import beginning
from comity.store.functions import Functions
from comity.store.remote.faults import fault_of, malformed
from comity.store.serializing import result_format

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.answers import Answer
    from comity.store.formats import Kind
    from comity.store.remote.client import Reply

ROWS: Final = "application/sparql-results+json, application/json;q=0.9"
STATEMENTS: Final = "application/n-triples, text/turtle;q=0.9"

_JSON: Final = frozenset({"application/sparql-results+json", "application/json"})
_RDF: Final = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
}
_OK: Final = 200
# Virtuoso names a blank node as no syntax allows.
_NODE: Final = re.compile(rb'("type":\s*"bnode",\s*"value":\s*")nodeID://')
# By these Virtuoso tells that it has left rows out.
_CUT: Final = ("x-sparql-maxrows", "x-sql-state")


T = TypeVar("T")


class _Received:
    """What the answers have in common: they were received, and may break off halfway."""

    def __init__(self, result: Any, reply: Reply) -> None:
        self._result = result
        self._functions = Functions()
        self._reply = reply

    def _read(self, work: Callable[[], T]) -> T:
        try:
            with engine_faults():
                return work()
        except SyntaxError as error:
            raise malformed(self._reply, error) from None


class _Rows(_Received, Solutions):
    def beginning(self, limit: int) -> tuple[bytes, bool]:
        """Return the first rows as TSV; of a body that was cut here, those before the cut."""
        was_cut = False

        def write(output: Any) -> None:
            nonlocal was_cut
            try:
                self._result.serialize(output=output, format=result_format(formats.TSV))
            except SyntaxError:
                if self._reply.is_whole:
                    raise
                was_cut = True

        content, is_whole = self._read(lambda: beginning(limit, write))
        if was_cut:
            content = content[: content.rfind(b"\n") + 1]
        return content, is_whole and not was_cut


class _Truth(_Received, Boolean):
    pass


class _Statements(_Received, Triples):
    pass


def answer_of(reply: Reply, kind: Kind, before: int = 0) -> Answer:
    """Return the answer that a reply holds.

    `before` is how many characters stand in the text that was sent before that of the request.
    Raises what `fault_of` returns for any other status than 200, ResultTooLargeError for a reply
    that tells of rows left out, StoreReplyError for one of another kind. A body that does not parse
    shows at the latest when the answer is read, which then raises what `malformed` returns.
    """
    if reply.status != _OK:
        raise fault_of(reply, before)
    if was_cut(reply):
        raise ResultTooLargeError(
            "The remote store has a limit of its own and left rows out; narrow the query, or ask "
            "for it in pages with LIMIT and OFFSET."
        )
    if kind == "graph":
        return _statements(reply)
    if reply.media_type not in _JSON:
        raise _another(reply, "SPARQL JSON")
    try:
        if kind == "truth":
            json.loads(reply.body)  # the engine's parser would not look behind the value
        found = pyoxigraph.parse_query_results(
            patched(reply.body), format=pyoxigraph.QueryResultsFormat.JSON
        )
    except (SyntaxError, ValueError) as error:
        raise malformed(reply, error) from None
    if kind == "rows" and isinstance(found, pyoxigraph.QuerySolutions):
        return _Rows(found, reply)
    if kind == "truth" and isinstance(found, pyoxigraph.QueryBoolean):
        return _Truth(found, reply)
    del found  # the engine wants it dropped by this thread, and the error may live longer
    raise StoreReplyError(
        f"The remote store gives {'rows' if kind == 'truth' else 'a truth value'} as the answer to "
        f"{'ASK' if kind == 'truth' else 'SELECT'}; whoever runs this server has to look at it."
    )


def was_cut(reply: Reply) -> bool:
    """Tell whether a store says that it left rows out."""
    return any(name in reply.headers for name in _CUT)


def patched(body: bytes) -> bytes:
    """Return SPARQL JSON with names of blank nodes that are some."""
    return _NODE.sub(rb"\1n", body)


def _statements(reply: Reply) -> _Statements:
    if reply.media_type not in _RDF:
        raise _another(reply, "N-Triples or Turtle")
    if not reply.is_counted:
        raise StoreReplyError(
            "The remote store sends statements without their length, so that nobody would notice "
            "if some were missing; have it, or what stands before it, speak HTTP/1.1."
        )
    return _Statements(pyoxigraph.parse(reply.body, format=_RDF[reply.media_type]), reply)


def _another(reply: Reply, wanted: str) -> ComityError:
    return StoreReplyError(
        f"The remote store answered with {reply.media_type or 'something'} where {wanted} was "
        "asked for; whoever runs this server has to look at its address."
    )
