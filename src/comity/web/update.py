"""SPARQL 1.1 Update over HTTP (SPARQL 1.1 Protocol §2.2): all of a request, or nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint

from comity.web.access import require_writer
from comity.web.changes import committed
from comity.web.requests import read_update

if TYPE_CHECKING:
    from flask import Response

blueprint = Blueprint("update", __name__)


@blueprint.post("/update")
def update() -> Response:
    """Carry out the update of the request; a read-only server refuses it unread."""
    committer, who = require_writer()
    return committed(committer.update(read_update(), who))
