"""The SPARQL endpoint over HTTP: every way to ask, every format, and every refusal."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest

from comity.store.formats import GRAPH_FORMATS, RESULT_FORMATS
from comity.store.parsing import parse_document
from tiny import AZE, STATES, TINY_QUADS, VISITS

SELECT = (
    "PREFIX comity: <https://w3id.org/comity/ns#> "
    "SELECT ?state ?code { ?state comity:iso3 ?code } ORDER BY ?code"
)
QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"


def _get(client, query, **parameters):
    headers = {"Accept": parameters.pop("accept")} if "accept" in parameters else {}
    return client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)


def _problem(answer, status, code, *words):
    """Assert the one shape of an error, and that its sentence has some words."""
    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["code"] == code
    assert answer.json["title"]
    for word in words:
        assert word in answer.json["detail"]
    assert "Traceback" not in answer.text
    return answer.json


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get("/sparql", query_string={"query": SELECT}),
        lambda client: client.get("/sparql/", query_string={"query": SELECT}),
        lambda client: client.post("/sparql", data={"query": SELECT}),
        lambda client: client.post("/sparql", data=SELECT, content_type=QUERY_TYPE),
        lambda client: client.post(
            "/sparql", data=SELECT, content_type=f"{QUERY_TYPE}; charset=UTF-8"
        ),
        lambda client: client.open("/sparql", method="QUERY", data=SELECT, content_type=QUERY_TYPE),
        lambda client: client.open("/sparql", method="QUERY", data={"query": SELECT}),
    ],
    ids=["get", "slash", "form", "direct", "charset", "query-direct", "query-form"],
)
def test_every_way_to_ask_gets_the_same_answer(tiny_client, ask):
    answer = ask(tiny_client)

    assert answer.status_code == 200
    assert answer.content_type == "application/sparql-results+json"
    bindings = answer.get_json(force=True)["results"]["bindings"]
    assert [row["code"]["value"] for row in bindings] == ["AZE", "JPN"]


def test_head_has_the_headers_and_no_body(tiny_client):
    got = _get(tiny_client, SELECT)
    head = tiny_client.head("/sparql", query_string={"query": SELECT})

    assert head.status_code == 200
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == got.headers[name]


def test_rows_in_json_xml_csv_and_tsv(tiny_client):
    tables = {offer.name: _get(tiny_client, SELECT, format=offer.name) for offer in RESULT_FORMATS}

    assert [answer.mimetype for answer in tables.values()] == [
        offer.media_type for offer in RESULT_FORMATS
    ]
    assert tables["json"].get_json(force=True)["head"]["vars"] == ["state", "code"]
    root = ET.fromstring(tables["xml"].text)  # noqa: S314 - our own answer
    assert len(root.findall(".//{*}result")) == 2
    rows = list(csv.reader(io.StringIO(tables["csv"].text)))
    assert rows[:2] == [["state", "code"], [AZE.value, "AZE"]]
    assert tables["tsv"].text.splitlines()[:2] == ["?state\t?code", f'{AZE.n3()}\t"AZE"']


@pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_a_graph_in_six_formats(tiny_client, offer):
    answer = _get(tiny_client, "CONSTRUCT WHERE { ?s ?p ?o }", accept=offer.media_type)

    assert answer.content_type == offer.content_type
    triples = {quad.triple for quad in parse_document(answer.data, offer)}
    assert triples == {quad.triple for quad in TINY_QUADS}


def test_turtle_has_the_prefixes_of_the_project(tiny_client):
    answer = _get(tiny_client, f"DESCRIBE {AZE.n3()}")

    assert answer.mimetype == "text/turtle"
    assert "@prefix comity: <https://w3id.org/comity/ns#> ." in answer.text
    assert "comity:iso3" in answer.text


@pytest.mark.parametrize(("pattern", "truth"), [("{}", True), ("{ ?s ?p 'none' }", False)])
def test_ask_is_true_or_false_in_all_formats(tiny_client, pattern, truth):
    answers = [_get(tiny_client, f"ASK {pattern}", format=o.name) for o in RESULT_FORMATS]

    assert answers[0].get_json(force=True)["boolean"] is truth
    assert all(str(truth).lower() in answer.text for answer in answers)


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
IN_GRAPHS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("query", "dataset", "number"),
    [
        (COUNT, {}, "13"),
        (COUNT, {"default-graph-uri": STATES}, "8"),
        (COUNT, {"default-graph-uri": [STATES, VISITS]}, "13"),
        (COUNT, {"named-graph-uri": STATES}, "0"),
        (IN_GRAPHS, {"named-graph-uri": STATES}, "8"),
        (IN_GRAPHS, {"default-graph-uri": STATES}, "0"),
    ],
)
@pytest.mark.parametrize("way", ["get", "form", "form-and-address", "direct"])
def test_the_dataset_may_stand_in_the_address_or_the_form(tiny_client, query, dataset, number, way):
    if way == "get":
        answer = _get(tiny_client, query, format="csv", **dataset)
    elif way == "form":
        form = {"query": query, "format": "csv", **dataset}
        answer = tiny_client.post("/sparql", data=form)
    elif way == "form-and-address":
        answer = tiny_client.post(
            "/sparql", query_string=dataset, data={"query": query, "format": "csv"}
        )
    else:
        address = {"format": "csv", **dataset}
        answer = tiny_client.post(
            "/sparql", query_string=address, data=query, content_type=QUERY_TYPE
        )

    assert answer.text == f"n\r\n{number}\r\n"


def test_percent_signs_are_decoded_once(tiny_client):
    answer = tiny_client.post(
        "/sparql",
        data="query=SELECT%20(%22%2520%2B%22%20AS%20%3Fx)%20%7B%7D&format=csv",
        content_type=FORM_TYPE,
    )

    assert answer.text == "x\r\n%20+\r\n"


def test_a_graph_that_is_no_iri_is_named(tiny_client):
    found = _problem(
        _get(tiny_client, COUNT, **{"default-graph-uri": "states"}),
        *(400, "bad_parameter", "default-graph-uri='states'"),
    )

    assert found["parameter"] == "default-graph-uri"


def test_bad_sparql_is_answered_with_line_and_column(tiny_client):
    found = _problem(_get(tiny_client, "SELECT * {\n ?s ?p }"), 400, "query_syntax", "'}'")

    assert (found["line"], found["column"]) == (2, 8)


@pytest.mark.parametrize("query", ["CLEAR ALL", "INSERT DATA { <x:a> <x:b> 1 }", "", "   "])
def test_an_update_or_nothing_is_no_query(tiny_client, query):
    _problem(_get(tiny_client, query), 400, "query_syntax")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "service_disabled"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> {} }", "service_disabled"),
        (r"SELECT * { \u0053ERVICE <http://127.0.0.1:9/> {} }", "service_disabled"),
        ("LOAD <http://127.0.0.1:9/>", "load_disabled"),
        ("LOAD SILENT <file:///etc/passwd>", "load_disabled"),
    ],
)
def test_asking_elsewhere_is_refused(tiny_client, query, code):
    _problem(_get(tiny_client, query), 403, code)


def test_an_unknown_function_is_the_client_s_fault(tiny_client):
    _problem(_get(tiny_client, "SELECT (<x:f>() AS ?x) {}"), 400, "unknown_function", "'x:f'")


def test_deep_nesting_is_refused_and_the_server_lives(tiny_client):
    _problem(
        _get(tiny_client, "ASK " + "{" * 5000 + "}" * 5000), 400, "query_too_complex", "brackets"
    )

    assert _get(tiny_client, "ASK {}").status_code == 200


@pytest.mark.parametrize(
    ("request_", "status", "code", "words"),
    [
        (("GET", "/sparql?query=ASK{}&query=ASK{}", None, None), 400, "bad_request", "2 queries"),
        (("POST", "/sparql?query=ASK{}", b"query=ASK{}", FORM_TYPE), 400, "bad_request", "2 quer"),
        (("POST", "/sparql?query=ASK{}", b"ASK{}", QUERY_TYPE), 400, "bad_request", "2 queries"),
        (
            ("GET", "/sparql?query=ASK{}&update=CLEAR+ALL", None, None),
            400,
            "bad_request",
            "/update",
        ),
        (("GET", "/sparql?update=CLEAR+ALL", None, None), 400, "bad_request", "/update"),
        (("POST", "/sparql", b"update=CLEAR+ALL", FORM_TYPE), 400, "bad_request", "/update"),
        (("POST", "/sparql", b"query=ASK{}&update=x", FORM_TYPE), 400, "bad_request", "/update"),
        (("POST", "/sparql", b"", FORM_TYPE), 400, "bad_request", "no query"),
        (("QUERY", "/sparql", b"format=json", FORM_TYPE), 400, "bad_request", "no query"),
        (("GET", "/sparql?qurey=ASK{}", None, None), 400, "bad_request", "qurey="),
        (("POST", "/sparql", b"ASK{}", None), 415, "unsupported_media_type", "no Content-Type"),
        (("POST", "/sparql", b"ASK{}", "text/plain"), 415, "unsupported_media_type", "text/plain"),
        (
            ("POST", "/sparql", b"--x--", "multipart/form-data; boundary=x"),
            *(415, "unsupported_media_type", "multipart/form-data"),
        ),
        (
            ("POST", "/sparql", b"CLEAR ALL", "application/sparql-update"),
            *(415, "unsupported_media_type", "/update"),
        ),
        (
            ("POST", "/sparql", "ASK{}".encode("utf-16"), f"{QUERY_TYPE}; charset=utf-16"),
            *(415, "unsupported_media_type", "utf-16"),
        ),
        (("POST", "/sparql", b"ASK { ?s ?p '\xff' }", QUERY_TYPE), 400, "bad_request", "Byte 13"),
        (("POST", "/sparql", b"query=%ff", FORM_TYPE), 400, "bad_request", "UTF-8"),
        (("GET", "/sparql?query=%ff", None, None), 400, "bad_request", "UTF-8"),
        (("GET", "/sparql?query=%ed%a0%80", None, None), 400, "bad_request", "UTF-8"),
        (("GET", "/sparql?" + "a=1&" * 300, None, None), 400, "bad_request", "200 fields"),
        (("POST", "/sparql", b"#" * 1_000_001, QUERY_TYPE), 413, "too_large", "1,000,000"),
        (("POST", "/sparql", b"query=" + b"+" * 1_000_000, FORM_TYPE), 413, "too_large", "bytes"),
        (("PUT", "/sparql?query=ASK{}", None, None), 405, "method_not_allowed", "PUT"),
        (("DELETE", "/sparql", None, None), 405, "method_not_allowed", "GET"),
    ],
)
def test_a_request_that_cannot_be_read_is_told_why(tiny_client, request_, status, code, words):
    method, url, body, content_type = request_
    answer = tiny_client.open(url, method=method, data=body, content_type=content_type)

    _problem(answer, status, code, words)


def test_a_compressed_body_is_not_read(tiny_client):
    answer = tiny_client.post(
        "/sparql", data=b"x", content_type=QUERY_TYPE, headers={"Content-Encoding": "gzip"}
    )

    _problem(answer, 415, "unsupported_media_type", "Content-Encoding")


def test_a_body_of_the_largest_size_is_read(tiny_client):
    body = b"ASK {} #".ljust(1_000_000, b"x")

    assert tiny_client.post("/sparql", data=body, content_type=QUERY_TYPE).status_code == 200


def test_long_values_are_not_sent_back_whole(tiny_client):
    answer = tiny_client.post("/sparql", data=b"x" * 500_000, content_type=QUERY_TYPE)

    assert len(_problem(answer, 400, "query_syntax")["detail"]) < 300


def test_a_wrong_method_is_told_the_right_ones(tiny_client):
    answer = tiny_client.put("/sparql")

    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST, QUERY"


def test_options_tells_the_methods(tiny_client):
    answer = tiny_client.options("/sparql")

    assert (answer.status_code, answer.data) == (204, b"")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST", "QUERY"}


@pytest.mark.parametrize("url", ["/sparql", "/sparql?query=ASK{}", "/sparql?query=x", "/none"])
def test_every_answer_may_be_read_by_scripts_of_any_site(tiny_client, url):
    answer = tiny_client.get(url, headers={"Origin": "https://example.org"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"ETag", "Link", "Content-Disposition", "Allow"} <= set(exposed)
    assert "Origin" not in answer.vary


def test_a_preflight_is_answered(tiny_client):
    answer = tiny_client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )

    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    assert int(answer.headers["Access-Control-Max-Age"]) > 0


def test_every_answer_is_guarded(tiny_client):
    for url in ("/sparql", "/sparql?query=ASK{}&format=html", "/none"):
        headers = tiny_client.get(url).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"]


def test_an_unchanged_answer_is_not_sent_again(tiny_client):
    first = _get(tiny_client, SELECT)
    tag = first.headers["ETag"]
    headers = {"If-None-Match": f'"other", {tag}'}

    again = tiny_client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Vary"] == "Accept"
    assert "Content-Type" not in again.headers
    posted = tiny_client.post("/sparql", data={"query": SELECT}, headers=headers)
    assert posted.status_code == 200


def test_the_tag_follows_the_request_the_format_and_the_data(tiny_client, app):
    tags = {
        _get(tiny_client, SELECT).headers["ETag"],
        _get(tiny_client, SELECT + " LIMIT 1").headers["ETag"],
        _get(tiny_client, SELECT, format="csv").headers["ETag"],
        _get(tiny_client, SELECT, **{"default-graph-uri": STATES}).headers["ETag"],
        _get(tiny_client, SELECT, **{"named-graph-uri": STATES}).headers["ETag"],
        _get(app.test_client(), SELECT).headers["ETag"],
    }

    assert len(tags) == 6
    assert _get(tiny_client, SELECT, accept="text/csv").headers["ETag"] in tags


def test_vary_is_exact(tiny_client):
    assert _get(tiny_client, SELECT).headers["Vary"] == "Accept"
    assert "Vary" not in _get(tiny_client, SELECT, format="csv").headers
    assert "Vary" not in tiny_client.get("/health/live").headers


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_what_differs_each_time_is_not_cached(tiny_client, function):
    answer = _get(tiny_client, f"SELECT ({function} AS ?x) {{}}")

    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_a_fault_is_not_cached(tiny_client):
    assert _get(tiny_client, "ASK {").headers["Cache-Control"] == "no-store"


def test_a_fault_of_the_program_is_told_without_its_trace(
    tiny_app, tiny_graph, monkeypatch, caplog
):
    def fail(*_):
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(type(tiny_graph), "answer", fail)
    answer = _get(tiny_app.test_client(), "ASK {}")

    _problem(answer, 500, "internal_error")
    assert "secret" not in answer.text
    assert "secret" in caplog.text


def test_problem_documents_are_whole(tiny_client):
    text = _get(tiny_client, "ASK {").text

    assert list(json.loads(text)) == [
        *("type", "title", "status", "code", "detail", "line", "column"),
    ]
