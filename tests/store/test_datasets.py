"""The default graph that a query names is a set: what stands in two of its graphs counts once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, URIRef

from comity.errors import QuerySyntaxError
from comity.store.engine import Graph
from comity.store.terms import Iri, Quad

A, B, C = "x:a", "x:b", "x:c"
COUNT = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"


def _quad(subject, graph):
    return Quad(Iri(f"x:{subject}"), Iri("x:p"), Iri("x:o"), graph)


@pytest.fixture
def graph():
    return Graph.of([_quad(1, A), _quad(1, B), _quad(2, B), _quad(3, C)])


def _count(graph, clauses="", **dataset):
    ((number,),) = graph.query(COUNT % clauses, **dataset).rows()
    return int(number.partition('"^^')[0].strip('"'))


@pytest.mark.parametrize(
    ("clauses", "count"),
    [
        ("FROM <x:a>", 1),
        ("FROM <x:a> FROM <x:b>", 2),
        ("FROM <x:b> FROM <x:a> FROM <x:b>", 2),
        ("FROM <x:a> FROM <x:c>", 2),
        ("from<x:a>\nFrom #one\n<x:b> FROM <x:c> FROM <x:none>", 3),
        ("FROM <x:a> FROM NAMED <x:b>", 1),
        ("FROM NAMED <x:a> FROM NAMED <x:b>", 0),
    ],
)
def test_a_statement_counts_once_in_the_graphs_of_from(graph, clauses, count):
    assert _count(graph, clauses) == count


def test_so_it_does_in_a_dataset_of_the_protocol(graph):
    assert _count(graph, default_graphs=[A, B]) == 2
    assert _count(graph, "FROM <x:c>", default_graphs=[A, B]) == 2
    assert _count(graph, default_graphs=[A, C], named_graphs=[B]) == 2


def test_names_are_resolved_as_the_engine_does():
    prologue = "BASE <http://e.org/>\nPREFIX x: <x:>\nPREFIX e: <g\\u0031/>\n"
    quads = [_quad(1, "http://e.org/g1/a"), _quad(1, B)]
    text = prologue + COUNT % "FROM e:a FROM x:b"
    ((number,),) = Graph.of(quads).query(text).rows()

    assert number.startswith('"1"')
    ((number,),) = Graph.of(quads).query(prologue + COUNT % "FROM <g1/a> FROM <x:b>").rows()
    assert number.startswith('"1"')


def test_named_graphs_stay_as_they_are_beside_a_merge(graph):
    text = """SELECT ?g (COUNT(*) AS ?n) FROM <x:a> FROM <x:b> FROM NAMED <x:b> FROM NAMED <x:c>
    { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"""

    assert [graph for graph, _ in graph.query(text).rows()] == ["<x:b>", "<x:c>"]
    assert _count(graph, "FROM <x:a> FROM <x:b>") == 2


@pytest.mark.parametrize("clauses", ["FROM <x:a> FROM", "FROM <x:a> FROM NAMED", "FROM FROM <x:a>"])
def test_a_broken_clause_is_a_fault_of_the_query(graph, clauses):
    with pytest.raises(QuerySyntaxError):
        _count(graph, clauses)


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from([A, B, C])), max_size=12, unique=True))
def test_every_dataset_is_as_rdflib_merges_it(pairs):
    graph = Graph.of([_quad(*pair) for pair in pairs])
    other = Dataset()
    for subject, name in pairs:
        other.graph(URIRef(name)).add((URIRef(f"x:{subject}"), URIRef("x:p"), URIRef("x:o")))

    for named in ([A], [A, B], [B, C], [A, B, C]):
        merged = {triple for name in named for triple in other.graph(URIRef(name))}
        assert _count(graph, " ".join(f"FROM <{name}>" for name in named)) == len(merged)
        assert _count(graph, default_graphs=named) == len(merged)
