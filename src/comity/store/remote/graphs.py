"""Graphs of a store elsewhere, put and removed (SPARQL 1.1 Graph Store HTTP Protocol §5).

Each request is sent once: whoever loads a store begins anew after a failure, and finds out what is
there by reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from comity.errors import UsageError
from comity.store import formats
from comity.store.remote.faults import fault_of
from comity.store.remote.probing import Asker
from comity.store.remote.record import QUERY, RECORD, Record, read_record, write_record
from comity.store.serializing import serialize_triples

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from comity.store.remote.client import Client, Reply

_SECONDS: Final = 3_600.0  # that a store may take for one graph
_READ_SECONDS: Final = 60.0
_DONE: Final = frozenset({200, 201, 202, 204})
_ABSENT: Final = 404


class GraphStore:
    """The graphs of one store, for whoever loads it."""

    def __init__(self, client: Client) -> None:
        """Take a client; raises UsageError if nobody knows where its store takes graphs."""
        self._client = client
        self._address = client.place.graphs
        if not self._address:
            raise UsageError(
                f"Where {client.place.queries} takes graphs is not known; name that address in "
                "store_graphs."
            )

    def record(self) -> Record | None:
        """Return the record of the store, None if there is none."""
        return read_record(Asker(self._client, _READ_SECONDS).rows(QUERY))

    def sign(self, build: str, graphs: Mapping[str, int]) -> None:
        """Put a record of this moment: the store holds a build whole, or without one, will hold it.

        The graphs are those that are there, or may be.
        """
        content = serialize_triples(write_record(build, graphs), formats.N_TRIPLES)
        self._require(self._change("PUT", RECORD, content), "put the record", RECORD)

    def put(self, graph: str, path: Path) -> None:
        """Put a file of N-Triples in the place of a graph; raises for whatever is no success."""
        with path.open("rb") as file:
            headers = {"Content-Length": str(path.stat().st_size)}
            self._require(self._change("PUT", graph, file, headers), "put", graph)

    def remove(self, graph: str) -> None:
        """Remove a graph, if it is there."""
        reply = self._change("DELETE", graph)
        if reply.status != _ABSENT:
            self._require(reply, "remove", graph)

    def _change(
        self, method: str, graph: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        address = f"{self._address}?graph={quote(graph, safe='')}"
        # N-Triples are Turtle, and that every store takes.
        content = {"Content-Type": formats.TURTLE.media_type} if method == "PUT" else {}
        return self._client.change(method, address, {**content, **(headers or {})}, body, _SECONDS)

    def _require(self, reply: Reply, what: str, graph: str) -> None:
        if reply.status not in _DONE:
            fault = fault_of(reply)
            fault.args = (f"The remote store did not {what} <{graph}>. {fault.args[0]}",)
            raise fault
