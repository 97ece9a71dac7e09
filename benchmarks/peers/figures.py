"""Figures out of many times: requests a second, percentiles, and medians of alternating rounds."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Round:
    """What one system did in one round: seconds of each request, of all together, and failures."""

    times: tuple[float, ...]
    seconds: float
    failures: int
    bytes: int = 0


@dataclass(frozen=True)
class Figures:
    """What a system did in all rounds; times in milliseconds, each a median of the rounds.

    `least` and `most` are the requests a second of the worst and of the best round.
    """

    rate: float
    least: float
    most: float
    p50: float
    p95: float
    requests: int
    failures: int


def figures_of(rounds: Sequence[Round]) -> Figures:
    """Return the figures of some rounds; a round in which nothing was answered has a rate of 0."""
    rates = [len(each.times) / each.seconds if each.seconds else 0.0 for each in rounds]
    answered = [each for each in rounds if each.times]
    return Figures(
        rate=statistics.median(rates),
        least=min(rates),
        most=max(rates),
        p50=_median([percentile(each.times, 50) * 1000 for each in answered]),
        p95=_median([percentile(each.times, 95) * 1000 for each in answered]),
        requests=sum(len(each.times) for each in rounds),
        failures=sum(each.failures for each in rounds),
    )


def percentile(times: Sequence[float], part: float) -> float:
    """Return the smallest of the times that `part` percent are not above (the nearest rank)."""
    return sorted(times)[max(0, math.ceil(len(times) * part / 100) - 1)]


def ratio(ours: float, theirs: float) -> float | None:
    """Return how many times ours is theirs, or None where there is nothing to compare."""
    return ours / theirs if ours and theirs else None


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else math.nan
