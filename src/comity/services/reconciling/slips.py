"""Names that a text is by a few slips of who typed it: letters left out, put in or instead, turned.

How many slips may be in a name depends on its length, and each weighs the less the longer the name
is. Spaces do not count, so that one in a wrong place is none. Names that only one language of CLDR
has, and those that were made of others, are too many for that: something is always near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import is_unspaced, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from comity.services.reconciling.forms import Forms

_SCORES: Final = (92.0, 90.0, 88.0)
"""Without a slip: for a label, for another name of the data, for one of several languages."""
_SLIP: Final = 9.0  # less for each, in a name of so many letters:
_WHOLE: Final = 8
_SLIPS: Final = (((14, 3), (7, 2), (6, 1)), ((14, 2), (9, 2), (7, 1)), ((16, 2), (10, 1)))
"""Letters of a name, and how many slips may be in it, by whose name it is."""
_OTHER_START: Final = 9
"""Letters of a name that may begin with another one by a slip."""
_FORMLESS: Final = 4.0  # less, for a name without the form of state that is said with it
_VERY_LONG: Final = 16
"""Letters of a name of the data with which a slip is beyond doubt; twice as many with two."""
_NEARLY: Final = 97.0  # one less for each slip
_LISTED: Final = 2
_LABEL: Final = 0
_ALONE: Final = 71.5
"""The most for a label that few letters are left of: a match only if nothing else is near."""
_LEAST_ALONE: Final = 5  # letters of a text; and of a label, with one slip
_LONG_ALONE: Final = 7  # letters of a label with two
_SLIPS_ALONE: Final = 2
_NEAR: Final = 24  # names that are compared


class Slips:
    """Names in one word, by their length."""

    def __init__(self, joined: Mapping[str, Mapping[str, int]], forms: Forms) -> None:
        """Take names without spaces, each with its things and whose name of them it is."""
        self._forms = forms
        self._joined = joined
        self._by_length: dict[int, list[str]] = {}
        self._labels: dict[int, list[str]] = {}
        for name, known in joined.items():
            if not is_unspaced(name):
                self._by_length.setdefault(len(name), []).append(name)
                if _LABEL in known.values():
                    self._labels.setdefault(len(name), []).append(name)

    def find(self, bare: str) -> Iterator[Hit]:
        """Yield what has a name that a plain text is by a few slips."""
        kept, _ = self._forms.without(bare, loosely=True)
        whole = "".join(words(bare))
        texts = {"".join(kept): _FORMLESS} | dict.fromkeys((bare.replace(" ", ""), whole), 0.0)
        for text, less in texts.items():
            if text and not is_unspaced(text):
                yield from self._near(text, less)

    def alone(self, bare: str) -> Iterator[Hit]:
        """Yield what is labelled as a plain text with slips that are many for its length.

        The first letter may be one of them. It is a match only if nothing else is nearly as near.
        """
        text = bare.replace(" ", "")
        length = len(text)
        if length < _LEAST_ALONE or is_unspaced(text):
            return
        for other in range(max(_LEAST_ALONE, length - _SLIPS_ALONE), length + _SLIPS_ALONE + 1):
            most = _SLIPS_ALONE if other >= _LONG_ALONE else 1
            for name, slips in _nearest(text, self._labels.get(other, ()), most):
                for iri, whose in self._joined[name].items():
                    if whose == _LABEL:
                        yield Hit(iri, _ALONE, round(100 * (1 - slips / length), 1))

    def _near(self, text: str, less: float) -> Iterator[Hit]:
        length = len(text)
        most = max(_most(length, whose) for whose in range(len(_SLIPS)))
        if not most:
            return
        weight = _SLIP * min(1.0, _WHOLE / length)
        for other in range(length - most, length + most + 1):
            for name, slips in _nearest(text, self._by_length.get(other, ()), most):
                if name[0] != text[0] and length < _OTHER_START:
                    continue
                for iri, whose in self._joined[name].items():
                    if slips <= _most(min(length, other), whose):
                        score = _SCORES[whose] - slips * weight - less
                        if whose < _LISTED and slips <= length // _VERY_LONG:
                            score = _NEARLY - slips
                        yield Hit(iri, score, round(100 * (1 - slips / length), 1))


def _nearest(text: str, names: Sequence[str], most: int) -> Iterator[tuple[str, int]]:
    """Yield the names that a text is by as many slips at most, with the slips."""
    for name, slips, _ in process.extract(
        text, names, scorer=OSA.distance, score_cutoff=most, limit=_NEAR
    ):
        yield name, slips


def _most(length: int, whose: int) -> int:
    """Return how many slips may be in a name of so many letters."""
    return next((slips for least, slips in _SLIPS[whose] if length >= least), 0)
