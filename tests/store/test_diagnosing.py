"""A query that does not parse is answered with the place where it breaks and with a remedy."""

from __future__ import annotations

import pytest

from comity.errors import QuerySyntaxError


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("", (1, 1), "The query is empty"),
        ("# nothing\n", (2, 1), "The query is empty"),
        ("ASK {", (1, 6), "ends too early.*close the '{' of line 1, column 5"),
        ("SELECT * {\n ?s ?p (1 }", (2, 11), "'}' .* cannot stand after '1'"),
        ("SELECT * {\n ?s ?p }", (2, 8), "'}' in line 2, column 8 cannot stand after '\\?p'"),
        ("SELEC * {}", (1, 1), "begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with 'SELEC'"),
        ("SELECT * { ?s ?p ?o } LIMIT x", (1, 29), "'x' .* cannot stand after 'LIMIT'"),
        ("SELECT * { ?s ?p ?o } }", (1, 23), "'}'"),
        ("SELECT * { ?s ?p ?o } ORDER BY", (1, 31), "ends too early"),
        ("SELECT * { FILTER(1 = ) }", (1, 23), "'\\)'"),
        ("SELECT * { FILTER regex(?o 'a') }", (1, 28), "\"'a'\""),
        ("SELECT * { ?s ?p 'abc }", (1, 18), "close the string"),
        ("SELECT * { ?s ?p 'a\\q' }", (1, 18), "has a wrong escape; write"),
        ("ASK { ?s ?p '''\\ud800''' }", (1, 13), "has a wrong escape"),
        ("ASK { ?s ?p '\\U00110000' }", (1, 13), "has a wrong escape"),
        ("SELECT * { ?s 'a' ?o }", (1, 15), "\"'a'\""),
        ("SELECT * { <http://a/%zz> ?p ?o }", (1, 12), "RFC 3987"),
        ("SELECT * { ?s foo:a ?o }", (1, 15), "prefix of 'foo:a' .* put PREFIX foo: <…>"),
        ("ASK { ?s comity:a ?o }", (1, 10), "put PREFIX comity: <https://w3id.org/comity/ns#>"),
        ("ASK { ?s a :x }", (1, 12), "prefix of ':x'"),
        ("PREFIX a <x:y> ASK {}", (1, 1), "PREFIX takes a name"),
        ("PREFIX a:b <x:y> ASK {}", (1, 1), "PREFIX takes a name"),
        ("BASE x: ASK {}", (1, 1), "BASE takes an IRI"),
        ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o }", (1, 40), "group by each variable"),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", (1, 34), "name the variables"),
        ("SELECT ?s ?s { ?s ?p ?o }", (1, 26), "each variable of the SELECT once"),
        ("SELECT * {} VALUES (?a ?b) {(1)}", (1, 32), "UNDEF for none"),
        ("INSERT DATA {}", (1, 1), "INSERT begins an update"),
        ("PREFIX x: <x:y>\nclear all", (2, 1), "clear begins an update"),
    ],
)
def test_the_place_is_where_a_reader_would_point(tiny_graph, text, place, message):
    with pytest.raises(QuerySyntaxError, match=message) as fault:
        tiny_graph.query(text)

    assert (fault.value.line, fault.value.column) == place


def test_places_count_in_the_text_as_written_not_as_rewritten(tiny_graph):
    text = "ASK { ?s <http://service.example/service> 'service' . # service\n ?s ?p }"

    with pytest.raises(QuerySyntaxError) as fault:
        tiny_graph.query(text)

    assert (fault.value.line, fault.value.column) == (2, 8)


def test_a_very_long_text_is_placed_by_the_engine(tiny_graph):
    with pytest.raises(QuerySyntaxError) as fault:
        tiny_graph.query("SELECT * {\n ?s ?p }" + " " * 100_000)

    assert fault.value.line == 2


def test_version_declarations_are_read(tiny_graph):
    assert bool(tiny_graph.query("VERSION '1.2' ASK {}"))


@pytest.mark.parametrize("escape", ["\\\\", "\\'", "\\t", "\\u0041", "\\uFFFD", "\\U0010FFFF"])
def test_every_escape_of_sparql_is_taken(tiny_graph, escape):
    assert not bool(tiny_graph.query(f"ASK {{ ?s ?p '{escape}' }}"))
