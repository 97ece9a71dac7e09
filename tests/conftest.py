"""What every test may use: the repository, its whole graph, a tiny graph, and clients on both.

Imports stand inside the fixtures, so that a test of the lower floors loads no more than it needs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

from shared_material import ROOT
from slow import is_slow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from comity.services.catalogue import Catalogue
    from comity.settings import Settings
    from comity.store.engine import Graph
    from comity.store.intake import Intake


# No test looks at a clock: what is slow on a busy machine is not wrong.
# The short run has the same cases each time, so that it tells of the change and not of the day; the
# long one, `make test-long`, which sets HYPOTHESIS_PROFILE=wide, looks for new ones.
hypothesis_settings.register_profile("comity", deadline=None, derandomize=True)
hypothesis_settings.register_profile("wide", deadline=None)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "comity"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes expected results anew."""
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write expected results anew, then look at them",
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what stands in a slow place."""
    if is_slow(item.nodeid):
        item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def settings(root: Path) -> Settings:
    """The default settings, whatever the environment says."""
    from comity.settings import load_settings

    return load_settings({}, root=root)


@pytest.fixture(scope="session")
def real_graph(root: Path) -> Graph:
    """The whole graph of the repository."""
    from comity.services.opening import open_graph

    return open_graph(root)


@pytest.fixture(scope="session")
def catalogue(root: Path) -> Catalogue:
    """The canned queries of the repository, read once for all applications."""
    from comity.services.catalogue import Catalogue

    return Catalogue.load(root)


@pytest.fixture(scope="session")
def shared_intake() -> Iterator[Intake]:
    """A process that reads documents, for applications that are made for one test each."""
    from comity.store.intake import Intake

    made = Intake()
    yield made
    made.close()


@pytest.fixture(scope="session")
def live_address(root: Path) -> Iterator[str]:
    """The address of a real server on the whole graph."""
    from live import serving

    with serving(root) as address:
        yield address


@pytest.fixture(scope="session")
def tiny_graph() -> Graph:
    """The dozen statements of `tiny`."""
    from comity.store.engine import Graph
    from tiny import TINY_QUADS

    return Graph.of(TINY_QUADS)


@pytest.fixture(scope="session")
def app(settings: Settings, real_graph: Graph, catalogue: Catalogue) -> Iterator[Flask]:
    """The application on the whole graph."""
    from comity.web import create_app

    made = create_app(settings, real_graph, catalogue)
    yield made
    for name in ("intake", "validator"):
        made.extensions["comity"][name].close()


@pytest.fixture(scope="session")
def tiny_app(settings: Settings, tiny_graph: Graph, catalogue: Catalogue) -> Flask:
    """The application on the tiny graph."""
    from comity.web import create_app

    return create_app(settings, tiny_graph, catalogue)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application on the whole graph."""
    return app.test_client()


@pytest.fixture
def tiny_client(tiny_app: Flask) -> FlaskClient:
    """A client of the application on the tiny graph."""
    return tiny_app.test_client()
