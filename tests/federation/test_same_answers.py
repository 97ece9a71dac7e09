"""Random queries with SERVICE: what is answered is what the engine's own SERVICE would have given.

The bare engine asks the endpoint by itself and sends nothing along. It is the second opinion on
taking the query apart, on what is sent along, and on putting rows into the place of SERVICE. The
endpoint has no blank nodes: that engine takes those of two answers for one if their labels agree.
"""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import w3c
from comity.errors import ComityError
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.federation import Endpoints, FederatedReaders
from comity.web.site import InProcess
from some_endpoints import PREFIXES

HERE = """
:i0 :p :i1 , :i2 ; :q "x" . :i1 :p :i2 ; :q "x"@en , 7 . :i2 :p :i3 ; :q :i0 .
:i3 :p :i3 , _:n . _:n :q "y" . :i4 :q "x" , 8 .
"""
THERE = """
:i0 :p :i3 ; :r "x" , "there" . :i1 :r 7 , "x"@en . :i2 :p :i0 , :i1 ; :r :m . :m :q "y" .
:i3 :r :i1 , :i2 . :i5 :r "x" ; :p :i5 . :i4 :r 7.0 .
"""

REFUSED = {"service_unsupported", "query_too_complex"}

names = st.sampled_from(["?a", "?b", "?c", "?d", "?e"])
iris = st.sampled_from([f":i{number}" for number in range(5)])
literals = st.sampled_from(['"x"', '"y"', '"x"@en', "7", "8"])
terms = st.one_of(names, names, names, names, names, iris)
predicates = st.sampled_from([":p", ":q", ":r", ":p", ":r"])


@st.composite
def triples(draw: st.DrawFn) -> str:
    return f"{draw(terms)} {draw(predicates)} {draw(st.one_of(terms, terms, terms, literals))} ."


@st.composite
def filters(draw: st.DrawFn) -> str:
    one, other = draw(names), draw(st.one_of(names, iris, literals))
    return draw(
        st.sampled_from(
            [
                f"FILTER({one} != {other})",
                f"FILTER(BOUND({one}))",
                f"FILTER(!BOUND({one}) || {one} = {other})",
                f"FILTER NOT EXISTS {{ {one} :q {other} }}",
                f"FILTER(isIRI({one}))",
            ]
        )
    )


@st.composite
def services(draw: st.DrawFn) -> str:
    inside = " ".join(draw(st.lists(triples(), min_size=1, max_size=2)))
    if draw(st.booleans()):
        inside += f" OPTIONAL {{ {draw(triples())} }}"
    if draw(st.booleans()):
        inside += f" {draw(filters())}"
    return f"SERVICE ENDPOINT {{ {inside} }}"


def groups(depth: int) -> st.SearchStrategy[str]:
    """Elements of a group, as text, with a SERVICE in half of them."""
    element = st.one_of(
        triples(),
        triples(),
        filters(),
        services(),
        st.sampled_from(
            [
                "VALUES ?a { :i0 :i1 UNDEF }",
                "VALUES (?b ?c) { (:i1 UNDEF) (:i2 7) }",
                "BIND(:i1 AS ?e)",
                "BIND(?b AS ?e)",
                "BIND(COALESCE(?c, :i1) AS ?e)",
                "FILTER(?e != :i0 || ?a = :i1)",
                "{ BIND(:i2 AS ?d) }",
            ]
        ),
    )
    if depth:
        inner = groups(depth - 1)
        element = st.one_of(
            element,
            inner.map(lambda text: f"OPTIONAL {{ {text} }}"),
            inner.map(lambda text: f"{{ {text} }}"),
            inner.map(lambda text: f"MINUS {{ {text} }}"),
            inner.map(lambda text: f"{{ SELECT DISTINCT ?a ?b {{ {text} }} }}"),
            st.tuples(inner, inner).map(lambda two: f"{{ {two[0]} }} UNION {{ {two[1]} }}"),
        )
    return st.lists(element, min_size=1, max_size=2).map(" ".join)


heads = st.sampled_from(
    ["SELECT *", "SELECT ?a ?b", "SELECT DISTINCT ?c", "SELECT (COUNT(*) AS ?n)",
     "SELECT ?a (COUNT(?b) AS ?n)"]
)  # fmt: skip


@st.composite
def queries(draw: st.DrawFn) -> str:
    known = draw(st.sampled_from(["?a :p ?b .", "?b :p ?c .", "?a :q ?c .", ""]))
    head, body = draw(heads), f"{known} {draw(groups(2))} {draw(services())}"
    tail = " GROUP BY ?a" if "COUNT(?b)" in head else ""
    return f"{PREFIXES} {head} {{ {body} }}{tail}"


@pytest.fixture(scope="module")
def asked(endpoints):
    """The bare engine with its data, and readers over the same that ask the endpoint."""
    store = ox.Store()
    store.load((PREFIXES + HERE).encode(), format=ox.RdfFormat.TURTLE)
    endpoints[0].fill(PREFIXES + THERE)
    graph = Graph.of_statements(iter(store), "same", union=False)
    name = endpoints[0].address
    readers = FederatedReaders(InProcess(graph), Endpoints({name: endpoints[0].place}), 60.0)
    return store, readers, name


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(queries())
def test_the_answer_is_that_of_the_engine_by_itself(asked, query):
    store, readers, name = asked
    query = query.replace("ENDPOINT", f"<{name}>")
    try:
        expected = store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
    except (SyntaxError, RuntimeError):
        expected = None  # such as a BIND to a variable that is there already
    try:
        found = readers.answer(QueryRequest(query), formats.JSON)
    except ComityError as error:
        if expected is not None and error.code not in REFUSED:
            raise
        return

    assert expected is not None
    assert w3c.same(
        *(w3c.parse_answer(each, formats.JSON.media_type) for each in (found, expected))
    )
