"""Queries that would hurt, on a server as it runs: each costs its own answer and nothing else."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from processes import HEAVY, LIGHT, connect, eventually, serving, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processes import Running

AMPLIFIED = (
    "SELECT (GROUP_CONCAT(?big) AS ?all) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . "
    f'BIND("{"x" * 50_000}" AS ?big) }}'
)
MANY_ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    root = write_folder(tmp_path_factory.mktemp("queries"))
    limits = {"query_seconds": 1.5, "query_memory_bytes": 200_000_000}
    limits |= {"answer_bytes": 8_000_000, "send_seconds": 0.5}
    with serving(root, **limits) as running:
        yield running


def code_of(content: bytes) -> str:
    return json.loads(content)["code"]


def test_the_time_limit_is_503_with_the_time_to_wait(server):
    status, headers, content = server.query(HEAVY)

    assert (status, code_of(content)) == (503, "query_timeout")
    assert headers["Retry-After"] == "10"
    assert "1.5 s" in json.loads(content)["detail"]


def test_a_request_may_lower_its_own_time_limit(server):
    status, _, content = server.query(HEAVY, timeout="0.3")

    assert status == 503
    assert "0.3 s" in json.loads(content)["detail"]


def test_a_request_cannot_raise_its_time_limit(server):
    assert "1.5 s" in json.loads(server.query(HEAVY, timeout="60")[2])["detail"]


@pytest.mark.parametrize("value", ["0", "-1", "soon", "1e3", "nan", ""])
def test_a_time_limit_is_a_number_of_seconds(server, value):
    status, _, content = server.query(LIGHT, timeout=value)

    assert (status, code_of(content)) == (400, "bad_parameter")


def test_a_page_for_people_has_the_limits_too(server):
    status, headers, content = server.query(HEAVY, format="html", timeout="0.3")

    assert status == 503
    assert headers["Retry-After"] == "10"
    assert b"<textarea" in content


def test_an_answer_too_large_is_413(server):
    status, _, content = server.query(MANY_ROWS, timeout="1.5")

    assert (status, code_of(content)) == (413, "result_too_large")


def test_a_query_without_bounds_of_memory_is_ended(server):
    status, _, content = server.query(AMPLIFIED)

    assert status in {413, 503}
    assert code_of(content) in {"memory_limit", "query_timeout", "result_too_large"}
    assert server.query(LIGHT)[0] == 200


def test_a_client_that_does_not_read_is_let_go(server):
    text = f"format=json&query={MANY_ROWS} LIMIT 5500".replace(" ", "+").replace("?", "%3F")
    with socket.socket() as channel:
        channel.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        channel.connect(("127.0.0.1", server.port))
        channel.sendall(f"GET /sparql?{text} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        time.sleep(1.5)
        channel.settimeout(10)
        received = 0
        with suppress(ConnectionError):
            while part := channel.recv(1 << 20):
                received += len(part)

    assert 0 < received < server_length(server)
    assert server.query(LIGHT)[0] == 200


def server_length(server) -> int:
    status, headers, _ = server.query(f"{MANY_ROWS} LIMIT 5500")
    assert status == 200
    return int(headers["Content-Length"])


def test_a_client_that_leaves_frees_its_place(server):
    before = server.metrics()
    channel = connect(server.port)
    text = f"timeout=1.4&query={HEAVY}".replace(" ", "+").replace("?", "%3F")
    channel.sendall(f"GET /sparql?{text} HTTP/1.1\r\nHost: here\r\n\r\n".encode())

    def running() -> float:
        state = server.metrics()
        return sum(state[f'comity_queries_running{{lane="{lane}"}}'] for lane in ("quick", "slow"))

    assert eventually(lambda: running() == 1)
    channel.close()
    assert eventually(lambda: running() == 0, seconds=1)
    name = 'comity_requests_total{endpoint="protocol.sparql",method="GET",status="499"}'
    assert eventually(lambda: server.metrics().get(name, 0) == before.get(name, 0) + 1)


def test_thirty_two_heavy_queries_leave_the_light_ones_alone(server):
    with ThreadPoolExecutor(40) as pool:
        heavy = [pool.submit(server.query, f"{HEAVY} # {number}") for number in range(32)]
        light = [pool.submit(server.query, f"{LIGHT} # {number}") for number in range(40)]
        light += [pool.submit(server.ask, "GET", "/health/ready") for _ in range(10)]
        lights = [future.result() for future in light]
        heavies = [future.result() for future in heavy]

    assert [status for status, _, _ in lights] == [200] * 50
    assert {status for status, _, _ in heavies} == {503}
    assert {code_of(content) for _, _, content in heavies} == {"busy", "query_timeout"}
    assert all(int(headers["Retry-After"]) > 0 for _, headers, _ in heavies)


def test_everything_is_counted(server):
    before = server.metrics()
    server.query(f"{LIGHT} # counted")
    server.query(HEAVY, timeout="0.2")
    after = server.metrics()

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('comity_requests_total{endpoint="protocol.sparql",method="GET",status="200"}') == 1
    assert grown('comity_requests_total{endpoint="protocol.sparql",method="GET",status="503"}') == 1
    assert grown('comity_reader_deaths_total{cause="killed"}') == 1
    assert grown('comity_request_seconds_count{endpoint="protocol.sparql"}') == 2
    assert after["comity_graph_statements"] > 13
    assert after["comity_commit_number"] == 0
    assert after["comity_snapshot_age_seconds"] > 0


def readers_of(server) -> list[int]:
    """Return the processes below the server that nothing is below of: its readers."""
    parents = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            parents[int(entry.name)] = int(stat[1])

    def is_below(pid: int) -> bool:
        return pid == server.process.pid or (pid in parents and is_below(parents[pid]))

    return [
        pid for pid in parents if pid not in parents.values() and is_below(pid) and is_reader(pid)
    ]


def is_reader(pid: int) -> bool:
    try:
        return b"comity.store.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def test_the_death_of_every_reader_costs_nothing_for_long(server):
    assert eventually(lambda: len(readers_of(server)) >= 8)
    readers = readers_of(server)
    for pid in readers:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    statuses = [server.query(f"{LIGHT} # {number}")[0] for number in range(len(readers) + 5)]

    assert set(statuses) == {200}
    assert server.ask("GET", "/health/ready")[0] == 200


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "ASK FROM <{url}> {{ ?s ?p ?o }}",
        "ASK FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{url}> AS ?e) SERVICE ?e {{ ?s ?p ?o }} }}",
        "LOAD <{url}>",
    ],
)
def test_nothing_calls_out(server, text):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/data.ttl"
        status, _, _ = server.query(text.format(url=url))
        with pytest.raises(TimeoutError):
            listener.accept()

    assert status == (200 if text.startswith("ASK") else 403)
