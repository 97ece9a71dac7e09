"""The licence of each named graph, as statements of a graph of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.licences import DRAWN_FROM_SOURCES, licence_of
from comity.model.terms import GRAPH, ID, PREFIXES
from comity.store.files import QUERIES_GRAPH, graph_files
from comity.store.loading import parse_file
from comity.store.terms import Iri, Quad

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.files import GraphFile

LICENCES_GRAPH: Final = f"{GRAPH}licences"

_LICENSE: Final = Iri(f"{PREFIXES['dcterms']}license")
_SOURCES: Final = "data/sources/"
# A passage is called after its source, which the check `passage-name` holds.
_PASSAGE: Final = re.compile(rb"\b(src\.[\w.-]+)\.s[0-9]+\b")
_REMARK: Final = re.compile(rb"^[ \t]*#.*$", re.MULTILINE)


def licence_quads(root: Path) -> list[Quad]:
    """Return the licence of every graph of a repository, that of these statements included.

    A file of a relation or a source has what its sources ask for, see `licence_of`. Raises
    DataError for a file of sources that does not parse.
    """
    files = graph_files(root)
    known = _of_sources(root, files)
    found = {file.graph: licence_of(_path(file.graph), _asked(file, known)) for file in files}
    found |= {graph: licence_of(_path(graph)) for graph in (QUERIES_GRAPH, LICENCES_GRAPH)}
    return [
        Quad(Iri(graph), _LICENSE, Iri(licence), LICENCES_GRAPH) for graph, licence in found.items()
    ]


def read_licences(quads: Iterable[Quad]) -> dict[str, str]:
    """Return the licence of each graph that has one, out of statements that may hold others."""
    return {
        quad.subject.value: quad.object.value
        for quad in quads
        if quad.graph == LICENCES_GRAPH
        and quad.predicate == _LICENSE
        and isinstance(quad.subject, Iri)
        and isinstance(quad.object, Iri)
    }


def _path(graph: str) -> str:
    return graph.removeprefix(GRAPH)


def _of_sources(root: Path, files: Iterable[GraphFile]) -> dict[str, str]:
    """Return the licences of the sources that say theirs, by local name."""
    return {
        quad.subject.value.removeprefix(ID): quad.object.value
        for file in files
        if _path(file.graph).startswith(_SOURCES)
        for quad in parse_file(root, file)
        if quad.predicate == _LICENSE
        and isinstance(quad.subject, Iri)
        and isinstance(quad.object, Iri)
    }


def _asked(file: GraphFile, known: dict[str, str]) -> set[str]:
    """Return the licences of the sources whose passages a file names."""
    if not _path(file.graph).startswith(DRAWN_FROM_SOURCES):
        return set()
    cited = set(_PASSAGE.findall(_REMARK.sub(b"", file.path.read_bytes())))
    return {known[name] for name in (each.decode() for each in cited) if name in known}
