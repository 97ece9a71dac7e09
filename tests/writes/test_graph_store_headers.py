"""The Graph Store Protocol to the letter: names as they were sent, empty bodies, what is taken."""

from __future__ import annotations

import socket
import threading

import pytest

from comity.store.formats import N_TRIPLES
from comity.store.parsing import parse_document

ONE = "<x:a> <x:b> <x:c> ."
G = "/graphs?graph=x%3Ag"
TURTLE = "text/turtle"
RDF_XML = "application/rdf+xml"
JSON_LD = "application/ld+json"


def _read(client, path=G):
    answer = client.get(path, headers={"Accept": N_TRIPLES.media_type})
    assert answer.status_code == 200, answer.text
    return [quad.triple for quad in parse_document(answer.data, N_TRIPLES)]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("s%2Ft", "s%2Ft"),
        ("s%2ft", "s%2Ft"),
        ("s/t", "s/t"),
        ("s%2F%2Ft", "s%2F%2Ft"),
        ("s//t", "s//t"),
        ("%41%7e%2D", "A~-"),
        ("a%28b", "a%28b"),
        ("a(b", "a(b"),
        ("a%3Fb", "a%3Fb"),
        ("a%20b", "a%20b"),
        ("%C3%a9", "%C3%A9"),
        ("%25zz", "%25zz"),
    ],
)
def test_the_name_of_a_graph_is_its_address_as_it_was_sent(writer, committer, path, name):
    assert writer.put(f"/graphs/{path}", data=ONE, content_type=TURTLE).status_code == 201
    assert f"http://localhost/graphs/{name}" in committer.state.graphs()
    assert _read(writer, f"/graphs/{path}")


def test_the_prefix_of_a_proxy_is_no_part_of_the_name(make_writable, committer, bearer):
    app = make_writable(base="https://example.org/graphs/c")
    for prefix in ("", "/graphs/c"):
        app.test_client().put(
            f"{prefix}/graphs/a%2Fb",
            data=ONE,
            content_type=TURTLE,
            headers=bearer(),
        )

    named = [name for name in committer.state.graphs() if "example.org" in name]
    assert named == ["https://example.org/graphs/c/graphs/a%2Fb"]


@pytest.mark.parametrize("content_type", [TURTLE, "application/n-triples", None])
@pytest.mark.parametrize("path", ["/graphs", G, "/graphs/new"])
def test_a_post_without_a_body_is_answered_without_one(writer, committer, path, content_type):
    answer = writer.post(path, data=b"", content_type=content_type)

    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Comity-Commit"] == "0"
    assert not {"Content-Type", "Location"} & set(dict(answer.headers))
    assert all(name != "x:g" and "/graphs/" not in name for name in committer.state.graphs())


@pytest.mark.parametrize(
    ("content_type", "status"),
    [(RDF_XML, 400), (JSON_LD, 400), ("application/trig", 415), ("image/png", 415)],
)
def test_an_empty_body_of_a_type_is_a_document_of_it_or_none(writer, content_type, status):
    assert writer.post(G, data=b"", content_type=content_type).status_code == status


@pytest.mark.parametrize("document", ["", '<?xml version="1.0"?>'])
def test_no_document_takes_the_place_of_no_graph(writer, document):
    writer.put(G, data=ONE, content_type=TURTLE)
    answer = writer.put(G, data=document, content_type=RDF_XML)

    assert (answer.status_code, answer.json["code"]) == (400, "document_syntax")
    assert len(_read(writer)) == 1


def test_a_part_of_a_graph_does_not_replace_it(writer, committer):
    answer = writer.put(
        G, data=ONE, content_type=TURTLE, headers={"Content-Range": "bytes 0-9/100"}
    )

    assert answer.status_code == 400
    assert "Content-Range" in answer.json["detail"]
    assert committer.calls == []


@pytest.mark.parametrize(
    ("media_type", "document"),
    [
        ("application/n-triples", '<x:a> <x:b> "a"@en--ltr .'),
        (TURTLE, '<x:a> <x:b> "a"@en--rtl .'),
        (JSON_LD, '{"@id": "x:a", "x:b": {"@value": "a", "@language": "en", "@direction": "ltr"}}'),
    ],
)
def test_a_direction_is_not_dropped_in_silence(writer, committer, media_type, document):
    answer = writer.put(G, data=document, content_type=media_type)

    assert (answer.status_code, answer.json["code"]) == (400, "document_syntax")
    assert "has a direction, which is not kept" in answer.json["detail"]
    assert committer.calls == []


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_another_type_is_answered_with_those_that_are_read(writer, method):
    answer = writer.open(G, method=method, data=ONE, content_type="text/plain")

    assert answer.status_code == 415
    assert TURTLE in answer.json["accepted"]
    assert answer.headers["Accept"].split(", ") == answer.json["accepted"]
    assert ("Accept-Post" in answer.headers) is (method == "POST")


@pytest.mark.parametrize("path", [G, "/update", "/sparql"])
def test_a_compressed_body_is_answered_with_the_encoding_that_is_read(writer, path):
    answer = writer.post(path, data=b"x", content_type=TURTLE, headers={"Content-Encoding": "gzip"})

    assert answer.status_code == 415
    assert answer.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("path", ["/update", "/sparql"])
def test_another_type_of_a_text_is_answered_with_those_that_are_read(writer, path):
    answer = writer.post(path, data=b"x", content_type=TURTLE)

    assert answer.status_code == 415
    assert answer.headers["Accept-Post"].startswith("application/sparql-")


def test_a_query_of_another_type_is_answered_with_those_that_are_read(tiny_client):
    answer = tiny_client.open("/sparql", method="QUERY", data=b"x", content_type=TURTLE)

    assert answer.status_code == 415
    assert answer.headers["Accept-Query"].startswith("application/sparql-query")
    assert "Accept-Post" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_weak_tag_matches_no_graph(writer, method):
    writer.put(G, data=ONE, content_type=TURTLE)
    tag = writer.get(G).headers["ETag"]
    answer = writer.open(
        G, method=method, data=ONE, content_type=TURTLE, headers={"If-Match": f"W/{tag}"}
    )
    unless = writer.put(G, data="", content_type=TURTLE, headers={"If-None-Match": f"W/{tag}"})

    assert tag.startswith('"')
    assert answer.status_code == unless.status_code == 412
    assert len(_read(writer)) == 1


@pytest.mark.parametrize("path", [G, "/graphs/a"])
def test_no_method_is_listed_that_is_refused(anyone, path):
    allowed = anyone.options(path).headers["Allow"]
    answer = anyone.patch(path, data=ONE, content_type=TURTLE)

    assert answer.status_code == 405
    assert "PATCH" not in allowed
    assert set(answer.headers["Allow"].split(", ")) == set(allowed.split(", "))


REMOTE = "http://127.0.0.1:{port}/context"
CONTEXTS = [
    '{{"@context": {remote}, "@id": "x:a", "x:b": 1}}',
    '{{"@context": [{{}}, {remote}], "@id": "x:a", "x:b": 1}}',
    '{{"@context": {{"@version": 1.1, "@import": {remote}}}, "@id": "x:a", "x:b": 1}}',
    '{{"@context": {{"t": {{"@id": "x:t", "@context": {remote}}}}}, "@id": "x:a", "x:b": 1}}',
    '{{"@context": {{"T": {{"@id": "x:T", "@context": {remote}}}}}, "@id": "x:a", "@type": "T"}}',
    '{{"@id": "x:a", "x:b": {{"x:c": 1, "@context": {remote}}}}}',
    '{{"@id": "x:a", "@included": [{{"@context": {remote}, "@id": "x:k", "x:b": 1}}]}}',
]
LITERALS = [
    '{{"@context": {{"e": {{"@id": "x:e", "@type": "@json"}}}}, "e": {{"@context": {remote}}}}}',
    '{{"@id": "x:a", "x:e": {{"@value": {{"@context": {remote}}}, "@type": "@json"}}}}',
]


@pytest.fixture
def listener():
    """A port and those who called it."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                calls.append(address)
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("document", CONTEXTS)
def test_no_context_is_fetched(writer, committer, listener, document):
    port, calls = listener
    text = document.format(remote=f'"{REMOTE.format(port=port)}"')
    answer = writer.put(G, data=text, content_type=JSON_LD)

    assert (answer.status_code, answer.json["code"]) == (400, "remote_context_refused")
    assert (calls, committer.calls) == ([], [])


@pytest.mark.parametrize("document", LITERALS)
def test_a_literal_may_hold_what_looks_like_a_context(writer, listener, document):
    port, calls = listener
    text = document.format(remote=f'"{REMOTE.format(port=port)}"')
    answer = writer.put(G, data=text, content_type=JSON_LD)

    assert (answer.status_code, calls) == (201, [])
    (triple,) = _read(writer)
    assert triple.object.datatype.endswith("#JSON")
    assert REMOTE.format(port=port) in triple.object.lexical
