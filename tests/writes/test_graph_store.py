"""The Graph Store Protocol: graphs are put, extended, read back as written, and removed."""

from __future__ import annotations

import pytest

from comity.store.commits.lines import line_of
from comity.store.formats import GRAPH_FORMATS, N_TRIPLES
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Quad
from comity.store.uploads import UPLOAD_FORMATS
from tiny import STATES, TINY_QUADS

ONE = "<x:a> <x:b> <x:c> ."
TWO = "<x:a> <x:b> <x:d> ."
G = "/graphs?graph=x%3Ag"
TURTLE = "text/turtle"
DOCUMENTS = {
    "turtle": "<s> <x:p> 1.50 .",
    "ntriples": '<x:base/s> <x:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .',
    "rdfxml": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">'
    '<rdf:Description rdf:about="s"><x:p rdf:datatype="http://www.w3.org/2001/XMLSchema#decimal">'
    "1.50</x:p></rdf:Description></rdf:RDF>",
    "jsonld": '{"@id": "s", "x:p": {"@value": "1.50", '
    '"@type": "http://www.w3.org/2001/XMLSchema#decimal"}}',
}


def _lines(answer):
    return sorted(
        " ".join(term.n3() for term in quad.triple)
        for quad in parse_document(answer.data, N_TRIPLES)
    )


def _read(client, path=G):
    answer = client.get(path, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return _lines(answer)


def test_a_new_graph_is_created_and_the_next_replaces_it(writer):
    first = writer.put(G, data=ONE, content_type=TURTLE)
    second = writer.put(G, data=TWO, content_type=TURTLE)

    assert (first.status_code, second.status_code) == (201, 200)
    assert (first.json["commit"], second.json["commit"]) == (1, 2)
    assert (second.json["added"], second.json["removed"]) == (1, 1)
    assert _read(writer) == ["<x:a> <x:b> <x:d>"]


def test_a_post_adds(writer):
    first = writer.post(G, data=ONE, content_type=TURTLE)
    second = writer.post(G, data=TWO, content_type=TURTLE)

    assert (first.status_code, second.status_code) == (201, 200)
    assert _read(writer) == ["<x:a> <x:b> <x:c>", "<x:a> <x:b> <x:d>"]


def test_other_graphs_stay_as_they_are(writer, committer):
    writer.put(G, data=ONE, content_type=TURTLE)
    writer.delete(G)

    assert set(committer.state.quads()) == set(TINY_QUADS)


def test_a_graph_that_was_deleted_is_gone(writer):
    writer.put(G, data=ONE, content_type=TURTLE)

    assert writer.delete(G).status_code == 200
    assert writer.get(G).status_code == 404
    assert writer.head(G).status_code == 404
    assert writer.delete(G).status_code == 404


def test_the_default_graph_is_always_there(writer):
    assert _read(writer, "/graphs?default") == []
    assert writer.put("/graphs?default", data=ONE, content_type=TURTLE).status_code == 200
    assert _read(writer, "/graphs?default") == ["<x:a> <x:b> <x:c>"]
    assert writer.delete("/graphs?default").status_code == 200
    assert _read(writer, "/graphs?default") == []


def test_a_post_without_a_name_makes_a_graph_with_an_address(writer):
    answer = writer.post("/graphs", data="<> <x:b> <x:c> .", content_type=TURTLE)
    place = answer.headers["Location"]

    assert answer.status_code == 201
    assert place.startswith("http://localhost/graphs/")
    assert _read(writer, place) == [f"<{place}> <x:b> <x:c>"]
    assert _lines(
        writer.get("/graphs", query_string={"graph": place}, headers={"Accept": "text/plain"})
    )


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("/graphs/person/1.ttl", "http://localhost/graphs/person/1.ttl"),
        ("/graphs/a%20b", "http://localhost/graphs/a%20b"),
        ("/graphs/%C3%A9", "http://localhost/graphs/%C3%A9"),
    ],
)
def test_an_address_below_graphs_names_itself(writer, path, iri):
    assert writer.put(path, data=ONE, content_type=TURTLE).status_code == 201
    assert _read(writer, path) == ["<x:a> <x:b> <x:c>"]
    answer = writer.get("/graphs", query_string={"graph": iri}, headers={"Accept": "text/plain"})
    assert _lines(answer) == ["<x:a> <x:b> <x:c>"]
    assert writer.delete(path).status_code == 200


def test_an_address_below_the_public_base_names_itself(make_writable, committer, bearer):
    app = make_writable(base="https://example.org/c")
    app.test_client().put("/graphs/a", data=ONE, content_type=TURTLE, headers=bearer())

    assert committer.state.graphs()["https://example.org/c/graphs/a"] == 1


@pytest.mark.parametrize("offer", UPLOAD_FORMATS, ids=lambda offer: offer.name)
def test_every_format_is_read_without_changing_a_literal(writer, offer):
    path = "/graphs?graph=x%3Abase%2Fg"
    answer = writer.put(path, data=DOCUMENTS[offer.name], content_type=offer.media_type)

    assert answer.status_code == 201
    assert _read(writer, path) == [
        '<x:base/s> <x:p> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    ]


@pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_a_graph_is_read_in_every_format_and_head_is_like_get(writer, offer):
    headers = {"Accept": offer.media_type}
    path = "/graphs"
    answer = writer.get(path, query_string={"graph": STATES}, headers=headers)
    head = writer.head(path, query_string={"graph": STATES}, headers=headers)

    assert answer.content_type == head.content_type == offer.content_type
    assert answer.headers["ETag"] == head.headers["ETag"]
    assert head.data == b""
    assert {quad.triple for quad in parse_document(answer.data, offer)} == {
        quad.triple for quad in TINY_QUADS if quad.graph == STATES
    }


def test_several_documents_come_as_parts(writer):
    parts = (
        '--b\r\nContent-Disposition: form-data; name="1"; filename="1.ttl"\r\n'
        f"Content-Type: text/turtle; charset=utf-8\r\n\r\n{ONE}\r\n"
        '--b\r\nContent-Disposition: form-data; name="2"; filename="2.nt"\r\n\r\n'
        f"{TWO}\r\n"
        '--b\r\nContent-Disposition: form-data; name="3"\r\n'
        'Content-Type: application/ld+json\r\n\r\n{"@id": "x:a", "x:b": "ä"}\r\n--b--\r\n'
    )
    answer = writer.post(G, data=parts.encode(), content_type="multipart/form-data; boundary=b")

    assert answer.status_code == 201
    assert _read(writer) == ['<x:a> <x:b> "ä"', "<x:a> <x:b> <x:c>", "<x:a> <x:b> <x:d>"]


@pytest.mark.parametrize(
    ("content_type", "data", "status"),
    [
        ("multipart/form-data", "", 400),
        ("multipart/form-data; boundary=b", "", 400),
        ("multipart/form-data; boundary=b", "--b--\r\n", 400),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=x\r\n",
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n<x:a> <x:b> 1 .\r\n--b--\r\n',
            415,
        ),
    ],
)
def test_parts_that_cannot_be_read_are_refused(writer, committer, content_type, data, status):
    assert writer.post(G, data=data, content_type=content_type).status_code == status
    assert committer.calls == []


def test_blank_nodes_of_two_documents_are_not_the_same(writer):
    for _ in range(2):
        writer.post(G, data="_:a <x:b> <x:c> .", content_type=TURTLE)

    assert len(_read(writer)) == 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?default&graph=x:g", "Name one graph"),
        ("?default=yes", "takes no value"),
        ("?graph=x:g&graph=x:h", "2 values"),
        ("?graph=relative", "not an absolute IRI"),
        ("?graph=", "not an absolute IRI"),
        ("?graph=http%3A%2F%2Fx%2F%3C", "not an absolute IRI"),
        ("?other=1", "Name one graph"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "POST", "DELETE"])
def test_what_names_no_graph_is_refused(writer, committer, method, query, words):
    answer = writer.open(f"/graphs{query}", method=method, data=ONE, content_type=TURTLE)

    assert answer.status_code == 400
    assert method == "HEAD" or words in answer.json["detail"]
    assert committer.calls == []


def test_a_name_is_decoded_once(writer, committer):
    writer.put("/graphs?graph=http%3A%2F%2Fx%2F%2531", data=ONE, content_type=TURTLE)

    assert "http://x/%31" in committer.state.graphs()


@pytest.mark.parametrize(
    "media_type",
    [
        *("application/trig", "application/n-quads", "text/plain", "application/json", None),
        *("application/x-www-form-urlencoded", "text/turtle; charset=latin-1", "text/html"),
    ],
)
def test_another_type_is_not_read(writer, committer, media_type):
    answer = writer.put(G, data=ONE, content_type=media_type)

    assert answer.status_code == 415
    assert committer.calls == []


@pytest.mark.parametrize(
    ("media_type", "data", "status", "code"),
    [
        ("text/turtle", "<x:a> <x:b>", 400, "document_syntax"),
        ("text/turtle", b"<x:a> <x:b> '\xff' .", 400, "document_syntax"),
        ("text/turtle", "<x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> .", 400, "document_syntax"),
        ("application/n-triples", "<a> <b> <c> .", 400, "document_syntax"),
        (
            "application/rdf+xml",
            '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
            400,
            "doctype_refused",
        ),
        ("application/rdf+xml", "<!doctype a><a/>", 400, "doctype_refused"),
        (
            "application/ld+json",
            '{"@context": "http://127.0.0.1:9/"}',
            400,
            "remote_context_refused",
        ),
        (
            "application/ld+json",
            '[{"x:a": {"@context": [{}, {"@import": "http://127.0.0.1:9/"}]}}]',
            400,
            "remote_context_refused",
        ),
        ("application/ld+json", '{"x:a":' * 10_000 + "1" + "}" * 10_000, 400, "document_syntax"),
        ("application/ld+json", "[" * 300 + "]" * 300, 400, "document_syntax"),
        ("application/ld+json", '{"@id": "x:g", "@graph": [{"x:p": 1}]}', 400, "document_syntax"),
        ("text/turtle", "#" * 1_000_001, 413, "too_large"),
    ],
)
def test_a_bad_document_is_told_and_changes_nothing(
    writer, committer, media_type, data, status, code
):
    answer = writer.put(G, data=data, content_type=media_type)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert committer.calls == []
    assert writer.put(G, data=ONE, content_type=TURTLE).status_code == 201


def test_the_line_of_a_fault_is_told(writer):
    answer = writer.put(G, data=f"{ONE}\n{ONE}\n<x:a> nonsense .", content_type=TURTLE)

    assert answer.json["line"] == 3


def test_a_graph_is_changed_only_as_it_was_read(writer):
    writer.put(G, data=ONE, content_type=TURTLE)
    tag = writer.get(G).headers["ETag"]
    in_time = writer.put(G, data=TWO, content_type=TURTLE, headers={"If-Match": tag})
    too_late = writer.put(G, data=ONE, content_type=TURTLE, headers={"If-Match": tag})
    delete = writer.delete(G, headers={"If-Match": tag})

    assert in_time.status_code == 200
    assert too_late.status_code == delete.status_code == 412
    assert too_late.json["code"] == "precondition_failed"
    assert _read(writer) == ["<x:a> <x:b> <x:d>"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_a_change_that_comes_between_is_seen(writer, committer, method):
    writer.put(G, data=ONE, content_type=TURTLE)
    tag = writer.get(G).headers["ETag"]
    between = line_of(Quad(Iri("x:a"), Iri("x:b"), Iri("x:between"), "x:g"))
    committer.meanwhile = lambda: committer.state.apply([between], [])
    answer = writer.open(G, method=method, data=TWO, content_type=TURTLE, headers={"If-Match": tag})

    assert answer.status_code == 412
    assert _read(writer) == ["<x:a> <x:b> <x:between>", "<x:a> <x:b> <x:c>"]


def test_a_graph_is_made_only_where_there_is_none(writer):
    nothing = {"If-None-Match": "*"}
    something = {"If-Match": "*"}

    assert writer.put(G, data=ONE, content_type=TURTLE, headers=something).status_code == 412
    assert writer.put(G, data=ONE, content_type=TURTLE, headers=nothing).status_code == 201
    assert writer.put(G, data=TWO, content_type=TURTLE, headers=nothing).status_code == 412
    assert writer.put(G, data=TWO, content_type=TURTLE, headers=something).status_code == 200


def test_an_unchanged_graph_is_not_sent_again(writer):
    tag = writer.get("/graphs", query_string={"graph": STATES}).headers["ETag"]
    headers = {"If-None-Match": tag}

    again = writer.get("/graphs", query_string={"graph": STATES}, headers=headers)
    assert again.status_code == 304


def test_an_empty_document_makes_no_graph(writer):
    answer = writer.put(G, data="", content_type=TURTLE)

    assert (answer.status_code, answer.json["commit"]) == (200, 0)
    assert writer.get(G).status_code == 404
    assert writer.post("/graphs", data="#", content_type=TURTLE).status_code == 400


@pytest.mark.parametrize("path", [G, "/graphs/a"])
def test_a_graph_is_not_patched(writer, path):
    answer = writer.patch(path, data=ONE, content_type=TURTLE)

    assert answer.status_code == 405
    assert "PUT" in answer.headers["Allow"]


def test_an_unknown_graph_has_near_matches(writer):
    answer = writer.get("/graphs", query_string={"graph": f"{STATES}x"})

    assert answer.status_code == 404
    assert answer.json["suggestions"] == [STATES]
