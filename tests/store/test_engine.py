"""The engine answers the four forms, keeps to the dataset, and raises only our errors."""

# ruff: noqa: S608 - the texts are SPARQL

from __future__ import annotations

import json
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import (
    EngineError,
    NotAcceptableError,
    ParameterError,
    UnknownFunctionError,
    UsageError,
)
from comity.store import formats
from comity.store.answers import engine_faults
from comity.store.engine import Graph, QueryRequest
from comity.store.terms import Iri, Quad
from tiny import AZE, JPN, STATES, TINY_QUADS, VISITS

EVERYTHING = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


def _count(graph, text, **dataset):
    ((number,),) = graph.query(text, **dataset).rows()
    return int(number.split('"')[1])


def test_a_select_has_columns_and_rows(tiny_graph):
    answer = tiny_graph.query(
        "PREFIX comity: <https://w3id.org/comity/ns#> "
        "SELECT ?s ?code ?none { ?s comity:iso3 ?code } ORDER BY ?code"
    )

    assert answer.kind == "rows"
    assert answer.variables == ("s", "code", "none")
    assert answer.rows() == [(AZE.n3(), '"AZE"', None), (JPN.n3(), '"JPN"', None)]


def test_an_ask_is_true_or_false(tiny_graph):
    assert bool(tiny_graph.query("ASK { ?s ?p ?o }")) is True
    assert bool(tiny_graph.query("ASK { ?s ?p 'none' }")) is False
    assert json.loads(tiny_graph.query("ASK {}").serialize(formats.JSON))["boolean"] is True


@pytest.mark.parametrize("form", ["CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE {AZE.n3()}"])
def test_a_graph_comes_with_prefixes(tiny_graph, form):
    answer = tiny_graph.query(form)

    assert answer.kind == "graph"
    assert b'comity:iso3 "AZE"' in answer.serialize(formats.TURTLE)


def test_a_graph_can_be_read_as_statements(tiny_graph):
    assert set(tiny_graph.query("CONSTRUCT WHERE { ?s ?p ?o }").triples()) == {
        quad.triple for quad in TINY_QUADS
    }


@pytest.mark.parametrize(
    ("text", "dataset", "number"),
    [
        (EVERYTHING, {}, 13),
        (IN_GRAPHS, {}, 13),
        (f"SELECT (COUNT(*) AS ?n) FROM <{STATES}> {{ ?s ?p ?o }}", {}, 8),
        (f"SELECT (COUNT(*) AS ?n) FROM NAMED <{STATES}> {{ ?s ?p ?o }}", {}, 0),
        (f"SELECT (COUNT(*) AS ?n) FROM NAMED <{VISITS}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", {}, 5),
        ("SELECT (COUNT(*) AS ?n) FROM <urn:none> { ?s ?p ?o }", {}, 0),
        (EVERYTHING, {"default_graphs": [VISITS]}, 5),
        (EVERYTHING, {"default_graphs": [VISITS, STATES]}, 13),
        (IN_GRAPHS, {"default_graphs": [VISITS]}, 0),
        (EVERYTHING, {"named_graphs": [VISITS]}, 0),
        (IN_GRAPHS, {"named_graphs": [VISITS]}, 5),
        (EVERYTHING, {"default_graphs": [], "named_graphs": []}, 0),
        (
            f"SELECT (COUNT(*) AS ?n) FROM <{STATES}> {{ ?s ?p ?o }}",
            {"default_graphs": [VISITS]},
            5,
        ),
    ],
)
def test_the_dataset_is_what_the_query_or_the_request_names(tiny_graph, text, dataset, number):
    assert _count(tiny_graph, text, **dataset) == number


def test_the_word_from_in_a_name_or_string_names_no_dataset(tiny_graph):
    text = (
        "PREFIX comity: <https://w3id.org/comity/ns#> "
        "SELECT (COUNT(*) AS ?n) { ?from comity:from ?o FILTER('FROM' != \"from\") } # FROM <x:y>"
    )

    assert _count(tiny_graph, text) == 1


def test_relative_iris_stand_under_the_project(tiny_graph):
    assert _count(tiny_graph, "SELECT (COUNT(*) AS ?n) { <id/AZE> <ns#iso3> 'AZE' }") == 1
    assert _count(tiny_graph, "SELECT (COUNT(*) AS ?n) { <AZE> ?p ?o }", base=AZE.value) == 4


def test_a_graph_knows_its_size_and_its_graphs(tiny_graph):
    assert len(tiny_graph) == 13
    assert tiny_graph.graphs() == {STATES: 8, VISITS: 5}


def test_the_fingerprint_follows_the_statements_not_their_order():
    same = Graph.of(reversed(TINY_QUADS))

    assert same.fingerprint == Graph.of(TINY_QUADS).fingerprint
    assert same.fingerprint != Graph.of(TINY_QUADS[1:]).fingerprint


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (<http://x/f>(1) AS ?x) {}",
        "SELECT * { ?s ?p ?o FILTER(<http://x/f>(?o)) }",
        "SELECT (<http://x/f>(?o) AS ?x) { ?s ?p ?o }",
        "SELECT (COALESCE(<http://x/f>(1), 2) AS ?x) {}",
        "SELECT * { ?s ?p ?o } ORDER BY <http://x/f>(?o)",
        "SELECT (<http://x/g>(?unbound) AS ?x) (<http://x/f>() AS ?y) {}",
    ],
)
def test_an_unknown_function_that_is_called_is_named(tiny_graph, text):
    with pytest.raises(UnknownFunctionError, match="'http://x/f' is not known"):
        tiny_graph.query(text).serialize(formats.JSON)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("SELECT (<http://x/f>(?a + ?b) AS ?x) {}", b"x\r\n\r\n"),
        ("SELECT ?s { ?s <http://x/nothing> ?o FILTER(<http://x/f>(?o)) }", b"s\r\n"),
        ("SELECT (IF(true, 1, <http://x/f>(1)) AS ?x) {}", b"x\r\n1\r\n"),
    ],
)
def test_an_unknown_function_that_nothing_depends_on_is_no_fault(tiny_graph, text, rows):
    assert tiny_graph.query(text).serialize(formats.CSV) == rows


def test_many_unknown_functions_are_refused_at_once(tiny_graph):
    calls = " ".join(f"(<http://x/f{n}>(?o) AS ?x{n})" for n in range(40))

    with pytest.raises(UnknownFunctionError, match="is not known"):
        tiny_graph.query(f"SELECT {calls} {{ ?s ?p ?o }}")


def test_a_graph_that_is_no_iri_is_named(tiny_graph):
    with pytest.raises(ParameterError, match="named-graph-uri='states' is not an absolute IRI"):
        tiny_graph.query(EVERYTHING, named_graphs=["states"])


def test_an_answer_in_a_format_is_bytes(tiny_graph):
    request = QueryRequest(EVERYTHING, default_graphs=(STATES,))

    assert tiny_graph.answer(request, formats.CSV) == b"n\r\n8\r\n"
    with pytest.raises(NotAcceptableError, match="Turtle cannot carry the answer to SELECT"):
        tiny_graph.answer(request, formats.TURTLE)
    with pytest.raises(NotAcceptableError, match="SPARQL JSON cannot carry the answer to DESCRIBE"):
        tiny_graph.answer(QueryRequest("DESCRIBE <x:y>"), formats.JSON)


@pytest.mark.parametrize("fault", [RuntimeError, OSError, ValueError, MemoryError])
def test_faults_of_the_store_are_ours(fault):
    with pytest.raises(EngineError, match="could not answer: x"), engine_faults():
        raise fault("x")


def test_a_panic_of_the_store_is_ours():
    panic = type("PanicException", (BaseException,), {})

    with pytest.raises(EngineError, match="failed on this query"), engine_faults():
        raise panic("unreachable")


def test_the_end_of_the_process_is_not_held_up():
    with pytest.raises(KeyboardInterrupt), engine_faults():
        raise KeyboardInterrupt


WORDS = st.sampled_from(
    re.split(
        " ",
        "SELECT ASK CONSTRUCT DESCRIBE * ?s ?p ?o { } ( ) . ; , 'a' 1 <x:y> x:y a FILTER BIND AS "
        "COUNT GROUP BY ORDER LIMIT VALUES UNDEF OPTIONAL UNION MINUS GRAPH FROM NAMED EXISTS + / "
        "| ! RAND() <http://x/f>(1) REGEX(?o,'(') @en ^^",
    )
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_whatever_is_asked_only_errors_of_use_come_out(tiny_graph, text):
    with suppress(UsageError):
        answer = tiny_graph.query(f"PREFIX x: <http://x/> {text}")
        answer.serialize(formats.TURTLE if answer.kind == "graph" else formats.JSON)


@pytest.mark.parametrize("name", ["a.b.c", "AZE-JPN.visit.1998-02", "src.azjp-en.s30", "a..b"])
def test_a_local_name_may_have_any_number_of_dots(name):
    thing = Iri(f"https://w3id.org/comity/id/{name}")
    graph = Graph.of([Quad(thing, Iri("urn:p"), Iri("urn:o"), "")])

    answer = graph.query(
        f"PREFIX id: <https://w3id.org/comity/id/> SELECT ?o WHERE {{ id:{name} <urn:p> ?o . }}"
    )

    assert answer.rows() == [("<urn:o>",)]
