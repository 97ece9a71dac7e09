"""Exact calendar bounds of an EDTF literal.

EDTF is ISO 8601-2 as published by the Library of Congress. The bounds are computed here and not by
the `edtf` library, which pads an unknown end by ten invented years, ends a winter in its own
December, gives a date without a year the years 0 to 9999, and fails on `2015-1X`. The library is
the judge of where qualifiers and a time of day may stand.

Read are level 0, level 1 and the level 2 forms that a bilateral record needs:

| form | bounds |
|---|---|
| `1998-02-24` `1998-02` `1998` | that day, month, year |
| `1998-02-24T10:00:00Z` | that day, as written |
| `197X` `19XX` `2015-XX` `2015-10-XX` `1X99` `2015-1X` | first to last day that fits |
| `XXXX` `XXXX-12-25` | none: a date without a year stands on no calendar |
| `2011-21` … `2011-24` | spring March–May, summer, autumn, winter December–February after |
| `2011-25` … `2011-28` | the same seasons, northern by name; `-29` … `-32` southern |
| `2011-33` … `2011-41` | quarters, thirds of a year (quadrimesters), halves |
| `2000~` `2000?` `2000-~02` | as without the sign: how far "about" reaches is not known |
| `1998/2001-03` `197X/1985` | first day of the start to last day of the end |
| `2000/..` `../2019` | open: no bound on that side, and `open_end` or `open_start` |
| `2000/` `/2019` | unknown: no bound on that side |

Not read are sets (`[1998,2000]`), significant digits (`1950S2`), years beyond four digits and years
before 0001, since no `xsd:date` bound that every tool compares could stand for them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 60  # characters; the longest form read here has 53
QUALIFIERS: Final = "?~%"

_DATE: Final = re.compile(
    r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2})(?P<time>T[0-9:Z+-]+)?)?)?"
)
_QUALIFIER: Final = re.compile(r"[?~%]")
_UNBOUNDED: Final = frozenset({"", ".."})

# season, quarter, third, half: the first month (of the year, or beyond 12 of the next) and length
_PARTS_OF_YEAR: Final[dict[int, tuple[int, int]]] = {
    **{code + offset: (3 + 3 * offset, 3) for code in (21, 25) for offset in range(4)},
    **{29 + offset: (9 + 3 * offset, 3) for offset in range(2)},
    **{31 + offset: (3 + 3 * offset, 3) for offset in range(2)},
    **{33 + offset: (1 + 3 * offset, 3) for offset in range(4)},
    **{37 + offset: (1 + 4 * offset, 4) for offset in range(3)},
    **{40 + offset: (1 + 6 * offset, 6) for offset in range(2)},
}


@dataclass(frozen=True)
class Bounds:
    """First and last possible day; None where there is no bound.

    `open_start` and `open_end` tell `..` (known to be without limit) from an unknown end.
    """

    earliest: date | None
    latest: date | None
    open_start: bool = False
    open_end: bool = False


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> Bounds:
    """Return the calendar bounds of an EDTF literal.

    Raises UsageError, naming the literal and the remedy, for text that is not EDTF, for a form or a
    year that is not read here, for a day that no calendar has, and for an end before its start.
    """
    if len(edtf) > LONGEST:
        raise UsageError(
            f"The date {edtf[:20]!r}… has {len(edtf)} characters; "
            f"an EDTF date that is read here has at most {LONGEST}."
        )
    start, slash, end = edtf.partition("/")
    if edtf in {"", "/"} or "/" in end:
        raise _not_edtf(edtf)
    if not slash:
        return Bounds(*_span(start, edtf))
    earliest = None if start in _UNBOUNDED else _span(start, edtf)[0]
    latest = None if end in _UNBOUNDED else _span(end, edtf)[1]
    if earliest is not None and latest is not None and latest < earliest:
        raise UsageError(f"The interval {edtf!r} ends before it begins; exchange its two dates.")
    return Bounds(earliest, latest, open_start=start == "..", open_end=end == "..")


def is_vague(edtf: str) -> bool:
    """Tell whether a literal carries a qualifier (`?~%`) or an unspecified digit (`X`)."""
    return any(sign in edtf for sign in (*QUALIFIERS, "X"))


def _span(text: str, whole: str) -> tuple[date | None, date | None]:
    """Return first and last day of one date of the literal `whole`; None for one without year."""
    parts = _DATE.fullmatch(_QUALIFIER.sub("", text))
    if parts is None:
        raise _not_edtf(whole)
    if text != parts[0] or parts["time"]:
        _require_syntax(text, parts, whole)
    year, month, day = parts["year"], parts["month"], parts["day"]
    if year == "XXXX":
        return None, None
    if month is not None and month.isdigit() and int(month) in _PARTS_OF_YEAR and day is None:
        return _part_of_year(year, int(month), whole)
    first, last = (_fitting_day(year, month or "XX", day or "XX", step) for step in (1, -1))
    if first is None:
        raise UsageError(f"The date {whole!r} is on no calendar; correct its year, month or day.")
    return first, last


def _require_syntax(text: str, parts: re.Match[str], whole: str) -> None:
    """Ask the library whether qualifiers and time of day stand where EDTF lets them.

    It takes 5 ms, and cannot read every X beside a qualifier: those stand for 01 and 2000 here.
    """
    from edtf import EDTFParseException, parse_edtf  # 40 ms, and most dates need no judge

    for name, plain in (("year", "2000"), ("month", "01"), ("day", "01")):
        if "X" in (parts[name] or ""):
            text = text.replace(parts[name], plain)
    try:
        parse_edtf(text)
    except EDTFParseException:
        raise _not_edtf(whole) from None


def _not_edtf(text: str) -> UsageError:
    return UsageError(
        f"{text!r} is not a date in the EDTF that is read here; write for example 2015-10-23, "
        "2015-10, 2015, 201X, 2011-21 (spring), 2000/.. (since) or ../2019 (until)."
    )


def _part_of_year(year: str, code: int, whole: str) -> tuple[date, date]:
    month, length = _PARTS_OF_YEAR[code]
    try:
        start = _month(int(year), month)
        return start, _month(int(year), month + length) - timedelta(days=1)
    except (ValueError, OverflowError):
        raise UsageError(
            f"The date {whole!r} lies outside the years 0001 to 9999; choose a year within."
        ) from None


def _month(year: int, month: int) -> date:
    """Return the first day of a month counted from 1 in `year`; 13 is January of the next."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _fitting_day(year: str, month: str, day: str, step: int) -> date | None:
    """Return the first day (`step` 1) or the last (-1) whose digits fit, or None."""
    for y in _fitting(year, range(1, 10_000), step):
        for m in _fitting(month, range(1, 13), step):
            for d in _fitting(day, range(1, calendar.monthrange(y, m)[1] + 1), step):
                return date(y, m, d)
    return None


def _fitting(pattern: str, numbers: range, step: int) -> Iterator[int]:
    """Yield the numbers whose digits fit the pattern, in the direction of `step`."""
    if pattern.isdigit():
        if int(pattern) in numbers:
            yield int(pattern)
        return
    fits = re.compile(pattern.replace("X", "[0-9]"))
    width = len(pattern)
    yield from (n for n in numbers[::step] if fits.fullmatch(f"{n:0{width}}"))
