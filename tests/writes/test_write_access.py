"""Who may write: nobody on a read-only server, and elsewhere who holds a token that allows it."""

from __future__ import annotations

import pytest

from comity.store.commits.lines import line_of
from tiny import TINY_QUADS

UPDATE = {"data": "CLEAR ALL", "content_type": "application/sparql-update"}
DOCUMENT = {"data": "<x:a> <x:b> <x:c> .", "content_type": "text/turtle"}
WRITES = [
    ("POST", "/update", UPDATE),
    ("PUT", "/graphs?graph=x:g", DOCUMENT),
    ("POST", "/graphs?graph=x:g", DOCUMENT),
    ("POST", "/graphs", DOCUMENT),
    ("PUT", "/graphs/some/name", DOCUMENT),
    ("DELETE", "/graphs?default", {}),
]
each_write = pytest.mark.parametrize(("method", "path", "body"), WRITES)


def _problem(answer, status, code):
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == code
    assert "Access-Control-Allow-Origin" not in answer.headers
    return answer.json


@each_write
def test_a_read_only_server_says_so_whatever_the_token(tiny_client, bearer, method, path, body):
    for headers in ({}, bearer()):
        answer = tiny_client.open(path, method=method, headers=headers, **body)

        _problem(answer, 403, "read_only")


@each_write
def test_without_a_token_it_is_asked_for(anyone, committer, method, path, body):
    answer = anyone.open(path, method=method, **body)

    _problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Comity"'
    assert committer.calls == []


@each_write
@pytest.mark.parametrize("token", ["x" * 43, "w" * 42, "w" * 44, "W" * 43])
def test_a_wrong_token_is_refused(anyone, bearer, committer, method, path, body, token):
    answer = anyone.open(path, method=method, headers=bearer(token), **body)

    _problem(answer, 403, "unknown_token")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Comity", error="invalid_token"'
    assert token not in answer.text
    assert committer.calls == []


@each_write
def test_a_token_for_reading_does_not_write(anyone, bearer, committer, method, path, body):
    answer = anyone.open(path, method=method, headers=bearer("r" * 43), **body)

    _problem(answer, 403, "insufficient_role")
    assert answer.headers["WWW-Authenticate"].endswith('error="insufficient_scope"')
    assert committer.calls == []


@each_write
def test_a_page_of_another_site_does_not_write(writer, committer, method, path, body):
    answer = writer.open(path, method=method, headers={"Sec-Fetch-Site": "cross-site"}, **body)

    _problem(answer, 403, "cross_site")
    assert committer.calls == []


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic dzp3",
        "w" * 43,
        "Token " + "w" * 43,
        "Bearer a b",
        "Bearer é",
    ],
)
def test_what_is_no_bearer_token_is_none(anyone, header):
    answer = anyone.post("/update", headers={"Authorization": header}, **UPDATE)

    _problem(answer, 401, "unauthorized")


@pytest.mark.parametrize("token", ["w" * 43, "a" * 43])
@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_who_may_write_writes(anyone, committer, scheme, token):
    answer = anyone.post("/update", headers={"Authorization": f"{scheme} {token}"}, **UPDATE)

    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert committer.calls[0][2] == {"w": "ana", "a": "ada"}[token[0]]


@pytest.mark.parametrize("name", ["access_token", "token", "authorization", "Authorization"])
def test_a_token_elsewhere_counts_for_nothing(anyone, name):
    token = "w" * 43
    anyone.set_cookie(name, token)
    in_address = anyone.post(f"/update?{name}={token}", **UPDATE)
    in_form = anyone.post("/update", data={"update": "CLEAR ALL", name: token})

    _problem(in_address, 401, "unauthorized")
    _problem(in_form, 401, "unauthorized")


def test_the_body_is_not_read_before_the_token_is(anyone):
    class Unread:
        def read(self, *_):
            pytest.fail("the body was read")

        readline = readinto = read

    answer = anyone.post(
        "/update",
        content_type="application/sparql-update",
        environ_overrides={"wsgi.input": Unread(), "CONTENT_LENGTH": "9"},
    )

    _problem(answer, 401, "unauthorized")


def test_what_was_refused_changed_nothing(anyone, committer):
    for method, path, body in WRITES:
        anyone.open(path, method=method, **body)

    assert committer.state.lines() == sorted(map(line_of, TINY_QUADS))


@pytest.mark.parametrize(
    ("path", "methods"), [("/graphs", "GET, HEAD, OPTIONS"), ("/graphs/a", "GET, HEAD, OPTIONS")]
)
def test_a_preflight_allows_no_write(anyone, path, methods):
    answer = anyone.options(
        path, headers={"Origin": "http://evil", "Access-Control-Request-Method": "PUT"}
    )

    allowed = answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert sorted(allowed) == methods.split(", ")
    assert "Authorization" not in answer.headers["Access-Control-Allow-Headers"]
    assert {"If-Match", "If-None-Match", "Range"} <= set(
        answer.headers["Access-Control-Allow-Headers"].split(", ")
    )


def test_a_preflight_of_updates_allows_nothing(anyone):
    answer = anyone.options("/update", headers={"Origin": "http://evil"})

    assert not any(name.startswith("Access-Control") for name in dict(answer.headers))
