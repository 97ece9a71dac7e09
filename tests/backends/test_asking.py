"""A store elsewhere is asked within the limits of a reader, and believed only as far as it goes."""

from __future__ import annotations

import json
import logging
import socket
import subprocess
import threading
import time

import pytest

from comity.errors import (
    DeadlineError,
    DisconnectedError,
    EngineError,
    NotAcceptableError,
    OverloadError,
    QuerySyntaxError,
    ResultTooLargeError,
    ServiceDisabledError,
    StoreLoginError,
    StoreReplyError,
    StoreUnreachableError,
    TooLargeError,
    UsageError,
)
from comity.store.engine import QueryRequest
from comity.store.formats import CSV, JSON, N_TRIPLES, TURTLE
from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits
from comity.store.remote import Client, Place, RemoteReaders
from comity.store.remote.versions import Versions
from fake_store import TRUE, answer, fake_store, hang_up, silence, unfinished
from shared_material import program

ASK = QueryRequest("ASK { ?s ?p ?o }")
ROWS = QueryRequest("SELECT ?s { ?s ?p ?o }")
GRAPH = QueryRequest("CONSTRUCT WHERE { ?s ?p ?o }")
SECRET = "open:sesame-8f3a"  # noqa: S105 - of nobody


def table(*values):
    rows = [{"s": {"type": "literal", "value": each}} for each in values]
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": rows}}).encode()


@pytest.fixture
def store():
    with fake_store() as made:
        yield made


@pytest.fixture
def readers(store):
    """Return readers of the fake store with some limits."""
    made = []

    def readers(lanes=None, file="", limit="", **limits):
        place = Place.read(store.address, file=file, limit=limit)
        client = Client(place)
        made.append(client)
        chosen = ReaderLimits(**({"seconds": 5.0} | limits))
        versions = Versions(client, seconds=5, limit=5)
        return RemoteReaders(client, versions, chosen, lanes)

    yield readers
    for client in made:
        client.close()


def test_a_query_goes_out_as_a_form_and_comes_back_in_any_format(store, readers):
    store.say(answer(table("a", "ə")))
    asked = readers(limit="timeout={ms}")
    request = QueryRequest(ROWS.text, ("urn:a", "urn:b"), ("urn:c",))
    assert asked.answer(request, CSV) == "s\r\na\r\nə\r\n".encode()
    sent = store.asked[0]
    assert (sent.method, sent.path) == ("POST", "/query")
    assert sent.fields["query"] == f"BASE <https://w3id.org/comity/> {ROWS.text}"
    assert (sent.fields["default-graph-uri"], sent.fields["named-graph-uri"]) == ("urn:b", "urn:c")
    assert 4_000 < int(sent.fields["timeout"]) <= 5_000
    assert "authorization" not in sent.headers
    with pytest.raises(NotAcceptableError):
        asked.answer(ROWS, TURTLE)
    assert len(store.asked) == 1


def test_a_connection_is_used_again(store, readers):
    asked = readers()
    for _ in range(3):
        assert json.loads(asked.answer(ASK, JSON))["boolean"] is True
    assert len({each.peer for each in store.asked}) == 1


def test_what_asks_other_servers_is_never_sent(store, readers):
    for text in (
        "SELECT * { SERVICE <urn:x> { ?s ?p ?o } }",
        r"SELECT * { S\u0045RVICE <urn:x> {} }",
    ):
        with pytest.raises(ServiceDisabledError):
            readers().answer(QueryRequest(text), JSON)
    with pytest.raises(QuerySyntaxError):
        readers().answer(QueryRequest('DEFINE get:soft "replace" SELECT * { ?s ?p ?o }'), JSON)
    assert store.asked == []


def test_a_graph_comes_back_in_any_format(store, readers):
    store.say(answer(b'<urn:a> <urn:b> "c"@en .\n', kind="application/n-triples"))
    assert b'"c"@en' in readers().answer(GRAPH, TURTLE)
    store.say(answer(b"@prefix u: <urn:> . u:a u:b u:c .", kind="text/turtle"))
    assert readers().answer(GRAPH, N_TRIPLES) == b"<urn:a> <urn:b> <urn:c> .\n"


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        (answer(b"", 401), StoreLoginError, "let this server in"),
        (answer(b"", 403), StoreLoginError, "403"),
        (answer(b"Parse error: line 1, column 35.", 400), QuerySyntaxError, "line 1, column 3"),
        (answer(b"error at 2:7: expected ]", 400), QuerySyntaxError, "expected ]"),
        (answer(b"", 404), StoreReplyError, "404"),
        (answer(b"", 302, Location="http://127.0.0.1:1/"), StoreReplyError, "redirect"),
        (answer(b"", 413), TooLargeError, "shorten"),
        (answer(b"", 429, Retry_After="7"), OverloadError, "busy"),
        (answer(b"out of memory\n\nin secret.rs:7", 500), EngineError, "out of memory"),
        (answer(b"<html>secret</html>", 500, "text/html"), EngineError, "500"),
        (answer(b"Query timed out", 503), DeadlineError, "time limit"),
        (answer(b"", 503), StoreUnreachableError, "for now"),
        (answer(b"<html></html>", kind="text/html"), StoreReplyError, "text/html"),
        (answer(table("a")), StoreReplyError, "rows as the answer to ASK"),
        (answer(b'{"head":{},"boo'), StoreReplyError, "does not parse"),
        (answer(TRUE + b" The SPARQL operation has been cancelled"), DeadlineError, "time limit"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_as_an_error_of_ours(store, readers, said, error, words):
    store.say(said)
    with pytest.raises(error, match=words) as caught:
        readers().answer(ASK, JSON)
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert len(store.asked) == 1


def test_places_in_a_text_are_those_of_the_text_as_it_came(store, readers):
    store.say(answer(b"error at 1:40: no", 400))
    with pytest.raises(QuerySyntaxError) as caught:
        readers().answer(ASK, JSON)
    assert (caught.value.line, caught.value.column) == (
        1,
        40 - len("BASE <https://w3id.org/comity/> "),
    )


@pytest.mark.parametrize(
    "said",
    [
        unfinished(table("a", "b")[:-20]),
        unfinished(table("a", "b")[:-20], length=len(table("a", "b"))),
        answer(table("a", "b")[:-20]),
        answer(table("a") + b"x"),
    ],
)
def test_an_answer_that_breaks_off_is_no_answer(store, readers, said):
    store.say(said)
    with pytest.raises((StoreReplyError, StoreUnreachableError)):
        readers().answer(ROWS, CSV)


def test_statements_of_unknown_length_are_no_answer(store, readers):
    store.say(unfinished(b"<urn:a> <urn:b> <urn:c> .\n", kind="application/n-triples"))
    with pytest.raises(StoreReplyError, match="length"):
        readers().answer(GRAPH, N_TRIPLES)


@pytest.mark.parametrize("name", ["X_SPARQL_MaxRows", "X_SQL_State"])
def test_rows_that_the_store_left_out_are_not_passed_over(store, readers, name):
    store.say(answer(table("a"), **{name: "1"}))
    with pytest.raises(ResultTooLargeError, match="left rows out"):
        readers().answer(ROWS, CSV)


def test_too_large_an_answer_is_refused_while_it_comes(store, readers):
    store.say(answer(table(*map(str, range(50_000)))))
    asked = readers(answer_bytes=20_000)
    with pytest.raises(ResultTooLargeError, match="20,000 bytes"):
        asked.answer(ROWS, CSV)
    assert json.loads(readers().answer(ROWS, JSON))["results"]["bindings"]


def test_a_stream_is_the_whole_answer_within_its_limit(store, readers, monkeypatch):
    monkeypatch.setattr(RemoteReaders, "fingerprint", "state")
    store.say(answer(table("a")))
    flow = readers().stream(ROWS, CSV)

    assert not readers().streams
    assert (flow.state, flow.read(), flow.read()) == ("state", b"s\r\na\r\n", b"")
    with pytest.raises(NotAcceptableError):
        readers().stream(GRAPH, CSV)
    store.say(answer(table(*map(str, range(50_000)))))
    with pytest.raises(ResultTooLargeError):
        readers(answer_bytes=20_000).stream(ROWS, CSV)


def test_a_beginning_is_whole_rows(store, readers):
    store.say(answer(table(*(f"row {number}" for number in range(50_000)))))
    content, is_whole = readers().beginning(ROWS, 1_000)
    lines = content.decode().splitlines()
    assert (is_whole, lines[:2], lines[-1][-1]) == (False, ["?s", '"row 0"'], '"')
    assert 500 < len(content) <= 1_000
    store.say(answer(table("a")))
    assert readers().beginning(ROWS, 1_000) == (b'?s\n"a"\n', True)
    store.say(answer())
    assert readers().beginning(ASK, 1_000) == (b"true", True)
    store.say(answer(table("a")[:-3]))
    with pytest.raises(StoreReplyError):
        readers().beginning(ROWS, 1_000)


def test_the_name_of_a_blank_node_may_be_an_odd_one(store, readers):
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"bnode","value":"nodeID://b7"}}]}}'
    store.say(answer(body))
    assert readers().answer(ROWS, CSV) == b"s\r\n_:nb7\r\n"


@pytest.mark.parametrize("body", [b"", b'{"head":'])
def test_the_time_ends_a_query_whatever_the_store_does(store, readers, body):
    release = threading.Event()
    store.say(silence(release, body))
    began = time.monotonic()
    with pytest.raises(DeadlineError, match=r"limit of 0\.3 s"):
        readers(seconds=0.3).answer(ASK, JSON)
    with pytest.raises(DeadlineError, match=r"limit of 0\.2 s"):
        readers().answer(ASK, JSON, seconds=0.2)
    release.set()
    assert time.monotonic() - began < 4


def test_a_client_that_leaves_ends_its_query(store, readers):
    release, gone = threading.Event(), threading.Event()
    store.say(silence(release))
    threading.Timer(0.2, gone.set).start()
    with pytest.raises(DisconnectedError):
        readers().answer(ASK, JSON, gone.is_set)
    release.set()


def test_places_are_limited(store, readers):
    release = threading.Event()
    store.say(silence(release))
    asked = readers(LaneLimits(quick=1, slow=0, quick_seconds=0.05, wait_seconds=0.1), seconds=3.0)
    with pytest.raises(OverloadError):
        asked.answer(ASK, JSON)
    assert (asked.lanes.quick.taken, asked.lanes.slow.taken) == (0, 0)
    release.set()


def test_a_query_is_asked_again_when_the_connection_fails(store, readers):
    store.say(hang_up, hang_up, answer())
    assert json.loads(readers().answer(ASK, JSON))["boolean"] is True
    assert len(store.asked) == 3
    store.say(hang_up)
    with pytest.raises(StoreUnreachableError):
        readers().answer(ASK, JSON)
    assert len(store.asked) == 6


def test_a_query_is_asked_again_when_the_store_says_when(store, readers):
    store.say(answer(b"", 503, Retry_After="0"), answer(b"", 502, Retry_After="0"), answer())
    assert json.loads(readers().answer(ASK, JSON))["boolean"] is True
    store.say(answer(b"", 503, Retry_After="3600"))
    with pytest.raises(StoreUnreachableError) as caught:
        readers().answer(ASK, JSON)
    assert (caught.value.retry_after, len(store.asked)) == (3600, 4)


def test_a_change_is_sent_once(store):
    client = Client(Place.read(store.address))
    store.say(hang_up)
    with pytest.raises(StoreUnreachableError):
        client.change("PUT", store.address, {}, b"x", 5)
    assert len(store.asked) == 1
    client.close()


def test_nobody_there_is_told(caplog):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}/query"
        client = Client(Place.read(address))
        asked = RemoteReaders(client, Versions(client, seconds=5, limit=5))
        with caplog.at_level(logging.WARNING), pytest.raises(StoreUnreachableError) as caught:
            asked.answer(ASK, JSON)
    assert "127.0.0.1" not in str(caught.value)
    assert "refused" in caplog.text


def test_credentials_go_to_the_store_and_nowhere_else(store, readers, tmp_path, caplog):
    file = tmp_path / "secret"
    for line, header in (
        (SECRET, "Basic b3BlbjpzZXNhbWUtOGYzYQ=="),
        ("abc.DEF-1", "Bearer abc.DEF-1"),
    ):
        file.write_text(f"{line}\n", encoding="utf-8")
        asked = readers(file=str(file))
        store.say(answer())
        asked.answer(ASK, JSON)
        assert store.asked[-1].headers["authorization"] == header
        store.say(answer(b"", 401), hang_up)
        with caplog.at_level(logging.DEBUG):
            for _ in range(2):
                with pytest.raises((StoreLoginError, StoreUnreachableError)) as caught:
                    asked.answer(ASK, JSON)
                seen = f"{caught.value!r} {caplog.text} {asked.client.place!r}"
                assert line not in seen
                assert header not in seen
    for bad in ("", "a b c", "user:pass\nmore", ":x"):
        file.write_text(bad, encoding="utf-8")
        with pytest.raises(UsageError) as refused:
            readers(file=str(file))
        assert "pass" not in str(refused.value).replace("user:password", "")
    with pytest.raises(UsageError, match="cannot be read"):
        readers(file=str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("address", "graphs"),
    [
        ("http://127.0.0.1:7878/query", "http://127.0.0.1:7878/store"),
        ("https://h/ds/query", "https://h/ds/data"),
        ("https://h/ds/sparql", "https://h/ds/data"),
        ("https://h/ds", "https://h/ds/data"),
        ("https://h/repositories/c", "https://h/repositories/c/rdf-graphs/service"),
        ("https://h/sparql", "https://h/sparql-graph-crud"),
        ("https://h/a/b/c", ""),
    ],
)
def test_where_graphs_are_put_is_told_by_the_address(address, graphs):
    assert Place.read(address).graphs == graphs
    assert Place.read(address, graphs="https://h/g").graphs == "https://h/g"


@pytest.mark.parametrize(
    "address",
    ["ftp://h/x", "http:///x", "http://h/x?y=z", "http://h/x#y", "http://[x", "http://u:pw@h/x", "http://h/ä"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address):
    with pytest.raises(UsageError) as caught:
        Place.read(address)
    assert "pw@" not in str(caught.value)


def test_credentials_never_go_in_clear(tmp_path):
    file = tmp_path / "secret"
    file.write_text(SECRET, encoding="utf-8")
    for address in (
        "https://h/query",
        "http://127.0.0.1/query",
        "http://[::1]/q",
        "http://localhost/q",
    ):
        assert repr(Place.read(address, file=str(file)).credentials) == "<Credentials: basic>"
    with pytest.raises(UsageError, match="in clear"):
        Place.read("http://graph.example.org/query", file=str(file))
    with pytest.raises(UsageError, match="in clear"):
        Place.read("https://h/query", graphs="http://h/data", file=str(file))
    with pytest.raises(UsageError, match="store_timeout"):
        Place.read("https://h/query", limit="timeout")


def test_a_certificate_is_looked_at(tmp_path, monkeypatch):
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    command = [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(command, check=True, capture_output=True)
    with fake_store(certificate, key) as store:
        place = Place.read(store.address.replace("http://127.0.0.1", "https://localhost"))
        for trusted in (False, True):
            if trusted:
                monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            client = Client(place)
            asked = RemoteReaders(client, Versions(client, seconds=5, limit=5))
            if trusted:
                assert json.loads(asked.answer(ASK, JSON))["boolean"] is True
                release = threading.Event()
                store.say(silence(release))
                with pytest.raises(DeadlineError):
                    asked.answer(ASK, JSON, seconds=0.3)
                release.set()
            else:
                with pytest.raises(StoreUnreachableError):
                    asked.answer(ASK, JSON)
                assert store.asked == []
            client.close()
