"""Comity: an open knowledge graph of bilateral relations between states.

`comity.open()` opens a repository, a build or a folder of RDF for use in Python, as docs/python.md
tells. Nothing is loaded before that.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from os import PathLike

    from comity.api import Comity

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(source: str | PathLike[str] | None = None) -> Comity:  # noqa: A001 - as it reads outside
    """Open a repository, a build or folder of builds, or a folder of RDF files, for reading.

    Without a source that is the repository around the working directory, or around this package.
    Raises `comity.errors.UsageError` for a path that is none of these, `DataError` for a file that
    does not parse, `StorageDamagedError` for a broken build.
    """
    # By name, since the floors below may import this package but not what stands above them.
    opened = importlib.import_module("comity.api").open_source(source)
    return cast("Comity", opened)
