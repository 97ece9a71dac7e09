"""The rules of a deployment: its shapes and must-be-empty queries, never those that were written.

They come from the repository, from the folder of `--data`, or from that of `--shapes`. What stands
in the store as shapes is data: it is shown and exported, and followed by nobody.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.services.folders import NONE, read_folder
from comity.store.canonicalizing import canonical_quads
from comity.store.commits.files import write_whole
from comity.store.files import graph_files
from comity.store.loading import parse_file
from comity.validation.gatekeeper import Gatekeeper
from comity.validation.incremental import SHAPES_GRAPHS, UNUSABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from comity.settings import Settings
    from comity.store.terms import Quad

_log: Final = logging.getLogger(__name__)

VALIDATED: Final = "validated"
_CHECKS: Final = "queries/checks"
_SECONDS: Final = 600.0  # for all of a graph at once, with nobody waiting
_TOLD: Final = 10


@dataclass(frozen=True)
class Rules:
    """What changes have to keep; with `own` the shapes are those of the data themselves."""

    shapes: tuple[Quad, ...]
    checks: Path | None
    own: bool

    @property
    def fixed(self) -> str | None:
        """How the names of the graphs begin that hold these shapes, None if the data hold none."""
        return SHAPES_GRAPHS if self.own and self.shapes else None

    @property
    def fingerprint(self) -> str:
        """A name for the rules: other rules have another one."""
        lines = sorted(
            " ".join(term.n3() for term in quad.triple) for quad in canonical_quads(self.shapes)
        )
        queries = sorted(self.checks.glob("*.rq")) if self.checks else []
        texts = [*lines, *(path.read_text("utf-8") for path in queries)]
        return sha256("\0".join(texts).encode()).hexdigest()

    def gate(self, *, seconds: float = 30.0, memory_bytes: int = 0) -> Gatekeeper | None:
        """Return what judges changes by these rules, None without shapes; see `Gatekeeper`.

        Raises DataError for a must-be-empty query whose header lacks a key.
        """
        if not self.shapes:
            return None
        return Gatekeeper(
            self.shapes, self.checks, own=self.own, seconds=seconds, memory_bytes=memory_bytes
        )


def read_rules(settings: Settings) -> Rules:
    """Return the rules of a deployment as its files state them now.

    Raises UsageError for a folder that is none, DataError for a file that does not parse.
    """
    if settings.shapes == NONE:
        return Rules((), None, own=False)
    if settings.shapes:
        return Rules(tuple(read_folder(Path(settings.shapes), "--shapes")), None, own=False)
    return Rules(tuple(_own_shapes(settings)), settings.root / _CHECKS, own=True)


def examine(rules: Rules, state: Any, folder: Path) -> None:
    """Validate a whole state if it never was by these rules, and log what it breaks.

    `folder` is that of the store, which remembers the rules. Raises UsageError for shapes that
    cannot be used, and what `Gatekeeper.examine` raises.
    """
    name, note = rules.fingerprint, folder / VALIDATED
    if note.is_file() and note.read_bytes() == name.encode():
        return
    gate = rules.gate(seconds=_SECONDS)
    if gate is not None:
        try:
            faults = gate.examine(state).faults
        finally:
            gate.close()
        for fault in faults:
            if fault.rule == UNUSABLE and not fault.entity:
                raise UsageError(fault.message)
        if faults:
            _log.warning(
                "The data break the rules in force in %d places; they are served, and only what "
                "breaks anew is refused.",
                len(faults),
            )
            for fault in faults[:_TOLD]:
                _log.warning("%s: %s", fault.rule, fault.message)
        else:
            _log.info("The data keep the rules in force: 0 findings.")
    try:
        write_whole(note, name.encode())
    except OSError as error:  # the next start validates once more
        _log.warning("%s cannot be written: %s", note, error.strerror)


def _own_shapes(settings: Settings) -> Iterable[Quad]:
    if settings.data == NONE:
        return
    if settings.data:
        quads: Iterable[Quad] = read_folder(Path(settings.data), "--data")
    else:
        files = (file for file in graph_files(settings.root) if _is_shapes(file.graph))
        quads = (quad for file in files for quad in parse_file(settings.root, file))
    yield from (quad for quad in quads if _is_shapes(quad.graph))


def _is_shapes(graph: str) -> bool:
    return graph.startswith(SHAPES_GRAPHS)
