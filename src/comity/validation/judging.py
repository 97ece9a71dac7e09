"""Shapes applied to some focus nodes only, and the results told apart.

pyshacl's own choice of focus nodes is no use here: it leaves out every node that is not chosen even
where a shape hands it on to another one, and so passes whatever `sh:node` would have refused.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from pyshacl.validator import Validator
from rdflib.namespace import SH

from comity.validation.reach import Reach
from comity.validation.shapes import UnusableShapesError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import rdflib
    from rdflib.term import Node

_KEY: Final = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceShape,
    SH.sourceConstraintComponent,
    SH.sourceConstraint,
)


class Result(NamedTuple):
    """One validation result: what tells it from others, and as pyshacl has it."""

    key: tuple[Node | None, ...]
    raw: Any

    @property
    def focus(self) -> Node | None:
        """The focus node."""
        return self.key[0]


class Judge:
    """A graph, which may change, and the shapes that it is judged by."""

    def __init__(self, data: rdflib.Graph, shapes: rdflib.Graph) -> None:
        """Read the shapes; `data` is not copied."""
        logging.getLogger("pyshacl").setLevel(logging.CRITICAL)
        self._data = data
        self._reach = Reach(shapes)
        self._validator: Any = Validator(
            DataGraph.from_rdflib(data),
            shacl_graph=shapes,
            options={"inplace": True, "logger": logging.getLogger("pyshacl.comity")},
        )

    @property
    def hands_down(self) -> bool:
        """Whether a result may be told of another node than the focus node that was judged."""
        return self._reach.hands_down

    def affected(self, changed: Iterable[tuple[Node, Node, Node]]) -> set[Node] | None:
        """Return the focus nodes to judge once the graph has changed; None for all."""
        found = self._reach.affected(changed, self._data)
        if found is None:
            return None
        untold = self._reach.untold()
        try:
            for shape in self._validator.shacl_graph.shapes if untold else ():
                if shape.node in untold:
                    found |= shape.focus_nodes(self._validator.data_graph)
        except ReportableRuntimeError as error:
            raise UnusableShapesError(_reason(error)) from None
        return found

    def results(self, focus: Collection[Node] | None = None) -> list[Result]:
        """Judge some focus nodes, or all; each result once. Raises UnusableShapesError."""
        if focus is not None and not focus:
            return []
        graph = self._validator.data_graph
        found: dict[tuple[Node | None, ...], Result] = {}
        try:
            executor = self._validator.make_executor()
            for shape in self._validator.shacl_graph.shapes:
                nodes = shape.focus_nodes(graph)
                if focus is not None:
                    nodes = nodes.intersection(focus)
                if nodes:
                    for raw in shape.validate(executor, graph, focus=nodes)[1]:
                        key = _key(raw)
                        found.setdefault(key, Result(key, raw))
        except ReportableRuntimeError as error:
            raise UnusableShapesError(_reason(error)) from None
        return list(found.values())

    def report(self, results: Collection[Result]) -> rdflib.Graph:
        """Return a `sh:ValidationReport` of results."""
        raw = [result.raw for result in results]
        report: rdflib.Graph
        report, _ = Validator.create_validation_report(self._validator.shacl_graph, not raw, raw)
        return report


def _key(raw: Any) -> tuple[Node | None, ...]:
    _, node, triples = raw
    own = {
        predicate: value[1] if isinstance(value, tuple) else value
        for subject, predicate, value in triples
        if subject == node
    }
    return tuple(own.get(predicate) for predicate in _KEY)


def _reason(error: Exception) -> str:
    return str(getattr(error, "message", "") or error).partition("\n")[0]
