"""Whatever the engine may read into a text, it never opens a connection.

Each text below made the bare engine connect, or looks as if it might: its parser does not cut a
text into tokens as SPARQL 1.1 §19 does.
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError, QuerySyntaxError
from comity.model.terms import W3ID
from comity.store import formats
from comity.store.engine import Graph
from comity.store.reading import read
from tiny import TINY_QUADS

if TYPE_CHECKING:
    from collections.abc import Iterator

# TARGET stands for the listener's IRI in angle brackets.
ATTACKS = [
    "SELECT * { SERVICE TARGET { ?s ?p ?o } }",
    "SELECT * { SERVICESILENTTARGET {} }",
    "SELECT * { ?s ?p trueSERVICETARGET{} }",
    "PREFIX x: TARGET SELECT * { SERVICEx: {} }",
    "PREFIX x: TARGET PREFIX servicex: <http://y/> SELECT * { servicex: {} }",
    "PREFIX x: TARGET SELECT * { ?s ?p trueSERVICEx: {} }",
    "PREFIX x: TARGET SELECT * { ?s ?p 1SERVICEx: {} }",
    "PREFIX x: <http://a:80> PREFIX : TARGET SELECT * { ?s ?p x:SERVICE:{} }",
    "PREFIX x: <http://a:80> SELECT * { ?s ?p x:SERVICETARGET{} }",
    "PREFIX a: <http://a/> SELECT * { ?s ?p a:b.c.SERVICETARGET{} }",
    "SELECT * { VALUES (?a ?b) {('''A')} SERVICE TARGET {} #\\q '''\n }",
    "SELECT * { VALUES (?a ?b) {('''A')} SERVICE TARGET {} #\\ud800 '''\n }",
    "SELECT * { ?s ?p ?o FILTER(?o<?x#>\n)SERVICE TARGET {} }",
    "SELECT * { ?s ?p ?o FILTER(?o<'>'\n)SERVICE TARGET {} }",
    "SELECT * { ?s ?p ?o FILTER(?o<1#>'''\n)SERVICE TARGET {} #'''\n }",
    'SELECT * { ?s ?p ?o FILTER(?o<1#>"\n)SERVICE TARGET {} #"\n }',
    "SELECT * { ?s <http://a/'> ?o . SERVICE TARGET {} #'\n }",
    "SELECT * { # \r SERVICE TARGET {}\n }",
    "SELECT * { \\u0053ERVICE TARGET {} }",
    "SELECT * { # \\u000A SERVICE TARGET {}\n }",
    "ASK { FILTER EXISTS { SERVICE TARGET {} } }",
    "ASK { FILTER NOT EXISTS{SERVICE TARGET{}}}",
    "SELECT * { { SELECT * { SERVICE TARGET {} } } }",
    "SELECT * { ?s ?p ?o ~ ?r SERVICE TARGET {} }",
    "SELECT * { ?s ?p ?o {| ?a ?b |} SERVICE TARGET {} }",
    "SELECT * { ?s <x:y>?SERVICETARGET{} }",
    "SELECT * { ?s ?p _:a.SERVICETARGET{} }",
    "SELECT * { ?s ?p 'a'@en-SERVICETARGET{} }",
    "SELECT * { ?s ?p 'a'@en--SERVICETARGET{} }",
    "SELECT * { ?s ?p 1eSERVICETARGET{} }",
    "SELECT * FROM TARGET { ?s ?p ?o }",
    "LOAD TARGET",
    "LOAD SILENT TARGET INTO GRAPH <http://y/>",
]

LETTERS = st.sampled_from(
    [
        "SERVICE", "service", "SERV", "ICE", "SILENT", "TARGET", "?x", "x:", ":", "x:y", "<", ">",
        "'", "'''", '"', '"""', "#", "\n", "\\", "\\u0053", "\\q", "(", ")", "{", "}", "[", "]",
        "?o", "?s ?p ?o", "FILTER", "true", "1", ".", ";", ",", "@en", "_:b", "^^", " ", "a",
        "VALUES ?x", "OPTIONAL", "/", "|", "?", "<<", "~", "%41", "\\'",
    ]
)  # fmt: skip


class Listener:
    """A loopback socket that counts who knocks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.knocks = 0
        self.iri = f"<http://127.0.0.1:{self.socket.getsockname()[1]}/>"
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.socket.close()


def _ask(graph: Graph, text: str) -> None:
    try:
        answer = graph.query(text)
        answer.serialize(formats.TURTLE if answer.kind == "graph" else formats.TSV)
    except ComityError:
        pass


@pytest.mark.parametrize("text", ATTACKS)
def test_no_reading_of_a_text_opens_a_connection(text, listener, tiny_graph):
    _ask(tiny_graph, text.replace("TARGET", listener.iri))

    assert listener.knocks == 0


@settings(max_examples=300)
@given(st.lists(LETTERS, min_size=2, max_size=14).map("".join))
def test_no_random_mixture_opens_a_connection(listener, tiny_graph, mixture):
    text = f"PREFIX x: TARGET PREFIX servicex: <http://a:80> SELECT * {{ ?s ?p ?o . {mixture} }}"
    _ask(tiny_graph, text.replace("TARGET", listener.iri))

    assert listener.knocks == 0


@pytest.mark.parametrize(
    ("pattern", "rows"),
    [
        ("VALUES ?x { 'SERVICE' '''LOAD \\u0073ervice''' \"a \\\\service\" }", 3),
        (
            "VALUES ?x { <http://a/service#SERVICE> ex:service service:p ex:a%41service }",
            4,
        ),
        ("?x comity:iso3 ?service # SERVICE <http://example.org/> {}\n", 2),
        ("?x comity:iso3 ?o . FILTER(?o != 'a'@service)", 2),
        ("_:service comity:iso3 ?x", 2),
    ],
)
def test_a_disarmed_query_means_what_it_says(pattern, rows, tiny_graph):
    prologue = (
        "BASE <http://example.org/>\nPREFIX service: <rel/service#> PREFIX ex: <http://e/> "
        "PREFIX comity: <https://w3id.org/comity/ns#>\n"
    )

    assert len(tiny_graph.query(f"{prologue} SELECT ?x {{ {pattern} }}").rows()) == rows


def test_a_disarmed_name_is_the_same_iri(tiny_graph):
    text = (
        "BASE <http://example.org/a/> PREFIX service: <../services/> BASE <http://other/> "
        "PREFIX ex: <service/> SELECT * { VALUES ?x { service:a\\,b ex:c <service> } }"
    )

    assert [row[0] for row in tiny_graph.query(text).rows()] == [
        "<http://example.org/services/a,b>",
        "<http://other/service/c>",
        "<http://other/service>",
    ]


def test_depth_cannot_hide_behind_a_less_than(tiny_graph):
    """The engine would read `<1#>` as less-than and a comment, and die of what follows."""
    brackets = "(" * 50_000
    text = f"ASK {{ ?s ?p ?o FILTER(?o<1#>'''\n || {brackets}1)#'''\n }}"

    with pytest.raises(QuerySyntaxError):
        tiny_graph.query(text)


@pytest.mark.parametrize("iri", ["<#a'b>", "<urn:x#y>", "<http://example.org/#a'b>"])
def test_an_iri_stays_what_it_is(tiny_graph, iri):
    ((found,),) = tiny_graph.query(f"BASE <http://b/> SELECT ({iri} AS ?x) {{}}").rows()

    assert found == iri.replace("<#", "<http://b/#")


def test_a_text_without_the_letters_goes_to_the_engine_as_it_is():
    text = "SELECT * { ?s ?p 'x' } # as it is"

    assert "".join(read(text, W3ID).parts) == text


def test_the_bare_engine_does_connect(listener):
    """The table above proves something only as long as this holds; then the guard can go."""
    store = Graph.of(TINY_QUADS)._store
    before = listener.knocks
    list(
        store.query(f"SELECT * {{ ?s ?p ?o FILTER(?o<?x#>\n)SERVICE SILENT {listener.iri} {{}} }}")
    )
    list(store.query(f"SELECT * {{ SERVICESILENT{listener.iri} {{}} }}"))
    knocks, listener.knocks = listener.knocks - before, before

    assert knocks > 0
