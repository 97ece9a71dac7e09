"""Names that are like a text, letter by letter."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from comity.services.reconciling.forms import SMALL, without_forms
from comity.services.reconciling.grams import Grams
from comity.services.reconciling.hits import Hit, best_of
from comity.services.reconciling.names import RARE, small_left_out
from comity.services.reconciling.spelling import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.services.reconciling.names import Formed, Words

_LIKE: Final = 88.0  # times the share of letters that are the same
_LIKE_RARE: Final = 84.0  # where the name is that of one language
_OTHER_START: Final = 0.93  # who mistypes a name seldom begins with that
_LEAST: Final = 0.6  # of the letters; a name with fewer is not like another
_WITHIN: Final = 55.0  # times the share of letters of the words that are within a longer name
_COMPARED: Final = 60  # names that are compared letter by letter
_STEM: Final = 4  # letters that an adjective shares with its noun at least
_STEM_SHARE: Final = 0.7
_KEPT: Final = 20_000


class Likeness:
    """An index of names by their letters; what was asked lately is kept."""

    def __init__(self, formed: Mapping[Words, Mapping[str, Formed]]) -> None:
        """Index names by their words."""
        self._formed = formed
        self._keys = [*formed]
        self._written = [" ".join(key) for key in self._keys]
        self._grams = Grams(self._written)
        self.find = lru_cache(maxsize=_KEPT)(self._find)

    def _find(self, bare: str) -> tuple[Hit, ...]:
        """Return what has a name like a plain text, each thing once."""
        kept, forms = without_forms(bare)
        is_adjective = bool(forms) and len(kept) == 1 and not SMALL.intersection(words(bare))
        texts = dict.fromkeys((" ".join(sorted(kept)), " ".join(small_left_out(bare))))
        return best_of(hit for text in texts for hit in self._near(text, is_adjective))

    def _near(self, text: str, is_adjective: bool) -> Iterator[Hit]:
        parted = text.split()
        for place in self._grams.near(text, _COMPARED):
            key, written = self._keys[place], self._written[place]
            if written == text:
                continue  # which is found word by word
            same = OSA.normalized_similarity(text, written, score_cutoff=_LEAST)
            if text[0] != written[0]:
                same *= _OTHER_START
            if is_adjective:
                same = max(same, _as_adjective(text, written))
            within = _share_within(parted, key, written)
            if not same and not within:
                continue
            similarity = round(100 * max(same, within), 1)
            for iri, formed in self._formed[key].items():
                score = same * (_LIKE_RARE if formed.origin == RARE else _LIKE)
                yield Hit(iri, max(score, within * _WITHIN), similarity)


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
