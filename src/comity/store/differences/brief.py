"""A difference in brief, in one small file: how many statements by pair, and the first of each.

It is made in one pass and written whole or not at all, so that many processes may share it.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.store.differences.merging import Change

MOST_LINES: Final = 2_000
"""Changed lines of one pair that are kept; how many there are is known all the same."""

_PAIR: Final = re.compile(rb"<" + re.escape(ID.encode()) + rb"([A-Z]{3}-[A-Z]{3})[.>]")
_TABLES: Final = """
CREATE TABLE pair (name TEXT PRIMARY KEY, added INTEGER, removed INTEGER);
CREATE TABLE line (pair TEXT, number INTEGER, added INTEGER, content BLOB,
    PRIMARY KEY (pair, number)) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Brief:
    """What changed; `pairs` are statements added and removed by the local name of their pair."""

    path: Path
    added: int
    removed: int
    pairs: dict[str, tuple[int, int]]

    def lines(self, pair: str) -> list[Change]:
        """Return the first changed lines of a pair, in order; see `MOST_LINES`."""
        with closing(_open(self.path)) as store:
            found = store.execute(
                "SELECT added, content FROM line WHERE pair = ? ORDER BY number", (pair,)
            )
            return [(bool(added), content) for added, content in found]


def pair_of(line: bytes) -> str:
    """Return the pair that a statement is about, by the name of its subject; empty for none."""
    found = _PAIR.match(line)
    return found[1].decode() if found else ""


def keep_brief(path: Path, changes: Iterable[Change]) -> Brief:
    """Return a difference in brief: that of a file which is there, or made and written now.

    `changes` are not looked at if the file is there. Raises OSError if it cannot be written.
    """
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.{id(changes)}")
        try:
            _write(unfinished, changes)
            unfinished.replace(path)
        except sqlite3.Error as error:
            raise OSError(str(error)) from None
        finally:
            unfinished.unlink(missing_ok=True)
    with closing(_open(path)) as store:
        pairs = {
            name: (added, removed)
            for name, added, removed in store.execute(
                "SELECT name, added, removed FROM pair ORDER BY name"
            )
        }
    added, removed = pairs.pop("*")
    pairs.pop("", None)
    return Brief(path, added, removed, pairs)


def _write(path: Path, changes: Iterable[Change]) -> None:
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA synchronous = OFF")  # what is lost is made again
        store.execute("PRAGMA journal_mode = OFF")
        store.executescript(_TABLES)
        for added, line in changes:
            pair = pair_of(line)
            counts[added][pair] += 1
            number = counts[True][pair] + counts[False][pair]
            if pair and number <= MOST_LINES:
                store.execute("INSERT INTO line VALUES (?, ?, ?, ?)", (pair, number, added, line))
        come, gone = counts[True], counts[False]
        rows = [(name, come[name], gone[name]) for name in come.keys() | gone.keys()]
        store.executemany(
            "INSERT INTO pair VALUES (?, ?, ?)", [*rows, ("*", come.total(), gone.total())]
        )
        store.commit()


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
