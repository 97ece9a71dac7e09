"""The gate for an import: its statements judged part by part, as additions to the repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID
from comity.services.imports.folder import GRAPHS
from comity.store import formats
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Quad
from comity.validation.findings import Severity
from comity.validation.incremental import SHAPES_GRAPHS, Gate
from comity.validation.queries import read_checks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOST: Final = 20  # findings that are told
_OURS: Final = re.compile(rb"<(?:" + ID.encode() + rb"|" + CODE.encode() + rb")[^>]*>")


class Judge:
    """Keeps what others refer to, and judges each part with what it refers to."""

    def __init__(self, dataset: Sequence[Quad], root: Path) -> None:
        """Take the repository as it is."""
        shapes = [quad for quad in dataset if quad.graph.startswith(SHAPES_GRAPHS)]
        self._gate = Gate(dataset, shapes, read_checks(root / "queries/checks"))
        self._known = {
            quad.subject.n3().encode() for quad in dataset if isinstance(quad.subject, Iri)
        }
        self._things: dict[bytes, list[bytes]] = {}
        self._parts: list[list[bytes]] = []
        self._findings: list[str] = []
        self.found = 0

    def take(self, lines: list[bytes], dyads: list[bytes]) -> None:
        """Judge a part; a thing that it names and that is not in it yet comes later by `close`."""
        content = b"".join(lines)
        quads = [
            Quad.of(quad.triple, f"{GRAPHS}part")
            for quad in parse_document(content + b"".join(dyads), formats.N_TRIPLES)
        ]
        verdict = self._gate.check(quads, ())
        for fault in verdict.faults:
            if fault.severity is Severity.ERROR:
                self._find(f"{fault.rule}: {fault.message}")

    def close(self) -> list[str]:
        """Return what was found, in sentences, the first of many."""
        more = self.found - len(self._findings)
        return [*self._findings, *([f"… and {more:,} more."] if more else [])]

    def _find(self, told: str) -> None:
        self.found += 1
        if len(self._findings) < _MOST:
            self._findings.append(told)
