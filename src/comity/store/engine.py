"""The engine: a graph, in memory or on the disk, that answers queries and never changes.

What the floors above need of whatever answers, near or far, is `comity.store.answering`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.errors import ParameterError
from comity.model.terms import W3ID
from comity.store.answers import Boolean, Solutions, Triples, engine_faults
from comity.store.datasets import Datasets
from comity.store.diagnosing import diagnose
from comity.store.formats import formats_for, require_format, streamed_for
from comity.store.functions import Functions
from comity.store.merging import merge
from comity.store.quoting import quote
from comity.store.reading import Survey, read
from comity.store.serializing import engine_quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from comity.store.answers import Answer
    from comity.store.formats import Format
    from comity.store.reading import Reading
    from comity.store.terms import Quad

# What a relative IRI in a query is resolved against when the query has no BASE.
BASE: Final = W3ID


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query text and the dataset that the request names, None for the whole graph."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Graph:
    """A graph that never changes; with `union` the default graph of queries is all its graphs."""

    def __init__(
        self,
        store: Any,
        fingerprint: str,
        *,
        union: bool = True,
        merged: bool = False,
        size: int | None = None,
        sizes: dict[str, int] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Take a store that nobody changes any more, and the name of its state.

        A store that is `merged` has all that stands in it in its default graph, see
        `comity.store.merging`; of another one the union may give a statement twice. `size` and
        `sizes` of its graphs are counted if nobody knows them. `folder` is that of the build which
        a graph on the disk belongs to.
        """
        self._store = store
        self.fingerprint = fingerprint
        self.union = union
        self._is_merged = merged
        self._datasets = Datasets(store)
        self.folder = folder
        self._size = size
        if sizes is not None:
            self._sizes = sizes

    @classmethod
    def of(
        cls, quads: Iterable[Quad], fingerprint: str | None = None, *, union: bool = True
    ) -> Graph:
        """Return the graph of some statements, by default with the hash of their text as name."""
        if not fingerprint:
            quads = list(quads)
            lines = (
                f"{quad.subject.n3()} {quad.predicate.n3()} {quad.object.n3()} {quad.graph}"
                for quad in quads
            )
            fingerprint = sha256("\n".join(sorted(lines)).encode()).hexdigest()
        return cls.of_statements(map(engine_quad, quads), fingerprint, union=union)

    @classmethod
    def of_statements(
        cls, statements: Iterable[Any], fingerprint: str, *, union: bool = True
    ) -> Graph:
        """Return the graph of the engine's own quads."""
        store = pyoxigraph.Store()
        store.bulk_extend(statements)
        return cls._of_store(store, fingerprint, union=union)

    @classmethod
    def of_file(cls, path: Path, fingerprint: str, *, union: bool = True) -> Graph:
        """Return the graph of a snapshot in N-Quads."""
        store = pyoxigraph.Store()
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
        return cls._of_store(store, fingerprint, union=union)

    @classmethod
    def _of_store(cls, store: Any, fingerprint: str, *, union: bool) -> Graph:
        size = merge(store) if union else len(store)
        return cls(store, fingerprint, union=union, merged=union, size=size)

    def __len__(self) -> int:
        """Return the number of statements."""
        return len(self._store) if self._size is None else self._size

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph, by its IRI, sorted."""
        return dict(self._sizes)

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a query.

        A dataset given here replaces the FROM clauses of the text; with neither, the default graph
        is the union of all graphs, or without `union` the store's own. Raises QuerySyntaxError with
        line and column, RefusedError for SERVICE and LOAD, ParameterError for a graph that is no
        IRI, UsageError for a text too deep for the engine. Reading the answer raises
        UnknownFunctionError if it depends on a function that is not there.
        """
        return self._run(read(text, base or BASE), base or BASE, default_graphs, named_graphs)

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        limit: int | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format, of `limit` bytes at most.

        A text that `survey` spares is not read again. Raises NotAcceptableError if the format
        cannot carry the answer, ResultTooLargeError beyond the limit, and what `query` raises.
        """
        known: Reading | Survey
        if survey is not None and survey.spares(request.text):
            known = survey
        else:
            known = read(request.text, BASE)
        require_format(offer, formats_for(known.kind), of=f"the answer to {known.form}")
        answer = self._run(known, BASE, request.default_graphs, request.named_graphs)
        return answer.serialize(offer, limit)

    def beginning(self, request: QueryRequest, limit: int) -> tuple[bytes, bool]:
        """Return the first lines of the answer within a limit, and whether these are all.

        Rows and truth values come as TSV, a graph as Turtle. Raises what `query` raises.
        """
        reading = read(request.text, BASE)
        answer = self._run(reading, BASE, request.default_graphs, request.named_graphs)
        return answer.beginning(limit)

    def pour(self, request: QueryRequest, offer: Format, hand_on: Callable[[bytes], None]) -> None:
        """Give the whole answer to `hand_on` part by part.

        Raises NotAcceptableError if the format cannot carry it or cannot be written so, and what
        `query` raises; of what depends on the rows, some may be gone by then.
        """
        reading = read(request.text, BASE)
        require_format(offer, streamed_for(reading.kind), of=f"the answer to {reading.form}")
        answer = self._run(reading, BASE, request.default_graphs, request.named_graphs)
        answer.pour(offer, hand_on)

    def _run(
        self,
        known: Reading | Survey,
        base: str,
        default_graphs: Sequence[str] | None,
        named_graphs: Sequence[str] | None,
    ) -> Answer:
        store = self._store
        options: dict[str, Any] = {
            "use_default_graph_as_union": self._is_union and not known.names_dataset
        }
        if default_graphs is not None or named_graphs is not None:
            # Both or neither: a list left out means "every graph" to the engine.
            store, options = self._datasets.find(
                _graph_names("default-graph-uri", default_graphs),
                _graph_names("named-graph-uri", named_graphs),
            )
        elif known.names_dataset:
            store, options = self._datasets.find_named(_reading(known, base), base)
        functions = Functions()
        try:
            with engine_faults():
                result = functions.query(store, known.rewritten or "", base_iri=base, **options)
        except SyntaxError as error:
            raise diagnose(_reading(known, base), str(error), base) from None
        if isinstance(result, pyoxigraph.QuerySolutions):
            return Solutions(result, functions)
        if isinstance(result, pyoxigraph.QueryBoolean):
            return Boolean(result, functions)
        return Triples(result, functions)

    @property
    def _is_union(self) -> bool:
        return self.union and not self._is_merged

    @cached_property
    def _sizes(self) -> dict[str, int]:
        rows = self._store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        return dict(sorted((row["g"].value, int(row["n"].value)) for row in rows))


def _reading(known: Reading | Survey, base: str) -> Reading:
    return read(known.text, base) if isinstance(known, Survey) else known


def _graph_names(parameter: str, iris: Sequence[str] | None) -> list[Any]:
    names = []
    for iri in iris or ():
        try:
            names.append(pyoxigraph.NamedNode(iri))
        except ValueError:
            raise ParameterError(
                f"{parameter}={quote(iri)} is not an absolute IRI; graphs are listed at /sparql.",
                parameter=parameter,
                value=iri,
            ) from None
    return names
