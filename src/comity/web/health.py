"""Probes: `live` while the process answers, `ready` while a reader of the graph does."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from comity import __version__
from comity.errors import OverloadError
from comity.store.engine import QueryRequest
from comity.store.formats import JSON
from comity.web.site import answer_stranger, graph, holding, site

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("health", __name__)


@blueprint.get("/health/live")
def live() -> Response:
    """Tell that the process answers."""
    return _fresh(status="live", version=__version__)


@blueprint.get("/health/ready")
def ready() -> Response:
    """Tell that a reader answers, and what it holds."""
    committer = site()["committer"]
    size = len(graph() if committer is None else committer.state)
    # Readers that are all at work are there; who asks next may find a place.
    with contextlib.suppress(OverloadError):
        answer_stranger(QueryRequest("ASK { ?s ?p ?o }"), JSON)
    return _fresh(status="ready", statements=size, fingerprint=holding().state)


def _fresh(**members: str | int) -> Response:
    response = jsonify(members)
    response.headers["Cache-Control"] = "no-store"
    return response
