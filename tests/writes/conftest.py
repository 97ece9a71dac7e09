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
def writable(settings, tiny_graph, committer, tokens):
    """The application of a writable server."""
    from comity.web import create_app

    app = create_app(settings, tiny_graph, committer=committer, tokens=tokens)
    yield app
    app.extensions["comity"]["intake"].close()


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
