"""Clients for the pages: on the whole graph as a browser, and on a small awkward one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from comity.store.engine import Graph

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HERE = Path(__file__).parent


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    """A client of the application on the whole graph that asks as browsers do."""
    return _as_browser(app)


@pytest.fixture(scope="session")
def small_root(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the real ontology and one relation that does not exist."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(root / "ontology", folder / "ontology")
    shutil.copy(root / "CITATION.cff", folder)
    (folder / "queries" / "catalogue").mkdir(parents=True)
    (folder / "data" / "relations").mkdir(parents=True)
    shutil.copy(HERE / "small" / "relation.ttl", folder / "data" / "relations" / "XAA-XBB.ttl")
    return folder


@pytest.fixture(scope="session")
def small_graph(small_root: Path) -> Graph:
    """The graph of the small repository."""
    from comity.store.loading import load_graph

    return load_graph(small_root)


@pytest.fixture(scope="session")
def small_app(small_root: Path, small_graph: Graph) -> Flask:
    """The application on the small repository."""
    from comity.settings import load_settings
    from comity.web import create_app

    return create_app(load_settings({}, root=small_root), small_graph)


@pytest.fixture
def small(small_app: Flask) -> FlaskClient:
    """A client of the application on the small repository that asks as browsers do."""
    return _as_browser(small_app)


def _as_browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER
    return client
