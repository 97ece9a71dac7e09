"""Random shapes and graphs over few names, so that they meet; and what pyshacl says of them.

Nothing here is a test.
"""

from __future__ import annotations

import logging
import warnings
from itertools import count
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from hypothesis import strategies as st
from pyshacl.errors import ReportableRuntimeError

from comity.validation.compiled import ShapesError, Validator
from comity.validation.compiled.fallback import from_rdflib, to_rdflib
from comity.validation.compiled.graph import ShapesGraph
from comity.validation.compiled.paths import read_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from comity.validation.compiled import Result

logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)

EX = "http://example.org/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
TYPE, SUBCLASS = ox.NamedNode(f"{RDF}type"), ox.NamedNode(f"{RDFS}subClassOf")


def ex(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


def sh(name: str) -> ox.NamedNode:
    return ox.NamedNode(SH + name)


def typed(lexical: str, name: str) -> ox.Literal:
    return ox.Literal(lexical, datatype=ox.NamedNode(XSD + name))


NODES = [*(ex(f"n{number}") for number in range(4)), ox.BlankNode("b0"), ox.BlankNode("b1")]
CLASSES = [ex(f"C{number}") for number in range(3)]
PROPERTIES = [ex(f"p{number}") for number in range(3)]
NUMBERS = [
    *(typed(lexical, "integer") for lexical in ("1", "2", "007", "-3", "12345678901234567890")),
    *(typed(lexical, "decimal") for lexical in ("1.5", "1.50", "2")),
    *(typed(lexical, "nonNegativeInteger") for lexical in ("1", "4")),
]
TEXTS = [
    *(ox.Literal(text) for text in ("", "a", "ab", "abc", "Grüße", "1")),
    *(ox.Literal(text, language=tag) for text in ("a", "b") for tag in ("en", "de", "en-gb")),
]
OTHERS = [
    typed("true", "boolean"),
    typed("1", "boolean"),
    typed("2015-02-28", "date"),
    typed("2015-02-30", "date"),
    typed("x", "integer"),
    typed("2002-10-10T12:00:00", "dateTime"),
    typed("2002-10-10T12:00:01.000", "dateTime"),
    ox.Literal("d", datatype=ex("datatype")),
]
LITERALS = [*NUMBERS, *TEXTS, *OTHERS]

IRIS = [node for node in NODES if isinstance(node, ox.NamedNode)]
TRIPLES = st.one_of(
    st.builds(
        ox.Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)
    ),
    st.builds(
        ox.Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(LITERALS)
    ),
    st.builds(ox.Triple, st.sampled_from(NODES), st.just(TYPE), st.sampled_from(CLASSES)),
    st.builds(ox.Triple, st.sampled_from(CLASSES), st.just(SUBCLASS), st.sampled_from(CLASSES)),
)
DATA = st.lists(TRIPLES, max_size=14, unique=True)


class Writer:
    """Collects the statements of shapes, with names for what has none."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.triples: list[ox.Triple] = []
        self._numbers = count()

    def new(self) -> ox.BlankNode:
        return ox.BlankNode(f"x{next(self._numbers)}")

    def say(self, subject: Any, predicate: str, value: Any) -> None:
        self.triples.append(ox.Triple(subject, sh(predicate), value))

    def pick(self, values: Iterable[Any]) -> Any:
        return self.draw(st.sampled_from(list(values)))

    def listed(self, values: Iterable[Any]) -> Any:
        head: Any = ox.NamedNode(f"{RDF}nil")
        for value in reversed(list(values)):
            node = self.new()
            self.triples.append(ox.Triple(node, ox.NamedNode(f"{RDF}first"), value))
            self.triples.append(ox.Triple(node, ox.NamedNode(f"{RDF}rest"), head))
            head = node
        return head

    def path(self, depth: int = 2) -> Any:
        kind = self.pick(
            ["predicate", "predicate", "inverse", "sequence", "alternative", "*", "+", "?"]
            if depth
            else ["predicate"]
        )
        if kind == "predicate":
            return self.pick(PROPERTIES)
        if kind == "sequence":
            return self.listed([self.path(depth - 1), self.path(depth - 1)])
        node = self.new()
        if kind == "alternative":
            inner = self.listed([self.path(depth - 1), self.path(depth - 1)])
        else:
            inner = self.path(depth - 1)
        names = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
        self.say(node, names.get(kind, f"{kind}Path"), inner)
        return node

    def shape(self, node: Any, depth: int, *, has_path: bool) -> None:
        self.triples.append(ox.Triple(node, TYPE, sh("PropertyShape" if has_path else "NodeShape")))
        if has_path:
            self.say(node, "path", self.path())
        if self.pick([True, False, False, False, False, False]):
            self.say(node, "severity", sh(self.pick(["Warning", "Info"])))
        if self.pick([True, *[False] * 12]):
            self.say(node, "deactivated", typed("true", "boolean"))
        kinds = [*LOCAL, *(ON_PATHS if has_path else []), *(NESTED if depth else [])]
        if not depth:
            kinds = [kind for kind in kinds if kind != "qualified"]
        for kind in self.draw(st.lists(st.sampled_from(kinds), max_size=3, unique=True)):
            self.constraint(node, kind, depth)

    def constraint(self, node: Any, kind: str, depth: int) -> None:
        if kind in {"and", "or", "xone"}:
            members = [self.nested(depth) for _ in range(self.pick([1, 2]))]
            self.say(node, kind, self.listed(members))
        elif kind == "property":
            self.say(node, kind, self.nested(depth, has_path=True))
        elif kind in {"not", "node"}:
            self.say(node, kind, self.nested(depth))
        elif kind == "qualified":
            self.say(node, "qualifiedValueShape", self.nested(depth))
            self.say(
                node,
                self.pick(["qualifiedMinCount", "qualifiedMaxCount"]),
                typed(str(self.pick([0, 1, 2])), "integer"),
            )
            if self.pick([True, False]):
                self.say(node, "qualifiedValueShapesDisjoint", typed("true", "boolean"))
        elif kind == "closed":
            self.say(node, kind, typed("true", "boolean"))
            self.say(node, "ignoredProperties", self.listed([TYPE, self.pick(PROPERTIES)]))
        elif kind == "pattern":
            self.say(node, kind, ox.Literal(self.pick(["^a", "b$", "^.?$", "ü", "A"])))
            if self.pick([True, False]):
                self.say(node, "flags", ox.Literal("i"))
        elif kind in {"in", "languageIn"}:
            pool = [*NODES[:4], *LITERALS] if kind == "in" else list(map(ox.Literal, ["en", "de"]))
            values = self.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True))
            self.say(node, kind, self.listed(values))
        else:
            self.say(node, kind, self.pick(SIMPLE[kind]))

    def nested(self, depth: int, *, has_path: bool | None = None) -> Any:
        node = self.new()
        with_path = self.pick([True, False]) if has_path is None else has_path
        self.shape(node, depth - 1, has_path=with_path)
        return node


COUNTS = [typed(str(number), "integer") for number in (0, 1, 2)]
BOUNDS = [*NUMBERS[:4], NUMBERS[5]]
SIMPLE: dict[str, list[Any]] = {
    "class": CLASSES,
    "datatype": [
        ox.NamedNode(XSD + name)
        for name in ("integer", "decimal", "string", "boolean", "date", "nonNegativeInteger")
    ]
    + [ox.NamedNode(f"{RDF}langString"), ex("datatype")],
    "nodeKind": [
        sh(name)
        for name in (
            *("IRI", "BlankNode", "Literal"),
            *("BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"),
        )
    ],
    **dict.fromkeys(("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"), BOUNDS),
    **dict.fromkeys(("minLength", "maxLength", "minCount", "maxCount"), COUNTS),
    "uniqueLang": [typed("true", "boolean")],
    **dict.fromkeys(("equals", "disjoint", "lessThan", "lessThanOrEquals"), PROPERTIES),
    "hasValue": [*NODES[:4], *LITERALS],
}
ON_PATHS = ["minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualified"]
LOCAL = [name for name in SIMPLE if name not in ON_PATHS] + [
    "closed",
    "pattern",
    "in",
    "languageIn",
]
NESTED = ["and", "or", "xone", "not", "node", "property", "property"]


@st.composite
def shapes(draw: Callable[[st.SearchStrategy[Any]], Any]) -> list[ox.Triple]:
    """Draw one or two shapes with targets."""
    writer = Writer(draw)
    for number in range(draw(st.integers(1, 2))):
        node = ex(f"S{number}")
        writer.shape(node, 2, has_path=writer.pick([True, False]))
        target = writer.pick(["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"])
        pools = {"targetNode": [*IRIS, *LITERALS], "targetClass": CLASSES}
        writer.say(node, target, writer.pick(pools.get(target, PROPERTIES)))
    return writer.triples


ORDERS = {
    SH + name
    for name in (
        *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
        *("lessThan", "lessThanOrEquals"),
    )
}


def is_comparable(shapes: Iterable[Any], data: Iterable[Any]) -> bool:
    """Tell whether nothing is put in order that has none in SPARQL; rdflib has one for all."""
    if not any(each.predicate.value in ORDERS for each in shapes):
        return True
    ordered = {*NODES, *CLASSES, *NUMBERS}
    targets = {each.object for each in shapes if each.predicate == sh("targetNode")}
    return ({each.object for each in data} | targets) <= ordered


Key = tuple[Any, ...]


def key(result: Result) -> Key:
    return (
        result.focus,
        result.path and result.path.text,
        result.value,
        result.shape,
        result.component,
        result.severity,
        result.constraint,
    )


def compiled(shapes: Iterable[Any], data: Iterable[Any]) -> set[Key] | str:
    """Return the results of this package, or why there are none."""
    try:
        return {key(each) for each in Validator(ox, shapes).validate(data).results}
    except ShapesError as error:
        return str(error)


def pyshacl(shapes: Iterable[Any], data: Iterable[Any]) -> set[Key] | str:
    """Return the results of pyshacl on rdflib's graphs, or why there are none."""
    import pyshacl as library

    shapes = list(shapes)
    graphs = []
    for triples in (data, shapes):
        graph = rdflib.Graph(bind_namespaces="none")
        for each in triples:
            graph.add(tuple(map(to_rdflib, (each.subject, each.predicate, each.object))))
        graphs.append(graph)
    try:
        with warnings.catch_warnings(action="ignore"):
            report: Any = library.validate(graphs[0], shacl_graph=graphs[1], inplace=True)[1]
    except ReportableRuntimeError as error:
        return str(error)
    if not isinstance(report, rdflib.Graph):
        return str(report)
    index = ShapesGraph(
        ox.Triple(*(from_rdflib(term, ox) for term in each))
        for each in report
        if not isinstance(each[0], rdflib.Literal)
    )
    return {_key(report, node, index) for node in report.objects(None, rdflib.SH.result)}


def _key(report: rdflib.Graph, node: Any, index: ShapesGraph) -> Key:
    def one(name: str) -> Any:
        found = report.value(node, rdflib.URIRef(SH + name))
        return None if found is None else from_rdflib(found, ox)

    path = one("resultPath")
    if path is not None:
        path = read_path(index, path).text if isinstance(path, ox.BlankNode) else str(path)
    return (
        one("focusNode"),
        path,
        one("value"),
        one("sourceShape"),
        one("sourceConstraintComponent"),
        one("resultSeverity"),
        one("sourceConstraint"),
    )
