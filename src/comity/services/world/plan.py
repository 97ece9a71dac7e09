"""What a world is to hold: how many states, which of them are pairs, and how much of each.

As in the world at hand a few states have relations with nearly all others, and a few pairs have
most of the facts: the numbers of facts follow a Pareto distribution.
"""

from __future__ import annotations

from math import ceil, sqrt
from typing import Final, NamedTuple

from comity.errors import UsageError
from comity.services.world.draws import Draws
from comity.services.world.names import CODES

MOST: Final = len(CODES) * (len(CODES) - 1) // 2
"""The largest number of pairs that the codes of invented states give."""

_DENSITY: Final = 0.6  # share of all possible pairs that have relations
_FEWEST: Final = 3  # states, so that there are third ones
_TAIL: Final = 1.15
_LEAST_FACTS: Final = 5
_MOST_FACTS: Final = 900
# statements of the world itself, of a state, of a pair before its facts, and of a fact
_COSTS: Final = (2_000, 640, 80, 58)


class Pair(NamedTuple):
    """Two states by their numbers, the smaller one first, and how many facts they shall have."""

    first: int
    second: int
    facts: int


class Plan(NamedTuple):
    """The states and pairs of a world."""

    states: int
    pairs: tuple[Pair, ...]

    @property
    def statements(self) -> int:
        """About how many statements come out; a tenth more or less is usual in small worlds."""
        world, state, pair, fact = _COSTS
        facts = sum(each.facts for each in self.pairs)
        return world + state * self.states + pair * len(self.pairs) + fact * facts


def make_plan(dyads: int, seed: int) -> Plan:
    """Return the plan of a world with this many dyads.

    Raises UsageError for fewer than one, or for more than the codes of invented states give.
    """
    if not 1 <= dyads <= MOST:
        raise UsageError(
            f"--dyads {dyads} cannot be had: {len(CODES)} codes for invented states give 1 to "
            f"{MOST:,} pairs; choose a number between."
        )
    draws = Draws("plan", seed)
    states = min(len(CODES), max(_FEWEST, ceil((1 + sqrt(1 + 8 * dyads / _DENSITY)) / 2)))
    # the rank of a state says how much it takes part in the world
    ranks = sorted(range(states), key=lambda _: draws.next())
    weights = [1 / sqrt(1 + rank) for rank in ranks]
    keyed = sorted(
        (-(draws.next() ** (1 / (weights[first] * weights[second]))), first, second)
        for first in range(states)
        for second in range(first + 1, states)
    )
    chosen = sorted((first, second) for _, first, second in keyed[:dyads])
    average = sum(weights[one] * weights[other] for one, other in chosen) / dyads
    pairs = []
    for first, second in chosen:
        pull = sqrt(weights[first] * weights[second] / average)
        facts = int(_LEAST_FACTS + 3 * pull * draws.pareto(_TAIL))
        pairs.append(Pair(first, second, min(facts, _MOST_FACTS)))
    return Plan(states, tuple(pairs))


def plan_for(triples: int, seed: int) -> Plan:
    """Return the plan with the number of dyads that comes nearest to a number of statements.

    Raises UsageError if the codes of invented states give no world as large as that.
    """
    low, high = 1, 2
    while high < MOST and make_plan(high, seed).statements < triples:
        low, high = high, min(2 * high, MOST)
    if make_plan(high, seed).statements < triples and high == MOST:
        raise UsageError(
            f"--triples {triples} cannot be had: the codes for invented states give about "
            f"{make_plan(MOST, seed).statements:,}; choose fewer."
        )
    while high - low > max(1, low // 500):
        middle = (low + high) // 2
        if make_plan(middle, seed).statements < triples:
            low = middle
        else:
            high = middle
    return make_plan(high, seed)
