"""A writable server in memory, and clients with each kind of token."""

from __future__ import annotations

import pytest

from comity.services.tokens import Holder, Tokens, hash_token
from fake_committing import FakeCommitter
from tiny import TINY_QUADS

WRITE, READ, ADMIN = "w" * 43, "r" * 43, "a" * 43


@pytest.fixture
def committer():
    """The tiny graph, and what changes it."""
    return FakeCommitter(TINY_QUADS)


@pytest.fixture(scope="session")
def tokens():
    """One token of each role."""
    return Tokens(
        [
            (Holder("ana", "write"), hash_token(WRITE)),
            (Holder("rolf", "read"), hash_token(READ)),
            (Holder("ada", "admin"), hash_token(ADMIN)),
        ]
    )


@pytest.fixture
def make_writable(settings, tiny_graph, catalogue, committer, tokens, shared_intake):
    """Make the application of a writable server, with some settings of its own."""
    from dataclasses import replace

    from comity.web import create_app

    def make(**given):
        app = create_app(
            *(replace(settings, **given), tiny_graph, catalogue),
            committer=committer,
            tokens=tokens,
        )
        app.extensions["comity"]["intake"] = shared_intake
        return app

    return make


@pytest.fixture
def writable(make_writable):
    """The application of a writable server."""
    return make_writable()


@pytest.fixture
def anyone(writable):
    """A client without a token."""
    return writable.test_client()


@pytest.fixture
def bearer():
    """The header that a token goes into."""
    return lambda token=WRITE: {"Authorization": f"Bearer {token}"}


@pytest.fixture
def writer(writable, bearer):
    """A client that may write."""
    client = writable.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = bearer()["Authorization"]
    return client
