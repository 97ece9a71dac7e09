"""The pure modules of the front end, tested by Node's own runner on what esbuild makes of them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from pathlib import Path

import pytest

from comity.model.edtf import bounds
from comity.model.terms import XSD
from comity.services.results import cells_of
from comity.services.speech import speaking
from comity.store.engine import Graph
from comity.store.terms import Literal
from shared_material import ROOT, program

HERE = Path(__file__).resolve().parent
FRONTEND = ROOT / "src" / "comity" / "web" / "frontend"
UNITS = sorted(HERE.glob("*.test.ts"))
NUMBERS = HERE / "written_numbers.csv"
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


def _written_numbers():
    """Return numbers as each language writes them in a table, for the server and the scripts."""
    with NUMBERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("tag", ["en", "az", "ja"])
def test_the_server_writes_numbers_in_tables_as_the_scripts_do(tag):
    integer = f"{XSD}integer"
    numbers = [row["lexical"] for row in _written_numbers()]
    with speaking(tag):
        rows = cells_of(Graph.of(()), [[Literal(number, integer)] for number in numbers])

    assert [cell.text for (cell,) in rows] == [row[tag] for row in _written_numbers()]
    assert all(cell.machine in {number, ""} for (cell,), number in zip(rows, numbers, strict=True))
    assert [bool(cell.machine) for (cell,) in rows] == [
        row[tag] != row["lexical"] for row in _written_numbers()
    ]


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
        env=os.environ
        | {"DATES": str(dates), "QUERIES": str(queries), "NUMBERS": json.dumps(_written_numbers())},
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "ℹ tests 0" not in found.stdout


def test_there_are_units():
    assert len(UNITS) > 4
