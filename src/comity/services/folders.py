"""RDF files of a folder that is no repository: each a graph, or several where it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import GRAPH
from comity.store import formats
from comity.store.parsing import parse_document

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.terms import Quad

NONE: Final = "none"
"""What stands in a setting for no folder at all."""


def is_union(data: str) -> bool:
    """Tell whether the default graph is the union of all graphs; not so on an empty server."""
    return data != NONE


def read_folder(folder: Path, option: str) -> list[Quad]:
    """Return the statements of all RDF files of a folder; `option` is what named it.

    A file that names no graph is one called after its path. Raises UsageError for a folder that is
    none, DataError for a file that does not parse.
    """
    if not folder.is_dir():
        raise UsageError(f"{option} {folder} is no folder; name one with RDF files, or none.")
    quads: list[Quad] = []
    for path in sorted(folder.rglob("*")):
        offer = next(
            (each for each in formats.GRAPH_FORMATS if path.suffix == f".{each.suffix}"), None
        )
        if offer is None or not path.is_file():
            continue
        name = path.relative_to(folder).as_posix()
        graph = GRAPH + name.removesuffix(path.suffix)
        quads.extend(
            quad if quad.graph else quad._replace(graph=graph)
            for quad in parse_document(path.read_bytes(), offer, name=name, base=graph)
        )
    return quads
