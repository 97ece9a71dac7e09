"""A graph on the disk that readers are asked about: what is asked here is limited as well.

The texts are our own, but over a large build some of them read everything there is. In a reader
they end at the limits of time and memory, and this process never holds more than one answer.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import pyoxigraph

from comity.store import formats
from comity.store.answers import Boolean, Solutions, Triples
from comity.store.builds.prepared import ANSWERS, Prepared
from comity.store.engine import BASE, Graph, QueryRequest
from comity.store.formats import formats_for, require_format
from comity.store.functions import Functions
from comity.store.parsing import parse_document
from comity.store.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from comity.store.answers import Answer
    from comity.store.formats import Format
    from comity.store.readers import Readers
    from comity.store.terms import Triple


class DistantGraph(Graph):
    """The graph of a build, answered by readers of their own, which start with the first query."""

    def __init__(
        self,
        start: Callable[[], Readers],
        fingerprint: str,
        size: int,
        sizes: dict[str, int],
        folder: Path | None = None,
    ) -> None:
        """Take what starts the readers, and the folder of the build."""
        super().__init__(None, fingerprint, size=size, sizes=sizes, folder=folder)
        self._prepared = Prepared(folder / ANSWERS) if folder else None
        self._start = start
        self._lock = Lock()
        self._readers: Readers | None = None

    def close(self) -> None:
        """End the readers."""
        with self._lock:
            readers, self._readers = self._readers, None
        if readers is not None:
            readers.close()

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Return what will be asked when it is read; see `Graph.query` and `Readers.answer`.

        Rows that the build brings along are not asked again.
        """
        if self._prepared and base is None and default_graphs is None and named_graphs is None:
            prepared = self._prepared.find(text)
            if prepared is not None:
                return prepared
        reading = read(text, base or BASE)
        request = QueryRequest(
            text,
            None if default_graphs is None else tuple(default_graphs),
            None if named_graphs is None else tuple(named_graphs),
        )
        if reading.kind == "rows":
            return _Rows(self, request)
        return _Truth(self, request) if reading.kind == "truth" else _Statements(self, request)

    def answer(self, request: QueryRequest, offer: Format, limit: int | None = None) -> bytes:
        """Return the whole answer in a format; the readers know the limit."""
        del limit
        reading = read(request.text, BASE)
        require_format(offer, formats_for(reading.kind), of=f"the answer to {reading.form}")
        return self._asked().answer(request, offer, survey=reading.survey())

    def beginning(self, request: QueryRequest, limit: int) -> tuple[bytes, bool]:
        """Return the first lines of the answer within a limit, and whether these are all."""
        return self._asked().beginning(request, limit)

    def _asked(self) -> Readers:
        with self._lock:
            if self._readers is None:
                self._readers = self._start()
            return self._readers


class _Distant:
    """What the answers have in common: they are asked for when they are read."""

    def __init__(self, graph: DistantGraph, request: QueryRequest) -> None:
        self._result = None
        self._functions = Functions()
        self._graph = graph
        self._request = request

    def serialize(self, offer: Format, limit: int | None = None) -> bytes:
        return self._graph.answer(self._request, offer, limit)

    def beginning(self, limit: int) -> tuple[bytes, bool]:
        return self._graph.beginning(self._request, limit)

    def _parsed(self) -> Any:
        return pyoxigraph.parse_query_results(
            self.serialize(formats.JSON), format=pyoxigraph.QueryResultsFormat.JSON
        )


class _Rows(_Distant, Solutions):
    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(variable.value for variable in self._parsed().variables)

    def rows(self) -> list[tuple[str | None, ...]]:
        return [
            tuple(None if term is None else str(term) for term in row) for row in self._parsed()
        ]


class _Truth(_Distant, Boolean):
    def __bool__(self) -> bool:
        return bool(self._parsed())


class _Statements(_Distant, Triples):
    def triples(self) -> list[Triple]:
        content = self.serialize(formats.N_TRIPLES)
        return [quad.triple for quad in parse_document(content, formats.N_TRIPLES)]
