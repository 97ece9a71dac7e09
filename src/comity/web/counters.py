"""Where several processes of a server put their counters, before any of them is started."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus_client knows the folder; it reads it when it is imported."""


@contextmanager
def counted_together(processes: int) -> Iterator[None]:
    """Have the processes that are started meanwhile count together, if they are several."""
    if processes == 1:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="comity-counters-") as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]
