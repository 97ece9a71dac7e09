"""The SPARQL 1.1 query suites over HTTP: evaluation in all four formats of results, and syntax."""

from __future__ import annotations

import pytest

import w3c

ROWS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")

pytestmark = pytest.mark.skipif(not w3c.is_there(), reason="needs the suites beside the repository")


def _cases(manifest, kinds):
    listed = w3c.cases(manifest) if w3c.is_there() else ()
    found = [case for case in listed if case.kind in kinds]
    return pytest.mark.parametrize("case", found, ids=lambda case: case.name)


def _with_base(case):
    return f"BASE <{case.base}>\n{case.text}"


def _fault(server, case, media_type):
    """Return what is wrong with the answer in a format, or None."""
    reply = server.query(_with_base(case), media_type)
    if reply.status != 200:
        return f"{media_type}: {reply.status} {reply.body[:300]!r}"
    if reply.media_type != media_type:
        return f"{media_type}: answered as {reply.media_type}"
    expected = w3c.expected_rows(case, as_csv=media_type == "text/csv")
    if not w3c.same(w3c.parse_answer(reply.body, media_type), expected):
        return f"{media_type}: another answer than expected: {reply.body[:1000]!r}"
    return None


def _evaluate(server, case, exempt):
    server.load(case.default, case.named)
    is_graph = case.result.endswith((".ttl", ".rdf")) and case.text.upper().count("CONSTRUCT")
    faults = [_fault(server, case, media_type) for media_type in (GRAPHS if is_graph else ROWS)]
    if case.name in exempt:
        assert any(faults), "passes: take it from the exemptions"
        pytest.skip(exempt[case.name])
    assert faults == [None] * 4


@_cases("manifest-sparql11-query.ttl", {"QueryEvaluationTest"})
def test_evaluation(server, exemptions, case):
    _evaluate(server, case, exemptions["query"])


@_cases("manifest-sparql11-query.ttl", {"PositiveSyntaxTest11"})
def test_what_is_sparql_is_answered(server, exemptions, case):
    server.load((), ())
    reply = server.query(_with_base(case), "*/*")
    if case.name in exemptions["query"]:
        assert reply.status != 200, "passes: take it from the exemptions"
        pytest.skip(exemptions["query"][case.name])

    assert reply.status == 200, reply.body


@_cases("manifest-sparql11-query.ttl", {"NegativeSyntaxTest11"})
def test_what_is_no_sparql_is_refused(server, case):
    reply = server.query(_with_base(case), "*/*")

    assert reply.status == 400, reply.body


@_cases("manifest-sparql11-results.ttl", {"QueryEvaluationTest", "CSVResultFormatTest"})
def test_results(server, exemptions, case):
    exempt = exemptions["results"]
    server.load(case.default, case.named)
    suffix = case.result.rpartition(".")[2]
    media_type = {"srj": ROWS[0], "srx": ROWS[1], "csv": ROWS[2], "tsv": ROWS[3]}[suffix]
    reply = server.query(_with_base(case), media_type)
    assert reply.status == 200
    fault = None if _same_text(reply.body, w3c.read(case.result), media_type) else reply.body
    if case.name in exempt:
        assert fault is not None, "passes: take it from the exemptions"
        pytest.skip(exempt[case.name])
    assert fault is None


def _same_text(one, other, media_type):
    """Compare results by their texts, as they are written, where the format is one of text."""
    if media_type in ROWS[:2]:
        return w3c.same(w3c.parse_answer(one, media_type), w3c.parse_answer(other, media_type))
    return w3c.same(w3c.rows_of_text(one, media_type), w3c.rows_of_text(other, media_type))


@_cases("manifest-sparql11-fed.ttl", {"QueryEvaluationTest", "PositiveSyntaxTest11"})
def test_no_other_endpoint_is_asked(server, case):
    reply = server.query(_with_base(case), "*/*")

    assert reply.status == 403
    assert b"service_disabled" in reply.body
