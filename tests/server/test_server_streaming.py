"""Streams on a server as it runs: flat memory, exact limits, and an end that only the whole has."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import requests
import urllib3

from processes import LIGHT, connect, eventually, exchange, serving, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processes import Running

MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS = MANY.replace(" }", " . ?p ?q ?r . ?s ?t ?u }")
NODES = MANY.replace("SELECT *", "CONSTRUCT { [] ?b ?c }")
GRAPH = "CONSTRUCT { ?a ?e ?l } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CHUNK = re.compile(rb"([0-9a-fA-F]+)\r\n")
STREAMS = 'comity_queries_running{lane="stream"}'
SECONDS = 3.0


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    root = write_folder(tmp_path_factory.mktemp("streams"))
    limits = {"query_seconds": 1.0, "answer_bytes": 4_000_000, "stream_seconds": SECONDS}
    with serving(root, send_seconds=1.0, stream_places=1, **limits) as running:
        yield running


@pytest.fixture(scope="module")
def patient(tmp_path_factory) -> Iterator[Running]:
    root = write_folder(tmp_path_factory.mktemp("patient"))
    with serving(root, stream_seconds=120, stream_places=2) as running:
        yield running


def path(text, **parameters) -> str:
    return "/sparql?" + urlencode({"query": text, "format": "csv", "stream": "true", **parameters})


def request(address, method="GET", version="1.1") -> bytes:
    return f"{method} {address} HTTP/{version}\r\nHost: here\r\nConnection: close\r\n\r\n".encode()


def ended(answer: bytes) -> tuple[bytes, bool]:
    """Return the content of a chunked answer, and whether its last chunk came (RFC 9112 §7.1)."""
    at = answer.index(b"\r\n\r\n") + 4
    parts = []
    while found := CHUNK.match(answer, at):
        size = int(found[1], 16)
        if not size:
            assert answer[found.end() :] == b"\r\n"
            return b"".join(parts), True
        parts.append(answer[found.end() : found.end() + size])
        at = found.end() + size + 2
    return b"".join(parts), False


def is_free(server) -> bool:
    return server.metrics()[STREAMS] == 0


def outcome(server, name) -> float:
    return server.metrics().get(f'comity_streams_total{{outcome="{name}"}}', 0)


def peak(pid: int) -> int:
    """Return the most memory that a process ever had, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def children(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == pid:
                found.append(int(entry.name))
    return found


def is_zygote(pid: int) -> bool:
    return b"comity.store.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()


def processes(server) -> tuple[int, list[int]]:
    """Return the process that serves, and the readers."""
    for worker in children(server.process.pid):
        for zygote in children(worker):
            if is_zygote(zygote):
                return worker, children(zygote)
    raise AssertionError("no zygote")


def readers(server) -> set[int]:
    return set(processes(server)[1])


def read_to(channel, size: int) -> bytes:
    received = bytearray()
    while len(received) < size and (part := channel.recv(1 << 20)):
        received += part
    return bytes(received)


def read_all(channel) -> bytes:
    received = bytearray()
    with suppress(ConnectionError):
        while part := channel.recv(1 << 20):
            received += part
    return bytes(received)


def fetched(server, address, **options) -> tuple[bytes, bool]:
    with closing(connect(server.port)) as channel:
        channel.sendall(request(address, **options))
        return ended(read_all(channel))


@pytest.mark.parametrize("name", ["csv", "tsv", "json", "xml"])
def test_a_stream_is_the_answer_and_has_an_end(server, name):
    text = f"{MANY} LIMIT 1000"
    whole = server.ask("GET", path(text, format=name, stream="false"))[2]
    content, is_whole = fetched(server, path(text, format=name))

    assert is_whole
    assert content == whole
    assert len(content) > 300_000


def test_a_graph_is_streamed_as_lines_or_turtle(server):
    lines, is_whole = fetched(server, path(GRAPH, format="ntriples"))
    turtle, is_whole_too = fetched(server, path(GRAPH, format="turtle"))

    assert (is_whole, is_whole_too) == (True, True)
    assert lines == server.ask("GET", path(GRAPH, format="ntriples", stream="false"))[2]
    assert turtle.startswith(b"@prefix ")


def test_the_state_of_the_data_is_told_and_nothing_is_kept(server):
    address = path("ASK {}")
    before = server.metrics()
    status, headers, content = server.ask("GET", address)
    again = server.ask("GET", address)

    ready = json.loads(server.ask("GET", "/health/ready")[2])
    assert (status, content) == (200, b"true")
    assert headers["Comity-State"] == ready["fingerprint"]
    assert headers["ETag"].startswith('W/"')
    assert headers["Cache-Control"] == "no-store"
    assert "Content-Length" not in headers
    assert again[1]["ETag"] == headers["ETag"]
    held = server.ask("GET", address, If_None_Match=headers["ETag"])
    assert (held[0], held[2]) == (304, b"")
    unfit = server.ask("GET", address, If_Match='"another"')
    assert unfit[0] == 412
    made = 'comity_answers_total{how="made"}'
    assert server.metrics()[made] - before.get(made, 0) >= 4
    assert is_free(server)


def test_what_goes_wrong_before_the_first_byte_has_its_own_status(server):
    for text, parameters, expected in (
        ("SELECT * { ?s ?p", {}, (400, "query_syntax")),
        (MANY, {"format": "turtle"}, (406, "not_acceptable")),
        (GRAPH, {"format": "jsonld"}, (406, "not_acceptable")),
        (MANY, {"stream": "yes"}, (400, "bad_parameter")),
        (f"{MANY} ORDER BY ?z", {"timeout": "0.3"}, (503, "query_timeout")),
    ):
        status, _, content = server.ask("GET", path(text, **parameters))
        assert (status, json.loads(content)["code"]) == expected
        assert is_free(server)


@pytest.mark.parametrize(
    ("text", "words"), [(MANY, "with stream=true all"), (NODES, "as N-Triples or Turtle")]
)
def test_what_is_too_large_is_told_how_it_comes_whole(server, text, words):
    status, _, content = server.query(text)

    assert (status, json.loads(content)["code"]) == (413, "result_too_large")
    assert words in json.loads(content)["detail"]


def test_the_limit_in_the_middle_is_no_end_for_any_client(server):
    before = outcome(server, "late")
    begin = time.monotonic()
    content, is_whole = fetched(server, path(ENDLESS))

    assert not is_whole
    assert len(content) > 4_000_000
    assert time.monotonic() - begin >= SECONDS - 0.5
    address = f"http://127.0.0.1:{server.port}{path(ENDLESS)}"
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.get(address, timeout=60)
    with pytest.raises(urllib3.exceptions.ProtocolError):
        urllib3.PoolManager(retries=False).request("GET", address)
    with pytest.raises(http.client.IncompleteRead):
        server.ask("GET", path(ENDLESS))
    assert eventually(lambda: outcome(server, "late") == before + 4)
    assert is_free(server)


def test_curl_tells_of_a_stream_that_is_not_whole(server, tmp_path):
    address = f"http://127.0.0.1:{server.port}{path(ENDLESS)}"
    command = ["curl", "--silent", "--output", str(tmp_path / "answer"), address]
    try:
        ended_with = subprocess.run(command, check=False, timeout=60).returncode
    except FileNotFoundError:
        pytest.skip("there is no curl here")

    assert ended_with == 18  # CURLE_PARTIAL_FILE


def test_the_death_of_the_reader_is_no_end(server):
    before = readers(server)
    failed = outcome(server, "failed")
    with closing(connect(server.port)) as channel:
        channel.sendall(request(path(MANY)))
        beginning = read_to(channel, 1_000_000)
        for pid in readers(server) - before:
            os.kill(pid, signal.SIGKILL)
        _, is_whole = ended(beginning + read_all(channel))

    assert not is_whole
    assert eventually(lambda: is_free(server))
    assert outcome(server, "failed") == failed + 1
    assert any("ended early" in str(line.get("message")) for line in server.entries())


def test_a_client_that_leaves_frees_the_place(server):
    never = 'comity_requests_total{endpoint="protocol.sparql",method="GET",status="499"}'
    unanswered, left = server.metrics().get(never, 0), outcome(server, "left")
    with closing(connect(server.port)) as channel:
        channel.sendall(request(path(f"{ENDLESS} ORDER BY ?a")))
        assert eventually(lambda: not is_free(server))
        full = server.ask("GET", path("ASK {}"))
    assert eventually(lambda: server.metrics().get(never, 0) == unanswered + 1)
    assert is_free(server)
    with closing(connect(server.port)) as channel:
        channel.sendall(request(path(ENDLESS)))
        read_to(channel, 500_000)
    assert eventually(lambda: outcome(server, "left") == left + 1)
    assert is_free(server)

    assert (full[0], json.loads(full[2])["code"]) == (503, "busy")
    assert int(full[1]["Retry-After"]) > 0
    assert server.query(LIGHT)[0] == 200


def test_a_stream_to_a_client_that_does_not_read_is_given_up(server):
    before = outcome(server, "slow")
    with socket.socket() as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        channel.connect(("127.0.0.1", server.port))
        channel.sendall(request(path(MANY)))
        assert eventually(lambda: outcome(server, "slow") == before + 1)
        assert is_free(server)
        channel.settimeout(10)
        content, is_whole = ended(read_all(channel))

    assert not is_whole
    assert 0 < len(content) < 20_000_000


def test_the_limit_is_exact_for_a_client_that_does_not_read_too(server):
    late, slow = outcome(server, "late"), outcome(server, "slow")
    with socket.socket() as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        channel.connect(("127.0.0.1", server.port))
        channel.sendall(request(path(ENDLESS, timeout=0.5)))
        assert eventually(lambda: outcome(server, "late") == late + 1)
        assert is_free(server)
    assert outcome(server, "slow") == slow


def test_the_connection_serves_on_behind_a_stream_that_is_whole(server):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        sizes = []
        for limit in (3000, 10):
            connection.request("GET", path(f"{MANY} LIMIT {limit}"))
            own = connection.sock
            sizes.append(connection.getresponse().read().count(b"\n"))
            assert connection.sock is own

    assert sizes == [3001, 11]


def test_http_1_0_has_the_answer_whole_or_not_at_all(server):
    few = exchange(server.port, request(path(f"{MANY} LIMIT 5"), version="1.0"))
    many = exchange(server.port, request(path(MANY), version="1.0"))

    assert few.startswith(b"HTTP/1.0 200")
    assert b"\r\ncontent-length: " in few.partition(b"\r\n\r\n")[0].lower()
    assert many.startswith(b"HTTP/1.0 413")


def test_head_tells_what_get_would_and_holds_no_place(server):
    answer = exchange(server.port, request(path(MANY), method="HEAD"))

    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n")
    assert b"content-length" not in answer.lower()
    assert b"comity-state" in answer
    assert is_free(server)
    assert exchange(server.port, request(path("SELECT"), method="HEAD"))[:12] == b"HTTP/1.1 400"


def test_each_stream_is_counted_and_logged_with_its_bytes(server):
    before = server.metrics()
    status, headers, content = server.ask(
        "POST", "/sparql?stream=true", f"{MANY} LIMIT 3000", Content_Type="application/sparql-query"
    )
    after = server.metrics()
    (line,) = [
        line
        for line in server.entries()
        if line.get("request") == headers["X-Request-ID"] and "stream" in line
    ]

    assert (status, line["stream"], line["bytes"]) == (200, "whole", len(content))
    total = "comity_stream_bytes_total"
    assert after[total] - before[total] == len(content)
    assert json.loads(content)["results"]["bindings"][2999]


def test_two_that_ask_the_same_at_once_have_each_an_answer(patient):
    address = path(f"{MANY} LIMIT 30000")
    with closing(connect(patient.port)) as one, closing(connect(patient.port)) as other:
        for channel in (one, other):
            channel.sendall(request(address))
        answers = [ended(read_all(channel)) for channel in (one, other)]

    assert [is_whole for _, is_whole in answers] == [True, True]
    assert answers[0][0] == answers[1][0]


def test_memory_stays_flat_however_large_the_answer(patient):
    def peaks(text: str, until: int) -> tuple[int, int, int]:
        """Return the bytes read, and the most that the server and the reader then had taken."""
        worker, before = processes(patient)
        with closing(connect(patient.port)) as channel:
            channel.sendall(request(path(text)))
            size = 0
            while size < until:
                size += len(channel.recv(1 << 20))
            (reader,) = readers(patient) - set(before)
            found = size, peak(worker), peak(reader)
        assert eventually(lambda: is_free(patient))
        return found

    # Of more than the buffers on the way hold, so that the reader is there to be looked at.
    small = peaks(f"{MANY} LIMIT 200000", 2_000_000)
    large = peaks(MANY, 195_000_000)

    assert large[0] > 90 * small[0]
    assert large[1] - small[1] < 24_000_000
    assert large[2] - small[2] < 24_000_000
