"""The data that a path stands for: a repository, a build, or RDF files of others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.errors import UsageError
from comity.services.catalogue import Catalogue
from comity.services.folders import read_folder
from comity.services.opening import open_graph
from comity.settings import load_settings
from comity.store.builds import find_build
from comity.store.engine import Graph

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Reached:
    """A graph, and the canned queries that can be asked of it."""

    graph: Graph
    catalogue: Catalogue


def reach(path: Path | None = None) -> Reached:
    """Return the graph of a repository, of a build or folder of builds, or of a folder of RDF.

    Without a path that of the repository around the working directory, or around this package. Data
    of others are asked the queries of that repository. Raises UsageError for a path that is none of
    these, DataError for a file that does not parse, StorageDamagedError for a broken build.
    """
    if path is None:
        path = load_settings().root
    if not path.is_dir():
        raise UsageError(
            f"{path} is no folder; name a repository, a build, or a folder with RDF files."
        )
    if (path / "ontology").is_dir() and (path / "data").is_dir():
        catalogue = Catalogue.load(path)
        return Reached(open_graph(path, catalogue), catalogue)
    if (path / "manifest.json").is_file() or (path / "current").exists():
        build = find_build(path)
        return Reached(build.graph(), Catalogue.load(build.files))
    quads = read_folder(path, "The path")
    return Reached(Graph.of(quads), Catalogue.load(load_settings().root))
