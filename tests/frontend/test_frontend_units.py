"""The pure modules of the front end, tested by Node's own runner on what esbuild makes of them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path

import pytest

from comity.model.edtf import bounds
from shared_material import ROOT, program

HERE = Path(__file__).resolve().parent
FRONTEND = ROOT / "src" / "comity" / "web" / "frontend"
UNITS = sorted(HERE.glob("*.test.ts"))
EXTRA_DATES = ("2011-24", "2011-33", "2011-41", "1X99", "2015-1X", "2000-XX-29", "../2019", "2000/")


def _esbuild():
    """Return the bundler of the front end's packages, or skip the test by name without it."""
    return program(str(FRONTEND / "node_modules" / "esbuild" / "bin" / "esbuild"))


def _stated_dates():
    """Return every date of the expected answers, with the bounds that the server computes."""
    stated = set(EXTRA_DATES)
    for path in (ROOT / "tests" / "queries" / "golden").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            stated |= {row["date"] for row in csv.DictReader(file) if row.get("date")}
    table = {}
    for text in sorted(stated):
        found = bounds(text)
        table[text] = [day and day.isoformat() for day in (found.earliest, found.latest)]
    return table


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name.removesuffix(".test.ts"))
def test_unit(unit, tmp_path):
    node = program("node")
    bundle = tmp_path / f"{unit.stem}.mjs"
    subprocess.run(
        [
            _esbuild(),
            str(unit),
            "--bundle",
            "--format=esm",
            "--platform=node",
            f"--outfile={bundle}",
            "--log-level=error",
        ],
        check=True,
    )
    dates = tmp_path / "dates.json"
    dates.write_text(json.dumps(_stated_dates()), "utf-8")
    queries = ROOT / "queries" / "catalogue"
    found = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(bundle)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"DATES": str(dates), "QUERIES": str(queries)},
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "ℹ tests 0" not in found.stdout


def test_there_are_units():
    assert len(UNITS) > 4
