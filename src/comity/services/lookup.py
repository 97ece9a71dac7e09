"""An index that reads what is said of a thing when it is asked for, and keeps some of it.

Where the statements come from is left to those who make one of it: the file of a build, or queries
to a store elsewhere. Who points to a thing is asked of the graph.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Final

from comity.errors import ResultTooLargeError
from comity.model.period import admits
from comity.services.export.ordering import TYPE
from comity.services.export.selection import ABOUT, AMOUNT, BRIEF, Index, Subject, fact_time
from comity.services.selecting import select
from comity.store.terms import BlankNode, Iri, Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.model.period import Period
    from comity.services.export.description import Node
    from comity.services.export.ordering import Ordering
    from comity.store.engine import Graph

LARGEST_GRAPH: Final = 100_000  # statements of a named graph that are written as one file
"""A larger one is had from the dumps, or by a query."""
_KEPT: Final = 20_000  # things whose statements are kept


class Lookup(Index):
    """What is said of a thing and who mentions it, read when it is asked for."""

    def __init__(self, graph: Graph) -> None:
        """Read nothing yet."""
        super().__init__(())
        self.graph = graph

    @abstractmethod
    def quads(self, subject: Subject) -> list[Quad]:
        """Return the statements about a thing."""

    def __iter__(self) -> Iterator[Iri | BlankNode]:
        """Refuse: nobody walks through all things of a large graph."""
        raise too_large("All things of this server")

    def __contains__(self, subject: object) -> bool:
        """Tell whether anything is said about a thing."""
        return isinstance(subject, Iri | BlankNode) and bool(self[subject])

    def __getitem__(self, subject: Iri | BlankNode) -> Node:
        """Return what is said about a thing, by property; empty for an unknown one."""
        if subject not in self._nodes:
            if len(self._nodes) >= _KEPT:
                self._nodes.clear()
            node: Node = {}
            for quad in dict.fromkeys(each.triple for each in self.quads(subject)):
                node.setdefault(quad.predicate.value, []).append(quad.object)
            self._nodes[subject] = node
        return self._nodes.get(subject, {})

    def admitted(
        self, quads: Iterable[Quad], ordering: Ordering, period: Period
    ) -> tuple[list[Quad], Index]:
        """Return the index without the facts whose time does not pass."""
        return list(quads), _Admitted(self, ordering, period)

    def gather(self, quads: Iterable[Quad], whole: set[Subject], brief: set[Subject]) -> list[Quad]:
        """Return the statements about some things, and of others what is told in brief."""
        del quads
        self.ready(whole | brief)
        found = [quad for each in whole for quad in self.quads(each)]
        briefly = (quad for each in brief for quad in self.quads(each))
        return found + [quad for quad in briefly if quad.predicate in BRIEF]

    def who(self, predicate: Iri, value: Subject) -> set[Subject]:
        """Return the things that have a value for a property."""
        if isinstance(value, BlankNode):
            return set()  # which nothing outside of its own graph's file mentions
        rows = select(self.graph, f"SELECT ?s {{ ?s {predicate.n3()} {value.n3()} }}")
        return {each for (each,) in rows if isinstance(each, Iri | BlankNode)}


class _Admitted(Lookup):
    """The same without the facts of another time, and without what hangs on them alone."""

    def __init__(self, whole: Lookup, ordering: Ordering, period: Period) -> None:
        super().__init__(whole.graph)
        self._whole = whole
        self._kinds = {Iri(each) for each in ordering.kinds_of_fact()}
        self._period = period
        self._dropped: dict[Subject, bool] = {}

    def ready(self, subjects: Iterable[Subject]) -> None:
        self._whole.ready(subjects)

    def who(self, predicate: Iri, value: Subject) -> set[Subject]:
        return self._left(self._whole.who(predicate, value))

    def whose(self, predicate: Iri, values: Iterable[Subject]) -> set[Subject]:
        return self._left(self._whole.whose(predicate, values))

    def quads(self, subject: Subject) -> list[Quad]:
        return [] if self._is_dropped(subject) else self._whole.quads(subject)

    def _left(self, found: set[Subject]) -> set[Subject]:
        self._whole.ready(found)
        return {each for each in found if not self._is_dropped(each)}

    def _is_dropped(self, subject: Subject) -> bool:
        if subject not in self._dropped:
            self._dropped[subject] = self._hangs(subject, 2)
        return self._dropped[subject]

    def _is_fact(self, subject: Subject) -> bool:
        return bool(self._kinds & set(self._whole[subject].get(TYPE.value, ())))

    def _hangs(self, subject: Subject, steps: int) -> bool:
        """Tell whether a thing goes; a claim goes with all that it is about, so does an issue."""
        node = self._whole[subject]
        if self._is_fact(subject):
            return not admits(self._period, fact_time(self._whole, subject))
        owners = self._whole.who(AMOUNT, subject)
        if owners:
            return all(self._is_fact(each) and self._hangs(each, 0) for each in owners)
        about = [each for each in node.get(ABOUT.value, ()) if not isinstance(each, Literal)]
        return bool(about and steps) and all(self._hangs(each, steps - 1) for each in about)


def too_large(what: str, where: str = "take /dumps/comity.nq") -> ResultTooLargeError:
    """Return the error for what would need all statements at once."""
    return ResultTooLargeError(
        f"{what} would be larger than one answer may be; {where}, or ask /sparql for a part."
    )
