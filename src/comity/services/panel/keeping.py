"""Panels that a server has made: one at a time, within a time, each kept as a file without a name.

A panel of much takes longer than a request lasts: its making goes on when the request has ended.
Whoever still reads a file that is no longer kept goes on with it: it ends with its last reader.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from comity.errors import DeadlineError, DisconnectedError, OverloadError, UnavailableError
from comity.services.panel.graphs import read_origins
from comity.services.panel.rows import Panel
from comity.services.panel.writing import convert_to_parquet, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.services.panel.coverage import Coverage
    from comity.services.panel.graphs import Origin
    from comity.services.panel.selection import Selection
    from comity.store.engine import Graph

    Key = tuple[Selection, str]

CSV: Final = "csv"
PARQUET: Final = "parquet"

_KEPT: Final = 6
_PIECE: Final = 256 * 1024
_RETRY_SECONDS: Final = 20
_WAITING: Final = 3  # panels that are made or wait for it
_LOOK_SECONDS: Final = 0.1  # how often a request looks whether its client is still there


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
    _made: OrderedDict[Key, Made] = field(default_factory=OrderedDict)
    _late: set[Selection] = field(default_factory=set)
    _running: dict[Key, Future[Made]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _turn: Lock = field(default_factory=Lock)

    def get(
        self,
        selection: Selection,
        form: str,
        *,
        patience: float,
        gone: Callable[[], bool] | None = None,
    ) -> Made:
        """Return a panel as `csv` or `parquet`, made if it is not kept.

        It is waited for as long as `patience` and the client last; the making goes on meanwhile,
        and whoever asks again finds it. Raises UnavailableError when patience ends, OverloadError
        while others wait to be made, DeadlineError for one that takes longer than there is time,
        DisconnectedError when the client has left, ParameterError for a code that is no state's,
        and what asking the graph raises.
        """
        with self._lock:
            found = self._made.get((selection, form))
            if found is not None:
                return found
            if selection in self._late:
                raise self._too_long()
            work = self._started(selection, form)
        until = time.monotonic() + patience
        while not _is_done(work, until):
            if gone is not None and gone():
                raise DisconnectedError("The client left before the panel was ready.")
            if time.monotonic() >= until:
                raise UnavailableError(
                    "The panel is being made, which takes longer than a request waits; ask for it "
                    "again.",
                    retry_after=_RETRY_SECONDS,
                )
        return work.result()

    def _started(self, selection: Selection, form: str) -> Future[Made]:
        """Return the work on a panel, begun if it is not yet."""
        work = self._running.get((selection, form))
        if work is None:
            if len(self._running) >= _WAITING:
                raise OverloadError(
                    "The server is making other panels; try again in a while.",
                    retry_after=_RETRY_SECONDS,
                )
            work = self._running[selection, form] = Future()
            threading.Thread(target=self._work, args=(selection, form, work), daemon=True).start()
        return work

    def _work(self, selection: Selection, form: str, work: Future[Made]) -> None:
        try:
            with self._turn:
                made = self._make(selection, form)
        except BaseException as error:  # noqa: BLE001 - it is raised where the panel is waited for
            with self._lock:
                del self._running[selection, form]
            work.set_exception(error)
            return
        with self._lock:
            self._keep((selection, form), made)
            del self._running[selection, form]
        work.set_result(made)

    def _keep(self, key: Key, made: Made) -> None:
        self._made[key] = made
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)

    def _make(self, selection: Selection, form: str) -> Made:
        if form == PARQUET:
            return self._converted(selection)
        until = time.monotonic() + self.seconds

        def look(*_: int) -> None:
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

    def _converted(self, selection: Selection) -> Made:
        """Return the panel as Parquet, from its CSV."""
        table = self._made.get((selection, CSV))
        if table is None:
            table = self._make(selection, CSV)
            with self._lock:
                self._keep((selection, CSV), table)
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


def _is_done(work: Future[Made], until: float) -> bool:
    """Wait for work a moment, and tell whether it has ended."""
    rest = min(_LOOK_SECONDS, max(until - time.monotonic(), 0.0))
    return bool(wait([work], timeout=rest).done)
