"""The README's tour is run as it stands: each command, and each line of output that it shows.

In what is shown, `...` stands for any text. Addresses of the server are those of a real one.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from shared_material import ROOT, program

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text(encoding="utf-8")
PUBLIC = "http://127.0.0.1:8000"


class Step(NamedTuple):
    """A command of the tour and the lines that are shown behind it."""

    command: str
    shown: tuple[str, ...]


def _steps() -> list[Step]:
    steps: list[Step] = []
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            steps.append(Step(command, tuple(shown)))
    return steps


STEPS = _steps()


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.command[:60])
def test_tour_shows_what_happens(
    step: Step, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    arguments = shlex.split(step.command)
    if arguments[0] == "comity":
        arguments[:1] = [sys.executable, "-m", "comity"]
    else:
        arguments[0] = program(arguments[0])
    if PUBLIC in step.command:
        address = request.getfixturevalue("live_address")
        arguments = [word.replace(PUBLIC, address) for word in arguments]
    done = subprocess.run(
        arguments,
        cwd=tmp_path,
        env={"COMITY_ROOT": str(ROOT), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    _compare(step.shown, done.stdout.replace("\r\n", "\n").rstrip("\n").split("\n"))


def test_tour_has_steps() -> None:
    assert len(STEPS) >= 8


def test_tour_names_both_commands() -> None:
    assert "make serve\nmake test\n" in README


def _compare(shown: tuple[str, ...], found: list[str]) -> None:
    """Fail unless the lines found are those shown, where `...` is any text or any lines."""
    wanted = "\n".join(shown)
    pattern = re.escape(wanted).replace(re.escape("..."), ".*")
    assert re.fullmatch(pattern, "\n".join(found) if shown else "", re.DOTALL) or (
        not shown and found == [""]
    ), f"shown:\n{wanted}\nfound:\n" + "\n".join(found)
