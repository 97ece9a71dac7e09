"""The web floor: one Flask application, one blueprint a module, made by `create_app`.

What it is made of is imported when it is made: the process that watches over servers makes none.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask

    from comity.services.catalogue import Catalogue
    from comity.services.changes.history import History
    from comity.services.committing import Committer
    from comity.services.holding import Source
    from comity.services.rules import Rules
    from comity.services.tokens import Tokens
    from comity.settings import Settings
    from comity.store.answering import Answering
    from comity.store.engine import Graph
    from comity.store.terms import Quad

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
    "comity.web.reconciling",
    "comity.web.openapi",
    "comity.web.dumps",
    "comity.web.panel",
    "comity.web.feeds",
    "comity.web.pages",
)

# Modules that take part in each request, by `register`, in this order.
HOOKS: Final = (
    "comity.web.observing",
    "comity.web.language",  # before the proxies, so that they see the whole address
    "comity.web.proxies",
    "comity.web.headers",
    "comity.web.conditions",  # behind the headers, so that these are put on what it leaves
    "comity.web.problems",
    "comity.web.error_words",
    "comity.web.presenting",
    "comity.web.explaining",
    "comity.web.assets",
)


def create_app(
    settings: Settings,
    graph: Graph,
    catalogue: Catalogue | None = None,
    readers: Answering | None = None,
    *,
    committer: Committer | None = None,
    tokens: Tokens | None = None,
    statements: Iterable[Quad] | None = None,
    rules: Rules | None = None,
    source: Source | None = None,
    history: History | None = None,
) -> Flask:
    """Return the application for a graph, which was made of some statements.

    The catalogue is that of the repository if not given. `readers` answer the queries of strangers;
    without them the graph itself does, with no limit on time and memory. With a committer and
    tokens the server is writable, and pages and exports follow each commit. The statements are all
    those of the repository if not given. The rules are what documents are judged by; if not given,
    they are read with the first one. A source that is given stands in for graph and statements. The
    history is what feeds of changes tell; without one there are none.
    """
    from flask import Flask

    from comity.services.catalogue import Catalogue
    from comity.services.changes.answers import Comparing
    from comity.services.holding import Followed, Held, Holding
    from comity.services.opening import read_dataset
    from comity.services.rules import read_rules
    from comity.services.validating import Validator
    from comity.store.intake import Intake
    from comity.web.federating import federated, read_endpoints
    from comity.web.site import KEY, InProcess, Site

    catalogue = catalogue or Catalogue.load(settings.root)
    root = None if settings.data else settings.root
    if source is None and committer is not None:
        source = Followed(committer, root, union=graph.union)
    elif source is None:
        known = statements
        source = Held(
            Holding(
                lambda: read_dataset(settings.root, catalogue) if known is None else known,
                graph.fingerprint,
                root,
                graph=graph,
            )
        )
    endpoints = read_endpoints(settings)
    answering = InProcess(graph) if readers is None else readers
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
        readers=federated(settings, answering, endpoints),
        endpoints=endpoints,
        committer=committer,
        tokens=tokens,
        intake=Intake(),
        validator=Validator(source, cache(lambda: rules or read_rules(settings))),
        history=history,
        comparing=None if history is None else Comparing(history),
    )
    for name in HOOKS:
        importlib.import_module(name).register(app)
    for name in BLUEPRINTS:
        app.register_blueprint(importlib.import_module(name).blueprint)
    return app
