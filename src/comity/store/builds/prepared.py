"""Answers that a build brings along: the rows of questions on all of it, asked once.

The engine reads everything there is for a question such as which relation has the most facts; on
the disk that takes seconds. `Recording` asks such questions while the build is made and keeps their
rows, `Prepared` gives them back, whole or a page of them. Nothing else is ever answered so: the
text has to be the same but for a page at its end.
"""

from __future__ import annotations

import io
import json
import re
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.store import formats
from comity.store.answers import Solutions
from comity.store.engine import BASE, Graph
from comity.store.functions import Functions
from comity.store.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from comity.store.answers import Answer

ANSWERS: Final = "answers.sqlite"
MOST_ROWS: Final = 250_000
"""Rows that are kept of an answer; what lies behind them is asked when somebody wants it."""

_AT_ONCE: Final = 2_000  # rows that are read from the file at a time

_PAGE: Final = re.compile(r"\n(?:LIMIT ([0-9]{1,9})\n)?(?:OFFSET ([0-9]{1,9})\n)?\Z")
_TABLES: Final = """
CREATE TABLE answer (
    id INTEGER PRIMARY KEY, text BLOB UNIQUE, head TEXT, rows INTEGER, whole INTEGER
);
CREATE TABLE row (
    answer INTEGER, number INTEGER, content TEXT, PRIMARY KEY (answer, number)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class _Page:
    """A text without the page at its end, and which rows that page has."""

    text: str
    limit: int | None
    offset: int

    @property
    def key(self) -> bytes:
        return sha256(self.text.encode()).digest()

    @property
    def end(self) -> int | None:
        return None if self.limit is None else self.offset + self.limit


class Prepared:
    """The answers of a build, read-only; safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        """Open the file of a build, which nobody changes any more; without one there are none."""
        self._lock = threading.Lock()
        self._store = _open(path) if path.is_file() else None

    def find(self, text: str) -> Solutions | None:
        """Return the rows of a query, None for one that was not asked when the build was made."""
        if self._store is None:
            return None
        return _find(self._store, self._lock, _read_page(text))


class Recording(Graph):
    """A graph that keeps the rows of each SELECT it is asked; see `comity.store.distant`."""

    def __init__(self, graph: Graph, path: Path) -> None:
        """Ask a graph, and keep what it answers in a new file."""
        super().__init__(None, graph.fingerprint, size=len(graph), sizes=graph.graphs())
        self._graph = graph
        self._lock = threading.Lock()
        self._written = sqlite3.connect(path, check_same_thread=False)
        self._written.execute("PRAGMA synchronous = OFF")  # the build is synced as a whole
        self._written.executescript(_TABLES)

    def close(self) -> None:
        """Write what is kept."""
        with self._lock, closing(self._written):
            self._written.commit()
            self._written.execute("VACUUM")

    def query(
        self,
        text: str,
        *,
        base: str | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> Answer:
        """Return the answer, that of a SELECT from what is kept; raises what the graph raises."""
        reading = read(text, base or BASE)
        is_plain = base is None and default_graphs is None and named_graphs is None
        if reading.kind != "rows" or reading.volatile or not is_plain:
            return self._graph.query(
                text, base=base, default_graphs=default_graphs, named_graphs=named_graphs
            )
        page = _read_page(text)
        found = _find(self._written, self._lock, page)
        if found is not None:
            return found
        content = json.loads(self._graph.query(page.text).serialize(formats.JSON))
        with self._lock:
            self._keep(page.key, content)
        return _find(self._written, self._lock, page) or self._graph.query(text)

    def _keep(self, key: bytes, content: dict[str, Any]) -> None:
        bindings = content["results"]["bindings"]
        kept = bindings[:MOST_ROWS]
        head = json.dumps(content["head"]["vars"])
        made = self._written.execute(
            "INSERT OR IGNORE INTO answer (text, head, rows, whole) VALUES (?, ?, ?, ?)",
            (key, head, len(kept), len(kept) == len(bindings)),
        )
        if made.rowcount == 1:
            self._written.executemany(
                "INSERT INTO row VALUES (?, ?, ?)",
                ((made.lastrowid, number, text) for number, text in enumerate(_texts(kept))),
            )


def _texts(bindings: Sequence[dict[str, Any]]) -> Iterator[str]:
    for each in bindings:
        yield json.dumps(each, ensure_ascii=False, separators=(",", ":"))


def _find(store: sqlite3.Connection, lock: threading.Lock, page: _Page) -> Solutions | None:
    """Return the rows of a page if all of them are kept; they are read as they are asked for."""
    with lock:
        found = store.execute(
            "SELECT id, head, rows, whole FROM answer WHERE text = ?", (page.key,)
        ).fetchone()
    if found is None:
        return None
    answer, head, kept, whole = found
    if not whole and (page.end is None or page.end > kept):
        return None
    numbers = range(page.offset, kept if page.end is None else min(page.end, kept))
    document: Any = _Document(_parts(store, lock, answer, head, numbers))
    rows = pyoxigraph.parse_query_results(document, format=pyoxigraph.QueryResultsFormat.JSON)
    return Solutions(rows, Functions())


def _parts(
    store: sqlite3.Connection, lock: threading.Lock, answer: int, head: str, numbers: range
) -> Iterator[bytes]:
    """Yield rows as SPARQL Query Results JSON, some thousand at a time."""
    yield f'{{"head":{{"vars":{head}}},"results":{{"bindings":['.encode()
    for some in (numbers[at : at + _AT_ONCE] for at in range(0, len(numbers), _AT_ONCE)):
        with lock:
            rows = store.execute(
                "SELECT content FROM row WHERE answer = ? AND number >= ? AND number < ? "
                "ORDER BY number",
                (answer, some.start, some.stop),
            ).fetchall()
        joint = "," if some.start > numbers.start else ""
        yield (joint + ",".join(content for (content,) in rows)).encode()
    yield b"]}}"


class _Document(io.RawIOBase):
    """Parts of a text as a file that is read once."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        size = min(len(buffer), len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _read_page(text: str) -> _Page:
    """Return what stands before a page as canned queries write it; see `comity.services.running`.

    A text that ends with a page of its own is kept under what stands before that as well: the rows
    of a page are the same, whoever wrote it.
    """
    found = _PAGE.search(text)
    if found is None or not any(found.groups()):
        return _Page(text, None, 0)
    limit, offset = found.groups()
    return _Page(text[: found.start() + 1], None if limit is None else int(limit), int(offset or 0))


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
