"""The parts of one date of an EDTF literal, for the languages that say it in words."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

MONTHS: Final = 12
SEASONS: Final[dict[int, int]] = {21 + n: n % 4 for n in range(8)}  # spring is 0
QUARTERS: Final[dict[int, int]] = {33 + n: n for n in range(4)}
THIRDS: Final[dict[int, int]] = {37 + n: n for n in range(3)}
HALVES: Final[dict[int, int]] = {40 + n: n for n in range(2)}
SOME: Final = "XX"  # a month or day of which it is stated only that there is one
OPEN: Final = ".."  # the end of an interval that goes on
UNKNOWN: Final = ""  # the end of an interval that nobody states

_PARTS_OF_YEAR: Final = SEASONS | QUARTERS | THIRDS | HALVES
_DATE: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T.*)?")
_YEAR: Final = re.compile(r"[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|XXXX")
_QUALIFIERS: Final = frozenset("?~%")


class Date(NamedTuple):
    """One date, as vague as it is stated."""

    year: str
    """Four digits, of which `X` stands for the last or the last two; empty if not stated."""
    month: int = 0
    """1 to 12; 0 if not stated."""
    part: int = 0
    """The code of a season, quarter, third or half of the year; 0 if there is none."""
    day: int = 0
    """The day of the month; 0 if not stated."""
    some: bool = False
    """Whether it is some day of the month, or else some time in the year."""
    is_about: bool = False
    """Whether it is approximate."""
    is_doubtful: bool = False
    """Whether it is uncertain."""
    is_bare: bool = False
    """Whether the literal is no more than digits and hyphens."""

    @property
    def is_year(self) -> bool:
        """Whether it is no more than a year."""
        return not self.month and not self.part and not self.some

    @property
    def is_vague(self) -> bool:
        """Whether it is a decade or a century that has the place of the year."""
        return "X" in self.year

    @property
    def first_year(self) -> str:
        """The first year that it can lie in."""
        return self.year.replace("X", "0")

    @property
    def last_year(self) -> str:
        """The last year that it can lie in."""
        return self.year.replace("X", "9")


End = Date | str
"""A side of an interval: a date, `OPEN`, `UNKNOWN`, or a text that there are no words for."""


def read_end(text: str) -> End:
    """Return a side of an interval, or a date that stands alone."""
    return text if text in {OPEN, UNKNOWN} else read_date(text) or text


def shape(start: End, end: End) -> str:
    """Return which sides an interval has, such as `date/..`, `/date` or `date/date`."""
    return "/".join(
        side if isinstance(side, str) and side in {OPEN, UNKNOWN} else "date"
        for side in (start, end)
    )


def within_month(start: Date, end: Date) -> bool:
    """Tell whether both are days of one month, without a hedge."""
    return within_year(start, end) and start.month == end.month and bool(start.day and end.day)


def within_year(start: Date, end: Date) -> bool:
    """Tell whether both are days, or both months, of one year, without a hedge."""
    return (
        start.is_bare
        and end.is_bare
        and start.year == end.year
        and bool(start.month and end.month)
        and bool(start.day) == bool(end.day)
    )


def between_years(start: Date, end: Date) -> bool:
    """Tell whether both are years, without a hedge."""
    return start.is_bare and end.is_bare and start.is_year and end.is_year


def read_date(text: str) -> Date | None:
    """Return the parts of a date; None for a form that there are no words for."""
    signs = _QUALIFIERS & set(text)
    found = _DATE.fullmatch("".join(sign for sign in text if sign not in _QUALIFIERS))
    if found is None or not _YEAR.fullmatch(found[1]):
        return None
    year = "" if found[1] == "XXXX" else found[1]
    parts = _read_rest(year, found[2] or "", found[3] or "")
    if parts is None:
        return None
    month, part, day, some = parts
    return Date(
        year,
        month,
        part,
        day,
        some=some,
        is_about=bool(signs) and signs != {"?"},
        is_doubtful=bool(signs) and signs != {"~"},
        is_bare=re.fullmatch(r"[0-9-]+", text) is not None,
    )


def _read_rest(year: str, month: str, day: str) -> tuple[int, int, int, bool] | None:
    """Return month, part of the year, day, and whether the last of them is some or other."""
    if not month:
        return 0, 0, 0, False
    if month == SOME:
        return (0, 0, 0, True) if year else None
    if not month.isdigit():
        return None
    number = int(month)
    if number in _PARTS_OF_YEAR and year and not day:
        return 0, number, 0, False
    if not 1 <= number <= MONTHS or (day not in {"", SOME} and not day.isdigit()):
        return None
    return number, 0, int(day) if day.isdigit() else 0, day == SOME
