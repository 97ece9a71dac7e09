"""The gate before serving: what passed once passes again at once, as long as nothing changed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import comity
from comity.store.files import digest, inputs_fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.validation.findings import Report

_PROGRAM: Final = Path(comity.__file__).resolve().parent
_STAMP: Final = "passed"


def vet(root: Path, cache: Path, progress: Callable[[str], None] | None = None) -> Report | None:
    """Check a repository, or return None if the same files passed the same program before.

    A pass is remembered under `cache`; it is forgotten with any change of an input or of the
    program. `progress` is told what comes next.
    """
    state = _state(root)
    stamp = cache / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="ascii", errors="replace") == state:
        return None
    # Imported late, since a second start has no need of it and it takes half a second.
    from comity.validation.gate import check

    report = check(root, progress=progress)
    if not report.has_errors:
        _remember(stamp, state)
    return report


def _state(root: Path) -> str:
    program = digest(_PROGRAM, sorted(_PROGRAM.rglob("*.py")))
    return sha256(f"{inputs_fingerprint(root)} {program}".encode()).hexdigest()


def _remember(stamp: Path, state: str) -> None:
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(state, encoding="ascii")
    except OSError:
        return  # a folder that cannot be written costs the next start its time, nothing else
