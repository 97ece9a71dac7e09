"""SPARQL 1.1 Update, which a read-only server refuses whatever it says."""

from __future__ import annotations

from flask import Blueprint, Response

from comity.errors import RefusedError

blueprint = Blueprint("update", __name__)


@blueprint.post("/update")
def update() -> Response:
    """Refuse an update without reading it."""
    raise RefusedError(
        "This server is read-only: its graph changes only with the files it comes from.",
        reason="read_only",
    )
