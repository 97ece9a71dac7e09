"""The dates of an English text as EDTF, no more precise than they are written.

`dateparser` and its kin fill in what a text leaves out, from the day of the run; a record of what
is stated cannot use that. The names of months are those of Unicode CLDR, by way of Babel. Read are

- a day, a month or a year: `28 January 1937`, `June 20, 1930`, `April, 1922`, `in 1935`;
- a day without a year (`December 25` is `XXXX-12-25`), a decade (`the 1970s` is `197X`), a season;
- numbers: `2007-12-25` and `25.12.2007`; of `10.12.2007`, which has two readings, the year alone;
- two of them as an interval: `24–28 February 1998`, `from 1998 to 2003`, `1998-99`;
- an open side: `since 2000` is `2000/..`, `until 2019` is `../2019`; what was `not opened until
  2019` was opened then, so that is `2019`.

A number of four digits is a year where a word such as `in` stands before it or nothing behind it
could be counted by it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.dates import get_month_names

from comity.errors import UsageError
from comity.model.edtf import bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_BEFORE: Final = r"(?<![\w/.:_,$€£¥-])"
_BEHIND: Final = r"(?![\w_]|[-/.:,]\d)"
_YEAR: Final = r"(?:1\d{3}|20\d{2})"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_NTH: Final = rf"({_DAY})(?:st|nd|rd|th)?"
_DASH: Final = r"\s?[-–—]\s?"
_TO: Final = rf"(?:{_DASH}|\s(?:to|and|until)\s)"
_YEAR_WORDS: Final = frozenset(
    {
        *("about", "after", "around", "before", "between", "by", "circa", "during", "early", "end"),
        *("from", "in", "late", "mid", "of", "or", "since", "the", "till", "to", "until", "year"),
    }
)
_COUNTABLE: Final = re.compile(
    r"\s+(?!(?:a|an|and|as|at|by|for|in|is|on|or|the|to|until|was|were|when|with)\b)[a-z]"
)
_JOINTS: Final = re.compile(r"\s?[-–—]\s?|\s(?:to|until|till|and)\s")
_NOT_BEFORE: Final = re.compile(r"\b(?:not|never)\b[^.,;:()]*$|n[’']t\b[^.,;:()]*$", re.IGNORECASE)
_OPEN_END: Final = re.compile(r"(?:\s?[-–—]\s?|\s(?:to|until)\s+(?:the )?)(?:present|now)\b")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date and its place in the text: `start` and `end` in code points, the end exclusive."""

    start: int
    end: int
    edtf: str


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Return the numbers of months by their English names and abbreviations, in small letters."""
    found = {"sept": 9}
    for width in ("wide", "abbreviated"):
        names = get_month_names(width, locale="en")
        found |= {name.casefold(): number for number, name in names.items()}
    return found


@lru_cache(maxsize=1)
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """Return the forms of a date, the longest first, each with what its match says in EDTF."""
    names = "|".join(sorted((name.capitalize() for name in _months()), key=len, reverse=True))
    month = rf"({names})\b\.?"
    year = rf"({_YEAR})"

    def form(pattern: str) -> re.Pattern[str]:
        return re.compile(_BEFORE + pattern + _BEHIND)

    return (
        (form(rf"{_NTH}{_TO}{_NTH} (?:of )?{month},? {year}"), lambda m: _days(m, 3, 1, 2)),
        (form(rf"{month} {_NTH}{_TO}{_NTH},? {year}"), lambda m: _days(m, 1, 2, 3)),
        (
            form(rf"{_NTH} (?:of )?{month}{_TO}{_NTH} (?:of )?{month},? {year}"),
            lambda m: f"{_day(m[5], m[2], m[1])}/{_day(m[5], m[4], m[3])}",
        ),
        (form(rf"{_NTH} (?:of )?{month},? {year}"), lambda m: _day(m[3], m[2], m[1])),
        (form(rf"{month} {_NTH},? {year}"), lambda m: _day(m[3], m[1], m[2])),
        (form(rf"{month},? (?:of )?{year}"), lambda m: f"{m[2]}-{_month(m[1])}"),
        (form(rf"{_NTH} (?:of )?{month}"), lambda m: _day("XXXX", m[2], m[1])),
        (form(rf"{month} {_NTH}"), lambda m: _day("XXXX", m[1], m[2])),
        (
            form(rf"(?i:({'|'.join(_SEASONS)})),? (?:of )?{year}"),
            lambda m: f"{m[2]}-{_SEASONS[m[1].lower()]}",
        ),
        (form(rf"{year}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"), lambda m: m[0]),
        (form(rf"(\d{{1,2}})([./])(\d{{1,2}})\2{year}"), _numeric),
        (form(r"(1\d|20)(\d)0[’']?s"), lambda m: f"{m[1]}{m[2]}X"),
        (form(rf"{year}[-–]{year}"), lambda m: f"{m[1]}/{m[2]}"),
        (form(rf"({_YEAR})[-–](\d{{2}})"), lambda m: f"{m[1]}/{m[1][:2]}{m[2]}"),
    )


def find_dates(text: str) -> list[WrittenDate]:
    """Return the dates of an English text in order; they do not overlap."""
    taken: list[WrittenDate] = []
    for pattern, say in _forms():
        taken += _free(taken, ((match, say(match)) for match in pattern.finditer(text)))
    years = re.compile(rf"{_BEFORE}{_YEAR}{_BEHIND}").finditer(text)
    taken += _free(taken, ((match, match[0]) for match in years if _is_year(text, match)))
    return _joined(text, sorted(taken, key=lambda found: found.start))


def _free(
    taken: list[WrittenDate], found: Iterator[tuple[re.Match[str], str]]
) -> list[WrittenDate]:
    """Return what a calendar has, of what touches nothing that is taken already."""
    return [
        WrittenDate(*match.span(), edtf)
        for match, edtf in found
        if _is_date(edtf)
        and not any(match.start() < each.end and each.start < match.end() for each in taken)
    ]


def _is_date(edtf: str) -> bool:
    try:
        # a day without a year has no bounds; a leap year tells whether there is such a day
        for each in (edtf, edtf.replace("XXXX", "2000")):
            bounds(each)
    except UsageError:
        return False
    return True


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Tell whether four digits are a year by the word before or the end behind."""
    words = re.findall(r"[A-Za-z]+(?=[\s(]*$)", text[max(0, match.start() - 20) : match.start()])
    if words and words[-1].lower() in _YEAR_WORDS:
        return True
    return not _COUNTABLE.match(text, match.end())


def _joined(text: str, dates: list[WrittenDate]) -> list[WrittenDate]:
    """Return the dates with two made one where they are an interval, and with their open sides."""
    found: list[WrittenDate] = []
    skip = False
    for number, each in enumerate(dates):
        following = dates[number + 1] if number + 1 < len(dates) else None
        if skip:
            skip = False
            continue
        if following and (interval := _interval(text, each, following)):
            found.append(interval)
            skip = True
        else:
            found.append(_opened(text, each))
    return found


def _interval(text: str, one: WrittenDate, other: WrittenDate) -> WrittenDate | None:
    """Return two dates as one interval, if the words around say so."""
    joint = text[one.end : other.start]
    if not _JOINTS.fullmatch(joint) or "/" in one.edtf + other.edtf:
        return None
    word, start = _word_before(text, one.start)
    opens = {" and ": "between"}.get(joint, "from")
    if joint.strip() not in {"-", "–", "—"} and word != opens:
        return None
    edtf = f"{one.edtf}/{other.edtf}"
    begin = start if word == opens else one.start
    return WrittenDate(begin, other.end, edtf) if _is_date(edtf) else None


def _opened(text: str, found: WrittenDate) -> WrittenDate:
    """Return a date with the open side that the word before or behind gives it."""
    if "/" in found.edtf or found.edtf.startswith("XXXX"):
        return found
    word, start = _word_before(text, found.start)
    if word == "since":
        return WrittenDate(start, found.end, f"{found.edtf}/..")
    if word in {"until", "till"}:
        if _NOT_BEFORE.search(text, 0, start):
            return found
        return WrittenDate(start, found.end, f"../{found.edtf}")
    if behind := _OPEN_END.match(text, found.end):
        return WrittenDate(found.start, behind.end(), f"{found.edtf}/..")
    return found


def _word_before(text: str, place: int) -> tuple[str, int]:
    """Return the word before a place in small letters, and where it begins."""
    match = re.search(r"\b([A-Za-z]+)\s(?:the )?$", text[max(0, place - 20) : place])
    return (match[1].lower(), max(0, place - 20) + match.start(1)) if match else ("", place)


def _month(name: str) -> str:
    return f"{_months()[name.casefold()]:02}"


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{_month(month)}-{int(day):02}"


def _days(match: re.Match[str], month: int, first: int, last: int) -> str:
    """Return the interval of two days of one month; the year is the last group."""
    return "/".join(_day(match[4], match[month], match[day]) for day in (first, last))


def _numeric(match: re.Match[str]) -> str:
    """Return a day in numbers if it has one reading, else its year."""
    one, other, year = int(match[1]), int(match[3]), match[4]
    readings = {
        f"{year}-{month:02}-{day:02}"
        for day, month in ((one, other), (other, one))
        if _is_day(int(year), month, day)
    }
    return readings.pop() if len(readings) == 1 else year


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
