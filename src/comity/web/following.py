"""A published build is followed: the link `current` is looked at, and told of when it moves."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.store.builds.layout import CURRENT

if TYPE_CHECKING:
    from collections.abc import Callable

_SECONDS: Final = 0.5  # between two looks, each a call of the system


def follow(build: str, tell: Callable[[], None]) -> None:
    """Call `tell` each time that the current build of a folder is another one, if there is one."""
    if not build:
        return
    folder = Path(build)

    def watch() -> None:
        known = _current(folder)
        while True:
            time.sleep(_SECONDS)
            found = _current(folder)
            if found and found != known:
                known = found
                tell()

    threading.Thread(target=watch, name="follow", daemon=True).start()


def _current(folder: Path) -> str:
    """Return where the link leads; empty for a folder that is one build and has none."""
    try:
        return os.readlink(folder / CURRENT)  # noqa: PTH115 - the text, whatever is there
    except OSError:
        return ""
