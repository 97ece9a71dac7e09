"""`stream=true` over WSGI: which answers, in which formats, and what is refused."""

from __future__ import annotations

import json

import pytest

from comity.errors import EngineError, ResultTooLargeError
from comity.store.formats import N_TRIPLES, RESULT_FORMATS, TURTLE
from comity.store.parsing import parse_document
from tiny import TINY_QUADS

SELECT = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
NAMED = next(quad.graph for quad in TINY_QUADS if quad.graph)
OFFERS = {"text/turtle": TURTLE, "application/n-triples": N_TRIPLES}
GRAPH = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"


def get(client, query, **parameters):
    headers = {"Accept": parameters.pop("accept")} if "accept" in parameters else {}
    fields = {"query": query, "stream": "true", **parameters}
    return client.get("/sparql", query_string=fields, headers=headers)


@pytest.mark.parametrize("offer", RESULT_FORMATS)
def test_rows_are_the_same_as_without(tiny_client, offer):
    streamed = get(tiny_client, SELECT, format=offer.name)
    whole = get(tiny_client, SELECT, format=offer.name, stream="false")

    assert streamed.status_code == 200
    assert streamed.data == whole.data
    assert streamed.content_type == whole.content_type
    assert streamed.headers["ETag"] == whole.headers["ETag"]
    assert "Comity-State" not in whole.headers


def test_a_graph_is_lines_unless_turtle_is_asked_for(tiny_client):
    lines = get(tiny_client, GRAPH)
    turtle = get(tiny_client, GRAPH, accept="text/turtle")

    assert lines.content_type == "application/n-triples"
    assert lines.data.count(b"\n") == len({quad.triple for quad in TINY_QUADS})
    assert turtle.content_type == "text/turtle; charset=utf-8"
    assert turtle.data.startswith(b"@prefix ")


@pytest.mark.parametrize(
    ("query", "form"),
    [(SELECT, "text/turtle"), (GRAPH, "application/ld+json"), (GRAPH, "application/rdf+xml")],
)
def test_what_cannot_be_streamed_is_406(tiny_client, query, form):
    answer = get(tiny_client, query, accept=form)

    assert answer.status_code == 406
    assert answer.json["code"] == "not_acceptable"


@pytest.mark.parametrize("value", ["yes", "1", "TRUE", ""])
def test_the_parameter_is_true_or_false(tiny_client, value):
    answer = get(tiny_client, SELECT, stream=value)

    assert answer.status_code == 400
    assert answer.json["parameter"] == "stream"
    assert "stream=true" in answer.json["detail"]


def test_it_is_taken_in_a_form_and_beside_a_body(tiny_client):
    form = tiny_client.post("/sparql", data={"query": SELECT, "stream": "true"})
    body = tiny_client.post(
        "/sparql?stream=true", data=SELECT, content_type="application/sparql-query"
    )

    assert form.headers["Comity-State"] == body.headers["Comity-State"]
    assert form.data == body.data


def test_without_a_query_there_is_nothing_to_stream(tiny_client):
    assert tiny_client.get("/sparql?stream=true").status_code == 400


def test_what_the_client_holds_is_not_sent_again(tiny_client):
    tag = get(tiny_client, SELECT).headers["ETag"]
    fields = {"query": SELECT, "stream": "true"}
    held = tiny_client.get("/sparql", query_string=fields, headers={"If-None-Match": tag})

    assert (held.status_code, held.data) == (304, b"")


def test_what_differs_each_time_has_no_tag(tiny_client):
    answer = get(tiny_client, "SELECT (NOW() AS ?now) {}")

    assert answer.status_code == 200
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_http_1_0_has_the_answer_whole(tiny_client):
    fields = {"query": SELECT, "stream": "true", "format": "csv"}
    answer = tiny_client.get(
        "/sparql", query_string=fields, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"}
    )

    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert "Comity-State" not in answer.headers


class Broken:
    """Readers whose streams end in the middle."""

    streams = True
    state = "state"
    rest = 60.0
    closed = 0

    def __init__(self, inner):
        self.inner = inner
        self.fingerprint = inner.fingerprint
        self.survey = inner.survey
        self._parts = [b"a\r\n", b"1\r\n"]

    def stream(self, *_):
        return self

    def read(self):
        if not self._parts:
            raise EngineError("The store failed.")
        return self._parts.pop(0)

    def close(self):
        Broken.closed += 1


def test_an_error_in_the_middle_reaches_the_server_below(tiny_app, tiny_client, monkeypatch):
    serving = tiny_app.extensions["comity"]
    monkeypatch.setitem(serving, "readers", Broken(serving["readers"]))
    answer = tiny_client.get(
        "/sparql", query_string={"query": "SELECT (1 AS ?a) {}", "stream": "true"}
    )
    parts = answer.iter_encoded()

    assert [next(parts), next(parts)] == [b"a\r\n", b"1\r\n"]
    with pytest.raises(EngineError):
        next(parts)
    answer.close()
    assert Broken.closed == 1
    fields = {"query": "SELECT (1 AS ?a) {}", "stream": "true"}
    with tiny_client.head("/sparql", query_string=fields) as answer:
        assert answer.status_code == 200
    assert Broken.closed == 2
    for header in ({"If-Match": '"a"'}, {"If-None-Match": "*"}):
        answer = tiny_client.get("/sparql", query_string=fields, headers=header)
        assert answer.status_code in {304, 412}
    assert Broken.closed == 4


@pytest.mark.parametrize("suffix", ["csv", "tsv", "json", "xml"])
def test_canned_queries_are_streamed_too(client, suffix):
    streamed = client.get(f"/queries/visits.{suffix}?stream=true")
    whole = client.get(f"/queries/visits.{suffix}")

    assert streamed.status_code == 200
    assert streamed.data == whole.data
    assert streamed.headers["Comity-State"]
    assert 'rel="canonical"' in streamed.headers["Link"]


def test_a_page_of_a_canned_query_is_streamed_with_the_next_one(client):
    answer = client.get("/queries/visits.csv?limit=2&stream=true")

    assert answer.headers["Comity-Truncated"] == "true"
    assert "stream=true" in answer.headers["Link"].partition('rel="next"')[0].rpartition("<")[2]
    assert answer.data.count(b"\r\n") >= 3


def test_a_canned_query_takes_no_other_value(client):
    answer = client.get("/queries/visits.csv?stream=maybe")

    assert answer.status_code == 400
    assert json.loads(answer.data)["parameter"] == "stream"


@pytest.mark.parametrize("name", ["default", f"graph={NAMED}"])
@pytest.mark.parametrize("form", ["text/turtle", "application/n-triples"])
def test_a_graph_of_the_store_is_streamed_too(tiny_client, name, form):
    streamed = tiny_client.get(f"/graphs?{name}&stream=true", headers={"Accept": form})
    whole = tiny_client.get(f"/graphs?{name}", headers={"Accept": form})

    assert (streamed.status_code, streamed.content_type) == (200, whole.content_type)
    assert streamed.headers["Comity-State"]
    found = (set(parse_document(each.data, OFFERS[form])) for each in (streamed, whole))
    assert len(set(map(frozenset, found))) == 1


def test_a_graph_is_streamed_in_no_other_format(tiny_client):
    answer = tiny_client.get("/graphs?default&stream=true&format=jsonld")

    assert answer.status_code == 406


def test_a_graph_beyond_the_limit_tells_of_streams(tiny_client, monkeypatch):
    def refuse(*_):
        raise ResultTooLargeError("The answer is larger than 1 byte; ask for less.")

    monkeypatch.setattr("comity.store.engine.Graph.answer", refuse)
    answer = tiny_client.get("/graphs?default")

    assert answer.status_code == 413
    assert "stream=true" in answer.json["detail"]
