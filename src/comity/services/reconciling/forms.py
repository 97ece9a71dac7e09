"""Words for forms of state in the languages that name states, each with what it says.

"Republik Aserbaidschan", "Azərbaycan Respublikası" and アゼルバイジャン共和国 are one name with the
same form in three languages. The words are left out where names are compared, and the forms are
compared by themselves: of two states of one name, such as the two of the Congo, they are what
tells them apart.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from comity.services.reconciling.form_words import FORM_WORDS
from comity.services.reconciling.official_words import OFFICIAL_WORDS, PHRASES
from comity.services.reconciling.spelling import is_unspaced, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Words = tuple[str, ...]

_SHORT: Final = {
    "dr": "democratic republic",
    "rd": "democratic republic",
    "pr": "people republic",
    "dpr": "democratic people republic",
    "pdr": "democratic people republic",
    "ir": "islamic republic",
}
# Short words that tie a name together and tell nothing.
_SMALL: Final = (
    "the of and a an de del la las los le les el l d du des da das do dos di della dell dello dei "
    "degli delle der die den dem van het een y e i et och og ja en és un ve və la co "
    "и та و ال של ה"
)


def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    tables = (FORM_WORDS, *OFFICIAL_WORDS.values())
    for form, listed in (each for table in tables for each in table.items()):
        for word in words(plain(listed)):
            found.setdefault(word, set()).add(form)
    return {
        **{word: frozenset(said.split()) for word, said in _SHORT.items()},
        **{word: frozenset(forms) for word, forms in found.items()},
    }


def _by_phrase() -> dict[str, list[tuple[Words, frozenset[str]]]]:
    """Return phrases by their first word, long ones first, with what they say."""
    found: dict[str, list[tuple[Words, frozenset[str]]]] = {}
    for form, listed in PHRASES.items():
        for phrase in map(words, map(plain, listed.split(","))):
            found.setdefault(phrase[0], []).append((phrase, frozenset({form})))
    return {word: sorted(each, key=lambda one: -len(one[0])) for word, each in found.items()}


SMALL: Final = frozenset(map(plain, _SMALL.split()))
"""What is left out of every name that is compared word by word."""
FORMS: Final = _by_word()
"""What a word says of the form of a state."""
_PHRASES: Final = _by_phrase()
TELLING: Final = frozenset({"people", "democratic"})
"""Forms by which states of one name are told apart: one that a name lacks is a contradiction."""
ISLANDS: Final = frozenset({"islands"})
"""What a name such as `Solomon Islands` does not go without."""
PLACES: Final = ISLANDS | {"territory"}
"""Forms that are said of a place, and stand with no adjective of a state."""
_ALIKE: Final = 0.8  # of the letters of a word that is taken for one of the listed
_LONG: Final = 6  # letters of a word that is compared so


class Forms:
    """Words for forms of state: those listed here, and those that were learned."""

    def __init__(
        self,
        learned: Mapping[str, frozenset[str]] | None = None,
        small: Iterable[str] = (),
        others: Iterable[str] = (),
    ) -> None:
        """Take words that were learned from names, and small ones that are left out.

        Others are words of their own, such as `county`, however much they are like one for a form.
        """
        self._others = frozenset(others)
        known = {**(learned or {}), **FORMS}
        self.small = SMALL.union(small) - known.keys()
        self._spaced = {word: said for word, said in known.items() if not is_unspaced(word)}
        within = {word: said for word, said in known.items() if is_unspaced(word)}
        self._within = dict(sorted(within.items(), key=lambda item: -len(item[0])))
        self._long = [word for word in self._spaced if len(word) >= _LONG]
        self._alike = lru_cache(maxsize=20_000)(self._find_alike)

    def without(self, name: str, *, loosely: bool = False) -> tuple[Words, frozenset[str]]:
        """Return the words of a plain name that are not about the form of state, and the forms.

        A name that consists of nothing else, such as `united states`, keeps its words. Loosely,
        a long word may differ by a letter or two from that for a form.
        """
        forms: set[str] = set()
        kept = []
        for word in _without_phrases(words(name), forms):
            left = self._cut(word, forms) if is_unspaced(word) else word
            said = self._spaced.get(left) or (self._alike(left) if loosely else None)
            if said:
                forms |= said
            elif left and left not in self.small:
                kept.append(left)
        if not kept:
            parted = words(name)
            return self.telling(parted), frozenset()
        return tuple(kept), frozenset(forms)

    def telling(self, parted: Words) -> Words:
        """Return words without those that tell nothing, all of them if nothing else is there."""
        return tuple(word for word in parted if word not in self.small) or parted

    def _find_alike(self, word: str) -> frozenset[str]:
        """Return what a word says that is nearly one for a form of state."""
        if len(word) < _LONG or word in self._others:
            return frozenset()
        found = process.extractOne(
            word, self._long, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
        )
        return self._spaced[found[0]] if found else frozenset()

    def _cut(self, word: str, forms: set[str]) -> str:
        """Return what is left of a word of a script without spaces, and note the forms in it."""
        for part, said in self._within.items():
            if part in word:
                word = word.replace(part, "")
                forms |= said
        return word


def _without_phrases(parted: Words, forms: set[str]) -> Words:
    """Return words without the phrases for a form of state among them, and note these forms."""
    if _PHRASES.keys().isdisjoint(parted):
        return parted
    kept = []
    at = 0
    while at < len(parted):
        for phrase, said in _PHRASES.get(parted[at], ()):
            if parted[at : at + len(phrase)] == phrase:
                forms |= said
                at += len(phrase)
                break
        else:
            kept.append(parted[at])
            at += 1
    return tuple(kept)
