"""What a plain `pytest` leaves out is named with its reason, and `make test` runs it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from shared_material import ROOT
from slow import SLOW, is_slow

# A place of each kind, small: one file that is slow, and one beside it that is not.
SLOW_FILE = "tests/builds/test_replicas.py"
FAST_FILE = "tests/builds/test_making.py"


def collected(*arguments: str) -> set[str]:
    """Return the files of which a run would take a test."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *arguments, SLOW_FILE, FAST_FILE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}


@pytest.mark.parametrize("place", SLOW)
def test_a_slow_place_is_there_and_says_what_it_starts_or_makes(place: str) -> None:
    found = ROOT / place
    tests = [found] if found.is_file() else sorted(found.rglob("test_*.py"))

    assert tests
    assert all(is_slow(each.relative_to(ROOT).as_posix()) for each in tests)
    assert re.fullmatch(r"(starts|kills|makes) [^.]{5,80}", SLOW[place])


def test_no_slow_place_is_named_twice() -> None:
    assert list(SLOW) == sorted(SLOW)
    assert not [one for one in SLOW for other in SLOW if one.startswith(f"{other}/")]


def test_a_name_that_only_begins_alike_is_not_slow() -> None:
    assert is_slow("tests/browser/test_pages.py::test_any[case]")
    assert not is_slow("tests/browser.py")
    assert not is_slow("tests/builds/test_making.py::test_any[tests/browser/]")


def test_a_plain_run_leaves_out_what_is_slow_and_make_test_does_not() -> None:
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\ntest: ")[2].partition("\n\n")[0]
    marks = re.findall(r"pytest .*-m '([^']+)'", recipe)

    assert collected() == {FAST_FILE}
    assert marks == ["not long"]
    assert collected("-m", *marks) == {SLOW_FILE, FAST_FILE}
