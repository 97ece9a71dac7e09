"""Codebooks of a panel whose rows were read: Markdown for people, CSVW for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from comity.services.panel.codebook import write_codebook
from comity.services.panel.csvw import describe
from comity.services.panel.graphs import read_left_out, read_origins

if TYPE_CHECKING:
    from comity.services.panel.graphs import Origin
    from comity.services.panel.rows import Panel


def origins_of(panel: Panel) -> list[Origin]:
    """Return the graphs that the rows rest on, with licences and sources."""
    names = {name for covered in panel.coverage.measures.values() for name in covered.graphs}
    return read_origins(panel.graph, names)


def codebook_text(panel: Panel) -> str:
    """Return the codebook in Markdown; the rows have to be read."""
    return write_codebook(
        panel.selection,
        panel.coverage,
        origins_of(panel),
        build=panel.graph.fingerprint,
        left_out=read_left_out(panel.graph),
    )


def metadata_text(panel: Panel, url: str) -> str:
    """Return the codebook as CSVW metadata of the table at `url`; the rows have to be read."""
    found = describe(
        panel.selection,
        url,
        build=panel.graph.fingerprint,
        coverage=panel.coverage,
        origins=origins_of(panel),
    )
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
