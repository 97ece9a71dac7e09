from __future__ import annotations

import pytest

from comity.services.export import Dumps, Material, read_material
from shared_material import ROOT


@pytest.fixture(scope="session")
def material() -> Material:
    return read_material(ROOT)


@pytest.fixture(scope="session")
def dumps(material: Material) -> Dumps:
    """The dumps of the repository, each made once."""
    return Dumps(material)
