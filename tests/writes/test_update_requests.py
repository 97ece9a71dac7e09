"""How an update is sent, and what is answered to each way of sending it wrong."""

from __future__ import annotations

import pytest

from comity.errors import (
    OverloadError,
    StorageFullError,
    TooLargeError,
    UnavailableError,
    UnprocessableError,
)
from comity.store.formats import GRAPH_FORMATS
from comity.store.parsing import parse_document
from comity.store.terms import Iri

INSERT = "INSERT DATA { GRAPH <x:g> { <x:a> <x:b> <x:c> } }"
DIRECT = "application/sparql-update"
SH = "http://www.w3.org/ns/shacl#"


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"update": INSERT}},
        {"data": INSERT, "content_type": DIRECT},
        {"data": INSERT, "content_type": f"{DIRECT}; charset=UTF-8"},
    ],
    ids=["form", "direct", "charset"],
)
def test_an_update_is_carried_out_and_told(writer, committer, sent):
    answer = writer.post("/update", **sent)

    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json == {
        "commit": 1,
        "hash": "0" * 64,
        "added": 1,
        "removed": 0,
        "normalised": [],
    }
    assert answer.headers["Comity-Commit"] == "1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert committer.state.graphs()["x:g"] == 1


def test_an_update_without_effect_is_told_the_number_there_is(writer):
    writer.post("/update", data={"update": INSERT})
    answer = writer.post("/update", data={"update": INSERT})

    assert answer.json["commit"] == 1
    assert answer.json["added"] == answer.json["removed"] == 0


@pytest.mark.parametrize("form", [True, False])
def test_the_dataset_of_the_request_goes_with_it(writer, committer, form):
    fields = [
        ("using-graph-uri", "x:1"),
        ("using-graph-uri", "x:2"),
        ("using-named-graph-uri", "x:3"),
    ]
    address = "&".join(f"{name}={value}" for name, value in fields)
    if form:
        data = f"update={INSERT.replace(' ', '+')}&{address}"
        writer.post("/update", data=data, content_type="application/x-www-form-urlencoded")
    else:
        writer.post(f"/update?{address}", data=INSERT, content_type=DIRECT)

    ((_, request, _),) = committer.calls
    assert request.text == INSERT
    assert request.names_dataset
    assert request.using_graphs == ("x:1", "x:2")
    assert request.using_named_graphs == ("x:3",)


@pytest.mark.parametrize(
    ("path", "sent", "status", "words"),
    [
        ("/update", {"data": {}}, 415, "no Content-Type"),
        ("/update", {"data": INSERT}, 415, "no Content-Type"),
        ("/update", {"data": INSERT, "content_type": "text/plain"}, 415, "'text/plain'"),
        ("/update", {"data": INSERT, "content_type": "application/sparql-query"}, 415, "/sparql"),
        ("/update", {"data": INSERT, "content_type": f"{DIRECT}; charset=latin-1"}, 415, "latin-1"),
        ("/update", {"data": {"query": "ASK {}"}}, 400, "no update"),
        ("/update", {"data": {"query": INSERT}}, 400, "no update"),
        ("/update", {"data": {"update": INSERT, "query": "ASK {}"}}, 400, "no update"),
        ("/update?query=ASK{}", {"data": INSERT, "content_type": DIRECT}, 400, "no update"),
        ("/update", {"data": {"update": [INSERT, INSERT]}}, 400, "2 updates"),
        ("/update", {"data": {"other": INSERT}}, 400, "no updates"),
        ("/update?update=CLEAR+ALL", {"data": INSERT, "content_type": DIRECT}, 400, "address"),
        ("/update?update=CLEAR+ALL", {"data": {"update": INSERT}}, 400, "address"),
        ("/update", {"data": {"update": INSERT, "default-graph-uri": "x:g"}}, 400, "belongs to"),
        ("/update", {"data": b"\xff", "content_type": DIRECT}, 400, "not UTF-8"),
        (
            "/update",
            {"data": b"INSERT DATA { <a> <b> '\xc3' }", "content_type": DIRECT},
            400,
            "UTF-8",
        ),
    ],
)
def test_what_is_sent_wrong_is_told_and_not_done(writer, committer, path, sent, status, words):
    answer = writer.post(path, **sent)

    assert answer.status_code == status
    assert words in answer.json["detail"]
    assert committer.calls == []


def test_form_bytes_that_are_not_utf8_are_refused(writer, committer):
    for data in (b"update=%FF", b"update=\xff"):
        answer = writer.post("/update", data=data, content_type="application/x-www-form-urlencoded")

        assert answer.status_code == 400
        assert "not UTF-8" in answer.json["detail"]
    assert committer.calls == []


def test_a_compressed_update_is_not_read(writer):
    answer = writer.post(
        "/update", data=INSERT, content_type=DIRECT, headers={"Content-Encoding": "gzip"}
    )

    assert answer.status_code == 415


def test_an_update_above_the_limit_is_not_read(writer, committer, settings):
    answer = writer.post("/update", data="#" * (settings.max_body_bytes + 1), content_type=DIRECT)

    assert answer.status_code == 413
    assert committer.calls == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "QUERY"])
def test_an_update_has_no_other_method(writer, committer, method):
    answer = writer.open("/update?update=CLEAR+ALL", method=method)

    assert answer.status_code == 405
    assert answer.headers["Allow"] == "OPTIONS, POST"
    assert committer.calls == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_an_update_is_no_query(writer, committer, method):
    sent = {"data": {"update": INSERT}} if method == "POST" else {}
    answer = writer.open("/sparql?update=CLEAR+ALL", method=method, **sent)

    assert answer.status_code == 400
    assert committer.calls == []


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (TooLargeError("large"), 413, "too_large"),
        (UnavailableError("not now"), 503, "unavailable"),
        (OverloadError("busy"), 503, "busy"),
        (StorageFullError("full"), 507, "storage_full"),
    ],
)
def test_what_goes_wrong_behind_it_is_told(writer, committer, error, status, code):
    committer.error = error
    answer = writer.post("/update", data=INSERT, content_type=DIRECT)

    assert answer.status_code == status
    assert answer.json["code"] == code
    assert (status == 503) == ("Retry-After" in answer.headers)


@pytest.mark.parametrize(
    "text", ["LOAD <http://127.0.0.1:9/>", "LOAD <file:///etc/passwd> INTO GRAPH <x:g>"]
)
def test_nothing_is_fetched(writer, text):
    answer = writer.post("/update", data=text, content_type=DIRECT)

    assert answer.status_code == 403
    assert answer.json["code"] == "load_disabled"


FINDINGS = (
    {
        "severity": "error",
        "message": "Azerbaijan has no label.",
        "focus": "https://w3id.org/comity/id/AZE",
        "path": "<http://www.w3.org/2000/01/rdf-schema#label>",
        "value": '"x \\"y\\""@en',
        "component": f"{SH}MinCountConstraintComponent",
    },
    {"severity": "warning", "message": "Odd."},
)


@pytest.fixture
def refused(committer):
    committer.error = UnprocessableError("The change breaks 2 rules.", findings=FINDINGS)


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/problem+json"])
def test_a_broken_shape_is_told_in_plain_words(writer, accept):
    headers = {} if accept is None else {"Accept": accept}
    answer = writer.post("/update", data=INSERT, content_type=DIRECT, headers=headers)

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "shapes_violated"
    assert answer.json["findings"] == list(FINDINGS)


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_a_broken_shape_is_told_as_a_report(writer, offer):
    headers = {"Accept": offer.media_type}
    answer = writer.post("/update", data=INSERT, content_type=DIRECT, headers=headers)

    assert answer.status_code == 422
    assert answer.content_type == offer.content_type
    triples = [quad.triple for quad in parse_document(answer.data, offer)]
    values = {(p.value.removeprefix(SH), o.n3()) for _, p, o in triples}
    assert ("conforms", '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>') in values
    assert ("focusNode", "<https://w3id.org/comity/id/AZE>") in values
    assert ("resultPath", "<http://www.w3.org/2000/01/rdf-schema#label>") in values
    assert ("value", '"x \\"y\\""@en') in values
    assert ("resultMessage", '"Azerbaijan has no label."@en') in values
    assert ("resultSeverity", f"<{SH}Violation>") in values
    assert ("resultSeverity", f"<{SH}Warning>") in values
    assert sum(o == Iri(f"{SH}ValidationResult") for _, _, o in triples) == 2
