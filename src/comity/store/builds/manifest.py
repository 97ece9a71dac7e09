"""What a build says of itself: `manifest.json`, written last, so that a build without it is none.

The build id is a hash of the content alone: the same statements give the same id on any machine and
at any time. Times stand in a part of their own.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from comity.errors import StorageDamagedError

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "manifest.json"
LAYOUT: Final = 2
"""Counts the ways in which builds have been laid out; a program reads its own one."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The manifest of a build."""

    build: str
    """The build id."""

    layout: int = LAYOUT
    sha256: str
    """Of the canonical graph: its sorted N-Quads, which is the dump `comity.nq`."""

    statements: int
    """As written; the engine may hold fewer, since it takes `1.5` and `1.50` for one number."""

    size: int
    """The number of bytes of the sorted N-Quads."""

    held: int
    """Statements in the engine's store."""

    graphs: dict[str, int]
    """Statements as written in each named graph, by its IRI."""

    checked: bool
    """Whether the gate was passed."""

    sources: tuple[dict[str, str], ...] = ()
    """One record a source: its IRI and what is known of it."""

    versions: dict[str, str] = field(default_factory=dict)
    """Of comity, pyoxigraph and the ontology."""

    took: dict[str, Any] = field(default_factory=dict)
    """When the build was made and how many seconds each part took; no part of the id."""

    def write(self) -> bytes:
        """Return the content of the file."""
        return (json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n").encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a build; StorageDamagedError for what is none of this program's."""
    path = folder / NAME
    try:
        content = json.loads(path.read_bytes())
        if content["layout"] != LAYOUT:
            raise StorageDamagedError(
                f"{folder} is a build of another version of Comity (layout {content['layout']}, "
                f"not {LAYOUT}); make it again with `comity build`."
            )
        return Manifest(**{**content, "sources": tuple(content["sources"])})
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageDamagedError(
            f"{path} cannot be read ({reason}); make the build again with `comity build`."
        ) from None
    except (ValueError, KeyError, TypeError):
        raise StorageDamagedError(
            f"{path} is no manifest of a build; make the build again with `comity build`."
        ) from None


def build_id(statements: str, others: str) -> str:
    """Return the id of a build from the hashes of its statements and of its other files."""
    return sha256(f"comity build {LAYOUT}\0{statements}\0{others}".encode()).hexdigest()
