"""Shapes that no query stands for, judged by pyshacl on the data as they are written.

pyshacl gets a graph in rdflib's memory. On a graph that an engine keeps it would report false
results, since literals that are equal in RDF are not equal in rdflib there.
"""

from __future__ import annotations

import logging
import warnings
from threading import Lock
from typing import TYPE_CHECKING, Any

from comity.validation.compiled.errors import ShapesError
from comity.validation.compiled.paths import Path, read_path
from comity.validation.compiled.results import Result
from comity.validation.compiled.terms import SH, XSD, is_blank, is_iri

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from comity.validation.compiled.graph import ShapesGraph
    from comity.validation.compiled.terms import Engine, Term

    Triples = Iterable[tuple[Term, Term, Term]]


class PyshaclFallback:
    """Judges single shapes; the graph in rdflib is made when it is first asked for."""

    def __init__(
        self, engine: Engine, graph: ShapesGraph, statements: Callable[[], Triples]
    ) -> None:
        """Take the shapes, and what gives all statements of the data."""
        self._engine = engine
        self._graph = graph
        self._statements = statements
        self._lock = Lock()  # rdflib's parser of queries is not for several threads
        self._data: Any = None
        self._validator: Any = None

    def change(self, added: Triples, removed: Triples) -> None:
        """Follow a change of the data."""
        if self._data is not None:
            for each in removed:
                self._data.remove(tuple(map(to_rdflib, each)))
            for each in added:
                self._data.add(tuple(map(to_rdflib, each)))

    def judge(self, node: Term, focus: Collection[Term]) -> dict[Term, list[Result]]:
        """Return the results of a shape; raises ShapesError if it cannot be used."""
        with self._lock, warnings.catch_warnings(action="ignore"):
            return self._judge(node, focus)

    def load(self) -> None:
        """Make the graphs, if that is not done yet."""
        with self._lock:
            if self._validator is None:
                self._start()

    def _judge(self, node: Term, focus: Collection[Term]) -> dict[Term, list[Result]]:
        from pyshacl.errors import ReportableRuntimeError

        if self._validator is None:
            self._start()
        wanted, found = to_rdflib(node), {}
        try:
            executor = self._validator.make_executor()
            shape = next(each for each in self._validator.shacl_graph.shapes if each.node == wanted)
            for each in focus:
                raw = shape.validate(executor, self._validator.data_graph, focus={to_rdflib(each)})[
                    1
                ]
                if raw:
                    found[each] = [self._result(one, triples) for _, one, triples in raw]
        except StopIteration:
            raise ShapesError(f"{node} is no shape; give it a target or a constraint.") from None
        except (ReportableRuntimeError, RuntimeError, NotImplementedError) as error:
            reason = str(getattr(error, "message", "") or error).partition("\n")[0]
            raise ShapesError(f"{node} cannot be used: {reason}") from error
        return found

    def _start(self) -> None:
        import rdflib
        from pyshacl.graph_abstraction import DataGraph
        from pyshacl.validator import Validator

        logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
        logging.getLogger("pyshacl").setLevel(logging.CRITICAL)
        self._data = rdflib.Graph(bind_namespaces="none")
        for each in self._statements():
            self._data.add(tuple(map(to_rdflib, each)))
        shapes = rdflib.Graph(bind_namespaces="none")
        for each in self._graph.statements:
            shapes.add(tuple(map(to_rdflib, each)))
        self._validator = Validator(
            DataGraph.from_rdflib(self._data),
            shacl_graph=shapes,
            options={"inplace": True, "logger": logging.getLogger("pyshacl.compiled")},
        )

    def _result(self, node: Any, triples: Iterable[tuple[Any, Any, Any]]) -> Result:
        said: dict[str, list[Any]] = {}
        for subject, predicate, value in triples:
            if subject == node:
                term = value[1] if isinstance(value, tuple) else value
                said.setdefault(str(predicate).removeprefix(SH), []).append(
                    from_rdflib(term, self._engine)
                )

        def one(name: str) -> Term | None:
            return said[name][0] if said.get(name) else None

        path, shape = one("resultPath"), one("sourceShape")
        component: Term = one("sourceConstraintComponent")
        messages = said.get("resultMessage", [])
        if component.value.startswith(SH) and not said.get("sourceConstraint"):
            messages = self._graph.objects(shape, f"{SH}message")  # pyshacl makes up others
        return Result(
            one("focusNode"),
            None if path is None else self._path(path),
            one("value"),
            shape,
            component,
            one("sourceConstraint"),
            one("resultSeverity"),
            tuple(messages),
        )

    def _path(self, node: Term) -> Path:
        return Path("predicate", iri=node.value) if is_iri(node) else read_path(self._graph, node)


def to_rdflib(term: Term) -> Any:
    """Return rdflib's term for one of the engine's, with a literal as it is written."""
    import rdflib

    if is_iri(term):
        return rdflib.URIRef(term.value)
    if is_blank(term):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == f"{XSD}string":
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(datatype), normalize=False)


def from_rdflib(node: Any, engine: Engine) -> Term:
    """Return the engine's term for one of rdflib's."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return engine.NamedNode(str(node))
    if not isinstance(node, rdflib.Literal):
        return engine.BlankNode(str(node))
    if node.language:
        return engine.Literal(str(node), language=node.language.lower())
    return engine.Literal(
        str(node), datatype=engine.NamedNode(str(node.datatype or f"{XSD}string"))
    )


def properties_of(query: str) -> frozenset[str] | None:
    """Return the properties that a query looks at, None for any and for a query not understood."""
    from rdflib.plugins.sparql import prepareQuery

    try:
        with warnings.catch_warnings(action="ignore"):  # rdflib uses names that are deprecated
            algebra = prepareQuery(query).algebra
    except Exception:  # noqa: BLE001 whatever the parser says, the query may look at anything
        return None
    found: set[str] = set()
    return frozenset(found) if _gather(algebra, found) else None


def _gather(algebra: Any, found: set[str]) -> bool:
    """Add all IRIs of a query to those found; tell whether all of its properties are IRIs."""
    from rdflib.paths import NegatedPath
    from rdflib.paths import Path as QueryPath
    from rdflib.term import URIRef, Variable

    waiting: list[Any] = [algebra]
    while waiting:
        part = waiting.pop()
        if isinstance(part, NegatedPath) or "Negated" in getattr(part, "name", ""):
            return False
        if isinstance(part, URIRef):
            found.add(str(part))
        elif isinstance(part, dict):
            for each in part.get("triples") or ():
                if any(isinstance(predicate, Variable) for predicate in each[1::3]):
                    return False
            waiting.extend(part.values())
        elif isinstance(part, (list, tuple, set)):
            waiting.extend(part)
        elif isinstance(part, QueryPath):
            waiting.extend(vars(part).values())
    return True
