"""`comity serve` as a process: real sockets, real signals, real exit statuses."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from comity.services import vetting
from comity.store.formats import TURTLE
from comity.store.serializing import serialize_triples
from tiny import TINY_QUADS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def passed(root: Path) -> None:
    """Stamp a folder as checked: what the gate finds is tested elsewhere."""
    vetting._remember(root / ".cache/comity/passed", vetting._state(root))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    for name in ("ontology", "data/actors", "queries/catalogue"):
        (root / name).mkdir(parents=True)
    triples = [quad.triple for quad in TINY_QUADS]
    (root / "data/actors/states.ttl").write_bytes(serialize_triples(triples, TURTLE))
    passed(root)
    return root


def start(root: Path, *arguments: str, port: int) -> subprocess.Popen[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("COMITY_")
    }
    return subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", str(port), *arguments],
        env=environment | {"COMITY_ROOT": str(root)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[tuple[int, str]]:
    """Start a server and wait for its one line; stop it and look that it stopped well."""
    port = free_port()
    process = start(root, *arguments, port=port)
    try:
        yield port, process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, out, err) == (0, "", "")


@pytest.fixture(scope="module")
def port(folder) -> Iterator[int]:
    with serving(folder) as (port, line):
        assert line == f"Comity serves http://127.0.0.1:{port}/; stop with Ctrl-C.\n"
        yield port


def ask(port, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_a_query_goes_over_the_wire(port, method):
    status, headers, body = ask(
        *(port, method, "/sparql?format=csv", "ASK { ?s ?p 'AZE' }"),
        Content_Type="application/sparql-query",
    )

    assert (status, body) == (200, b"true")
    assert headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_head_has_a_length_and_no_body(port):
    status, headers, body = ask(port, "HEAD", "/sparql?query=ASK%7B%7D")

    assert (status, headers["Content-Length"], body) == (200, "26", b"")


def test_an_unchanged_answer_is_304_on_the_wire(port):
    _, headers, _ = ask(port, "GET", "/sparql?query=ASK%7B%7D")
    status, _, body = ask(port, "GET", "/sparql?query=ASK%7B%7D", If_None_Match=headers["ETag"])

    assert (status, body) == (304, b"")


@pytest.mark.parametrize("size", [1_000_001, 3_000_000])
def test_a_body_of_unknown_length_is_limited_too(port, size):
    chunks = (b"#" * 1000 for _ in range(size // 1000 + 1))
    status, _, body = ask(port, "POST", "/sparql", chunks, Content_Type="application/sparql-query")

    assert status == 413
    assert b"1,000,000 bytes" in body


def test_nesting_below_the_limit_does_not_kill_the_server(port):
    query = "SELECT * { FILTER(" + "STR(" * 95 + "1" + ")" * 95 + ") }"
    query += " # " + "OPTIONAL { ?s ?p ?o }" * 300
    for _ in range(2):
        status, _, _ = ask(
            *(port, "POST", "/sparql", query), Content_Type="application/sparql-query"
        )
        assert status == 200


@pytest.mark.parametrize(
    "pattern",
    [
        "{" * 98 + "}" * 98,
        "OPTIONAL { ?s ?p ?o } " * 300,
        "".join(f"BIND({number} AS ?x{number}) " for number in range(300)),
        "FILTER(1" + " || 1" * 1500 + ")",
    ],
    ids=["groups", "optionals", "binds", "operators"],
)
def test_the_largest_allowed_query_is_answered(port, pattern):
    status, _, _ = ask(
        *(port, "POST", "/sparql", f"ASK {{ {pattern} }}"),
        Content_Type="application/sparql-query",
    )

    assert status == 200
    assert ask(port, "GET", "/health/live")[0] == 200


def test_a_second_server_on_the_port_says_so(port, folder):
    process = start(folder, port=port)
    out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (1, "")
    assert err == (
        f"Error: Port {port} of 127.0.0.1 cannot be bound (address already in use); "
        "choose another with --port.\n"
    )


def test_two_processes_share_the_port_and_a_second_start_is_quick(folder):
    begin = time.monotonic()
    with serving(folder, "--workers", "2", "--base", "https://example.org/comity/") as (port, line):
        assert time.monotonic() - begin < 3 * 4  # four times the promise, for a busy machine
        assert "(public address https://example.org/comity/)" in line
        _, _, body = ask(port, "GET", "/sparql")

        assert b"<https://example.org/comity/sparql>" in body


def test_a_keyboard_interrupt_ends_it_well(folder):
    process = start(folder, port=free_port())
    process.stdout.readline()
    process.send_signal(signal.SIGINT)

    assert process.wait(PATIENCE) == 0
    assert process.communicate() == ("", "")


def test_a_graph_with_errors_is_not_served(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data/broken.ttl").write_text("@prefix x: <http://x/> .\n\nx:a x:b .\n")
    process = start(tmp_path, port=free_port())
    out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (1, "")
    assert "data/broken.ttl:3: error: " in err
    assert "Not served: " in err
    assert "Traceback" not in err
