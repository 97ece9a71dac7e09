"""A writable server as a program: a change is kept and seen on its pages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from comity.model.terms import GRAPH, ID, SKOS
from comity.services.tokens import hash_token
from live import serving

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = "a-token-of-a-test"  # noqa: S105 - no secret
NOTE = (
    f"INSERT DATA {{ GRAPH <{GRAPH}data/relations/AZE-JPN/visits> "
    f'{{ <{ID}AZE-JPN.visit.2006-03> <{SKOS}editorialNote> "A remark of a test."@en }} }}'
)
BREAK = (
    f"PREFIX id: <{ID}> PREFIX comity: <https://w3id.org/comity/ns#> "
    f"DELETE DATA {{ GRAPH <{GRAPH}data/relations/AZE-JPN/visits> "
    "{ id:AZE-JPN.visit.2006-03 comity:to id:JPN } }"
)


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    tokens = tmp_path / "tokens"
    tokens.write_text(f"ada write {hash_token(TOKEN)}\n", encoding="utf-8")
    return ["--writable", "--store", str(tmp_path / "store"), "--token-file", str(tokens)]


def send(address: str, update: str, token: str | None = TOKEN) -> tuple[int, dict[str, object]]:
    headers = {"Content-Type": "application/sparql-update"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("POST", "/update", update.encode(), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def page(address: str) -> str:
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        connection.request("GET", "/doc/AZE-JPN.visit.2006-03", headers={"Accept": "text/html"})
        return connection.getresponse().read().decode()


def test_a_change_is_kept_and_seen_and_a_broken_one_is_refused(
    root: Path, options: list[str]
) -> None:
    with serving(root, *options) as address:
        assert send(address, NOTE, token=None)[0] == 401
        assert "A remark of a test." not in page(address)
        status, kept = send(address, NOTE)
        assert (status, kept["commit"], kept["added"]) == (200, 1, 1)
        assert "A remark of a test." in page(address)
        status, refused = send(address, BREAK)
        assert (status, refused["code"]) == (422, "shapes_violated")

    with serving(root, *options) as address:
        assert "A remark of a test." in page(address)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--writable"],
        ["--writable", "--store", "x"],
        ["--store", "x"],
        ["--data", "/nowhere/at/all"],
        ["--writable", "--store", "x", "--token-file", "/nowhere/tokens", "--workers", "2"],
    ],
)
def test_options_that_do_not_fit_are_refused_in_one_sentence(
    root: Path, arguments: list[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "comity", "serve", "--port", "1", *arguments],
        env={**os.environ, "COMITY_ROOT": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
