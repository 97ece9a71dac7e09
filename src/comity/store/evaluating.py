"""Carrying out an update on a private copy of the graph, keeping account of what it changes.

The engine tells nobody what an update changed, and comparing the whole graph before and after would
cost more than most updates. So each operation is taken apart: its templates become data by giving
each variable a place-holder, its WHERE becomes a SELECT, and the engine reads and evaluates both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import pyoxigraph

from comity.errors import LiteralNotKeptError, TooLargeError, UsageError
from comity.model.terms import XSD
from comity.store.answers import engine_faults
from comity.store.datasets import Datasets
from comity.store.functions import Functions
from comity.store.operations import Graphs, Modification, Transfer, take_apart
from comity.store.reading import read
from comity.store.templates import Template, raw_literals, read_template, resolve_graph
from comity.store.terms import STRING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.updating import Operation, UpdateRequest

LARGEST_TERM: Final = 1_000_000
_DEFAULT: Final = pyoxigraph.DefaultGraph()
_X: Final = pyoxigraph.NamedNode("urn:x")


@dataclass(slots=True)
class Evaluation:
    """A store that is changed by operations; `changes` tells by quad whether it was there."""

    store: Any
    base: str
    request: UpdateRequest
    before: dict[Any, bool] = field(default_factory=dict)
    created: set[Any] = field(default_factory=set)
    normalised: dict[str, str] = field(default_factory=dict)

    def run(self, operations: list[Operation]) -> None:
        """Carry out all operations in order.

        Raises UsageError for the first that fails, naming it, LiteralNotKeptError for a literal of
        a datatype that the engine does not have, TooLargeError for a term beyond all measure.
        """
        for number, operation in enumerate(operations, start=1):
            try:
                self._carry_out(operation)
            except UsageError as error:
                if len(operations) == 1:
                    raise
                place = f"Operation {number} of {len(operations)} ({operation.name}): "
                error.args = (place + str(error.args[0]), *error.args[1:])
                raise

    def added(self) -> list[Any]:
        """Return the quads that are there now and were not before."""
        return [quad for quad, was in self.before.items() if not was and quad in self.store]

    def removed(self) -> list[Any]:
        """Return the quads that were there before and are no longer."""
        return [quad for quad, was in self.before.items() if was and quad not in self.store]

    def _carry_out(self, operation: Operation) -> None:
        taken = take_apart(operation)
        if isinstance(taken, Modification):
            self._modify(operation, taken)
        elif isinstance(taken, Transfer):
            self._transfer(operation, taken)
        else:
            self._manage(operation, taken)

    def _modify(self, operation: Operation, taken: Modification) -> None:
        if taken.insert is not None:
            self._require_kept(operation, taken.insert)
        home = resolve_graph(operation, taken.home, self.base) if taken.home else _DEFAULT
        deleted = read_template(operation, taken.delete, home, self.base)
        inserted = read_template(operation, taken.insert, home, self.base)
        going: dict[Any, None] = {}
        coming: dict[Any, None] = {}
        for row in self._rows(operation, taken, (deleted, inserted), home):
            going.update(dict.fromkeys(deleted.fill(row, _kept)))
            coming.update(dict.fromkeys(inserted.fill(row, _kept)))
        self._change(coming, going)

    def _rows(
        self,
        operation: Operation,
        taken: Modification,
        templates: tuple[Template, Template],
        home: Any,
    ) -> Iterator[Any]:
        if taken.where is None:
            yield {}
            return
        names = sorted({name for template in templates for name in template.variables})
        projection = " ".join(f"?{name}" for name in names) or f"(1 AS ?x{uuid4().hex})"
        text = f"{operation.prologue} SELECT {projection} {taken.using} WHERE {taken.where}"
        store: Any = self.store
        dataset: dict[str, Any] = {}
        if self.request.names_dataset:
            store, dataset = Datasets(store).find(
                _nodes(self.request.using_graphs), _nodes(self.request.using_named_graphs)
            )
        elif taken.using:
            store, dataset = Datasets(store).find_named(read(text, self.base), self.base)
        elif home != _DEFAULT:
            dataset = {"default_graph": [home]}
        functions = Functions()
        with engine_faults():
            for solution in functions.query(store, text, base_iri=self.base, **dataset):
                yield {name: solution[name] for name in names}
        functions.require_none_called()

    def _manage(self, operation: Operation, taken: Graphs) -> None:
        if taken.which in {"ALL", "NAMED"}:
            graphs = [*self.store.named_graphs(), *([_DEFAULT] if taken.which == "ALL" else [])]
        elif taken.which == "DEFAULT":
            graphs = [_DEFAULT]
        else:
            graphs = [resolve_graph(operation, taken.which, self.base)]
        if operation.name == "CREATE":
            (graph,) = graphs
            if not taken.silent and (graph in self.created or self._has(graph)):
                raise UsageError(
                    f"The graph {graph} is there already; write CREATE SILENT to let it be."
                )
            self.created.add(graph)
            return
        for graph in graphs:
            self.created.discard(graph)
            self._change((), self._quads(graph))

    def _transfer(self, operation: Operation, taken: Transfer) -> None:
        source, target = (
            _DEFAULT if which == "DEFAULT" else resolve_graph(operation, which, self.base)
            for which in (taken.source, taken.target)
        )
        if not self._has(source) and source not in self.created:
            if taken.silent:
                return
            raise UsageError(
                f"There is no graph {source} to take from; "
                f"name another or write {operation.name} SILENT."
            )
        if source == target:
            return
        found = self._quads(source)
        copies = [pyoxigraph.Quad(q.subject, q.predicate, q.object, target) for q in found]
        self._change(copies, self._quads(target) if operation.name in {"COPY", "MOVE"} else ())
        if operation.name == "MOVE":
            self._change((), found)

    def _change(self, coming: Iterable[Any], going: Iterable[Any]) -> None:
        coming, going = list(coming), list(going)
        for quad in (*coming, *going):
            if quad not in self.before:
                self.before[quad] = quad in self.store
        for quad in going:
            self.store.remove(quad)
        for quad in coming:
            self.store.add(quad)
        for graph in {quad.graph_name for quad in going}:
            if graph != _DEFAULT and not self._has(graph):
                self.store.remove_graph(graph)

    def _has(self, graph: Any) -> bool:
        return graph == _DEFAULT or any(
            True for _ in self.store.quads_for_pattern(None, None, None, graph)
        )

    def _quads(self, graph: Any) -> list[Any]:
        return list(self.store.quads_for_pattern(None, None, None, graph))

    def _require_kept(self, operation: Operation, block: tuple[int, int]) -> None:
        """Take note of the literals of a template that the engine writes in another way."""
        for literal in raw_literals(operation, block, self.base):
            kept = _kept(literal)
            if kept != literal:
                self.normalised[str(literal)] = str(kept)


@lru_cache(maxsize=1 << 14)
def _kept(term: Any) -> Any:
    """Return a term as the store keeps it.

    Raises LiteralNotKeptError if it would be of another datatype, TooLargeError for one that is
    too long, UsageError for a triple.
    """
    if isinstance(term, pyoxigraph.Triple):
        raise UsageError("A triple stands where a term belongs; statements about it need a node.")
    if len(term.value) > LARGEST_TERM:
        raise TooLargeError(
            f"A term of {len(term.value):,} characters is longer than {LARGEST_TERM:,}; cut it."
        )
    if not isinstance(term, pyoxigraph.Literal):
        return term
    if term.direction is not None:
        raise UsageError(f"{term} has a direction, which is not kept here; leave it out.")
    datatype = term.datatype.value
    if datatype == STRING or not datatype.startswith(XSD):
        return term
    store = pyoxigraph.Store()
    store.add(pyoxigraph.Quad(_X, _X, term))
    (quad,) = store
    if quad.object.datatype != term.datatype:
        raise LiteralNotKeptError(
            f"{term} would be kept as {quad.object}, of another datatype; write it so, "
            "or put its graph with the Graph Store Protocol, which keeps every literal."
        )
    return quad.object


def _nodes(iris: Iterable[str] | None) -> list[Any]:
    return [pyoxigraph.NamedNode(iri) for iri in iris or ()]
