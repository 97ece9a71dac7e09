from __future__ import annotations

import pytest
from shared_material import ROOT

from comity.services.export import Material, read_material


@pytest.fixture(scope="session")
def material() -> Material:
    return read_material(ROOT)
