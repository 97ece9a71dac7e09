"""Probes for whatever watches the server."""

from __future__ import annotations

import pytest

from comity import __version__
from comity.errors import EngineError


def test_live_while_the_process_answers(tiny_client):
    answer = tiny_client.get("/health/live")

    assert answer.json == {"status": "live", "version": __version__}
    assert answer.headers["Cache-Control"] == "no-store"


def test_ready_while_the_graph_answers(tiny_client, tiny_graph):
    assert tiny_client.get("/health/ready").json == {
        "status": "ready",
        "statements": 13,
        "fingerprint": tiny_graph.fingerprint,
    }


def test_not_ready_when_the_engine_fails(tiny_client, tiny_graph, monkeypatch):
    def fail(*_):
        raise EngineError("The store could not answer: disk.")

    monkeypatch.setattr(type(tiny_graph), "answer", fail)
    answer = tiny_client.get("/health/ready")

    assert answer.status_code == 500
    assert answer.json["code"] == "engine_error"


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_probes_are_only_read(tiny_client, path):
    assert tiny_client.head(path).status_code == 200
    assert tiny_client.post(path).status_code == 405
