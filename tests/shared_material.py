"""The one place where a test that needs something from outside is skipped when that is absent.

The first source, the public conformance suites and the open datasets stand beside the repository
in `../shared`; none of them is part of it.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TEXTS = ("source", "open-data/articles")


def shared(path: str) -> Path:
    """Return a path under `../shared`, or skip the test by name when it is not there."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs ../shared/{path}, which is not beside this repository")
    return found


def text_called(title: str) -> Path:
    """Return the text under `../shared` whose file is called so, or skip the test by name.

    Letters and digits count, in any case: `Chad–Taiwan relations` is `Chad–Taiwan_relations.md`.
    """
    for folder in TEXTS:
        for file in sorted((SHARED / folder).glob("*")):
            if _bare(file.stem) == _bare(title):
                return file
    pytest.skip(f"needs the text of “{title}” under ../shared/{' or ../shared/'.join(TEXTS)}")


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def fetched(path: str, how: str) -> Path:
    """Return a file under `.cache` that a command fetches, or skip the test by name."""
    found = ROOT / ".cache" / path
    if not found.exists():
        pytest.skip(f"needs .cache/{path}, which `{how}` fetches")
    return found


def program(name: str) -> str:
    """Return the path of a program beside this Python or of this machine, or skip the test."""
    found = shutil.which(name, path=Path(sys.executable).parent) or shutil.which(name)
    if found is None:
        pytest.skip(f"needs the program {name}, which this machine does not have")
    return found
