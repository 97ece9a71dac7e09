"""Draws from a seed that come out alike on every machine and under every Python.

Only `Random.random` is called: of the methods of a generator it is the one whose sequence Python
promises to keep. Seeds are texts, so that each part of a world may have a generator of its own.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


class Draws:
    """A sequence of draws that depends on its seed alone."""

    def __init__(self, *seed: object) -> None:
        """Begin the sequence that belongs to these parts of a seed."""
        self.next = Random(":".join(map(str, seed))).random  # noqa: S311 - nothing is secret
        self.full = False
        """Whether every chance comes true, so that everything that may be there is."""

    def chance(self, share: float) -> bool:
        """Tell whether what happens in this share of all cases, from 0 to 1, happens now."""
        return self.next() < share or self.full

    def pick(self, things: Sequence[T]) -> T:
        """Return one of some things, each as likely as the others."""
        return things[int(self.next() * len(things))]

    def early(self, things: Sequence[T]) -> T:
        """Return one of some things, those in front more likely than those behind."""
        return things[int(self.next() * self.next() * len(things))]

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both of them included."""
        return low + int(self.next() * (high - low + 1))

    def pareto(self, alpha: float) -> float:
        """Return a number from 1 upwards with a heavy tail, the heavier the smaller `alpha` is."""
        return float((1.0 - self.next()) ** (-1.0 / alpha))
