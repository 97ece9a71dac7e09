"""Search by what people type: names in three languages, codes, and what is said of things.

An index of trigrams (SQLite's FTS5, `search_store`) finds what holds every word of the text; the
order is made here: who goes by just that name first, then who begins with it, actors before facts
before terms. After names come the words that are said of a thing: the names of its class and kinds
and of whom it concerns, its definition or description. Accents do not count, nor do the letters
that Azerbaijani has beside those of the basic alphabet.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from comity.services.once import once_for_each_graph
from comity.services.pages.views import Name
from comity.services.search_store import LABELS, Names
from comity.services.search_texts import TERM, bare, read_said, read_things, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.search_store import Found
    from comity.services.search_texts import Thing
    from comity.store.engine import Graph

LONGEST_TEXT: Final = 200
MOST_MATCHES: Final = 50

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

    def __init__(self, names: Names) -> None:
        """Take the names, wherever they are kept."""
        self._names = names

    def find(self, text: str, most: int = MOST_MATCHES) -> list[Match]:
        """Return at most so many things that a text may mean, sort by sort, the likeliest first.

        Where there are more, each sort has its share.
        """
        wanted = bare(text[:LONGEST_TEXT])
        if not wanted:
            return []
        words = wanted.split()
        named = self._named(wanted, words)
        told = [
            (number, plain)
            for number, plain in self._names.telling(words)
            if all(_begins_a_word(plain, word) for word in words)
        ]
        things = self._names.things([*(each.thing for each in named), *(each[0] for each in told)])
        best: dict[int, tuple[tuple[int, int, int, str], tuple[str, str]]] = {}
        for plain, name, tag, number in named:
            kind = things[number][1].kind
            order = (_closeness(plain, wanted), weight(kind), len(plain), plain)
            if number not in best or order < best[number][0]:
                best[number] = order, (name, tag)
        for number, _ in told:
            if number not in best or best[number][0][0] == _WITHIN:
                iri, thing = things[number]
                best[number] = (_TOLD, weight(thing.kind), 0, iri), ("", "")
        found = sorted((order, number, name) for number, (order, name) in best.items())
        told_by = {things[number][0]: number for order, number, _ in found if order[0] == _TOLD}
        shown = _shared([_match(*things[number], *name) for _, number, name in found], most)
        return [
            self._with_reason(match, told_by[match.iri], words) if match.iri in told_by else match
            for match in shown
        ]

    def of(self, iri: str) -> list[Match]:
        """Return the thing of an IRI as the one match; none if it cannot be found here."""
        number = self._names.number(iri)
        if number is None:
            return []
        thing = self._names.things([number])[number][1]
        return [_match(iri, thing, thing.label()[0], "")]

    def called(self, text: str) -> list[str]:
        """Return the IRIs of the things whose name or code a text is, but for case and accents."""
        plain = bare(text[:LONGEST_TEXT])
        named = self._names.things(each.thing for each in self._names.same(plain))
        return [*self._names.coded(plain), *(iri for iri, _ in named.values())]

    def _named(self, wanted: str, words: Sequence[str]) -> list[Found]:
        """Return names that may be meant: the very name, those that begin so, any that hold it."""
        same, beginning = self._names.same(wanted), self._names.beginning(wanted)
        return list(dict.fromkeys((*same, *beginning, *self._names.holding(words))))

    def _with_reason(self, match: Match, number: int, words: Sequence[str]) -> Match:
        """Return a match with the one of the texts said of it that has most of the words."""
        best = max(self._names.said(number), key=lambda each: _held(bare(each.text), words))
        if not _held(bare(best.text), words):
            return match
        return replace(match, matched=_cut(best.text, words), language=best.language)


@once_for_each_graph
def search_index(graph: Graph) -> Index:
    """Return the index of a graph: that of its build if there is one, else made of its names."""
    if graph.folder is not None and (graph.folder / LABELS).is_file():
        return Index(Names.open(graph.folder / LABELS))
    names, things = read_things(graph)
    return Index(Names.of(names, things, read_said(graph, things)))


def _match(iri: str, thing: Thing, name: str, tag: str) -> Match:
    label, spoken = thing.label()
    return Match(iri, label, thing.kind, name, tag, spoken, thing.group)


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
