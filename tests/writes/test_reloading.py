"""SIGHUP on a writable server, and shapes that come from the deployment alone."""

from __future__ import annotations

import json
import os
import signal
import time
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

import pytest

from comity.model.terms import GRAPH, ID, NS
from comity.services.tokens import hash_token
from processes import Running, serving, write_folder

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = "an-old-token-of-a-test", "a-new-token-of-a-test"
SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://example.org/> .
:Thing a sh:NodeShape ; sh:targetClass :Thing ; sh:property :Thing-label .
:Thing-label a sh:PropertyShape ; sh:path :label ; sh:minCount 1 ; sh:message "Give it a label." .
"""
BARE = (
    "INSERT DATA { GRAPH <http://example.org/g> "
    "{ <http://example.org/%s> a <http://example.org/Thing> } }"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small repository with a shape of its own, which says nothing of what is written here."""
    target = write_folder(tmp_path / "repository")
    (target / "ontology" / "shapes").mkdir()
    (target / "ontology" / "shapes" / "visit.ttl").write_text(
        SHAPE.replace("example.org/>", "example.org/other/>")
    )
    return target


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    target = tmp_path / "shapes"
    target.mkdir()
    return target


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    write_tokens(tmp_path, OLD)
    tokens = str(tmp_path / "tokens")
    return ["--writable", "--store", str(tmp_path / "store"), "--token-file", tokens]


def write_tokens(tmp_path: Path, *tokens: str) -> None:
    lines = [f"t{number} write {hash_token(each)}\n" for number, each in enumerate(tokens)]
    (tmp_path / "tokens").write_text("".join(lines), encoding="utf-8")


def write(running: Running, update: str, token: str = OLD) -> tuple[int, dict[str, object]]:
    status, _, body = running.ask(
        "POST",
        "/update",
        update,
        Content_Type="application/sparql-update",
        Authorization=f"Bearer {token}",
    )
    return status, json.loads(body)


def reloaded(running: Running, word: str, times: int = 1) -> str:
    """Wait for a line of the log."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = [str(each) for each in running.entries() if word in str(each.get("message"))]
        if len(found) >= times:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError(running.entries())


def hang_up(running: Running, word: str, times: int = 1) -> str:
    running.process.send_signal(signal.SIGHUP)
    return reloaded(running, word, times)


def test_tokens_and_shapes_are_loaded_anew_and_broken_ones_keep_what_was(
    folder: Path, shapes: Path, options: list[str], tmp_path: Path
) -> None:
    with serving(folder, "--data", "none", "--shapes", str(shapes), *options) as running:
        assert write(running, BARE % "first")[0] == 200
        assert write(running, BARE % "second", NEW)[0] == 403

        write_tokens(tmp_path, NEW)
        (shapes / "thing.ttl").write_text(SHAPE)
        hang_up(running, "The shapes were loaded anew")

        assert write(running, BARE % "second", OLD)[0] == 403
        assert "1 places" in reloaded(running, "break the rules in force")
        status, refused = write(running, BARE % "second", NEW)
        assert (status, refused["code"]) == (422, "shapes_violated")
        standing = (BARE % "first").replace(" } }", " ; <http://example.org/p> 1 } }")
        assert write(running, standing, NEW)[0] == 200  # its fault stood before

        (tmp_path / "tokens").write_text("broken\n")
        (shapes / "thing.ttl").write_text("broken")
        hang_up(running, "The shapes from before stay")
        reloaded(running, "The tokens from before stay")
        assert write(running, BARE % "second", NEW)[0] == 422

        (shapes / "thing.ttl").write_text(SHAPE.replace("sh:minCount 1", 'sh:minCount "x"'))
        hang_up(running, "The shapes from before stay", times=2)
        assert write(running, BARE % "second", NEW)[0] == 422
        commit = json.loads(running.ask("GET", "/health/ready")[2])["fingerprint"]

    write_tokens(tmp_path, NEW)
    (shapes / "thing.ttl").write_text(SHAPE)
    with serving(folder, "--data", "none", "--shapes", str(shapes), *options) as running:
        assert json.loads(running.ask("GET", "/health/ready")[2])["fingerprint"] == commit


def test_a_reload_keeps_the_process_and_each_commit_even_if_it_is_killed(
    folder: Path, options: list[str]
) -> None:
    with serving(folder, "--data", "none", *options) as running:
        before = worker(running)
        for number in range(12):
            if number % 3 == 0:
                running.process.send_signal(signal.SIGHUP)
            status, answer = write(running, BARE % f"n{number}")
            assert (status, answer["commit"]) == (200, number + 1)
        reloaded(running, "The token file was loaded anew")
        assert worker(running) == before

        running.process.send_signal(signal.SIGHUP)
        os.kill(before, signal.SIGKILL)

        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError, HTTPException, StopIteration):
                if worker(running) != before:
                    break
            time.sleep(0.1)
        assert json.loads(running.ask("GET", "/health/ready")[2])["statements"] == 12


def worker(running: Running) -> int:
    """Return the process that answers."""
    name = next(each for each in running.metrics() if each.startswith("comity_info"))
    return int(name.partition('process="')[2].partition('"')[0])


@pytest.mark.parametrize(
    "update",
    [
        f"INSERT DATA {{ GRAPH <{GRAPH}ontology/shapes/x> {{ <{ID}a> <{NS}b> 1 }} }}",
        f"CLEAR GRAPH <{GRAPH}ontology/shapes/visit>",
    ],
)
def test_shapes_are_not_changed_by_requests(folder: Path, options: list[str], update: str) -> None:
    with serving(folder, *options) as running:
        status, refused = write(running, update)
        assert (status, refused["code"]) == (403, "shapes_fixed")
        assert "deployment" in str(refused["detail"])
        assert write(running, BARE % "else")[0] == 200


def test_other_shapes_after_a_restart_validate_everything_once(
    folder: Path, shapes: Path, options: list[str]
) -> None:
    arguments = ["--data", "none", "--shapes", str(shapes), *options]
    with serving(folder, *arguments) as running:
        assert write(running, BARE % "first")[0] == 200
    (shapes / "thing.ttl").write_text(SHAPE)

    with serving(folder, *arguments) as running:
        assert "1 places" in reloaded(running, "break the rules in force")
        assert write(running, BARE % "second")[0] == 422
    with serving(folder, *arguments) as running:
        assert write(running, BARE % "second")[0] == 422
        assert not [e for e in running.entries() if "in force" in str(e.get("message"))]
