"""Reading graphs by the Graph Store Protocol, and refusing every write."""

from __future__ import annotations

import pytest

from comity.store.formats import GRAPH_FORMATS
from comity.store.parsing import parse_document
from tiny import STATES, TINY_QUADS


@pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_one_graph_or_all_can_be_read(tiny_client, offer):
    headers = {"Accept": offer.media_type}
    one = tiny_client.get("/graphs", query_string={"graph": STATES}, headers=headers)
    everything = tiny_client.get("/graphs?default", headers=headers)

    assert one.content_type == everything.content_type == offer.content_type
    assert {quad.triple for quad in parse_document(one.data, offer)} == {
        quad.triple for quad in TINY_QUADS if quad.graph == STATES
    }
    assert {quad.triple for quad in parse_document(everything.data, offer)} == {
        quad.triple for quad in TINY_QUADS
    }


def test_head_has_the_type_and_no_body(tiny_client):
    answer = tiny_client.head("/graphs?default")

    assert answer.status_code == 200
    assert answer.mimetype == "text/turtle"
    assert answer.data == b""


def test_an_unchanged_graph_is_not_sent_again(tiny_client):
    tag = tiny_client.get("/graphs?default").headers["ETag"]

    assert tiny_client.get("/graphs?default", headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 400, "Name one graph"),
        ("?default&graph=urn:x", 400, "Name one graph"),
        ("?default=yes", 400, "takes no value"),
        ("?graph=urn:x&graph=urn:y", 400, "2 values"),
        ("?graph=states", 400, "not an absolute IRI"),
        ("?graph=", 400, "not an absolute IRI"),
        ("?graph=http%3A%2F%2Fx%2F%253C", 404, "There is no graph 'http://x/%3C'"),
        ("?default&format=csv", 406, "CSV cannot carry a graph"),
        ("?default&format=exel", 400, "names no format"),
    ],
)
def test_what_names_no_graph_is_told(tiny_client, query, status, words):
    answer = tiny_client.get(f"/graphs{query}")

    assert answer.status_code == status
    assert words in answer.json["detail"]


def test_an_unknown_graph_has_near_matches(tiny_client):
    answer = tiny_client.get("/graphs", query_string={"graph": f"{STATES}x"})

    assert answer.status_code == 404
    assert answer.json["suggestions"] == [STATES]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_no_graph_is_written(tiny_client, method):
    answer = tiny_client.open("/graphs?default", method=method, data=b"<x:a> <x:b> <x:c> .")

    assert answer.status_code == 403
    assert answer.json["code"] == "read_only"


@pytest.mark.parametrize("content_type", ["application/sparql-update", None, "text/plain"])
def test_no_update_is_read(tiny_client, content_type):
    answer = tiny_client.post("/update", data=b"CLEAR ALL", content_type=content_type)

    assert answer.status_code == 403
    assert answer.json["code"] == "read_only"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_updates_are_never_sent_by_get(tiny_client):
    answer = tiny_client.get("/update?update=CLEAR+ALL")

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"
