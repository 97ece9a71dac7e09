"""The names in a sentence that are those of actors and places of the graph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.reconciling.index import Index

_MOST_WORDS: Final = 8
_OF_TWO: Final = 97.0  # the least score of a name with `and`, else it may be two
_SHORTEST: Final = 3  # letters; shorter ones are mostly other words
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*")
_GAPS: Final = re.compile(r"[ \u00a0]?[-–—&,./(]?[ \u00a0]?|\)?[ \u00a0]?")
_OWNER: Final = re.compile(r"[’']s?$")
_ROLES: Final = (
    ("Organization", "participant"),
    ("Person", "participant"),
    ("State", "participant"),
    ("Place", "place"),
)


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A name and its place in the text; `role` is the local name of the property that fits it."""

    start: int
    end: int
    iri: str
    role: str


def find_names(text: str, index: Index) -> list[WrittenName]:
    """Return the names of known actors and places in order, the longest where several begin.

    A name begins and ends with a word in capitals or with a capital. One that several things of
    the graph go by equally is left out, since a guess would be worth nothing.
    """
    words = [_bare(match) for match in _WORD.finditer(text)]
    found: list[WrittenName] = []
    place = 0
    while place < len(words):
        name, place = _longest(text, words, place, index)
        if name:
            found.append(name)
    return found


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """Return the place of a word without the ending of an owner."""
    return match.start(), match.start() + len(_OWNER.sub("", match[0]))


def _longest(
    text: str, words: Sequence[tuple[int, int]], place: int, index: Index
) -> tuple[WrittenName | None, int]:
    """Return the longest known name from a word on, and the word behind it."""
    start = words[place][0]
    if not text[start].isupper():
        return None, place + 1
    reach = _reach(text, words, place)
    for last in range(reach, place - 1, -1):
        begin, end = words[last]
        if not (text[begin].isupper() or text[begin].isdigit()) or end - start < _SHORTEST:
            continue
        name = text[start:end]
        if name.count("(") == name.count(")") and (known := _known(name, index)):
            return WrittenName(start, end, *known), last + 1
    return None, place + 1


def _reach(text: str, words: Sequence[tuple[int, int]], place: int) -> int:
    """Return the last word that may belong to a name from a word on."""
    last = place
    while last + 1 < min(place + _MOST_WORDS, len(words)):
        if not _GAPS.fullmatch(text[words[last][1] : words[last + 1][0]]):
            break
        last += 1
    return last


def _known(name: str, index: Index) -> tuple[str, str] | None:
    """Return the one actor or place that goes by a name, and its role; None for none or several."""
    least = _OF_TWO if " and " in name else 0.0
    hits = [
        hit for hit in index.named(name) if hit.score >= least and hit.iri in index.entities.by_iri
    ]
    best = max((hit.score for hit in hits), default=0.0)
    meant = {hit.iri: role for hit in hits if hit.score == best and (role := _role(hit.iri, index))}
    return meant.popitem() if len(meant) == 1 else None


def _role(iri: str, index: Index) -> str:
    types = index.entities.all_types(index.entities.by_iri[iri])
    return next((role for local, role in _ROLES if f"{NS}{local}" in types), "")
