"""Queries that never reach Flask: to the byte what the view of the endpoint answers."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import pytest

from asked import FAILING, LEFT, PLAIN, SELECT, described, scope
from comity.errors import OverloadError
from comity.web import create_app, direct
from comity.web.direct import Direct
from comity.web.logs import ACCESS
from comity.web.site import KEY
from comity.web.wsgi_calls import make_environ, run


@pytest.fixture
def flask_calls(monkeypatch):
    """What went to the application: one request each."""
    calls = []

    def counted(app, environ):
        calls.append(environ)
        return run(app, environ)

    monkeypatch.setattr(direct, "run", counted)
    return calls


def both(app, settings, asked):
    """Return the answer of the application, and that of whoever may spare it the request."""
    ours = Direct(app, settings).answer(scope(**asked), b"", threading.Event())
    theirs = run(app, make_environ(scope(**asked), b"", threading.Event()))
    return theirs, ours


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

    def __init__(self, readers, error, seconds=0.0):
        self.asked = 0
        self._seconds = seconds
        self._readers = readers
        self._error = error

    def survey(self, text, gone=None, seconds=None):
        return self._readers.survey(text, gone, seconds)

    def answer(self, *_):
        self.asked += 1
        time.sleep(self._seconds)
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


def test_the_log_of_a_query_that_fails_tells_how_long_it_took(
    tiny_app, settings, monkeypatch, caplog
):
    site = tiny_app.extensions[KEY]
    slow = Failing(site["readers"], OverloadError("Busy.", retry_after=2), seconds=0.2)
    monkeypatch.setitem(site, "readers", slow)
    with caplog.at_level("INFO", ACCESS):
        Direct(tiny_app, settings).answer(scope({"query": "ASK {}"}), b"", threading.Event())

    assert [record.members["seconds"] >= 0.2 for record in caplog.records] == [True]


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
