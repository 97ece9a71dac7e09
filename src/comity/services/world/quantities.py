"""Invented amounts, with the words that a source would write for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.world.relation import Quantity

if TYPE_CHECKING:
    from comity.services.world.draws import Draws

_DOLLARS: Final = ("currency", "code:currency.USD")
_MOST_MILLIONS: Final = 900_000  # tenths of a million
_HEDGES: Final = (0.8, 0.93)  # exact up to here, approximate up to there, else a minimum


def money(draws: Draws, *, scale: float = 1.0) -> Quantity:
    """Return an amount of US dollars with a heavy tail, from a hundred thousand upwards.

    `scale` is that of a usual amount, in millions.
    """
    tenths = min(_MOST_MILLIONS, max(1, int(scale * draws.pareto(0.9) * 10)))
    whole, tenth = divmod(tenths, 10)
    words = f"US${whole}.{tenth} million" if tenth else f"US${whole} million"
    number = str(tenths * 100_000)
    exact, approximate = _HEDGES
    share = draws.next()
    if draws.full or share > approximate:
        return Quantity("min", number, _DOLLARS, "more-than", f"more than {words}")
    if share < exact:
        return Quantity("value", number, _DOLLARS, "exact", words)
    return Quantity("value", number, _DOLLARS, "approximate", f"approximately {words}")


def percent(draws: Draws) -> Quantity:
    """Return a share between 0 and 100 per cent, with one decimal."""
    number = f"{draws.whole(0, 99)}.{draws.whole(1, 9)}"
    return Quantity("value", number, ("unit", "code:unit.percent"), "exact", f"{number}%")


def count(draws: Draws, unit: str, noun: str, most: int) -> Quantity:
    """Return a number of things from 2 to `most`; at times no more than that there are several."""
    measure = ("unit", f"code:unit.{unit}")
    if draws.next() < _SEVERAL:
        return Quantity("qualifier", "", measure, "several", f"several {noun}")
    number = draws.whole(2, most)
    return Quantity("value", str(number), measure, "exact", f"{number:,} {noun}")


_SEVERAL: Final = 0.05
