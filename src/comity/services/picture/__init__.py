"""The picture of the model, drawn by the project itself from the ontology's core.

`docs/model.svg` is its committed copy; a test draws it anew and compares the bytes. The layout is
our own, three columns and boxes within boxes: it needs no graph-drawing library, and what stands
where is the same on every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.picture.drawing import draw
from comity.services.picture.layout import plan
from comity.services.picture.outline import read
from comity.store.files import graph_file
from comity.store.loading import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.terms import Triple

__all__ = ["COPY", "CORE", "render", "render_triples", "write"]

CORE: Final = "ontology/core.ttl"
COPY: Final = "docs/model.svg"


def render(root: Path) -> str:
    """Return the picture of the ontology under a root as one SVG document.

    Raises DataError if the ontology's core cannot be read.
    """
    return render_triples(quad.triple for quad in parse_file(root, graph_file(root, root / CORE)))


def render_triples(core: Iterable[Triple]) -> str:
    """Return the picture of an ontology, given the statements of its core, as one SVG document."""
    outline = read(core)
    return draw(outline, plan(outline))


def write(root: Path) -> Path:
    """Write the picture to its committed copy and return the path."""
    path = root / COPY
    path.parent.mkdir(exist_ok=True)
    path.write_text(render(root), encoding="utf-8", newline="\n")
    return path
