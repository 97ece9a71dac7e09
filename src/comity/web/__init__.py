"""The web floor: one Flask application, one blueprint a module, made by `create_app`."""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Final

from flask import Flask

from comity.services.catalogue import Catalogue
from comity.services.holding import Followed, Held, Holding
from comity.services.opening import read_dataset
from comity.services.rules import read_rules
from comity.services.validating import Validator
from comity.store.intake import Intake
from comity.web import (
    assets,
    conditions,
    explaining,
    headers,
    language,
    observing,
    presenting,
    problems,
    proxies,
)
from comity.web.site import KEY, InProcess, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.committing import Committer
    from comity.services.holding import Source
    from comity.services.rules import Rules
    from comity.services.tokens import Tokens
    from comity.settings import Settings
    from comity.store.engine import Graph
    from comity.store.terms import Quad
    from comity.web.site import Untrusted

# Modules with a `blueprint`.
BLUEPRINTS: Final = (
    "comity.web.protocol",
    "comity.web.graphs",
    "comity.web.update",
    "comity.web.validate",
    "comity.web.health",
    "comity.web.metrics",
    "comity.web.queries",
    "comity.web.completion",
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
    statements: Iterable[Quad] | None = None,
    rules: Rules | None = None,
) -> Flask:
    """Return the application for a graph, which was made of some statements.

    The catalogue is that of the repository if not given. `readers` answer the queries of strangers;
    without them the graph itself does, with no limit on time and memory. With a committer and
    tokens the server is writable, and pages and exports follow each commit. The statements are all
    those of the repository if not given. The rules are what documents are judged by; if not given,
    they are read with the first one.
    """
    catalogue = catalogue or Catalogue.load(settings.root)
    root = None if settings.data else settings.root
    source: Source
    if committer is None:
        known = statements
        source = Held(
            Holding(
                lambda: read_dataset(settings.root, catalogue) if known is None else known,
                graph.fingerprint,
                root,
                graph=graph,
            )
        )
    else:
        source = Followed(committer, root, union=graph.union)
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_body_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_body_bytes,
        MAX_FORM_PARTS=100,
    )
    app.url_map.strict_slashes = False
    app.extensions[KEY] = Site(
        settings=settings,
        source=source,
        catalogue=catalogue,
        readers=InProcess(graph) if readers is None else readers,
        committer=committer,
        tokens=tokens,
        intake=Intake(),
        validator=Validator(source, cache(lambda: rules or read_rules(settings))),
    )
    observing.register(app)
    language.register(app)  # before the proxies, so that they see the whole address
    proxies.register(app)
    headers.register(app)
    conditions.register(app)  # behind the headers, so that these are put on what it leaves
    problems.register(app)
    presenting.register(app)
    explaining.register(app)
    assets.register(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)
    return app
