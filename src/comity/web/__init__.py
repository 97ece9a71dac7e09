"""The web floor: one Flask application, one blueprint a module, made by `create_app`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from flask import Flask

from comity.services.catalogue import Catalogue
from comity.store.intake import Intake
from comity.web import headers, observing, presenting, problems, proxies
from comity.web.site import KEY, InProcess, Site

if TYPE_CHECKING:
    from comity.services.committing import Committer
    from comity.services.tokens import Tokens
    from comity.settings import Settings
    from comity.store.engine import Graph
    from comity.web.site import Untrusted

# Modules with a `blueprint`.
BLUEPRINTS: Final = (
    "comity.web.protocol",
    "comity.web.graphs",
    "comity.web.update",
    "comity.web.health",
    "comity.web.metrics",
    "comity.web.queries",
    "comity.web.openapi",
    "comity.web.dumps",
    "comity.web.pages",
)


def create_app(
    settings: Settings,
    graph: Graph,
    catalogue: Catalogue | None = None,
    readers: Untrusted | None = None,
    *,
    committer: Committer | None = None,
    tokens: Tokens | None = None,
) -> Flask:
    """Return the application for a graph.

    The catalogue is that of the repository if not given. `readers` answer the queries of strangers;
    without them the graph itself does, with no limit on time and memory. With a committer and
    tokens the server is writable.
    """
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=100,
    )
    app.url_map.strict_slashes = False
    app.extensions[KEY] = Site(
        settings=settings,
        graph=graph,
        catalogue=catalogue or Catalogue.load(settings.root),
        readers=InProcess(graph) if readers is None else readers,
        committer=committer,
        tokens=tokens,
        intake=Intake(),
    )
    observing.register(app)
    proxies.register(app)
    headers.register(app)
    problems.register(app)
    presenting.register(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)
    return app
