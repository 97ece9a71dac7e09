"""Which files make the graph: one Turtle file is one named graph, called after its path."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.terms import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Globs under the root; what stands elsewhere is not part of the graph.
GRAPH_GLOBS: Final = ("ontology/*.ttl", "ontology/shapes/*.ttl", "data/**/*.ttl")
QUERY_GLOBS: Final = ("queries/**/*.rq",)
IMPORT_GLOBS: Final = ("imports/*/manifest.json",)
INPUT_GLOBS: Final = ("ontology/**/*", "data/**/*", "queries/**/*")

QUERIES_GRAPH: Final = f"{GRAPH}queries"


@dataclass(frozen=True, slots=True, order=True)
class GraphFile:
    """A file of the graph: `relative` is its path from the root with `/`, `graph` its IRI."""

    relative: str
    path: Path
    graph: str


def graph_files(root: Path) -> tuple[GraphFile, ...]:
    """Return the files of the graph, sorted by path."""
    return tuple(graph_file(root, path) for path in _glob(root, GRAPH_GLOBS))


def graph_file(root: Path, path: Path) -> GraphFile:
    """Return one file under the root with the IRI of its graph; it need not exist.

    Raises UsageError for a path outside the root.
    """
    try:
        relative = path.relative_to(root).as_posix()
    except ValueError:
        raise UsageError(f"{path} is not under {root}; name a file of this repository.") from None
    return GraphFile(relative, path, GRAPH + relative.removesuffix(".ttl"))


def query_files(root: Path) -> tuple[Path, ...]:
    """Return the query files, sorted by path."""
    return _glob(root, QUERY_GLOBS)


def fingerprint(root: Path) -> str:
    """Return the SHA-256 of all graph files and queries, names and bytes, in hexadecimal.

    The manifests of imports stand for their statements, whose hashes they hold.
    """
    return digest(root, _glob(root, GRAPH_GLOBS + QUERY_GLOBS + IMPORT_GLOBS))


def inputs_fingerprint(root: Path) -> str:
    """Return the SHA-256 of everything under ontology/, data/ and queries/, in hexadecimal."""
    return digest(root, _glob(root, INPUT_GLOBS))


def digest(root: Path, paths: Iterable[Path]) -> str:
    """Return the SHA-256 of files, each by its name from the root, its length and its bytes."""
    total = sha256()
    for path in paths:
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _glob(root: Path, patterns: tuple[str, ...]) -> tuple[Path, ...]:
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return tuple(sorted(found, key=lambda path: path.relative_to(root).as_posix()))
