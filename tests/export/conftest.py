from __future__ import annotations

import pytest

from comity.services.export import Material, read_material
from shared_material import ROOT


@pytest.fixture(scope="session")
def material() -> Material:
    return read_material(ROOT)
