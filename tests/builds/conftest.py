"""Builds for the tests: of the whole repository, and of a folder that can be changed."""

from __future__ import annotations

import pytest

from comity.services.building import make_build
from comity.services.export import read_material
from processes import write_folder


@pytest.fixture(scope="session")
def build(root, tmp_path_factory):
    """The repository's own build, made as one that is served from the disk."""
    folder = tmp_path_factory.mktemp("builds")
    made = make_build(
        root, folder, keep=3, checked=True, tell=lambda *_: None, memory_statements=1_000
    )
    assert not made.left
    return made.build


@pytest.fixture(scope="session")
def material(root):
    """What exports are made from, as the files have it."""
    return read_material(root)


@pytest.fixture
def folder(tmp_path):
    """A repository with the tiny graph."""
    return write_folder(tmp_path / "repository")


@pytest.fixture
def builds(tmp_path):
    """A place for builds, which is not there yet."""
    return tmp_path / "builds"


@pytest.fixture
def make(folder, builds):
    """Build the tiny repository as it is now."""

    def make(keep=3, tell=lambda *_: None, *, checked=True):
        return make_build(folder, builds, keep=keep, checked=checked, tell=tell)

    return make


@pytest.fixture
def change(folder):
    """Add a thing to the tiny repository."""

    def change(number):
        path = folder / "data/actors/more.ttl"
        path.write_text(
            f"<https://w3id.org/comity/id/X{number}> a <https://w3id.org/comity/ns#State> .\n"
        )

    return change
