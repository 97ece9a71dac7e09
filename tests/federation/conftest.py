"""Endpoints on loopback that SERVICE may ask."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from engines import oxigraph
from some_endpoints import Endpoint


@pytest.fixture(scope="session")
def endpoints():
    """Two endpoints, started once; the option is one that says nothing of the default graph."""
    with ExitStack() as stack:
        started = [stack.enter_context(oxigraph("--cors")) for _ in range(2)]
        yield [Endpoint(each.address) for each in started]
