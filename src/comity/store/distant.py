"""A graph that is not in this process: whatever answers is asked, and its limits hold here too.

The texts are our own, but over a large graph some of them read everything there is. In a reader, or
in a store elsewhere, they end at the limits of time and size, and this process never holds more
than one answer.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import pyoxigraph

from comity.errors import EngineError
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

    from comity.store.answering import Served
    from comity.store.answers import Answer
    from comity.store.formats import Format
    from comity.store.reading import Survey
    from comity.store.terms import Triple


class DistantGraph(Graph):
    """A graph answered by readers of its own, which start with the first query."""

    def __init__(
        self,
        start: Callable[[], Served],
        fingerprint: str,
        size: int,
        sizes: dict[str, int],
        folder: Path | None = None,
    ) -> None:
        """Take what starts the readers, and the folder of the build if it is one of a build."""
        super().__init__(None, fingerprint, size=size, sizes=sizes, folder=folder)
        self._prepared = Prepared(folder / ANSWERS) if folder else None
        self._start = start
        self._lock = Lock()
        self._readers: Served | None = None

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

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        limit: int | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format; the readers know the limit."""
        del limit
        survey = survey or read(request.text, BASE).full_survey()
        require_format(offer, formats_for(survey.kind), of=f"the answer to {survey.form}")
        return self._asked().answer(request, offer, survey=survey)

    def beginning(self, request: QueryRequest, limit: int) -> tuple[bytes, bool]:
        """Return the first lines of the answer within a limit, and whether these are all."""
        return self._asked().beginning(request, limit)

    def found(self, request: QueryRequest) -> Answer:
        """Return the answer to a request for rows or a truth value, asked now."""
        found: Any = pyoxigraph.parse_query_results(
            self.answer(request, formats.JSON), format=pyoxigraph.QueryResultsFormat.JSON
        )
        is_rows = isinstance(found, pyoxigraph.QuerySolutions)
        return Solutions(found, Functions()) if is_rows else Boolean(found, Functions())

    def statements(self, request: QueryRequest) -> list[Triple]:
        """Return the statements of a graph that a request asks for."""
        content = self.answer(request, formats.N_TRIPLES)
        return [quad.triple for quad in parse_document(content, formats.N_TRIPLES)]

    def _asked(self) -> Served:
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


class _Rows(_Distant, Solutions):
    @property
    def variables(self) -> tuple[str, ...]:
        return self._found().variables

    def rows(self) -> list[tuple[str | None, ...]]:
        return self._found().rows()

    def _found(self) -> Solutions:
        found = self._graph.found(self._request)
        if not isinstance(found, Solutions):
            raise EngineError("A query for rows was answered with something else.")
        return found


class _Truth(_Distant, Boolean):
    def __bool__(self) -> bool:
        return bool(self._graph.found(self._request))


class _Statements(_Distant, Triples):
    def triples(self) -> list[Triple]:
        return self._graph.statements(self._request)
