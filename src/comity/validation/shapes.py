"""The shapes of `ontology/shapes/`, validated by pyshacl on the files as written.

The engine's store is no ground for this: it rewrites literals, and pyshacl compares plain strings
otherwise there. A result becomes a finding on the line of its value, or of its thing where a value
is missing.
"""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity.model.terms import CODE, ID, PREFIXES, SHAPE
from comity.store.terms import LANG_STRING, STRING, BlankNode, Iri, Literal
from comity.validation.corpus import Place
from comity.validation.findings import Rule, Severity
from comity.validation.naming import short_name, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from rdflib.term import Node

    from comity.store.terms import Quad, Term
    from comity.validation.corpus import Corpus
    from comity.validation.findings import Finding

SH: Final = PREFIXES["sh"]
SHAPES: Final = "ontology/shapes/"
BROKEN: Final = Rule("shapes", Severity.ERROR, "The shapes are themselves well-formed.")

_SEVERITIES: Final = {
    f"{SH}Violation": Severity.ERROR,
    f"{SH}Warning": Severity.WARNING,
    f"{SH}Info": Severity.INFO,
}
_TOO_FEW: Final = f"{SH}MinCountConstraintComponent"
_NO_TEXT: Final = f"{SH}QualifiedMinCountConstraintComponent"
_SAME_LANGUAGE: Final = f"{SH}UniqueLangConstraintComponent"
_TOO_MANY: Final = {f"{SH}MaxCountConstraintComponent", _SAME_LANGUAGE}


class UnusableShapesError(Exception):
    """Shapes that cannot be applied, with the reason in a sentence."""


class _Result(NamedTuple):
    """A validation result; the fields are called as in SHACL, section 3.6.2."""

    focusNode: Any  # noqa: N815
    sourceShape: Any  # noqa: N815
    resultPath: Any  # noqa: N815
    value: Any
    sourceConstraintComponent: Any  # noqa: N815
    resultSeverity: Any  # noqa: N815


def check_shapes(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each result of the shapes."""
    graphs = {d.graph for d in corpus.documents if d.place.startswith(SHAPES)}
    quads = list(corpus.quads())
    data = to_rdflib(quad for quad in quads if quad.graph not in graphs)
    shapes = to_rdflib(quad for quad in quads if quad.graph in graphs)
    yield from results(corpus, data, shapes)


def results(corpus: Corpus, data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Finding]:
    """Validate a graph and yield its findings, placed and named by the corpus."""
    import rdflib

    report = _validate(data, shapes)
    if isinstance(report, str):
        message = f"The shapes cannot be used: {report} Until they are mended, they hold nothing."
        corpus.scope.notes.append(message)
        yield corpus.finding(BROKEN, message, at=Place(SHAPES, 1))
        return
    seen = set()
    for node in report.objects(None, rdflib.URIRef(f"{SH}result")):
        result = _Result(
            *(report.value(node, rdflib.URIRef(f"{SH}{local}")) for local in _Result._fields)
        )
        key = (result.focusNode, result.sourceShape, result.value)
        blank = isinstance(result.focusNode, rdflib.BNode)  # a fault of its own, without a place
        if key in seen or blank or _is_reported_elsewhere(corpus, result.value):
            continue
        seen.add(key)
        message = shapes.value(result.sourceShape, rdflib.URIRef(f"{SH}message"))
        yield _finding(corpus, result, str(message or "Mend this."))


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph | str:
    """Return the report of pyshacl, or why it gave none."""
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except ReportableRuntimeError as error:
        return str(error).partition("\n")[0]
    return report if isinstance(report, rdflib.Graph) else str(report).partition("\n")[0]


def _is_reported_elsewhere(corpus: Corpus, value: Node | None) -> bool:
    """Tell whether a value is of no class that exists, which is one fault and not two."""
    name = str(value)
    return name.startswith((ID, CODE)) and not corpus.has_class(name)


def _finding(corpus: Corpus, result: _Result, message: str) -> Finding:
    rule = Rule(
        str(result.sourceShape).removeprefix(SHAPE),
        _SEVERITIES[str(result.resultSeverity)],
        message,
    )
    subject, predicate = str(result.focusNode), result.resultPath
    component = str(result.sourceConstraintComponent)
    local = short_name(str(predicate)) if predicate else ""
    term = None if result.value is None else from_rdflib(result.value)
    found = corpus.values(subject, str(predicate)) if predicate else []
    place = corpus.locate(subject, str(predicate) if predicate else None, term)
    there = f"{local} is {shown(term)}." if term is not None and local else ""
    if component == _NO_TEXT:
        place, there = corpus.home(subject), ""
    elif component == _TOO_FEW:
        count = f"{len(found)} value{'' if len(found) == 1 else 's'}" if found else "no value"
        place, there = corpus.home(subject), f"{local} has {count}."
    elif component in _TOO_MANY:
        if component == _SAME_LANGUAGE:
            found = _in_one_language(found)
        there = f"{local} is {', '.join(map(shown, found))}."
        place = corpus.locate(subject, str(predicate), found[-1] if found else None)
    return corpus.finding(
        rule,
        " ".join(filter(None, (f"{corpus.name(subject)}:", there, rule.asks))),
        at=place,
        entity=subject,
        value=term,
    )


def _in_one_language(found: list[Term]) -> list[Term]:
    """Return the texts of the languages that have more than one."""
    languages = Counter(term.language for term in found if isinstance(term, Literal))
    return [term for term in found if isinstance(term, Literal) and languages[term.language] > 1]


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return an rdflib graph with each literal as it is written."""
    import rdflib

    # rdflib logs a traceback for a literal that is no value; the shapes report it in words.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    graph = rdflib.Graph(bind_namespaces="none")
    terms: dict[Term, Node] = {}

    def term(found: Term) -> Node:
        if found not in terms:
            terms[found] = _to_rdflib(found)
        return terms[found]

    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _to_rdflib(term: Term) -> Node:
    import rdflib

    if isinstance(term, Iri):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.id)
    if term.datatype == LANG_STRING:
        return rdflib.Literal(term.lexical, lang=term.language)
    if term.datatype == STRING:
        return rdflib.Literal(term.lexical)
    return rdflib.Literal(term.lexical, datatype=rdflib.URIRef(term.datatype), normalize=False)


def from_rdflib(node: Node) -> Term:
    """Return our term for one of rdflib's."""
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return Iri(str(node))
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), LANG_STRING, node.language.lower())
        return Literal(str(node), str(node.datatype or STRING))
    return BlankNode(str(node))
