"""Names that are like a text, letter by letter."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import permutations, takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from comity.services.reconciling.forms import PLACES
from comity.services.reconciling.grams import Grams
from comity.services.reconciling.hits import Hit, best_of
from comity.services.reconciling.spelling import longer, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.services.reconciling.forms import Forms
    from comity.services.reconciling.names import Formed, Words

# Times the share of letters that are the same, by whose name it is.
_LIKE: Final = (92.0, 88.0, 81.0, 81.0, 76.0)
_OTHER_START: Final = 0.95  # who mistypes a name seldom begins with that
_OTHER_FORM: Final = 0.9  # with a form of state that no name of it has
_WITH_FORM: Final = 0.9  # by letters of which some are those of the form of state
_MORE_WORDS: Final = 0.8
_OTHER_WORD: Final = 0.8
_WORD: Final = 0.75  # of the letters of one of several words
_SHORT_WORD: Final = 4  # letters of a word that may be one which tells nothing
_WORD_IF_SHORT: Final = 0.5
_TURNED: Final = 0.84  # for two letters that are turned, which is no other name
_LEAST_TURNED: Final = 4
_LEAST: Final = 0.6  # of the letters; a name with fewer is not like another
_WITHIN: Final = 55.0  # times the share of letters of the words that are within a longer name
_COMPARED: Final = 60  # names that are compared letter by letter
_SHORT: Final = 8  # letters of a name that shares few runs with what is made of it by a slip
_ORDERED: Final = 4  # words that are put in any order
_STEM: Final = 4  # letters that an adjective shares with its noun at least
_STEM_SHARE: Final = 0.7
_KEPT: Final = 20_000


class Likeness:
    """An index of names by their letters; what was asked lately is kept."""

    def __init__(self, formed: Mapping[Words, Mapping[str, Formed]], forms: Forms) -> None:
        """Index names by their words; `forms` are the words for forms of state."""
        self._forms = forms
        self._formed = formed
        self._keys = [*formed]
        self._written = [" ".join(key) for key in self._keys]
        self._grams = Grams(self._written)
        self._turned: dict[str, list[int]] = {}
        for place, written in enumerate(self._written):
            if len(written) <= _SHORT:
                self._turned.setdefault(_letters(written), []).append(place)
        self.find = lru_cache(maxsize=_KEPT)(self._find)

    def _find(self, bare: str) -> tuple[Hit, ...]:
        """Return what has a name like a plain text, each thing once."""
        parted = words(bare)
        kept, forms = self._forms.without(bare, loosely=True)
        is_adjective = (
            bool(forms - PLACES) and len(kept) == 1 and not self._forms.small.intersection(parted)
        )
        is_formed = bool(self._forms.without(bare)[1] - PLACES)
        if is_formed:
            kept = longer(kept)
        name, whole = (" ".join(sorted(each)) for each in (kept, self._forms.telling(parted)))
        if name == whole:
            return best_of(self._near(whole, forms, is_adjective=is_adjective, is_whole=True))
        near = best_of(self._near(name, forms, is_adjective=is_adjective, is_whole=False))
        if is_formed:
            near = tuple(replace(hit, is_formed=True) for hit in near)
        first = max(near, key=lambda hit: hit.score, default=None)
        others = (
            replace(hit, score=hit.score * _WITH_FORM)
            if is_formed and first and hit.iri != first.iri
            else hit
            for hit in self._near(whole, forms, is_adjective=is_adjective, is_whole=True)
        )
        return best_of((*near, *others))

    def _near(
        self, text: str, forms: frozenset[str], *, is_adjective: bool, is_whole: bool
    ) -> Iterator[Hit]:
        parted = text.split()
        near = self._grams.near(text, _COMPARED)
        for place in dict.fromkeys((*near, *self._turned.get(_letters(text), ()))):
            key, written = self._keys[place], self._written[place]
            if written == text:
                continue  # which is found word by word
            same = max(
                OSA.normalized_similarity(text, written, score_cutoff=_LEAST),
                _in_any_order(parted, key),
            )
            if _is_turned(text, written):
                same = max(same, _TURNED)
            elif text[0] != written[0]:
                same *= _OTHER_START
            same *= _word_by_word(parted, key)
            if is_adjective:
                same = max(same, _as_adjective(text, written))
            within = _share_within(parted, key, written)
            if not same and not within:
                continue
            similarity = round(100 * max(same, within), 1)
            for iri, formed in self._formed[key].items():
                if forms and not is_whole and not formed.is_state:
                    continue
                score = same * _LIKE[formed.origin]
                if forms not in formed.forms and frozenset() not in formed.forms:
                    score *= _OTHER_FORM
                yield Hit(iri, max(score, within * _WITHIN), similarity)


def _letters(text: str) -> str:
    """Return the letters of a short name in the order of the alphabet, however they are turned."""
    return "".join(sorted(text)) if len(text) <= _SHORT else ""


def _is_turned(text: str, name: str) -> bool:
    """Tell whether a text is a short name of which two neighbouring letters are turned."""
    if not _LEAST_TURNED <= len(text) == len(name) <= _SHORT:
        return False
    others = [at for at, two in enumerate(zip(text, name, strict=True)) if two[0] != two[1]]
    return len(others) == 2 and others[1] == others[0] + 1 and _letters(text) == _letters(name)  # noqa: PLR2004


def _word_by_word(wanted: list[str], key: Words) -> float:
    """Return less than one where a word is unlike all words of a name, or one more than it has.

    `South America` is like `South Africa` by its letters, and `Kenya Airways` like `Kenya`.
    """
    if len(wanted) == 1 and len(key) == 1:
        return 1.0
    others = [word for word in wanted if word not in key]
    if len(wanted) > len(key) and set(key) <= set(wanted):
        return _MORE_WORDS if any(len(word) > _SHORT_WORD for word in others) else 1.0
    if len(wanted) == len(key) and not all(
        any(_is_like(word, of) for of in key) for word in others
    ):
        return _OTHER_WORD
    return 1.0


def _in_any_order(wanted: list[str], key: Words) -> float:
    """Return the share of letters that are the same, of as many words in the best order.

    A slip in the first letter of a word gives it another place in the order of the alphabet.
    """
    if not 1 < len(wanted) == len(key) <= _ORDERED:
        return 0.0
    slips = [[OSA.distance(word, of) for of in key] for word in wanted]
    least = min(
        sum(row[at] for row, at in zip(slips, order, strict=True))
        for order in permutations(range(len(key)))
    )
    signs = max(sum(map(len, wanted)), sum(map(len, key))) + len(key) - 1
    same = 1 - least / signs
    return same if same >= _LEAST else 0.0


def _is_like(word: str, other: str) -> bool:
    """Tell whether one of several words may be another, mistyped."""
    least = _WORD if len(word) > _SHORT_WORD else _WORD_IF_SHORT
    return OSA.normalized_similarity(word, other, score_cutoff=least) > 0


def _as_adjective(text: str, name: str) -> float:
    """Return how likely a word such as `gabonaise` is the adjective of a name such as `gabon`."""
    begin = sum(1 for _ in takewhile(lambda two: two[0] == two[1], zip(text, name, strict=False)))
    if begin < _STEM or begin < _STEM_SHARE * len(name) or " " in name:
        return 0.0
    return 0.6 + 0.31 * 2 * begin / (len(text) + len(name))


def _share_within(wanted: list[str], key: Words, written: str) -> float:
    """Return which share of the letters of a longer name the words of a text are."""
    if len(wanted) >= len(key) or not set(wanted) <= set(key):
        return 0.0
    return 0.6 + 0.4 * sum(map(len, wanted)) / len(written)
