"""Lines sorted in bounded memory: sorted runs on the disk, merged while they are read."""

from __future__ import annotations

import heapq
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RUN_BYTES: Final = 96_000_000
"""Text of a run; in memory it takes a little more than twice as much."""


class Sorter:
    """Takes lines of bytes in any order and gives them sorted, each once."""

    def __init__(self, folder: Path, run_bytes: int = RUN_BYTES) -> None:
        """Keep runs in a folder, which is there."""
        self._folder = folder
        self._run_bytes = run_bytes
        self._lines: list[bytes] = []
        self._size = 0
        self._runs: list[Path] = []

    def add(self, lines: Iterable[bytes]) -> None:
        """Take some lines, each with its end."""
        taken = list(lines)
        self._lines += taken
        self._size += sum(map(len, taken))
        if self._size >= self._run_bytes:
            self._spill()

    def __iter__(self) -> Iterator[bytes]:
        """Yield all lines in the order of their bytes, each once."""
        if not self._runs:
            yield from sorted(set(self._lines))
            return
        self._spill()
        files = [path.open("rb", buffering=1 << 20) for path in self._runs]
        try:
            for line, _ in groupby(heapq.merge(*files)):
                yield line
        finally:
            for file in files:
                file.close()

    def close(self) -> None:
        """Remove the runs."""
        for path in self._runs:
            path.unlink(missing_ok=True)

    def _spill(self) -> None:
        if not self._lines:
            return
        path = self._folder / f"run-{len(self._runs):04}"
        with path.open("wb", buffering=1 << 20) as file:
            file.writelines(sorted(set(self._lines)))
        self._runs.append(path)
        self._lines, self._size = [], 0
