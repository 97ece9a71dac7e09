"""The shapes of `ontology/shapes/`, validated by pyshacl on an rdflib graph of the files as written.

The engine's store is no ground for this: it rewrites literals, and pyshacl compares plain strings
otherwise there. A result becomes a finding on the line of its value, or of its thing where a value
is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, ID, PREFIXES, SHAPE
from comity.store.terms import LANG_STRING, STRING, BlankNode, Iri, Literal
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

_SEVERITIES: Final = {
    f"{SH}Violation": Severity.ERROR,
    f"{SH}Warning": Severity.WARNING,
    f"{SH}Info": Severity.INFO,
}
_MISSING: Final = {f"{SH}MinCountConstraintComponent", f"{SH}QualifiedMinCountConstraintComponent"}
_TOO_MANY: Final = {f"{SH}MaxCountConstraintComponent", f"{SH}UniqueLangConstraintComponent"}


def check_shapes(corpus: Corpus, shapes: Iterable[Quad] | None = None) -> Iterator[Finding]:
    """Yield a finding for each result of the shapes, which are those of the corpus if not given."""
    graphs = {d.graph for d in corpus.documents if d.place.startswith(SHAPES)}
    quads = list(corpus.quads())
    data = to_rdflib(quad for quad in quads if quad.graph not in graphs)
    if shapes is None:
        shapes = (quad for quad in quads if quad.graph in graphs)
    yield from results(corpus, data, to_rdflib(shapes))


def results(corpus: Corpus, data: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Finding]:
    """Validate a graph and yield its findings, placed and named by the corpus."""
    import pyshacl
    import rdflib

    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if not isinstance(report, rdflib.Graph):
        raise TypeError(f"the shapes cannot be used: {report}")
    seen = set()
    for result in report.objects(None, rdflib.URIRef(f"{SH}result")):
        entity, name, predicate, value, component, severity = (
            report.value(result, rdflib.URIRef(f"{SH}{local}"))
            for local in (
                *("focusNode", "sourceShape", "resultPath", "value"),
                *("sourceConstraintComponent", "resultSeverity"),
            )
        )
        key = (entity, name, value)
        if key in seen or _is_reported_elsewhere(corpus, value):
            continue
        seen.add(key)
        message = shapes.value(name, rdflib.URIRef(f"{SH}message"))
        rule = Rule(
            str(name).removeprefix(SHAPE), _SEVERITIES[str(severity)], str(message or "Mend this.")
        )
        yield _finding(corpus, rule, entity, predicate, value, str(component))


def _is_reported_elsewhere(corpus: Corpus, value: Node | None) -> bool:
    """Tell whether a value names what does not exist at all, which is one fault and not two."""
    return str(value).startswith((ID, CODE)) and str(value) not in corpus.by_subject


def _finding(
    corpus: Corpus, rule: Rule, entity: Any, predicate: Any, value: Any, component: str
) -> Finding:
    subject = str(entity)
    local = short_name(str(predicate)) if predicate else ""
    term = None if value is None else from_rdflib(value)
    found = corpus.values(subject, str(predicate)) if predicate else []
    if component in _MISSING:
        there = f"{local} has {len(found) or 'no'} value{'' if len(found) == 1 else 's'}."
        place = corpus.home(subject)
    elif component in _TOO_MANY:
        there = f"{local} is {', '.join(map(shown, found))}."
        place = corpus.locate(subject, str(predicate), found[-1] if found else None)
    else:
        there = f"{local} is {shown(term)}." if term is not None and local else ""
        place = corpus.locate(subject, str(predicate) if predicate else None, term)
    return corpus.finding(
        rule,
        " ".join(filter(None, (f"{corpus.name(subject)}:", there, rule.asks))),
        at=place,
        entity=subject,
        value=term,
    )


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return an rdflib graph with each literal as it is written."""
    import rdflib

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
