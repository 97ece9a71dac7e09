"""Answers that are kept by a server as it runs: the same as those that are made."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from comity.services.tokens import hash_token
from processes import HEAVY, serving, write_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processes import Running

TOKEN = "a-token-of-a-test"  # noqa: S105 - no secret
ASKED = (
    "/",
    "/queries",
    "/openapi.json",
    "/dumps/",
    "/catalog",
    "/.well-known/void",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D",
    "/graphs?default",
    "/static/style.css",
)
TAKEN = ("text/html", "text/turtle", "application/ld+json", "*/*")
OWN = frozenset({"date", "x-request-id"})


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Running]:
    root = write_folder(tmp_path_factory.mktemp("caching"))
    folder = tmp_path_factory.mktemp("store")
    (folder / "tokens").write_text(f"ada write {hash_token(TOKEN)}\n", encoding="utf-8")
    options = ["--writable", "--store", str(folder / "s"), "--token-file", str(folder / "tokens")]
    with serving(root, *options, "--shapes", "none", query_seconds=1) as running:
        yield running


def counted(server: Running, how: str) -> float:
    return server.metrics().get(f'comity_answers_total{{how="{how}"}}', 0)


@pytest.mark.parametrize("path", ASKED)
@pytest.mark.parametrize("accept", TAKEN)
def test_a_kept_answer_is_the_one_that_was_made(server, path, accept):
    made, kept, ready, head = (
        server.ask(method, path, Accept=accept) for method in ("GET", "GET", "GET", "HEAD")
    )

    def described(answer):
        return answer[0], {k.lower(): v for k, v in answer[1].items() if k.lower() not in OWN}

    assert described(made) == described(kept) == described(ready) == described(head)
    assert made[2] == kept[2] == ready[2]
    assert head[2] == b""
    assert len({each[1]["X-Request-ID"] for each in (made, kept, ready, head)}) == 4


def test_a_kept_answer_is_counted_and_logged_as_any_other(server):
    address = "/queries?again"
    server.ask("GET", address)
    before, kept = server.metrics(), counted(server, "kept")
    views = [name for name in before if "comity_requests_total" in name and "queries." in name]
    server.ask("GET", address, X_Request_ID="mine")
    after = server.metrics()

    assert counted(server, "kept") == kept + 1
    assert sum(after[name] - before[name] for name in views) == 1
    assert [e["query"] for e in server.entries() if e.get("request") == "mine"] == ["again"]


def test_a_change_is_seen_at_once(server):
    address = "/graphs?graph=urn:g"
    given = {"Authorization": f"Bearer {TOKEN}", "Content_Type": "text/turtle"}
    for number in range(5):
        body = f"<urn:a> <urn:b> {number} ."
        assert server.ask("PUT", address, body, **given)[0] in {200, 201}
        found = [server.ask("GET", address, Accept="text/turtle") for _ in range(2)]
        asked = server.query("SELECT ?o { <urn:a> <urn:b> ?o }")[2]

        assert all(f" {number} ".encode() in content for _, _, content in found)
        assert f'"{number}"'.encode() in asked


def test_one_long_query_that_many_ask_is_worked_on_once(server):
    before = server.metrics()['comity_reader_deaths_total{cause="killed"}']
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(server.query, [HEAVY] * 20))

    assert {status for status, _, _ in answers} == {503}
    assert all(headers["Retry-After"] == "10" for _, headers, _ in answers)
    assert len({headers["X-Request-ID"] for _, headers, _ in answers}) == 20
    assert server.metrics()['comity_reader_deaths_total{cause="killed"}'] <= before + 3
