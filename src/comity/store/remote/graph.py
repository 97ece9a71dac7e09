"""The graph of a store elsewhere at one of its states, as pages and canned queries ask it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.errors import EngineError
from comity.store.answers import Solutions, Triples
from comity.store.distant import DistantGraph
from comity.store.engine import BASE, QueryRequest
from comity.store.reading import read
from comity.store.remote.record import RECORD

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.answers import Answer
    from comity.store.remote.answering import RemoteReaders
    from comity.store.remote.versions import Version
    from comity.store.terms import Triple

_SIZES: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


class RemoteGraph(DistantGraph):
    """A graph whose queries go to a store elsewhere; what is counted is its named graphs."""

    def __init__(
        self, readers: RemoteReaders, version: Version, folder: Path | None = None
    ) -> None:
        """Ask by some readers, which stay open for the next state.

        `folder` is that of the build beside the store, whose answers and names need no asking.
        """
        super().__init__(lambda: readers, version.state, 0, {}, folder)
        self._remote = readers
        self._recorded = None if version.record is None else dict(version.record.graphs)
        self._counting = Lock()

    def __len__(self) -> int:
        """Return the number of statements."""
        return sum(self.graphs().values())

    def __bool__(self) -> bool:
        """Be there, whatever the number of statements, which costs a query."""
        return True

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph, by its IRI, sorted.

        They are those of the record, or else counted once; the record itself is none of them.
        """
        with self._counting:
            if self._recorded is None:
                self._recorded = self.counted()
            return dict(self._recorded)

    def counted(self) -> dict[str, int]:
        """Return the same as the store counts it now."""
        answer = self.query(_SIZES)
        rows = answer.rows() if isinstance(answer, Solutions) else []
        found = {str(name)[1:-1]: str(size).partition('"^^')[0].strip('"') for name, size in rows}
        return {iri: int(found[iri]) for iri in sorted(found) if iri != RECORD}

    def found(self, request: QueryRequest) -> Answer:
        """Return the answer to a request, asked now."""
        return self._remote.found(request, read(request.text, BASE).survey())

    def statements(self, request: QueryRequest) -> list[Triple]:
        """Return the statements of a graph that a request asks for."""
        answer = self.found(request)
        if not isinstance(answer, Triples):
            raise EngineError("A query for statements was answered with something else.")
        return answer.triples()
