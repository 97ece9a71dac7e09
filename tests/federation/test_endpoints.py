"""What an endpoint may do, and what comes of it: redirects, floods, silence, nonsense."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from comity.errors import (
    DisconnectedError,
    OverloadError,
    ServiceFailedError,
    ServiceTimeoutError,
    ServiceTooLargeError,
    UsageError,
)
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.federation import Endpoints, FederatedReaders, ServiceLimits
from comity.store.remote import Place
from comity.web.site import InProcess
from processes import free_port
from some_endpoints import EXAMPLE
from tiny import TINY_QUADS

NAME = f"{EXAMPLE}sparql"
JSON = "application/sparql-results+json"


def rows(*values, name="x"):
    """Return SPARQL JSON with one column."""
    bindings = [{} if value is None else {name: value} for value in values]
    return json.dumps({"head": {"vars": [name]}, "results": {"bindings": bindings}}).encode()


def uri(text):
    return {"type": "uri", "value": text}


class Hostile:
    """A server that answers as it is told, and remembers what it was asked."""

    def __init__(self):
        outer = self
        self.reply = lambda handler: handler.give(200, JSON, rows(uri("urn:x")))
        self.asked = []
        self.headers = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                outer.asked.append(parse_qs(body)["query"][0])
                outer.headers.append(dict(self.headers))
                outer.reply(self)

            def do_GET(self):
                outer.asked.append(f"GET {self.path}")
                self.give(200, JSON, rows(uri("urn:stolen")))

            def give(self, status, media_type, body, **headers):
                self.send_response(status)
                self.send_header("Content-Type", media_type)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/sparql"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def hostile():
    server = Hostile()
    yield server
    server.server.shutdown()
    server.server.server_close()


@pytest.fixture
def made(hostile):
    """Make endpoints of the hostile server alone, with limits."""
    opened = []

    def made(**limits):
        endpoints = Endpoints({NAME: Place.read(hostile.address)}, ServiceLimits(**limits))
        opened.append(endpoints)
        return endpoints

    yield made
    for each in opened:
        each.close()


def ask(endpoints, text="SELECT ?x WHERE { ?x ?y ?z }", seconds=30.0, gone=None):
    return endpoints.ask(NAME, text, seconds, gone)


def test_a_redirect_is_not_followed(hostile, made):
    def away(handler):
        handler.give(302, "text/plain", b"", Location=f"{hostile.address}?elsewhere")

    hostile.reply = away

    with pytest.raises(ServiceFailedError, match="302, a redirect, which is not followed"):
        ask(made())

    assert hostile.asked == ["SELECT ?x WHERE { ?x ?y ?z }"]


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_a_status_that_is_none_of_success_is_a_failure(hostile, made, status):
    hostile.reply = lambda handler: handler.give(status, "text/html", b"<script>")

    with pytest.raises(ServiceFailedError, match=f"answers with status {status};") as failure:
        ask(made())

    assert failure.value.status == 502
    assert "script" not in str(failure.value)


def test_its_own_time_limit_is_a_timeout(hostile, made):
    hostile.reply = lambda handler: handler.give(500, "text/plain", b"Query timed out")

    with pytest.raises(ServiceTimeoutError) as failure:
        ask(made())

    assert failure.value.status == 504


@pytest.mark.parametrize(
    ("media_type", "body", "why"),
    [
        ("text/html", b"<p>", "'text/html', not SPARQL JSON"),
        (JSON, b"{", "does not parse"),
        (JSON, b'{"head":{},"boolean":true}', "no rows but a truth value"),
        (JSON, rows(uri("urn:x"))[:-9], "does not parse"),
        (JSON, b'{"head":{"vars":["x"]},"results":{"bindings":' + b"[" * 100_000, "does not parse"),
        (JSON, rows(uri("urn:a> <urn:b")), "does not parse|cannot write"),
        (JSON, rows(uri("relative")), "does not parse|cannot write"),
        (JSON, rows({"type": "literal", "value": "x", "xml:lang": "e n"}), "parse|cannot write"),
        (
            JSON,
            rows({"type": "literal", "value": "x", "datatype": "urn:a> } SERVICE <urn:b"}),
            "does not parse|cannot write",
        ),
        (
            JSON,
            rows(
                {
                    "type": "triple",
                    "value": {
                        "subject": uri("urn:x"),
                        "predicate": uri("urn:x"),
                        "object": uri("urn:x"),
                    },
                }
            ),
            "cannot write",
        ),
    ],
)
def test_what_is_no_answer_is_a_failure(hostile, made, media_type, body, why):
    hostile.reply = lambda handler: handler.give(200, media_type, body)

    with pytest.raises(ServiceFailedError, match=why):
        ask(made())


def test_a_huge_answer_is_cut_off_and_refused(hostile, made):
    def flood(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b" " * 100_000)
        except OSError:
            pass

    hostile.reply = flood

    with pytest.raises(ServiceTooLargeError, match="1,000,000 bytes") as failure:
        ask(made(answer_bytes=1_000_000))

    assert failure.value.status == 413


def test_more_rows_than_are_taken_are_refused(hostile, made):
    hostile.reply = lambda handler: handler.give(200, JSON, rows(*[uri("urn:x")] * 4))

    with pytest.raises(ServiceTooLargeError, match="3 rows"):
        ask(made(rows=3))
    assert len(ask(made(rows=4)).rows) == 4


def test_rows_that_were_left_out_are_told_of(hostile, made):
    hostile.reply = lambda handler: handler.give(
        200, JSON, rows(uri("urn:x")), X_SPARQL_MaxRows="1"
    )

    with pytest.raises(ServiceTooLargeError, match="left rows out"):
        ask(made())


def test_a_slow_answer_ends_at_the_limit(hostile, made):
    end = threading.Event()

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        while not end.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    hostile.reply = drip
    try:
        with pytest.raises(ServiceTimeoutError, match=r"within 0\.3 s"):
            ask(made(seconds=0.3))
        with pytest.raises(ServiceTimeoutError, match=r"within 0\.2 s"):
            ask(made(seconds=9.0), seconds=0.2)
    finally:
        end.set()


def test_nobody_is_asked_for_a_client_that_has_left(hostile, made):
    with pytest.raises(DisconnectedError):
        ask(made(), gone=lambda: True)

    assert hostile.asked == []


def test_no_more_run_at_once_than_may(hostile, made):
    begun, end = threading.Event(), threading.Event()

    def wait(handler):
        begun.set()
        end.wait(30)
        handler.give(200, JSON, rows(uri("urn:x")))

    hostile.reply = wait
    endpoints = made(places=1, wait_seconds=0.05)
    first = threading.Thread(target=ask, args=(endpoints,))
    first.start()
    try:
        assert begun.wait(30)
        with pytest.raises(OverloadError):
            ask(endpoints, "SELECT ?x WHERE { ?x a ?z }")
    finally:
        end.set()
        first.join()
    assert ask(endpoints, "SELECT ?x WHERE { ?x a ?z }").names == ("x",)


def test_an_answer_is_kept_for_its_time_and_within_its_bytes(hostile, made):
    endpoints = made(cache_seconds=1_000)
    assert ask(endpoints) == ask(endpoints)
    assert len(hostile.asked) == 1
    assert endpoints.outcomes == {"answered": 1, "kept": 1}

    short = made(cache_seconds=0.001)
    ask(short)
    time.sleep(0.01)
    ask(short)
    assert len(hostile.asked) == 3

    small = made(cache_bytes=100)
    ask(small)
    ask(small)
    assert len(hostile.asked) == 5


def test_a_failure_is_not_kept(hostile, made):
    endpoints, whole = made(), hostile.reply
    hostile.reply = lambda handler: handler.give(500, "text/plain", b"no")
    with pytest.raises(ServiceFailedError):
        ask(endpoints)
    hostile.reply = whole

    assert ask(endpoints).names == ("x",)


def test_who_asks_is_told(hostile):
    agent = "comity/0 (+https://example.org/)"
    endpoints = Endpoints({NAME: Place.read(hostile.address)}, agent=agent)
    ask(endpoints)
    endpoints.close()

    assert hostile.headers[0]["User-Agent"] == agent
    assert "Authorization" not in hostile.headers[0]


def test_an_endpoint_that_is_not_there_is_a_failure():
    endpoints = Endpoints({NAME: Place.read(f"http://127.0.0.1:{free_port()}/sparql")})

    with pytest.raises(ServiceFailedError, match="cannot be reached"):
        ask(endpoints)


@pytest.mark.parametrize(
    "entry",
    ["file:///etc/passwd", "ftp://example.org/", "example.org", "http://", "http://u:p@example.org/",
     "http://example.org/?x=1", "http://example.org/#x", "http://example.org:0/"],
)  # fmt: skip
def test_what_is_no_address_is_no_entry_of_the_list(entry):
    with pytest.raises(UsageError, match="An entry of services"):
        Endpoints.of(f"http://example.org/sparql {entry}", ServiceLimits())


def test_an_empty_list_is_none():
    assert Endpoints.of("  ", ServiceLimits()) is None


SILENT = "SELECT * { VALUES ?y { 1 } SERVICE SILENT <http://example.org/sparql> { ?x ?y ?z } }"


@pytest.mark.parametrize(
    "reply",
    [
        lambda handler: handler.give(500, "text/plain", b"no"),
        lambda handler: handler.give(302, "text/plain", b"", Location="/"),
        lambda handler: handler.give(200, JSON, b"{"),
        lambda handler: handler.give(500, "text/plain", b"timeout"),
    ],
)
def test_silent_goes_on_with_one_empty_solution(hostile, made, reply):
    hostile.reply = reply
    readers = FederatedReaders(InProcess(Graph.of(TINY_QUADS)), made(), 30.0)

    answer = json.loads(readers.answer(QueryRequest(SILENT), formats.JSON))

    assert sorted(answer["head"]["vars"]) == ["x", "y", "z"]
    assert [list(row) for row in answer["results"]["bindings"]] == [["y"]]


def test_silent_hides_no_limit_of_ours(hostile, made):
    hostile.reply = lambda handler: handler.give(200, JSON, rows(*[uri("urn:x")] * 4))
    readers = FederatedReaders(InProcess(Graph.of(TINY_QUADS)), made(rows=3), 30.0)

    with pytest.raises(ServiceTooLargeError):
        readers.answer(QueryRequest(SILENT), formats.JSON)
