"""Findings as a `sh:ValidationReport` (SHACL §3.6), for clients that read RDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import PREFIXES, XSD
from comity.store.formats import N_TRIPLES
from comity.store.parsing import parse_document
from comity.store.terms import (
    BlankNode,
    Iri,
    Literal,
    Term,
    Triple,
    is_valid_iri,
    parse_term,
    tagged,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SH: Final = "http://www.w3.org/ns/shacl#"
REPORT_PREFIXES: Final = {**PREFIXES, "sh": SH}

_TYPE: Final = Iri(f"{PREFIXES['rdf']}type")
_SEVERITIES: Final = {"error": "Violation", "warning": "Warning", "info": "Info"}
# Keys of a finding and the properties of a result that they become.
_PLACES: Final = {
    "focus": "focusNode",
    "path": "resultPath",
    "value": "value",
    "component": "sourceConstraintComponent",
    "shape": "sourceShape",
}


def report_triples(findings: Iterable[Mapping[str, object]]) -> list[Triple]:
    """Return the report of some findings; without any, the data conform.

    A finding has `message` and, where they are known, `severity` (error, warning, info) and as
    N-Triples terms or IRIs `focus`, `path`, `value`, `component` and `shape`.
    """
    findings = tuple(findings)
    report = BlankNode("report")
    triples = [
        Triple(report, _TYPE, _sh("ValidationReport")),
        Triple(report, _sh("conforms"), Literal("false" if findings else "true", f"{XSD}boolean")),
    ]
    for number, finding in enumerate(findings, 1):
        result = BlankNode(f"result{number}")
        triples.append(Triple(report, _sh("result"), result))
        triples.extend(_result(result, finding))
    return triples


def whole_report(report: str, findings: Sequence[Mapping[str, object]]) -> list[Triple]:
    """Return the report of the shapes in N-Triples, with the findings of the queries added.

    Those of the shapes are the first ones among the findings.
    """
    triples = [quad.triple for quad in parse_document(report.encode(), N_TRIPLES)]
    roots = [each.subject for each in triples if each[1:] == (_TYPE, _sh("ValidationReport"))]
    known = sum(each.predicate == _sh("result") for each in triples)
    # The text of a value is for people.
    own = [{**finding, "value": ""} for finding in findings[known:]]
    if not roots:
        return report_triples(own)
    for number, finding in enumerate(own, 1):
        result = BlankNode(f"finding{number}")
        triples.append(Triple(roots[0], _sh("result"), result))
        triples.extend(_result(result, finding))
    return triples


def _result(result: BlankNode, finding: Mapping[str, object]) -> Iterator[Triple]:
    yield Triple(result, _TYPE, _sh("ValidationResult"))
    severity = _SEVERITIES.get(str(finding.get("severity", "error")), "Violation")
    yield Triple(result, _sh("resultSeverity"), _sh(severity))
    yield Triple(result, _sh("resultMessage"), tagged(str(finding.get("message", "")), "en"))
    for key, name in _PLACES.items():
        if value := finding.get(key):
            term = _term(str(value))
            if name == "value" or not isinstance(term, Literal):
                yield Triple(result, _sh(name), term)


def _term(text: str) -> Term:
    """Return the term that a text writes in N-Triples, an IRI for a bare one, or the text."""
    try:
        return parse_term(text)
    except UsageError:
        return Iri(text) if is_valid_iri(text) else Literal(text)


def _sh(name: str) -> Iri:
    return Iri(SH + name)
