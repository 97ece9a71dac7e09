"""`comity serve` as a process: real sockets, real signals, real exit statuses."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

import pytest

from processes import PATIENCE, ask, free_port, passed, serving, started, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


NOT_KEPT = {
    "direction.nt": ('<x:a> <x:b> "a"@en--ltr .', "has a direction, which is not kept"),
    "triple.ttl": ("<x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> .", "a triple stands where"),
    "empty.rdf": ("", "no element found"),
}


def ends():
    """Return each of these with one process or two; one, by turns, is left to the long run."""
    for turn, name in enumerate(NOT_KEPT):
        for workers in ("1", "2"):
            marks = () if (turn + int(workers)) % 2 else pytest.mark.long
            yield pytest.param(workers, name, marks=marks, id=f"{name}, {workers}")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_folder(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="module")
def port(folder) -> Iterator[int]:
    with serving(folder) as running:
        assert (
            running.line == f"Comity serves http://127.0.0.1:{running.port}/; stop with Ctrl-C.\n"
        )
        yield running.port


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


@pytest.mark.parametrize("size", [1_000_001, 1_200_000])
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
    with started(folder, port=port) as process:
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (1, "")
    assert err == (
        f"Error: Port {port} of 127.0.0.1 cannot be bound (address already in use); "
        "choose another with --port.\n"
    )


def test_two_processes_share_the_port_and_a_second_start_is_quick(folder):
    begin = time.monotonic()
    base = "https://example.org/comity/"
    with serving(folder, "--workers", "2", "--base", base) as running:
        assert time.monotonic() - begin < 3 * 4  # four times the promise, for a busy machine
        assert "(public address https://example.org/comity/)" in running.line
        _, _, body = running.ask("GET", "/sparql")

        assert b"<https://example.org/comity/sparql>" in body


def test_a_keyboard_interrupt_ends_it_well(folder):
    passed(folder)
    with started(folder, port=free_port(), log_level="warning") as process:
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out, err) == (0, "", "")


def test_a_graph_with_errors_is_not_served(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data/broken.ttl").write_text("@prefix x: <http://x/> .\n\nx:a x:b .\n")
    with started(tmp_path, port=free_port()) as process:
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (1, "")
    assert "data/broken.ttl:3: error: " in err
    assert "Not served: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize(("workers", "name"), list(ends()))
def test_data_that_cannot_be_kept_end_it_at_once(folder, tmp_path, workers, name):
    text, reason = NOT_KEPT[name]
    (tmp_path / name).write_text(text)
    arguments = ("--data", str(tmp_path), "--workers", workers)
    with started(folder, *arguments, port=free_port()) as process:
        out, err = process.communicate(timeout=PATIENCE)

    assert (process.returncode, out) == (1, "")
    assert name in err
    assert reason in err
    assert "crash loop" not in err
    assert "Traceback" not in err
