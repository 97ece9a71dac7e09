"""Invented times: exact and vague ones, each with the bounds that its EDTF literal has.

The last year is fixed, so that a world does not depend on the day on which it is made.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from comity.services.world.draws import Draws

FIRST: Final = 1946
LAST: Final = 2025
"""The years between which everything happens."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_SEASONS: Final = (("spring", 21, 3), ("summer", 22, 6), ("autumn", 23, 9))
_RECENT: Final = 3  # draws of which the latest counts, so that most happens in recent years


class Span(NamedTuple):
    """A time as it is stated, its first and last day, and how it is said in words."""

    edtf: str
    earliest: str
    """The first day in ISO 8601; empty where there is none."""
    latest: str
    """The last day in ISO 8601; empty where there is none."""
    kind: str
    """The local name of a code of kinds of time."""
    words: str
    slug: str
    """What a name may hold of it."""


def draw_year(draws: Draws, start: int = FIRST) -> int:
    """Return a year from `start` on, more likely a recent one."""
    return start + int(max(draws.next() for _ in range(_RECENT)) * (LAST - start + 1))


def whole_year(year: int, kind: str = "cumulative") -> Span:
    """Return all of a year."""
    return Span(str(year), f"{year}-01-01", f"{year}-12-31", kind, str(year), str(year))


def some_day(draws: Draws, year: int) -> Span:
    """Return an exact day of a year."""
    month = draws.whole(1, 12)
    day = draws.whole(1, monthrange(year, month)[1])
    iso = f"{year}-{month:02}-{day:02}"
    return Span(iso, iso, iso, "within", f"{day} {_MONTHS[month - 1]} {year}", iso)


def some_days(draws: Draws, year: int) -> Span:
    """Return a few days in a row, within one month."""
    month = draws.whole(1, 12)
    first = draws.whole(1, 20)
    last = first + draws.whole(1, 7)
    begin, end = (f"{year}-{month:02}-{day:02}" for day in (first, last))
    words = f"{first}–{last} {_MONTHS[month - 1]} {year}"
    return Span(f"{begin}/{end}", begin, end, "throughout", words, begin)


def some_month(draws: Draws, year: int) -> Span:
    """Return a month of a year."""
    month = draws.whole(1, 12)
    iso = f"{year}-{month:02}"
    last = monthrange(year, month)[1]
    return Span(iso, f"{iso}-01", f"{iso}-{last}", "within", f"{_MONTHS[month - 1]} {year}", iso)


def some_season(draws: Draws, year: int) -> Span:
    """Return spring, summer or autumn of a year, as in the north."""
    word, code, month = draws.pick(_SEASONS)
    last = monthrange(year, month + 2)[1]
    iso = f"{year}-{code}"
    end = f"{year}-{month + 2:02}-{last}"
    return Span(iso, f"{year}-{month:02}-01", end, "within", f"{word} {year}", iso)


def some_decade(year: int) -> Span:
    """Return the decade around a year."""
    tens = year // 10
    days = f"{tens}0-01-01", f"{tens}9-12-31"
    return Span(f"{tens}X", *days, "within", f"the {tens}0s", f"{tens}X")


def happened(draws: Draws, start: int) -> Span:
    """Return when something happened: mostly a day, at times only a month, a year or less."""
    year = draw_year(draws, start)
    how = draws.whole(1, 100)
    for share, make in _PRECISION:
        if how <= share:
            return make(draws, year)
    return some_decade(year)


_PRECISION: Final = (
    (48, some_day),
    (58, some_days),
    (78, some_month),
    (82, some_season),
    (97, lambda _, year: whole_year(year, "within")),
)


def since(draws: Draws, start: int) -> Span:
    """Return a time that has a beginning and goes on."""
    first = some_day(draws, draw_year(draws, start))
    edtf = f"{first.edtf}/.."
    return Span(edtf, first.earliest, "", "throughout", f"since {first.words}", first.slug)


def between(draws: Draws, start: int) -> Span:
    """Return some years in a row, or all years until one."""
    first = draw_year(draws, start)
    last = first + draws.whole(1, 6)
    if draws.next() < _UNTIL:
        end = f"{last}-12-31"
        return Span(f"../{last}", "", end, "cumulative", f"until {last}", f"to-{last}")
    years = f"{first}–{last}"
    days = f"{first}-01-01", f"{last}-12-31"
    return Span(f"{first}/{last}", *days, "throughout", years, f"{first}-{last}")


_UNTIL: Final = 0.15


def ending(when: Span | None) -> str:
    """Return how a label ends that names its time: nothing where there is none."""
    return f", {when.words}" if when else ""
