"""What the SPARQL editor asks for: `/completion.json` and `/examples.json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response

from comity.services.completion import completion, examples
from comity.web.headers import by_content
from comity.web.site import graph, site

if TYPE_CHECKING:
    from collections.abc import Mapping

blueprint = Blueprint("completion", __name__)


@blueprint.get("/completion.json")
def offered() -> Response:
    """Give prefixes, classes, properties and codes."""
    return _json(completion(graph()))


@blueprint.get("/examples.json")
def examples_offered() -> Response:
    """Give the canned queries as texts."""
    return _json({"examples": examples(site()["catalogue"], graph())})


def _json(document: Mapping[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return by_content(Response(text + "\n", mimetype="application/json"))
