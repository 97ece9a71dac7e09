"""Imports as part of the graph: their statements, their pairs, and whether they fit into memory."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH, PREFIXES
from comity.services.imports.dyads import DYADS, dyad_lines
from comity.services.imports.folder import imports
from comity.services.imports.spine import Spine
from comity.settings import load_settings
from comity.store import formats
from comity.store.engine import Graph
from comity.store.loading import parse_file
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Quad

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_log: Final = logging.getLogger(__name__)
_LICENSE: Final = Iri(f"{PREFIXES['dcterms']}license")
_CC0: Final = "https://creativecommons.org/publicdomain/zero/1.0/"


def import_quads(root: Path, dataset: Sequence[Quad]) -> list[Quad]:
    """Return the statements of all imports beside those of the repository, none if they do not fit.

    The setting `memory_statements` says how many fit; that they are left out is logged.
    """
    found = imports(root)
    if not found:
        return []
    size, most = sum(each.size for each in found), load_settings(root=root).memory_statements
    if size + len(dataset) > most:
        _log.warning(
            "The imports hold %s statements, more than memory_statements (%s) lets into memory, "
            "and are left out; run comity build, then comity serve --build build.",
            f"{size:,}",
            f"{most:,}",
        )
        return []
    quads = [quad for each in found for quad in parse_file(root, each.file)]
    return [*quads, *dyad_quads(root, dataset), *licences_of_imports(root)]


def dyad_quads(root: Path, dataset: Sequence[Quad]) -> list[Quad]:
    """Return the statements about pairs that imports need and the repository does not describe."""
    names = sorted({name for each in imports(root) for name in each.dyads})
    if not names:
        return []
    spine = Spine(Graph.of(dataset, "spine"))
    content = b"".join(line for lines in dyad_lines(names, spine) for line in lines)
    return [Quad.of(quad.triple, DYADS) for quad in parse_document(content, formats.N_TRIPLES)]


def licences_of_imports(root: Path) -> list[Quad]:
    """Return the licence of the graph of each import, and of that of their pairs."""
    found = imports(root)
    graphs = [(each.graph, each.licence) for each in found]
    if found:
        graphs.append((DYADS, _CC0))
    place = f"{GRAPH}licences"
    return [Quad(Iri(graph), _LICENSE, Iri(licence), place) for graph, licence in graphs]
