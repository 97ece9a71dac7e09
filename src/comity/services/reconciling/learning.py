"""Words for forms of state, learned from how each language names a few territories.

What the Dominican and the Central African Republic have in common in a language is its word for a
republic; what a dozen groups of islands share is its word for islands; what is left of the United
Kingdom's name without the word that the United Arab Emirates have too is its word for a kingdom.
A word that is some territory's whole name is never taken for one of these.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.forms import FORMS
from comity.services.reconciling.spelling import is_unspaced, plain, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_REPUBLICS: Final = ("DO", "CF")
_KINGDOM: Final = "GB"
_UNITED: Final = "AE"
_ISLANDS: Final = ("FK", "FO", "KY", "SB", "MH", "CK", "TC", "MP", "VG", "VI")
_MOST_ISLANDS: Final = 5
_REGIONS: Final = ("HK", "MO")
_JOINED: Final = ("AG", "BA", "KN", "ST", "TT", "VC")
_LEAST_JOINED: Final = 4
_MOST_FIRSTS: Final = 5  # names that begin with a word such as `saint`, which stands for none
_SMALL: Final = 3  # letters of a word that ties others together
_COMMON: Final = 0.3  # of all names of a language
_SEEN: Final = 3  # languages that have it
_PART: Final = 2  # signs of a word within a name that is written without spaces


class Learner:
    """What the names of territories have in common, language by language."""

    def __init__(self) -> None:
        """Know nothing."""
        self._found: dict[str, set[str]] = {}
        self._short: Counter[str] = Counter()
        self._names: set[str] = set()
        self._common: set[str] = set()
        self.halves: dict[str, set[str]] = {}
        """The first of the two parts of names such as Antigua and Barbuda, by the code."""

    def read(self, listed: Mapping[str, str]) -> None:
        """Take the names of one language, by code."""
        parted = {code: words(plain(name)) for code, name in listed.items()}
        self._names.update(" ".join(name) for name in parted.values())
        seen = Counter(word for name in parted.values() for word in set(name))
        joints = Counter(word for code in _JOINED for word in set(parted.get(code, ())[1:-1]))
        between = {word for word, number in joints.items() if number >= _LEAST_JOINED}
        firsts = Counter(name[0] for name in parted.values() if name)
        for code, name in parted.items():
            at = next((at for at, word in enumerate(name[1:-1], 1) if word in between), 0)
            if at and firsts[name[0]] <= _MOST_FIRSTS:
                self.halves.setdefault(code, set()).add(" ".join(name[:at]))
        for form, learned in (
            ("republic", _republic(parted)),
            ("kingdom", _kingdom(parted)),
            ("islands", _islands(parted)),
        ):
            for word in learned:
                if seen[word] > _COMMON * len(parted):
                    self._common.add(word)
                elif len(word) > _SMALL or is_unspaced(word):
                    self._found.setdefault(word, set()).add(form)
                else:
                    self._short[word] += 1

    def forms(self) -> dict[str, frozenset[str]]:
        """Return the words for forms of state and for islands."""
        return {
            word: frozenset(forms)
            for word, forms in self._found.items()
            if word not in self._names | self._common and (len(forms) == 1 or "republic" in forms)
        }

    def small(self) -> frozenset[str]:
        """Return words that tell nothing: short ones of several languages, and `country`.

        The latter some languages say with nearly every name.
        """
        short = {word for word, seen in self._short.items() if seen >= _SEEN}
        return frozenset(short | self._common) - self._names


def regions(listed: Mapping[str, str]) -> dict[str, str]:
    """Return what is left of the names of Hong Kong and Macao without what they share.

    Many languages say with each that it is a region of China.
    """
    one, other = (plain(listed.get(code, "")).split() for code in _REGIONS)
    if not one or not other:
        return {}
    if len(one) == len(other) == 1 and is_unspaced(one[0]):
        left, right = one[0], other[0]
        start = _same(left, right)
        end = _same(left[start:][::-1], right[start:][::-1])
        rest = [left[start : len(left) - end], right[start : len(right) - end]]
    else:
        shared = {*one} & {*other}
        rest = [" ".join(w for w in each if w not in shared) for each in (one, other)]
    return {
        code: name
        for code, name in zip(_REGIONS, rest, strict=True)
        if name and name != plain(listed[code])
    }


def _republic(parted: Mapping[str, tuple[str, ...]]) -> set[str]:
    if not all(parted.get(code) for code in _REPUBLICS):
        return set()
    one, other = (parted[code] for code in _REPUBLICS)
    shared = set(one) & set(other)
    if not shared and is_unspaced(one[0]) and is_unspaced(other[0]):
        left, right = "".join(one), "".join(other)
        part = SequenceMatcher(None, left, right, autojunk=False).find_longest_match()
        found = left[part.a : part.a + part.size]
        if part.size >= _PART and not any(word in found for word in FORMS if is_unspaced(word)):
            shared = {found}
    return shared


def _kingdom(parted: Mapping[str, tuple[str, ...]]) -> set[str]:
    name = set(parted.get(_KINGDOM, ()))
    united = name & set(parted.get(_UNITED, ()))
    left = name - united
    if len(united) != 1 or len(left) != 1:
        return set()
    (word,) = left
    is_shared = any(word in each for code, each in parted.items() if code != _KINGDOM)
    return set() if is_shared else {word}


def _islands(parted: Mapping[str, tuple[str, ...]]) -> set[str]:
    counted = Counter(word for code in _ISLANDS for word in set(parted.get(code, ())))
    return {word for word, number in counted.items() if number >= _MOST_ISLANDS}


def _same(one: str, other: str) -> int:
    """Return how many signs two names begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda two: two[0] == two[1], pairs))
