"""The server on the wire: slow, large and malformed requests, and health meanwhile."""

from __future__ import annotations

import http.client
import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from processes import LIGHT, connect, exchange, serving, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processes import Running

QUERY = "Content-Type: application/sparql-query\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    root = write_folder(tmp_path_factory.mktemp("http"))
    with serving(root, header_seconds=1.5, body_seconds=1, max_body_bytes=100_000) as running:
        yield running


def head_of(answer: bytes) -> tuple[int, bytes]:
    assert answer.startswith(b"HTTP/1.1 ")
    return int(answer.split(b" ", 2)[1]), answer.lower()


def request(start: str, *lines: str, body: str = "") -> bytes:
    return "\r\n".join((f"{start} HTTP/1.1", "Host: here", *lines, "", body)).encode("latin-1")


MALFORMED = {
    "two lengths": (request("POST /sparql", "Content-Length: 5", "Content-Length: 6"), {400}),
    "a length beyond 64 bits": (request("POST /sparql", f"Content-Length: {'9' * 40}"), {400}),
    "the longest length": (request("POST /sparql", f"Content-Length: {2**64 - 1}"), {413, 431}),
    "a large length": (request("POST /sparql", f"Content-Length: {2**50}"), {413}),
    "a negative length": (request("POST /sparql", "Content-Length: -1"), {400}),
    "a length in words": (request("POST /sparql", "Content-Length: many"), {400}),
    "a bad chunk": (
        request("POST /sparql", "Transfer-Encoding: chunked", body="ZZ\r\nabc\r\n0\r\n\r\n"),
        {400},
    ),
    "an absurd chunk": (
        request("POST /sparql", "Transfer-Encoding: chunked", body="F" * 40 + "\r\n"),
        {400},
    ),
    "an unknown coding": (
        request("POST /sparql", "Transfer-Encoding: gzip, chunked", body="0\r\n\r\n"),
        {400, 501},
    ),
    "CONNECT": (b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\n\r\n", {501}),
    "NUL in the path": (request("GET /\0"), {400}),
    "NUL in a header": (request("GET /", "X-A: a\0b"), {400}),
    "a folded header": (request("GET /", "X-A: a", " b"), {400}),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", {400}),
    "two hosts": (request("GET /", "Host: there"), {400}),
    "a host that is none": (b"GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", {400}),
    "a header of 100 kB": (request("GET /", f"X-A: {'a' * 100_000}"), {400, 431}),
    "headers without number": (request("GET /", *(f"X-{n}: a" for n in range(2_000))), {400, 431}),
    "an address of 100 kB": (request(f"GET /{'a' * 100_000}"), {400, 414, 431}),
    "no HTTP": (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", {400}),
    "HTTP of 1991": (b"GET /\r\n\r\n", {400}),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_http_is_refused_and_closed(server, name):
    data, statuses = MALFORMED[name]
    status, answer = head_of(exchange(server.port, data))

    assert status in statuses
    assert b"connection: close" in answer


def test_nothing_is_smuggled_behind_a_chunked_body_with_a_length(server):
    hidden = request("GET /health/live").decode()
    data = request(
        *("POST /sparql?query=ASK%7B%7D", "Content-Type: application/x-www-form-urlencoded"),
        *(f"Content-Length: {5 + len(hidden)}", "Transfer-Encoding: chunked"),
        body=f"0\r\n\r\n{hidden}",
    )

    assert exchange(server.port, data).count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_connection_serves_many_requests(server, method):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        for _ in range(3):
            connection.request(method, "/health/live")
            answer = connection.getresponse()
            content = answer.read()

            assert answer.status in {200, 204}
            assert bool(content) == (method == "GET")
            assert connection.sock is not None


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_above_the_limit_is_413(server, declared):
    body = b"#" * 300_000 if declared else (b"#" * 1000 for _ in range(300))
    status, headers, content = server.ask(
        *("POST", "/sparql", body), Content_Type="application/sparql-query"
    )

    assert (status, json.loads(content)["code"]) == (413, "too_large")
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["X-Request-ID"]


def test_a_body_that_does_not_come_is_408(server):
    data = request("POST /sparql", QUERY.strip(), "Content-Length: 50", body="ASK")
    status, answer = head_of(exchange(server.port, data))

    assert status == 408
    assert b'"code": "body_timeout"' in answer
    assert b"connection: close" in answer


def test_headers_that_do_not_come_close_the_connection(server):
    assert exchange(server.port, b"GET / HTTP/1.1\r\nHost: here\r\nX-A") == b""


def test_slow_and_idle_clients_take_nothing_from_the_others(server):
    with ExitStack() as stack:
        for number in range(400):
            channel = stack.enter_context(connect(server.port))
            if number % 4 == 1:
                channel.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nX-A: ")
            if number % 4 == 2:
                channel.sendall(request("POST /sparql", QUERY.strip(), "Content-Length: 99"))
            if number % 4 == 3:
                channel.sendall(
                    request("POST /sparql", "Transfer-Encoding: chunked", body="5\r\na")
                )
        for _ in range(3):
            assert server.ask("GET", "/health/live", timeout=5)[0] == 200
            assert server.ask("GET", "/health/ready", timeout=5)[0] == 200
            assert server.query(LIGHT)[0] == 200


def test_idle_connections_are_closed(server):
    with connect(server.port) as channel:
        begin = time.monotonic()

        assert channel.recv(1) == b""
        assert time.monotonic() - begin < 30


def test_a_path_keeps_its_bytes(server):
    status, _, content = server.ask("GET", "/doc/%E2%98%83%2F%FF", Accept="application/json")

    assert status == 404
    assert json.loads(content)["code"] == "not_found"


@pytest.mark.parametrize("method", ["get", "Get", "post"])
def test_a_method_in_small_letters_is_none(server, method):
    status, answer = head_of(exchange(server.port, request(f"{method} /health/live")))

    assert status == 501
    assert b'"code": "not_implemented"' in answer


@pytest.mark.parametrize("expect", [(), ("Expect: 100-continue",)])
def test_a_body_that_is_declared_too_large_is_not_waited_for(server, expect):
    begin = time.monotonic()
    data = request("POST /sparql", QUERY.strip(), "Content-Length: 10000000", *expect)
    status, answer = head_of(exchange(server.port, data))

    assert status == 413
    assert b"100 continue" not in answer
    assert time.monotonic() - begin < 3


def test_a_change_that_nobody_may_make_is_refused_before_its_body_has_come(server):
    data = request("POST /update", "Content-Type: application/sparql-update", "Content-Length: 99")
    begin = time.monotonic()
    status, answer = head_of(exchange(server.port, data))

    assert status == 403
    assert b"connection: close" in answer
    assert time.monotonic() - begin < 0.9  # of the second that a body may take


def test_long_texts_take_nothing_from_the_others(tmp_path):
    texts = [sign * (900_000 // len(sign)) for sign in (";", "#\n", "a.", "<a", "1.1 ", "?a,")]
    with serving(write_folder(tmp_path / "long"), query_seconds=2) as server:
        with ThreadPoolExecutor(24) as pool:
            asked = [
                pool.submit(
                    server.ask,
                    *("POST", "/sparql", f"ASK {{ {texts[n % len(texts)]} {n} }}".encode()),
                    Content_Type="application/sparql-query",
                )
                for n in range(24)
            ]
            slowest = 0.0
            while not all(each.done() for each in asked):
                begin = time.monotonic()
                assert server.query(f"{LIGHT} # {begin}")[0] == 200
                slowest = max(slowest, time.monotonic() - begin)
        statuses = {each.result()[0] for each in asked}

    assert statuses <= {400, 413, 503}
    assert slowest < 2


def test_large_answers_to_slow_readers_are_bounded_and_small_ones_go_on(tmp_path):
    large = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } LIMIT %d"
    with serving(write_folder(tmp_path / "large"), sending_bytes=24_000_000) as server:
        with ExitStack() as stack:
            for number in range(2):
                channel = stack.enter_context(connect(server.port))
                channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                address = urlencode({"query": large % (80_000 + number), "format": "json"})
                channel.sendall(request(f"GET /sparql?{address}"))
                assert channel.recv(12) == b"HTTP/1.1 200"
            refused = server.query(large % 80_002)
            assert server.query(LIGHT)[0] == 200

        assert (refused[0], json.loads(refused[2])["code"]) == (503, "busy")
        assert refused[1]["Retry-After"] == "5"
        assert server.query(large % 80_003)[0] == 200
