"""The folder of a world: laid out as a repository, its files of bounded size."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, Final

from comity.errors import UsageError
from comity.services.world.turtle import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKER: Final = "world.json"
"""The file by which a folder is known as one that was generated."""
COPIED: Final = ("ontology", "queries")
"""The folders that come from the repository at hand."""
TEXTS: Final = "texts"
"""The folder of the texts that passages are cut from, for `comity check --source-dir`."""

_MADE: Final = (*COPIED, "data", TEXTS)
_LARGEST: Final = 30_000  # statements in a file, give or take those of one thing


class Roll:
    """Files of one kind, begun anew whenever one is full.

    Names are `stem.ttl`, `stem-2.ttl` and so on.
    """

    def __init__(self, tally: Tally, folder: Path, stem: str) -> None:
        """Write nothing yet."""
        self.text = Text()
        self._tally = tally
        self._folder = folder
        self._stem = stem
        self._number = 1

    def turn(self) -> None:
        """Write the file if it is full; call this between two things, never within one."""
        if self.text.statements >= _LARGEST:
            self.close()

    def close(self) -> None:
        """Write what there is."""
        if not self.text.statements:
            return
        name = self._stem if self._number == 1 else f"{self._stem}-{self._number}"
        self._folder.mkdir(parents=True, exist_ok=True)
        content = self.text.content().encode()
        (self._folder / f"{name}.ttl").write_bytes(content)
        self._tally.add(self.text.statements, len(content))
        self._number += 1
        self.text = Text()


class Tally:
    """How much has been written so far."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.statements = 0
        self.files = 0
        self.bytes = 0

    def add(self, statements: int, size: int) -> None:
        """Count one file."""
        self.statements += statements
        self.files += 1
        self.bytes += size


def prepare(root: Path, output: Path) -> None:
    """Make the folder of a world, with the ontology and the queries of the repository at `root`.

    An earlier world in it is removed. Raises UsageError for a folder that holds anything else, or
    that holds the repository itself.
    """
    if root.resolve().is_relative_to(output.resolve()):
        raise UsageError(
            f"--output {output} holds the repository that the ontology comes from; "
            "name another folder."
        )
    if output.exists() and not output.is_dir():
        raise UsageError(f"--output {output} is a file; name a new folder.")
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise UsageError(
            f"--output {output} holds files that are not a generated world; "
            "name a new folder, or empty it."
        )
    try:
        output.mkdir(parents=True, exist_ok=True)
        mark(output, {})
        for name in _MADE:
            shutil.rmtree(output / name, ignore_errors=True)
        for name in COPIED:
            shutil.copytree(root / name, output / name, ignore=shutil.ignore_patterns(".*"))
    except OSError as error:
        raise UsageError(
            f"--output {output} cannot be written: {error.strerror or error}; name another folder."
        ) from None


def mark(output: Path, known: dict[str, Any]) -> None:
    """Write what is known of a world; of an unfinished one that is nothing yet."""
    content = {"made_by": "comity bench generate", **known}
    (output / MARKER).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def sizes(folder: Path) -> Iterator[int]:
    """Yield the size of each file below a folder, in bytes."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.stat().st_size
