"""The staged suites of the SPARQL Protocol, the Graph Store Protocol and the Service Description.

The requests of a test are sent in their order with exactly the headers that the manifest gives,
beside the token of a write.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox
import pytest

import w3c

pytestmark = pytest.mark.skipif(not w3c.is_there(), reason="needs the suites beside the repository")

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
STATUSES = "http://www.w3.org/2011/http-statusCodes#"
CODES = {
    "OK": "200",
    "Created": "201",
    "NoContent": "204",
    "NotFound": "404",
    "BadRequest": "400",
    "MethodNotAllowed": "405",
    "UnsupportedMediaType": "415",
    **{f"StatusCode{digit}xx": digit for digit in "12345"},
}
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    ),
    "RDF": ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"),
}
SAFE = {"GET", "HEAD"}


@dataclass(frozen=True)
class Exchange:
    """One request and what is expected of its answer."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: tuple[str, ...]
    expected: dict[str, str]
    answer_headers: dict[str, str]
    answer_body: str | None


@dataclass(frozen=True)
class Case:
    """A test: its name, the documents that the store holds before it, its requests."""

    name: str
    named: tuple[tuple[str, str], ...]
    exchanges: tuple[Exchange, ...]


@cache
def cases(manifest):
    if not w3c.is_there():
        return ()
    iri = f"{w3c.SUITE}{manifest}"
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in w3c.graph(iri))
    return tuple(_case(store, entry) for entry in w3c._list(store, "entries"))


def _case(store, entry):
    _, named = w3c._dataset(store, entry)
    action = w3c._one(store, entry, f"{w3c.MF}action")
    requests = _items(store, w3c._one(store, action, f"{HT}requests"))
    return Case(
        entry.value.rpartition("#")[2], named, tuple(_exchange(store, each) for each in requests)
    )


def _exchange(store, request):
    answer = w3c._one(store, request, f"{HT}resp")
    body = w3c._one(store, request, f"{HT}body")
    content = None
    if body is not None:
        encoding = w3c._one(store, body, f"{CNT}characterEncoding").value
        content = w3c._one(store, body, f"{CNT}chars").value.encode(encoding)
    answer_body = w3c._one(store, answer, f"{HT}body")
    return Exchange(
        w3c._one(store, request, f"{HT}methodName").value,
        w3c._one(store, request, f"{HT}absolutePath").value,
        _headers(store, request),
        content,
        tuple(
            CODES[status.value.removeprefix(STATUSES)]
            for status in w3c._all(store, answer, f"{w3c.MF}expectedStatus")
        ),
        {
            name: found.value
            for name in ("Boolean", "Format", "Location")
            if (found := w3c._one(store, answer, f"{w3c.MF}expected{name}")) is not None
        },
        dict(_headers(store, answer)),
        None if answer_body is None else w3c._one(store, answer_body, f"{CNT}chars").value,
    )


def _headers(store, node):
    return tuple(
        (
            w3c._one(store, each, f"{HT}fieldName").value,
            w3c._one(store, each, f"{HT}fieldValue").value,
        )
        for each in _items(store, w3c._one(store, node, f"{HT}headers"))
    )


def _items(store, node):
    while node is not None and node.value != f"{w3c.RDF}nil":
        yield w3c._one(store, node, f"{w3c.RDF}first")
        node = w3c._one(store, node, f"{w3c.RDF}rest")


def _run(server, case, move):
    """Send the requests of a test to where `move` puts their paths, and compare each answer."""
    places = {}
    for exchange in case.exchanges:
        path, body = move(exchange), exchange.body
        for name, place in places.items():
            path = path.replace(name, quote(place, safe=""))
            body = body and body.replace(name.encode(), place.encode())
        headers = list(exchange.headers)
        if exchange.method not in SAFE and not path.startswith("/sparql"):
            headers.append(("Authorization", f"Bearer {server.token}"))
        reply = server.send(exchange.method, path, headers, body)

        assert str(reply.status).startswith(exchange.statuses), (path, reply)
        _compare(server, exchange, path, reply)
        if "Location" in exchange.expected:
            places[exchange.expected["Location"]] = reply.headers["location"]


def _compare(server, exchange, path, reply):
    if "Format" in exchange.expected:
        assert reply.media_type in FORMATS[exchange.expected["Format"]]
    if "Boolean" in exchange.expected:
        wanted = exchange.expected["Boolean"] == "true"
        assert w3c.parse_answer(reply.body, reply.media_type) is wanted
    if wanted := exchange.answer_headers.get("content-type"):
        assert reply.headers["content-type"].replace(" ", "") == wanted.replace(" ", "")
    if exchange.answer_body is not None:
        base = f"{server.address}{path}"
        wanted = w3c.parse(exchange.answer_body.encode(), ox.RdfFormat.TURTLE, base)
        assert w3c.same(w3c.parse_named(reply.body, reply.media_type, base), wanted)
    if exchange.method == "HEAD":
        assert reply.body == b""


def _parametrized(manifest):
    return pytest.mark.parametrize("case", cases(manifest), ids=lambda case: case.name)


def _of_graph_store(exchange):
    return f"/graphs{exchange.path.removeprefix('/gsp')}"


def _of_protocol(exchange):
    rest = exchange.path.removeprefix("/sparql/")
    is_update = "update" in exchange.path or any("update" in value for _, value in exchange.headers)
    is_update = is_update or b"update=" in (exchange.body or b"")
    return f"/update{rest}" if is_update else f"/sparql{rest}"


@_parametrized("protocol/manifest.ttl")
def test_protocol(server, case):
    server.load((), case.named)
    _run(server, case, _of_protocol)


@_parametrized("graph-store-protocol/manifest-direct.ttl")
def test_graph_store_by_address(server, case):
    server.load((), ())
    _run(server, case, _of_graph_store)


@_parametrized("graph-store-protocol/manifest-indirect.ttl")
def test_graph_store_by_name(server, case):
    server.load((), ())
    _run(server, case, _of_graph_store)


SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture
def described(server):
    server.load((), (("x:g", f"{w3c.SUITE}protocol/data1.nt"),))
    reply = server.send("GET", "/sparql", [("Accept", "text/turtle")])
    store = ox.Store()
    store.extend(
        ox.Quad(*triple) for triple in w3c.parse_named(reply.body, reply.media_type, "x:base")
    )
    return store


def _values(store, name):
    return {
        quad.object.value for quad in store.quads_for_pattern(None, ox.NamedNode(SD + name), None)
    }


def test_the_description_is_rdf_by_any_wish(server):
    for accept in (None, "*/*", *FORMATS["RDF"]):
        headers = [] if accept is None else [("Accept", accept)]
        reply = server.send("GET", "/sparql", headers)

        assert reply.status == 200
        assert reply.media_type == (accept if accept not in {None, "*/*"} else "text/turtle")
        assert w3c.parse_named(reply.body, reply.media_type, "x:base")


def test_the_description_names_its_endpoint(server, described):
    assert _values(described, "endpoint") == {
        f"{server.address}/sparql",
        f"{server.address}/update",
    }


def test_the_description_keeps_to_its_vocabulary(described):
    def things(name):
        kind = ox.NamedNode(f"{w3c.RDF}type")
        return {
            quad.subject
            for quad in described.quads_for_pattern(None, kind, ox.NamedNode(SD + name))
        }

    for graph in things("NamedGraph"):
        assert len(w3c._all(described, graph, f"{SD}name")) == 1
        assert set(w3c._all(described, graph, f"{SD}graph")) <= things("Graph")
    for service in things("Service"):
        assert len(w3c._all(described, service, f"{SD}endpoint")) == 1
        (dataset,) = w3c._all(described, service, f"{SD}defaultDataset")
        assert dataset in things("Dataset")
        (default,) = w3c._all(described, dataset, f"{SD}defaultGraph")
        assert default in things("Graph")
    assert _values(described, "name") == {"x:g"}
    assert _values(described, "supportedLanguage") == {f"{SD}SPARQL11Query", f"{SD}SPARQL11Update"}
    assert _values(described, "feature") == set()
