"""The staged SHACL suites: Core and SPARQL, full reports compared."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.validation.compiled import ShapesError, Validator
from shared_material import shared
from validation.compiled import shacl_suite as suite

CORE = suite.cases("core/manifest.ttl")
SPARQL = suite.cases("sparql/manifest.ttl")


@pytest.mark.parametrize("case", [*CORE, *SPARQL], ids=lambda case: case.name)
def test_report_is_as_expected(case: suite.Case) -> None:
    wanted = suite.expected(case)
    shapes, data = suite.statements(case.shapes), suite.statements(case.data)
    if wanted is None:
        with pytest.raises(ShapesError):
            Validator(ox, shapes).validate(data)
        return

    held = Validator(ox, shapes).hold(data)

    found = [suite.comparable(each, wanted) for each in held.report().results]
    assert sorted(found, key=str) == wanted
    assert held.left == ()


def test_all_staged_cases_are_run() -> None:
    shared(suite.FOLDER)

    assert (len(CORE), len(SPARQL)) == (65, 15)
