"""Queries that never reach Flask: to the byte what the view of the endpoint answers."""

from __future__ import annotations

import threading
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from comity.errors import OverloadError
from comity.web import create_app, direct
from comity.web.direct import Direct
from comity.web.site import KEY
from comity.web.wsgi_calls import make_environ, run

SELECT = "SELECT ?s { ?s a ?c } ORDER BY ?s"
TABLE = "application/sparql-results+json"


@pytest.fixture
def flask_calls(monkeypatch):
    """What went to the application: one request each."""
    calls = []

    def counted(app, environ):
        calls.append(environ)
        return run(app, environ)

    monkeypatch.setattr(direct, "run", counted)
    return calls


def scope(fields=(), *, path="/sparql", method="GET", headers=(), host="localhost"):
    query = fields if isinstance(fields, str) else urlencode(fields)
    return {
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode("latin-1"),
        "headers": [(b"host", host.encode()), *headers],
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 4444),
        "http_version": "1.1",
    }


def accepting(value):
    return [(b"accept", value)]


PLAIN = {
    "truth": {"fields": {"query": "ASK {}"}},
    "table": {"fields": {"query": SELECT}, "headers": accepting(b"text/csv")},
    "xml": {"fields": {"query": SELECT}, "headers": accepting(b"application/sparql-results+xml")},
    "two Accept": {
        "fields": {"query": SELECT},
        "headers": [*accepting(b"a/b"), *accepting(b"text/tab-separated-values")],
    },
    "browser that names": {
        "fields": {"query": SELECT, "format": "json"},
        "headers": accepting(b"text/html"),
    },
    "graph": {"fields": {"query": "CONSTRUCT WHERE { ?s ?p ?o }"}},
    "describe": {"fields": {"query": "DESCRIBE <x:a>", "format": "nt"}},
    "changing": {"fields": {"query": "ASK { FILTER(RAND() < 2) }"}},
    "seconds": {"fields": {"query": SELECT, "timeout": "2"}},
    "dataset": {"fields": {"query": SELECT, "default-graph-uri": "x:none"}},
    "named": {"fields": {"query": SELECT, "named-graph-uri": "x:none"}},
    "unknown field": {"fields": {"query": SELECT, "a": "b"}},
    "words": {"fields": {"query": 'ASK { ?s ?p "日本 é" }'}},
    "language": {"fields": {"query": SELECT}, "headers": [(b"accept-language", b"az")]},
    "cookie": {"fields": {"query": SELECT}, "headers": [(b"cookie", b"a=b")]},
}
LEFT = {
    "nothing asked": {},
    "page": {"fields": {"query": SELECT}, "headers": accepting(b"text/html")},
    "named page": {"fields": {"query": SELECT, "format": "html"}},
    "head": {"fields": {"query": SELECT}, "method": "HEAD"},
    "options": {"method": "OPTIONS"},
    "slash": {"fields": {"query": SELECT}, "path": "/sparql/"},
    "language in the path": {"fields": {"query": SELECT}, "path": "/az/sparql"},
    "escape in the path": {"fields": {"query": SELECT}, "path": "/%73parql"},
    "no query": {"fields": {"query": "ASK {"}},
    "two queries": {"fields": [("query", SELECT), ("query", SELECT)]},
    "update": {"fields": {"update": "CLEAR ALL"}},
    "service": {"fields": {"query": "ASK { SERVICE <x:a> {} }"}},
    "no format": {"fields": {"query": SELECT, "format": "none"}},
    "two formats": {"fields": {"query": SELECT, "format": "csv", "output": "xml"}},
    "not acceptable": {"fields": {"query": SELECT}, "headers": accepting(b"image/png")},
    "no seconds": {"fields": {"query": SELECT, "timeout": "soon"}},
    "not UTF-8": {"fields": "query=%FF"},
    "not UTF-8, unescaped": {"fields": "query=\xff"},
    "no host": {"fields": {"query": SELECT}, "host": "a/b"},
    "held": {"fields": {"query": SELECT}, "headers": [(b"if-none-match", b"*")]},
    "matching": {"fields": {"query": SELECT}, "headers": [(b"if-match", b'"a"')]},
    "forwarded": {"fields": {"query": SELECT}, "headers": [(b"x-forwarded-host", b"a")]},
    "stream": {"fields": {"query": SELECT, "stream": "true"}, "headers": accepting(b"text/csv")},
    "no stream": {"fields": {"query": SELECT, "stream": "false"}},
    "long": {"fields": {"query": SELECT + "#" * 4_000}},
    "declared body": {"fields": {"query": SELECT}, "headers": [(b"content-length", b"0")]},
}
FAILING = {
    "function": {"fields": {"query": "SELECT (<x:f>() AS ?x) {}"}},
    "graph": {"fields": {"query": SELECT, "default-graph-uri": "none"}},
    "on a page": {
        "fields": {"query": "SELECT (<x:f>() AS ?x) {}", "format": "json"},
        "headers": accepting(b"text/html"),
    },
}


def both(app, settings, asked):
    """Return the answer of the application, and that of whoever may spare it the request."""
    ours = Direct(app, settings).answer(scope(**asked), b"", threading.Event())
    theirs = run(app, make_environ(scope(**asked), b"", threading.Event()))
    return theirs, ours


def described(answer):
    headers = sorted(entry for entry in answer.headers if entry[0] != b"x-request-id")
    return answer.status, headers, answer.content, answer.endpoint


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_query_is_answered_as_flask_answers_it(tiny_app, settings, flask_calls, case):
    theirs, ours = both(tiny_app, settings, PLAIN[case])

    assert described(ours) == described(theirs)
    assert ours.status == 200
    assert not flask_calls


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_plain_is_left_to_flask(tiny_app, settings, flask_calls, case):
    theirs, ours = both(tiny_app, settings, LEFT[case])

    assert described(ours) == described(theirs)
    assert len(flask_calls) == 1


@pytest.mark.parametrize("case", FAILING)
def test_a_query_that_fails_is_told_as_flask_tells_it(tiny_app, settings, flask_calls, case):
    theirs, ours = both(tiny_app, settings, FAILING[case])

    assert described(ours) == described(theirs)
    assert ours.status == 400
    assert len(flask_calls) == 1


class Failing:
    """Readers that count what they are asked, and give nothing but an error."""

    fingerprint = "state"

    def __init__(self, readers, error):
        self.asked = 0
        self._readers = readers
        self._error = error

    def survey(self, text, gone=None, seconds=None):
        return self._readers.survey(text, gone, seconds)

    def answer(self, *_):
        self.asked += 1
        raise self._error


@pytest.mark.parametrize(
    ("error", "status"), [(OverloadError("Busy.", retry_after=2), 503), (ValueError("a bug"), 500)]
)
def test_a_query_that_has_failed_is_not_asked_again(tiny_app, settings, monkeypatch, error, status):
    site = tiny_app.extensions[KEY]
    readers = Failing(site["readers"], error)
    monkeypatch.setitem(site, "readers", readers)
    answer = Direct(tiny_app, settings).answer(scope({"query": "ASK {}"}), b"", threading.Event())

    assert answer.status == status
    assert readers.asked == 1


def test_a_body_is_read_by_flask(tiny_app, settings, flask_calls):
    asked = scope(method="POST", headers=[(b"content-type", b"application/sparql-query")])
    answer = Direct(tiny_app, settings).answer(asked, b"ASK {}", threading.Event())

    assert answer.status == 200
    assert len(flask_calls) == 1


def test_the_id_that_a_client_gives_comes_back(tiny_app, settings):
    asked = scope({"query": "ASK {}"}, headers=[(b"x-request-id", b"mine")])
    answer = Direct(tiny_app, settings).answer(asked, b"", threading.Event())

    assert answer.header(b"x-request-id") == b"mine"


@pytest.mark.parametrize("path", ["/sub/sparql", "/sparql"])
def test_behind_a_path_of_a_public_address(tiny_graph, settings, flask_calls, path):
    public = replace(settings, base="https://example.org/sub")
    app = create_app(public, tiny_graph)
    theirs, ours = both(app, public, {"fields": {"query": SELECT}, "path": path})

    assert described(ours) == described(theirs)
    assert len(flask_calls) == (path == "/sparql")


def test_an_address_that_ends_in_the_name_of_the_endpoint(tiny_graph, settings):
    public = replace(settings, base="https://example.org/sparql")
    app = create_app(public, tiny_graph)
    theirs, ours = both(app, public, {"fields": {"query": SELECT}, "path": "/sparql"})

    assert described(ours) == described(theirs)
