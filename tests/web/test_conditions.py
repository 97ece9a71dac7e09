"""If-Match and `If-None-Match: *` where nothing is changed: judged when the answer is there."""

from __future__ import annotations

import pytest

import loops
from comity.web.caching import Answers
from comity.web.wsgi_calls import make_environ, run

ASK = "/sparql?query=ASK%7B%7D"
PATHS = ["/", ASK, "/sparql?query=SELECT(RAND()AS%3Fx)%7B%7D", "/dumps/comity.nt", "/health/live"]
FAILING = [
    ("/sparql?query=ASK%7B", 400),
    ("/sparql?query=ASK%7BSERVICE%3Cx:a%3E%7B%7D%7D", 403),
    ("/sparql?query=SELECT(%3Cx:f%3E()AS%3Fx)%7B%7D", 400),
    ("/nowhere", 404),
    ("/graphs?graph=x:nowhere", 404),
    ("/queries/nowhere", 404),
]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", PATHS)
def test_whoever_holds_anything_is_told_that_it_is_there(tiny_client, method, path):
    plain = tiny_client.open(path, method=method)
    answer = tiny_client.open(path, method=method, headers={"If-None-Match": "*"})

    assert plain.status_code == 200
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers.get("ETag") == plain.headers.get("ETag")
    assert answer.headers.get("Vary") == plain.headers.get("Vary")
    assert not {"Content-Type", "Content-Length"} & set(dict(answer.headers))


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Match"])
@pytest.mark.parametrize(("path", "status"), FAILING)
def test_what_fails_fails_on_any_condition(tiny_client, path, status, condition):
    for value in ("*", '"x"'):
        assert tiny_client.get(path, headers={condition: value}).status_code == status


@pytest.mark.parametrize("path", PATHS)
def test_what_is_there_matches_a_star(tiny_client, path):
    assert tiny_client.get(path, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", [ASK, "/queries"])
def test_a_weak_tag_never_matches(tiny_client, path, method):
    tag = tiny_client.get(path).headers["ETag"]
    assert tag.startswith("W/")
    for wanted in ('"x"', tag, tag.removeprefix("W/"), f'"x", {tag}'):
        answer = tiny_client.open(
            path, method=method, headers={"If-Match": wanted, "If-None-Match": tag}
        )

        assert answer.status_code == 412, wanted
        assert answer.mimetype == "application/problem+json"
        assert "ETag" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_strong_tag_matches_itself(tiny_client):
    path = "/dumps/comity.nt"
    tag = tiny_client.get(path).headers["ETag"]

    assert not tag.startswith("W/")
    assert tiny_client.get(path, headers={"If-Match": f'"x", {tag}'}).status_code == 200
    for wanted in (f"W/{tag}", '"x"'):
        assert tiny_client.get(path, headers={"If-Match": wanted}).status_code == 412


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Match"])
@pytest.mark.parametrize("value", ["*", '"x"'])
@pytest.mark.parametrize("path", [ASK, "/sparql?query=ASK%7B", "/", "/nowhere"])
def test_what_is_kept_answers_as_what_is_made(tiny_app, path, condition, value):
    answers = Answers(1_000_000, lambda: "one")

    def ask(*headers):
        target, _, query = path.partition("?")
        scope = {
            "method": "GET",
            "path": target,
            "raw_path": target.encode(),
            "query_string": query.encode(),
            "headers": [(b"host", b"localhost"), *headers],
            "http_version": "1.1",
            "server": ("localhost", 80),
            "client": ("127.0.0.1", 1),
        }

        async def make():
            return run(tiny_app, make_environ(scope, b"", None))

        return loops.run(answers.get(scope, make)).answer.status

    conditional = (condition.lower().encode(), value.encode())
    made = ask(conditional)
    ask()

    assert ask(conditional) == made
