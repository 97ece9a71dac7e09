"""The machine-readable description of the server: `/openapi.json`."""

from __future__ import annotations

import json
import re
from typing import Final

from flask import Blueprint, Response, current_app

from comity.services.openapi import openapi
from comity.web.headers import by_content
from comity.web.presenting import absolute
from comity.web.site import graph, site

blueprint = Blueprint("openapi", __name__)

MEDIA_TYPE: Final = "application/json"

_VARIABLE: Final = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


@blueprint.get("/openapi.json")
def document() -> Response:
    """Give the OpenAPI document of what this application serves."""
    described = openapi(site()["catalogue"], graph(), base=absolute(""), served=served_operations())
    text = json.dumps(described, ensure_ascii=False, indent=2)
    return by_content(Response(text + "\n", mimetype=MEDIA_TYPE))


def served_operations() -> set[tuple[str, str]]:
    """Return path and method, in OpenAPI's spelling, of everything the application routes."""
    found = set()
    for rule in current_app.url_map.iter_rules():
        path = _VARIABLE.sub(r"{\1}", rule.rule)
        for method in rule.methods or ():
            found.add((path, method.lower()))
    return found
