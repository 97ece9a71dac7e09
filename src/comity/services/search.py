"""Search by what people type: names in three languages, codes, and what is said of things.

An index of trigrams (SQLite's FTS5) finds what holds every word of the text; the order is made
here: who goes by just that name first, then who begins with it, actors before facts before terms.
After names come the words that are said of a thing: the names of its class and kinds and of whom
it concerns, its definition or description. Accents do not count, nor do the letters that
Azerbaijani has beside those of the basic alphabet.
"""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from comity.services.once import once_for_each_graph
from comity.services.pages.views import Name
from comity.services.search_texts import TERM, Said, Thing, bare, read_said, read_things, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.store.engine import Graph

LONGEST_TEXT: Final = 200
MOST_MATCHES: Final = 50

_TRIGRAM: Final = 3
_CANDIDATES: Final = 400
# How a text is found: as the name itself, its beginning, that of one of its words, in what is said
# of the thing, within a word.
_SAME, _BEGINS, _WORD, _TOLD, _WITHIN = range(5)
_AROUND: Final = 60  # characters of a long text that are shown on each side of what was found


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a text may mean; `matched` is the name by which it was found.

    The label is in the reader's language, else in English; `spoken` is its language if it is not
    the reader's.
    """

    iri: str
    label: str
    kind: str
    matched: str
    language: str
    spoken: str = ""
    group: str = ""

    @property
    def name(self) -> Name:
        """The thing by its label."""
        return Name(self.iri, self.label, self.spoken)


class Index:
    """The names of all things in a graph, and what is said of them; safe to use from threads."""

    def __init__(
        self,
        names: Iterable[tuple[str, str, str]],
        things: Mapping[str, Thing],
        said: Mapping[str, Sequence[Said]] | None = None,
    ) -> None:
        """Index names as IRI, name and language; `things` has what can be found by IRI."""
        self._things = things
        self._said = said or {}
        self._lock = threading.Lock()
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        for table in ("name", "told"):
            self._store.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(plain, text UNINDEXED, "
                "language UNINDEXED, iri UNINDEXED, tokenize = 'trigram')"
            )
        self._store.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?)",
            ((bare(text), text, language, iri) for iri, text, language in names if iri in things),
        )
        # the weightiest first, so that they are among the candidates where there are many
        in_order = sorted(things.items(), key=lambda each: (weight(each[1].kind), each[0]))
        self._store.executemany(
            "INSERT INTO told VALUES (?, '', '', ?)",
            ((self._told(iri, thing), iri) for iri, thing in in_order if iri in self._said),
        )

    def find(self, text: str, most: int = MOST_MATCHES) -> list[Match]:
        """Return at most so many things that a text may mean, sort by sort, the likeliest first.

        Where there are more, each sort has its share.
        """
        wanted = bare(text[:LONGEST_TEXT])
        if not wanted:
            return []
        words = wanted.split()
        best: dict[str, tuple[tuple[int, int, int, str], tuple[str, str, str]]] = {}
        for plain, name, tag, iri in self._candidates("name", words, "length(plain), plain"):
            order = (_closeness(plain, wanted), weight(self._things[iri].kind), len(plain), plain)
            if iri not in best or order < best[iri][0]:
                best[iri] = order, (iri, name, tag)
        for plain, _, _, iri in self._candidates("told", words, "rowid"):
            if iri not in best or best[iri][0][0] == _WITHIN:
                if not all(_begins_a_word(plain, word) for word in words):
                    continue
                thing = self._things[iri]
                order = (_TOLD, weight(thing.kind), 0, iri)
                best[iri] = order, (iri, *self._behind(iri, words))
        found = sorted(best.values(), key=lambda each: each[0])
        return _shared([self._match(*each) for _, each in found], most)

    def of(self, iri: str) -> list[Match]:
        """Return the thing of an IRI as the one match; none if it cannot be found here."""
        return [self._match(iri, self._things[iri].label()[0], "")] if iri in self._things else []

    def _match(self, iri: str, name: str, tag: str) -> Match:
        thing = self._things[iri]
        label, spoken = thing.label()
        return Match(iri, label, thing.kind, name, tag, spoken, thing.group)

    def _told(self, iri: str, thing: Thing) -> str:
        """Return all that is said of a thing, its names too, as it is compared."""
        texts = (*thing.labels.values(), *(each.text for each in self._said[iri]))
        return bare(" ".join(dict.fromkeys(texts)))

    def _behind(self, iri: str, words: Sequence[str]) -> tuple[str, str]:
        """Return which of the texts said of a thing has most of the words, and its language."""
        best = max(self._said[iri], key=lambda each: _held(bare(each.text), words))
        return (
            (_cut(best.text, words), best.language) if _held(bare(best.text), words) else ("", "")
        )

    def _candidates(
        self, table: str, words: list[str], order: str
    ) -> list[tuple[str, str, str, str]]:
        long = [word for word in words if len(word) >= _TRIGRAM]
        conditions = [f"{table} MATCH ?"] if long else []
        values = [" ".join('"' + word.replace('"', '""') + '"' for word in long)] if long else []
        for word in words:
            if word not in long:
                conditions.append("instr(plain, ?)")
                values.append(word)
        text = (
            f"SELECT plain, text, language, iri FROM {table} WHERE "  # noqa: S608 - ours
            f"{' AND '.join(conditions)} ORDER BY {order} LIMIT {_CANDIDATES}"
        )
        with self._lock:
            return self._store.execute(text, values).fetchall()


@once_for_each_graph
def search_index(graph: Graph) -> Index:
    """Return the index of a graph."""
    names, things = read_things(graph)
    return Index(names, things, read_said(graph, things))


def _shared(found: Sequence[Match], most: int) -> list[Match]:
    """Return so many matches, each sort with its share.

    The sorts stand as their best ones come, but the terms of the trade after everything else.
    """
    groups: dict[str, list[Match]] = {}
    for match in sorted(found, key=lambda each: each.group == TERM):
        groups.setdefault(match.group, []).append(match)
    turns = (each for turn in zip_longest(*groups.values()) for each in turn if each)
    kept = {match.iri for match, _ in zip(turns, range(most), strict=False)}
    return [match for group in groups.values() for match in group if match.iri in kept]


def _closeness(plain: str, wanted: str) -> int:
    if plain == wanted:
        return _SAME
    if plain.startswith(wanted):
        return _BEGINS
    return _WORD if all(_begins_a_word(plain, word) for word in wanted.split()) else _WITHIN


def _begins_a_word(plain: str, word: str) -> bool:
    """Tell whether a word begins in a text; scripts without cases do not tell words apart."""
    at = plain.find(word)
    while at > 0 and _joins(plain[at - 1]):
        at = plain.find(word, at + 1)
    return at >= 0


def _joins(sign: str) -> bool:
    return sign.isdecimal() or sign.lower() != sign.upper()


def _held(plain: str, words: Sequence[str]) -> int:
    return sum(_begins_a_word(plain, word) for word in words)


def _cut(text: str, words: Sequence[str]) -> str:
    """Return a short text as it is, of a long one what stands around the first word found."""
    if len(text) <= 2 * _AROUND:
        return text
    places = [at for word in words if (at := text.casefold().find(word)) >= 0]
    middle = min(places, default=0)
    start, end = max(0, middle - _AROUND), middle + _AROUND
    head = text[start:end]
    if start and " " in head:
        head = head.split(" ", 1)[1]
    if end < len(text) and " " in head:
        head = head.rsplit(" ", 1)[0]
    return f"{'…' if start else ''}{head}{'…' if end < len(text) else ''}"
