"""Panels that a server has made: one at a time, within a time, each kept as a file without a name.

Whoever still reads a file that is no longer kept goes on with it: it ends with its last reader.
"""

from __future__ import annotations

import os
import tempfile
import time
import weakref
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.errors import DeadlineError, DisconnectedError, OverloadError
from comity.services.panel.graphs import read_origins
from comity.services.panel.rows import Panel
from comity.services.panel.writing import convert_to_parquet, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.services.panel.coverage import Coverage
    from comity.services.panel.graphs import Origin
    from comity.services.panel.selection import Selection
    from comity.store.engine import Graph

CSV: Final = "csv"
PARQUET: Final = "parquet"

_KEPT: Final = 6
_PIECE: Final = 256 * 1024
_RETRY_SECONDS: Final = 10


@dataclass(frozen=True)
class Made:
    """A panel as CSV, with what it covers."""

    descriptor: int
    """That of its file, which is closed when nobody holds the panel any more."""
    size: int
    coverage: Coverage
    origins: tuple[Origin, ...]

    def __post_init__(self) -> None:
        """See to it that the file is closed in the end."""
        weakref.finalize(self, os.close, self.descriptor)

    def parts(self) -> Iterator[bytes]:
        """Yield the content; it can be read again, and by several at once."""
        for start in range(0, self.size, _PIECE):
            yield os.pread(self.descriptor, _PIECE, start)


@dataclass
class Panels:
    """The panels of one state of the data."""

    graph: Graph
    seconds: float
    """Longest that one is made."""
    wait: float
    """Longest that a request waits for its turn."""
    _made: OrderedDict[tuple[Selection, str], Made] = field(default_factory=OrderedDict)
    _late: set[Selection] = field(default_factory=set)
    _turn: Lock = field(default_factory=Lock)

    def get(self, selection: Selection, form: str, gone: Callable[[], bool] | None = None) -> Made:
        """Return a panel as `csv` or `parquet`, made if it is not kept.

        Raises OverloadError while another one is made, DeadlineError for one that takes longer than
        there is time, DisconnectedError when the client has left, ParameterError for a code that is
        no state's, and what asking the graph raises.
        """
        found = self._made.get((selection, form))
        if found is not None:
            return found
        if selection in self._late:
            raise self._too_long()
        if not self._turn.acquire(timeout=max(self.wait, 0.01)):
            raise OverloadError(
                "The server is making another panel; try again in a few seconds.",
                retry_after=_RETRY_SECONDS,
            )
        try:
            found = self._made.get((selection, form)) or self._make(selection, form, gone)
            self._made[selection, form] = found
            while len(self._made) > _KEPT:
                self._made.popitem(last=False)
        finally:
            self._turn.release()
        return found

    def is_late(self, selection: Selection) -> bool:
        """Tell whether this selection has run into the time limit before."""
        return selection in self._late

    def _make(self, selection: Selection, form: str, gone: Callable[[], bool] | None) -> Made:
        if form == PARQUET:
            return self._converted(selection, gone)
        until = time.monotonic() + self.seconds

        def look(*_: int) -> None:
            if gone is not None and gone():
                raise DisconnectedError("The client left before the panel was ready.")
            if time.monotonic() > until:
                self._late.add(selection)
                raise self._too_long()

        panel = Panel(self.graph, selection, look)
        with tempfile.TemporaryFile() as content:
            content.writelines(write_rows(panel))
            size = content.tell()
            content.flush()
            names = {name for each in panel.coverage.measures.values() for name in each.graphs}
            origins = tuple(read_origins(self.graph, names))
            return Made(os.dup(content.fileno()), size, panel.coverage, origins)

    def _converted(self, selection: Selection, gone: Callable[[], bool] | None) -> Made:
        """Return the panel as Parquet, from its CSV."""
        table = self._made.get((selection, CSV)) or self._make(selection, CSV, gone)
        self._made[selection, CSV] = table
        with tempfile.TemporaryDirectory(prefix="comity-panel-") as folder:
            source, target = Path(folder) / "panel.csv", Path(folder) / "panel.parquet"
            with source.open("wb") as file:
                file.writelines(table.parts())
            convert_to_parquet(source, Panel(self.graph, selection).columns, target)
            size = target.stat().st_size
            descriptor = os.open(target, os.O_RDONLY)
        return Made(descriptor, size, table.coverage, table.origins)

    def _too_long(self) -> DeadlineError:
        return DeadlineError(
            f"This panel takes longer than {self.seconds:g} s; narrow it with state, pair or "
            "measure, or run comity panel --build.",
            retry_after=60,
        )
