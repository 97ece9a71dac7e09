"""A statement that stands in several graphs counts once where all graphs are asked together."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.lanes import LaneLimits
from comity.store.merging import Graphs, merge
from comity.store.readers import Readers
from comity.store.serializing import serialize_quads
from some_quads import GRAPH, number

TWICE = (number(1), number(1, f"{GRAPH}2"), number(2), number(3, ""))
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

statements = st.builds(
    pyoxigraph.Quad,
    st.sampled_from([pyoxigraph.NamedNode("urn:s"), pyoxigraph.BlankNode("b")]),
    st.just(pyoxigraph.NamedNode("urn:p")),
    st.sampled_from([pyoxigraph.Literal("1"), pyoxigraph.Literal("2")]),
    st.sampled_from(
        [
            pyoxigraph.DefaultGraph(),
            pyoxigraph.NamedNode("urn:g"),
            pyoxigraph.NamedNode("urn:h"),
            pyoxigraph.BlankNode("g"),
        ]
    ),
)


def counted(rows):
    ((n,),) = rows
    return int(n.split('"')[1])


def count(graph, text, **options):
    return counted(graph.query(text, **options).rows())


def test_in_the_union_a_statement_of_two_graphs_counts_once():
    graph = Graph.of(TWICE)
    assert (count(graph, COUNT), count(graph, NAMED), len(graph)) == (3, 3, 4)
    assert graph.graphs() == {GRAPH: 2, f"{GRAPH}2": 1}


def test_without_union_the_default_graph_is_what_stands_in_it():
    graph = Graph.of(TWICE, union=False)
    assert (count(graph, COUNT), len(graph)) == (1, 4)


@pytest.mark.parametrize("clause", [f"FROM <{GRAPH}>", f"FROM <{GRAPH}> FROM NAMED <{GRAPH}2>"])
def test_a_dataset_of_the_query_is_not_the_merge(clause):
    assert count(Graph.of(TWICE), COUNT.replace("{ ?s", f"{clause} {{ ?s")) == 2
    assert count(Graph.of(TWICE), COUNT, default_graphs=[f"{GRAPH}2"]) == 1


@pytest.mark.parametrize("writable", [False, True])
def test_readers_count_a_statement_of_two_graphs_once(tmp_path, writable):
    snapshot = tmp_path / "snapshot.nq"
    snapshot.write_bytes(serialize_quads(TWICE, formats.N_QUADS))
    readers = Readers(snapshot, "state", lanes=LaneLimits(quick=1, slow=1), writable=writable)
    try:
        assert (readers.statements, readers.graphs()) == (4, {GRAPH: 2, f"{GRAPH}2": 1})
        for text, n in ((COUNT, 3), (NAMED, 3)):
            assert readers.answer(QueryRequest(text), formats.CSV).split() == [b"n", b"%d" % n]
    finally:
        readers.close()


def test_readers_follow_a_commit_that_takes_a_statement_from_one_of_two_graphs(tmp_path):
    snapshot = tmp_path / "snapshot.nq"
    snapshot.write_bytes(serialize_quads(TWICE, formats.N_QUADS))
    readers = Readers(snapshot, "state", lanes=LaneLimits(quick=1, slow=1), writable=True)
    first, second = serialize_quads(TWICE[:2], formats.N_QUADS).decode().splitlines()
    try:
        for number_, (gone, left) in enumerate(((first, 3), (second, 2)), start=1):
            readers.apply([], [gone], number_, f"state {number_}")
            answer = readers.answer(QueryRequest(COUNT), formats.CSV)
            assert answer.split() == [b"n", b"%d" % left]
            named = QueryRequest(COUNT, (GRAPH, f"{GRAPH}2"))
            answer = readers.answer(named, formats.CSV)
            assert answer.split() == [b"n", b"%d" % (left - 1)]
    finally:
        readers.close()


@given(st.lists(statements), st.lists(st.tuples(st.lists(statements), st.lists(statements))))
def test_the_merge_stays_the_merge_over_changes(start, changes):
    store = pyoxigraph.Store()
    store.bulk_extend(start)
    graphs = Graphs(store, union=True)
    for added, removed in changes:
        graphs.change("".join(f"{each} .\n" for each in (*added, *removed)).encode(), len(added))
        anew = pyoxigraph.Store()
        anew.bulk_extend(graphs.statements)
        assert merge(anew) == len(graphs.statements)
        assert set(graphs.asked) == set(anew)
        assert set(graphs.asked.named_graphs()) == set(graphs.statements.named_graphs())
