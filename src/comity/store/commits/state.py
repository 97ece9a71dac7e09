"""The state of record: the set of all statements, each as it was written.

The engine's store holds one form for several ways to write a literal. The state keeps them apart
and knows which forms the engine has, so that a change can be told in either way of counting.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Protocol

from comity.store.commits.delta import Delta
from comity.store.commits.lines import engine_line, graph_of, line_of, quads_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.terms import Quad


class StateView(Protocol):
    """What may be asked of a state."""

    def __len__(self) -> int:
        """Return the number of statements."""

    def __contains__(self, quad: Quad) -> bool:
        """Tell whether a statement stands here as it is written."""

    def graphs(self) -> dict[str, int]:
        """Return the number of statements of each named graph, by its IRI, sorted."""

    def has_graph(self, graph: str) -> bool:
        """Tell whether a graph has statements; the default graph, the empty text, always is."""

    def quads(self, graph: str | None = None) -> list[Quad]:
        """Return the statements of a graph, or of all with None, as written and sorted."""


class State:
    """A set of statements, kept as lines by graph; who reads sees a change whole or not at all."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        """Hold some lines."""
        self._lock = Lock()
        self._graphs: dict[str, set[str]] = {}
        self._rewritten: dict[str, set[str]] = {}  # by the engine's line: what is written otherwise
        for line in lines:
            self._add(line)

    def __len__(self) -> int:
        """Return the number of statements."""
        with self._lock:
            return sum(map(len, self._graphs.values()))

    def __contains__(self, quad: Quad) -> bool:
        """Tell whether a statement stands here as it is written."""
        return line_of(quad) in self._graphs.get(quad.graph, ())

    def graphs(self) -> dict[str, int]:
        """Return the number of statements of each named graph, by its IRI, sorted."""
        with self._lock:
            return {name: len(self._graphs[name]) for name in sorted(self._graphs) if name}

    def has_graph(self, graph: str) -> bool:
        """Tell whether a graph has statements; the default graph, the empty text, always is."""
        return not graph or graph in self._graphs

    def quads(self, graph: str | None = None) -> list[Quad]:
        """Return the statements of a graph, or of all with None, as written and sorted."""
        return quads_of(self.lines(graph))

    def lines(self, graph: str | None = None) -> list[str]:
        """Return the lines of a graph, or of all with None, sorted."""
        with self._lock:
            wanted = self._graphs.values() if graph is None else [self._graphs.get(graph, set())]
            found = [line for lines in wanted for line in lines]
        return sorted(found)

    def raw(self, wanted: Delta) -> Delta:
        """Return a change in the engine's forms as one of what is written here.

        A removed statement takes every way to write it; one that stands here is not added again.
        """
        removed = [line for quad in wanted.removed for line in self._written(line_of(quad))]
        added = [quad for quad in wanted.added if not any(self._written(line_of(quad)))]
        return Delta(tuple(added), tuple(quads_of(removed)))

    def real(self, added: Iterable[Quad], removed: Iterable[Quad]) -> Delta:
        """Return what of a change would change anything; what is in both is added."""
        coming = {line_of(quad): quad for quad in added}
        going = {line_of(quad): quad for quad in removed}
        return Delta(
            tuple(quad for line, quad in coming.items() if not self._holds(line)),
            tuple(quad for line, quad in going.items() if line not in coming and self._holds(line)),
        )

    def apply(self, added: Iterable[str], removed: Iterable[str]) -> tuple[list[str], list[str]]:
        """Carry out a change given in lines; return it as the engine has to carry it out.

        Raises KeyError for a line to remove that is not here, ValueError for one to add that is.
        """
        added, removed = list(added), list(removed)
        forms = {engine_line(line) for line in (*added, *removed)}
        with self._lock:
            before = {form for form in forms if any(self._written(form))}
            for line in removed:
                self._remove(line)
            for line in added:
                if self._holds(line):
                    raise ValueError(line)
                self._add(line)
            after = {form for form in forms if any(self._written(form))}
        return sorted(after - before), sorted(before - after)

    def _holds(self, line: str) -> bool:
        return line in self._graphs.get(graph_of(line), ())

    def _written(self, form: str) -> Iterator[str]:
        if self._holds(form):
            yield form
        yield from self._rewritten.get(form, ())

    def _add(self, line: str) -> None:
        self._graphs.setdefault(graph_of(line), set()).add(line)
        form = engine_line(line)
        if form != line:
            self._rewritten.setdefault(form, set()).add(line)

    def _remove(self, line: str) -> None:
        graph = graph_of(line)
        lines = self._graphs[graph]
        lines.remove(line)
        if not lines:
            del self._graphs[graph]
        form = engine_line(line)
        if form != line:
            self._rewritten[form].remove(line)
            if not self._rewritten[form]:
                del self._rewritten[form]
