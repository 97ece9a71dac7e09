"""The staged part of the W3C's SPARQL 1.1 protocol suite, request by request as its manifest says.

Only the tests of queries apply to a server that is read-only; those of updates must be refused.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from comity.store.engine import Graph
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal, Quad, parse_term
from comity.web import create_app
from shared_material import shared

SUITE = "conformance/rdf-tests/sparql/sparql11/protocol"
BASE = f"https://w3c.github.io/rdf-tests/{SUITE.partition('rdf-tests/')[2]}/manifest.ttl"
TESTS = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#"

PREFIXES = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
PREFIX ut: <http://www.w3.org/2009/sparql/tests/test-update#>
PREFIX cnt: <http://www.w3.org/2011/content#>
PREFIX ht: <http://www.w3.org/2011/http#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

READ_ONLY = "this server takes no updates, so the request must be refused"
EXEMPT = {
    "update_dataset_default_graph": READ_ONLY,
    "update_dataset_named_graphs": READ_ONLY,
    "update_post_form": READ_ONLY,
    "update_post_direct": READ_ONLY,
}
NAMES = (
    *("query_post_form", "query_dataset_default_graphs_get", "query_dataset_named_graphs_post"),
    *("query_dataset_full", "query_get", "query_content_type_select", "query_content_type_ask"),
    *("query_content_type_construct", "query_post_direct", "bad_query_method"),
    *("bad_multiple_queries", "bad_query_wrong_media_type", "bad_query_missing_form_type"),
    *("bad_query_syntax", "bad_update_get", "bad_update_wrong_media_type", "bad_update_non_utf8"),
    *("bad_update_syntax", "bad_update_dataset_conflict"),
)
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        *("application/sparql-results+json", "application/sparql-results+xml"),
        *("text/csv", "text/tab-separated-values"),
    ),
    "RDF": ("text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"),
}


@cache
def manifest() -> Graph:
    content = (shared(SUITE) / "manifest.ttl").read_bytes()
    return Graph.of(Quad.of(quad.triple, BASE) for quad in parse_document(content, base=BASE))


def select(pattern: str) -> list[tuple[Any, ...]]:
    rows = manifest().query(f"{PREFIXES} SELECT {pattern}").rows()
    return [tuple(_plain(cell) for cell in row) for row in rows]


def _plain(cell: str | None) -> str | None:
    if cell is None or cell.startswith("_:"):
        return cell
    term = parse_term(cell)
    return term.lexical if isinstance(term, Literal) else term.value


def data(name: str) -> list[Quad]:
    """The quads that the store must hold before a test."""
    rows = select(f"?file ?graph {{ <{TESTS}{name}> ut:graphData ?d . ?d ut:graph ?file ; "
                  "rdfs:label ?graph }")  # fmt: skip
    return [
        Quad.of(quad.triple, graph)
        for file, graph in rows
        for quad in parse_document(
            (shared(SUITE) / file.rpartition("/")[2]).read_bytes(), base=graph
        )
    ]


def exchanges(name: str) -> list[dict[str, Any]]:
    """The requests of a test in order, with what is expected of each."""
    rows = select(
        f"?method ?path ?chars ?encoding ?boolean ?format ?r "
        f"{{ <{TESTS}{name}> mf:action/ht:requests/rdf:rest*/rdf:first ?r . "
        "?r ht:methodName ?method ; ht:absolutePath ?path ; ht:resp ?resp . "
        "OPTIONAL { ?r ht:body ?b . ?b cnt:chars ?chars ; cnt:characterEncoding ?encoding } "
        "OPTIONAL { ?resp mf:expectedBoolean ?boolean } "
        "OPTIONAL { ?resp mf:expectedFormat ?format } }"
    )
    assert len(rows) == 1, "the order of several requests would have to be read too"
    ((method, path, chars, encoding, boolean, expected, _),) = rows
    headers = select(
        f"?name ?value {{ <{TESTS}{name}> mf:action/ht:requests/rdf:rest*/rdf:first ?r . "
        "?r ht:headers/rdf:rest*/rdf:first ?h . ?h ht:fieldName ?name ; ht:fieldValue ?value }"
    )
    statuses = select(
        f"?status {{ <{TESTS}{name}> mf:action/ht:requests/rdf:rest*/rdf:first/ht:resp ?resp . "
        "?resp mf:expectedStatus ?status }"
    )
    return [
        {
            "method": method,
            "path": path,
            "headers": dict(headers),
            "body": chars.encode(encoding) if chars is not None else None,
            "statuses": {status[-3] for (status,) in statuses},
            "boolean": boolean,
            "format": expected,
        }
    ]


def send(client, exchange):
    parts = urlsplit(exchange["path"])
    assert parts.path == "/sparql/"
    return client.open(
        f"/sparql?{parts.query}",
        method=exchange["method"],
        headers=exchange["headers"],
        data=exchange["body"],
    )


def test_every_test_of_the_manifest_is_run_or_exempt():
    listed = {
        iri.removeprefix(TESTS) for (iri,) in select("?t { ?m mf:entries/rdf:rest*/rdf:first ?t }")
    }

    assert listed == {*NAMES, *EXEMPT}


@pytest.mark.parametrize("name", NAMES)
def test_protocol(name, settings, catalogue):
    client = create_app(settings, Graph.of(data(name)), catalogue).test_client()
    for exchange in exchanges(name):
        answer = send(client, exchange)

        assert str(answer.status_code)[0] in exchange["statuses"]
        if exchange["format"]:
            assert answer.mimetype in FORMATS[exchange["format"]]
        if exchange["boolean"]:
            assert answer.get_json(force=True)["boolean"] is (exchange["boolean"] == "true")


@pytest.mark.parametrize("name", EXEMPT)
def test_updates_are_refused(name, settings, catalogue):
    graph = Graph.of([*data(name), Quad(Iri("x:s"), Iri("x:p"), Iri("x:o"), "x:g")])
    client = create_app(settings, graph, catalogue).test_client()
    ((method, path),) = select(
        f"?method ?path {{ <{TESTS}{name}> mf:action/ht:requests/rdf:first ?r . "
        "?r ht:methodName ?method ; ht:absolutePath ?path }"
    )
    size = len(graph)

    for target in ("/sparql", "/update"):
        answer = client.open(
            f"{target}?{urlsplit(path).query}",
            method=method,
            data=b"CLEAR ALL",
            content_type="application/sparql-update",
        )
        assert answer.status_code in {403, 415}
    assert len(graph) == size
