"""The index of a search: names and what is said of things, in a file of SQLite or in memory.

Rows stand in the order of their weight, so that the first ones that match are the weightiest and
nothing has to be sorted: however many things have a word in their names, a search reads no further
than it needs. A small graph has its index in memory; a build on the disk brings it along.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.services.naming import local_name
from comity.services.search_texts import Said, Thing, bare, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

LABELS: Final = "labels.sqlite"
"""The file of a build."""
CANDIDATES: Final = 400
"""Most names of each sort that are looked at."""

_TRIGRAM: Final = 3
_AT_ONCE: Final = 500
_SCANNED: Final = 200_000  # names, read one by one in a twentieth of a second
_TABLES: Final = """
CREATE TABLE thing (
    id INTEGER PRIMARY KEY, iri TEXT UNIQUE, code TEXT, kind TEXT, labels TEXT
);
CREATE TABLE name (id INTEGER PRIMARY KEY, plain TEXT, text TEXT, language TEXT, thing INTEGER);
CREATE TABLE said (thing INTEGER, text TEXT, language TEXT);
CREATE VIRTUAL TABLE name_sign USING fts5(
    plain, content = 'name', content_rowid = 'id', tokenize = 'trigram'
);
CREATE TABLE told (thing INTEGER PRIMARY KEY, plain TEXT);
CREATE VIRTUAL TABLE told_sign USING fts5(
    plain, content = 'told', content_rowid = 'thing', tokenize = 'trigram'
);
"""
_SETTLED: Final = """
CREATE INDEX thing_code ON thing (code);
CREATE INDEX name_plain ON name (plain);
CREATE INDEX name_thing ON name (thing);
CREATE INDEX said_thing ON said (thing);
INSERT INTO name_sign (name_sign) VALUES ('rebuild');
INSERT INTO told_sign (told_sign) VALUES ('rebuild');
"""


class Found(NamedTuple):
    """A name of a thing: as it is compared, as it is written, its language, and the thing."""

    plain: str
    text: str
    language: str
    thing: int


class Names:
    """An index that is only read; safe to use from many threads."""

    def __init__(self, store: sqlite3.Connection) -> None:
        """Take an index that is written."""
        self._store = store
        self._lock = threading.Lock()

    @classmethod
    def of(
        cls,
        names: Iterable[tuple[str, str, str]],
        things: Mapping[str, Thing],
        said: Mapping[str, Sequence[Said]],
    ) -> Names:
        """Return the index, in memory, of some names, things and texts; see `write`."""
        store = sqlite3.connect(":memory:", check_same_thread=False)
        _fill(store, names, things, said)
        return cls(store)

    @classmethod
    def open(cls, path: Path) -> Names:
        """Open the index of a build, which nobody changes any more."""
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def same(self, plain: str) -> list[Found]:
        """Return the names that are just this, as it is compared."""
        return self._names("WHERE plain = ? ORDER BY id", plain)

    def beginning(self, plain: str) -> list[Found]:
        """Return names that begin so, the shortest first."""
        where = "WHERE plain > ? AND plain < ? ORDER BY length(plain), plain, id"
        return self._names(where, plain, plain + "\U0010ffff")

    def holding(self, words: Sequence[str]) -> list[Found]:
        """Return names that hold each of some words, those of the weightiest things first.

        Words of one or two letters alone are looked for among the weightiest names only.
        """
        long, short = _sorted(words)
        within = " AND ".join("instr(name.plain, ?)" for _ in short)
        if not long:
            return self._names(f"WHERE id < {_SCANNED} AND {within} ORDER BY id", *short)
        where = (
            "JOIN name_sign ON name_sign.rowid = name.id WHERE name_sign MATCH ? "
            f"{'AND ' if short else ''}{within} ORDER BY name_sign.rowid"
        )
        return self._names(where, _phrases(long), *short)

    def telling(self, words: Sequence[str]) -> list[tuple[int, str]]:
        """Return things of which each of some words is said, with all that is said of each."""
        long, short = _sorted(words)
        within = " AND ".join("instr(told.plain, ?)" for _ in short)
        if long:
            where = (
                "JOIN told_sign ON told_sign.rowid = thing WHERE told_sign MATCH ? "
                f"{'AND ' if short else ''}{within} ORDER BY told_sign.rowid"
            )
        else:
            where = f"WHERE thing < {_SCANNED} AND {within} ORDER BY thing"
        query = f"SELECT thing, told.plain FROM told {where} LIMIT {CANDIDATES}"  # noqa: S608 - ours
        return self._rows(query, *([_phrases(long)] if long else []), *short)

    def things(self, ids: Iterable[int]) -> dict[int, tuple[str, Thing]]:
        """Return IRI and thing for some numbers of things."""
        found: dict[int, tuple[str, Thing]] = {}
        wanted = list(dict.fromkeys(ids))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join("?" for _ in part)
            for number, iri, kind, labels in self._rows(
                f"SELECT id, iri, kind, labels FROM thing WHERE id IN ({marks})",  # noqa: S608
                *part,
            ):
                found[number] = iri, Thing(json.loads(labels), kind)
        return found

    def number(self, iri: str) -> int | None:
        """Return the number of a thing by its IRI, None if it cannot be found here."""
        return next(
            (number for (number,) in self._rows("SELECT id FROM thing WHERE iri = ?", iri)), None
        )

    def coded(self, plain: str) -> list[str]:
        """Return the IRIs of the things whose short code is this, as it is compared."""
        query = f"SELECT iri FROM thing WHERE code = ? ORDER BY id LIMIT {CANDIDATES}"  # noqa: S608
        return [iri for (iri,) in self._rows(query, plain)]

    def said(self, number: int) -> list[Said]:
        """Return the texts that are said of a thing."""
        query = "SELECT text, language FROM said WHERE thing = ? ORDER BY rowid"
        return [Said(*row) for row in self._rows(query, number)]

    def _names(self, where: str, *values: str) -> list[Found]:
        query = f"SELECT name.plain, text, language, thing FROM name {where} LIMIT {CANDIDATES}"  # noqa: S608 - ours
        return [Found(*row) for row in self._rows(query, *values)]

    def _rows(self, query: str, *values: str | int) -> list[tuple]:  # type: ignore[type-arg]
        with self._lock:
            return self._store.execute(query, values).fetchall()


def write_names(
    path: Path,
    names: Iterable[tuple[str, str, str]],
    things: Mapping[str, Thing],
    said: Mapping[str, Sequence[Said]],
) -> None:
    """Write the index of names (IRI, name, language), things by IRI, and texts said of them."""
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA synchronous = OFF")  # the build is synced as a whole
        _fill(store, names, things, said)


def _fill(
    store: sqlite3.Connection,
    names: Iterable[tuple[str, str, str]],
    things: Mapping[str, Thing],
    said: Mapping[str, Sequence[Said]],
) -> None:
    """Write all rows in the order of their weight."""
    store.executescript(_TABLES)
    in_order = sorted(things, key=lambda iri: (weight(things[iri].kind), iri))
    numbers = {iri: number for number, iri in enumerate(in_order)}
    store.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?)",
        (
            (
                number,
                iri,
                bare(local_name(iri)),
                things[iri].kind,
                json.dumps(things[iri].labels, ensure_ascii=False),
            )
            for iri, number in numbers.items()
        ),
    )
    rows = [
        (bare(text), text, language, numbers[iri])
        for iri, text, language in names
        if iri in numbers
    ]
    kinds = [weight(things[iri].kind) for iri in in_order]
    rows.sort(key=lambda row: (kinds[row[3]], len(row[0]), row))
    store.executemany("INSERT INTO name (plain, text, language, thing) VALUES (?, ?, ?, ?)", rows)
    told = [iri for iri in in_order if iri in said]
    store.executemany(
        "INSERT INTO said VALUES (?, ?, ?)",
        ((numbers[iri], *text) for iri in told for text in said[iri]),
    )
    store.executemany(
        "INSERT INTO told VALUES (?, ?)",
        ((numbers[iri], _all_told(things[iri], said[iri])) for iri in told),
    )
    store.executescript(_SETTLED)
    store.commit()


def _all_told(thing: Thing, said: Sequence[Said]) -> str:
    """Return all that is said of a thing, its names too, as it is compared."""
    return bare(" ".join(dict.fromkeys((*thing.labels.values(), *(each.text for each in said)))))


def _sorted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words with enough letters for the index of trigrams, and the others."""
    long = [word for word in words if len(word) >= _TRIGRAM]
    return long, [word for word in words if len(word) < _TRIGRAM]


def _phrases(words: Sequence[str]) -> str:
    return " ".join(f'"{_quoted(word)}"' for word in words)


def _quoted(word: str) -> str:
    return word.replace('"', '""')
