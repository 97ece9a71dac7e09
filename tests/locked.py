"""What is locked, and under which licence: read from the lock files and the installed metadata."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
LICENCES = tomllib.loads((ROOT / "tests/licences.toml").read_text(encoding="utf-8"))

_LONGEST_NAME = 60  # characters; what is longer is the text of a licence


class Locked(NamedTuple):
    """A requirement of a lock file, and its hashes."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the distribution."""
        return self.requirement.name


def read_lock(name: str) -> list[Locked]:
    """Return the requirements of a lock file; whatever is none of these raises."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    return [_locked(line) for line in lines if line and not line.startswith("#")]


def licence_of(name: str) -> str | None:
    """Return the licence of an installed distribution in the words of SPDX.

    That is its expression, else what the field or the classifiers say, else what is written down
    here; an empty text if nothing says it, None for what is not installed.
    """
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return None
    classified = [
        each.rpartition(" :: ")[2]
        for each in found.get_all("Classifier", [])
        if each.startswith("License ::")
    ]
    field = (found.get("License") or "").strip()
    if "\n" in field or len(field) > _LONGEST_NAME:
        field = ""
    said = found.get("License-Expression") or field or " OR ".join(classified)
    said = said or LICENCES["named"].get(name, "")
    return LICENCES["spellings"].get(said, said)


def is_allowed(expression: str) -> bool:
    """Tell whether an expression of SPDX without brackets leaves a choice that is allowed."""
    return any(
        all(part.strip() in LICENCES["allowed"] for part in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def _locked(line: str) -> Locked:
    before, *hashes = re.split(r"\s--hash=", line)
    return Locked(Requirement(before), tuple(each.strip() for each in hashes))
