"""Dates in English words."""

from __future__ import annotations

from typing import Final

from comity.services.pages.dates_parts import (
    HALVES,
    QUARTERS,
    SEASONS,
    THIRDS,
    Date,
    End,
    between_years,
    shape,
    within_month,
    within_year,
)

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NTH: Final = ("first", "second", "third", "fourth")
_SEASONS: Final = ("spring", "summer", "autumn", "winter")
_PARTS: Final[dict[int, str]] = {
    **{code: _SEASONS[n] for code, n in SEASONS.items()},
    **{code: f"{_NTH[n]} quarter of" for code, n in QUARTERS.items()},
    **{code: f"{_NTH[n]} third of" for code, n in THIRDS.items()},
    **{code: f"{_NTH[n]} half of" for code, n in HALVES.items()},
}


_INTERVALS: Final[dict[str, str]] = {
    "../..": "always",
    "../date": "until {end}",
    "date/..": "since {start}",
    "/date": "until {end}, beginning unknown",
    "date/": "from {start}, end unknown",
    "../": "end unknown",
    "/..": "beginning unknown, without end",
}


def say(date: End) -> str:
    """Return one date in words, such as `perhaps 24 February 1998`."""
    if isinstance(date, str):
        return date
    hedge = f"{'perhaps ' if date.is_doubtful else ''}{'about ' if date.is_about else ''}"
    return hedge + _plain(date)


def say_interval(start: End, end: End) -> str:
    """Return an interval in words, such as `24–28 February 1998` or `since 2000`."""
    phrase = _INTERVALS.get(shape(start, end))
    if phrase:
        return phrase.format(start=say(start), end=say(end))
    if isinstance(start, Date) and isinstance(end, Date):
        if within_month(start, end):
            return f"{start.day}–{say(end)}"
        if within_year(start, end) and not start.day:
            return f"{_MONTHS[start.month - 1]} to {say(end)}"
        if between_years(start, end):
            return f"{start.year}–{end.year}"
    return f"{say(start)} to {say(end)}"


def _plain(date: Date) -> str:
    year = _year(date)
    if date.part:
        return f"{_PARTS[date.part]} {year}"
    if not date.month:
        return f"some time in {year}" if date.some else year or "year not stated"
    month = _MONTHS[date.month - 1] + (f" {year}" if year else ", year not stated")
    if date.some:
        return f"some day in {month}"
    return f"{date.day} {month}" if date.day else month


def _year(date: Date) -> str:
    if date.year.endswith("XX"):
        return f"{date.first_year} to {date.last_year}"
    return f"{date.first_year}s" if date.is_vague else date.year
