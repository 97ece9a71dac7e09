"""The web floor: one Flask application, one blueprint a module, made by `create_app`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from flask import Flask

from comity.services.catalogue import Catalogue
from comity.web import headers, presenting, problems
from comity.web.site import KEY, Site

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.store.engine import Graph

# Modules with a `blueprint`.
BLUEPRINTS: Final = (
    "comity.web.protocol",
    "comity.web.graphs",
    "comity.web.update",
    "comity.web.health",
    "comity.web.queries",
    "comity.web.openapi",
    "comity.web.dumps",
    "comity.web.pages",
)


def create_app(settings: Settings, graph: Graph, catalogue: Catalogue | None = None) -> Flask:
    """Return the application for a graph; the catalogue is that of the repository if not given."""
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=100,
    )
    app.url_map.strict_slashes = False
    app.extensions[KEY] = Site(
        settings=settings, graph=graph, catalogue=catalogue or Catalogue.load(settings.root)
    )
    headers.register(app)
    problems.register(app)
    presenting.register(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)
    return app
