"""Which of many names are worth comparing with a text: those that share most runs of three signs.

The index is an inverted one. A run that very many names have tells little and is left out of the
count, unless a text has no other; so a search costs about the same however many names there are.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from heapq import nsmallest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMON: Final = 2_000  # names that a run may have before it is left out
_LONGEST: Final = 80  # signs of a text that are looked at


class Grams:
    """An index of names by their runs of three signs."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index names; each is known by its place from then on."""
        self._places: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        for place, name in enumerate(names):
            for run in _runs(name):
                self._places[run].append(place)

    def near(self, text: str, most: int) -> list[int]:
        """Return the places of at most so many names that share the most; of equals the first."""
        known = [found for run in _runs(text) if (found := self._places.get(run))]
        rare = [places for places in known if len(places) <= _COMMON]
        counted: Counter[int] = Counter()
        for places in rare or sorted(known, key=len)[:1]:
            counted.update(places)
        best = nsmallest(most, counted.items(), key=lambda each: (-each[1], each[0]))
        return [place for place, _ in best]


def _runs(text: str) -> set[str]:
    padded = f" {text[:_LONGEST]} "
    return set(map("".join, zip(padded, padded[1:], padded[2:], strict=False)))
