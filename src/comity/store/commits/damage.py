"""What is said when files of the store do not fit together: where, what, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import StorageDamagedError

if TYPE_CHECKING:
    from pathlib import Path


def damaged(path: Path, what: str, *, line: int | None = None, offset: int = 0) -> Exception:
    """Return the error for a damaged file; `what` is a clause such as `the hash is wrong`."""
    place = f", line {line} (byte {offset})" if line is not None else ""
    return StorageDamagedError(
        f"{path}{place}: {what}; nothing is served from a damaged store: "
        "put a backup in its place with `comity restore BACKUP --store DIR`."
    )
