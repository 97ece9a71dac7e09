"""EDTF literals in English words, as vague as they are stated."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NTH: Final = ("first", "second", "third", "fourth")
_PARTS: Final[dict[int, str]] = {
    **dict(zip(range(21, 25), ("spring", "summer", "autumn", "winter"), strict=True)),
    **dict(zip(range(25, 29), ("spring", "summer", "autumn", "winter"), strict=True)),
    **{32 + n: f"{nth} quarter of" for n, nth in enumerate(_NTH, 1)},
    **{36 + n: f"{nth} third of" for n, nth in enumerate(_NTH[:3], 1)},
    **{39 + n: f"{nth} half of" for n, nth in enumerate(_NTH[:2], 1)},
}
# how an interval reads whose start or end is open (`..`) or unknown (nothing)
_NO_DATE: Final = frozenset({"..", ""})
_OPEN: Final[dict[tuple[str, str], str]] = {
    ("..", ".."): "always",
    ("..", "date"): "until {end}",
    ("date", ".."): "since {start}",
    ("", "date"): "until {end}, beginning unknown",
    ("date", ""): "from {start}, end unknown",
    ("..", ""): "end unknown",
    ("", ".."): "beginning unknown, without end",
}
_DATE: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?(?:T.*)?")
_DAY_SPAN: Final = re.compile(r"(\d{4}-\d{2})-(\d{2})/(\d{4}-\d{2})-(\d{2})")
_MONTH_SPAN: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])/(\d{4})-(0[1-9]|1[0-2])")
_YEAR_SPAN: Final = re.compile(r"(\d{4})/(\d{4})")


@lru_cache(maxsize=4096)
def say_date(edtf: str) -> str:
    """Return an EDTF literal in words, such as `24–28 February 1998`, `1970s` or `since 2000`.

    A form without words here is returned as it is, so that no date is ever lost.
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return _say_one(edtf)
    template = _OPEN.get(
        (start if start in _NO_DATE else "date", end if end in _NO_DATE else "date")
    )
    if template:
        return template.format(start=_say_one(start), end=_say_one(end))
    return _say_span(edtf) or f"{_say_one(start)} to {_say_one(end)}"


def is_machine_date(edtf: str) -> bool:
    """Tell whether HTML's `time` element takes the literal as its `datetime`."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", edtf) is not None and (
        len(edtf) == len("YYYY") or int(edtf[5:7]) <= len(_MONTHS)
    )


def _say_span(edtf: str) -> str | None:
    if (days := _DAY_SPAN.fullmatch(edtf)) and days[1] == days[3]:
        return f"{int(days[2])}–{int(days[4])} {_say_one(days[1])}"
    if (months := _MONTH_SPAN.fullmatch(edtf)) and months[1] == months[3]:
        return f"{_MONTHS[int(months[2]) - 1]} to {_MONTHS[int(months[4]) - 1]} {months[1]}"
    if years := _YEAR_SPAN.fullmatch(edtf):
        return f"{years[1]}–{years[2]}"
    return None


def _say_one(text: str) -> str:
    plain = re.sub(r"[?~%]", "", text)
    hedge = "".join(sorted(set(text) & set("?~%")))
    words = _say_plain(plain)
    if words is None:
        return text
    prefix = {"": "", "~": "about ", "?": "perhaps "}.get(hedge, "perhaps about ")
    return prefix + words


def _say_plain(text: str) -> str | None:
    """Return a date without qualifiers in words, or None for a form that has none."""
    parts = _DATE.fullmatch(text)
    year = _say_year(parts[1]) if parts else None
    if parts is None or year is None:
        return None
    month, day = parts[2], parts[3]
    if month is None:
        return year or "year not stated"
    if month == "XX":
        return f"some time in {year}" if year else None
    if month.isdigit() and int(month) in _PARTS and year and day is None:
        return f"{_PARTS[int(month)]} {year}"
    return _say_month(year, month, day)


def _say_month(year: str, month: str, day: str | None) -> str | None:
    if not month.isdigit() or not 1 <= int(month) <= len(_MONTHS):
        return None
    name = _MONTHS[int(month) - 1] + (f" {year}" if year else ", year not stated")
    if day is None:
        return name
    if day == "XX":
        return f"some day in {name}"
    return f"{int(day)} {name}" if day.isdigit() else None


def _say_year(text: str) -> str | None:
    """Return a year in words, an empty string for an unstated one, None for an odd pattern."""
    if text.isdigit():
        return text
    if text == "XXXX":
        return ""
    if text.endswith("X") and text[:3].isdigit():
        return f"{text[:3]}0s"
    if text.endswith("XX") and text[:2].isdigit():
        return f"{text[:2]}00 to {text[:2]}99"
    return None
