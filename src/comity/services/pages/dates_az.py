"""Dates in Azerbaijani words, with the endings that vowel harmony asks for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from babel.dates import get_month_names

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

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEASONS: Final = ("yazı", "yayı", "payızı", "qışı")
_NTH: Final = ("birinci", "ikinci", "üçüncü", "dördüncü")
# Parts of a year, as what belongs to it: `2011-ci ilin yazı`.
_PARTS: Final[dict[int, str]] = {
    **{code: _SEASONS[n] for code, n in SEASONS.items()},
    **{code: f"{_NTH[n]} rübü" for code, n in QUARTERS.items()},
    **{code: f"{('ilk', 'ikinci', 'son')[n]} dörd ayı" for code, n in THIRDS.items()},
    **{code: f"{_NTH[n]} yarısı" for code, n in HALVES.items()},
}
_SOME_DAY: Final = "hansısa günü"
_SOME_TIME: Final = "hansısa vaxtı"
_NO_YEAR: Final = "ili göstərilməyib"
_INTERVALS: Final[dict[str, str]] = {
    "../..": "həmişə",
    "../date": "{end}",
    "date/..": "{start}",
    "/date": "{end}, başlanğıcı məlum deyil",
    "date/": "{start}, sonu məlum deyil",
    "../": "sonu məlum deyil",
    "/..": "başlanğıcı məlum deyil, müddətsiz",
    "/": "/",
}
# The vowel of an ending after the last vowel of a word: in endings with four forms, and with two.
_FOUR: Final = dict(zip("aıoueəiöü", "ııuuiiiüü", strict=True))
_TWO: Final = dict(zip("aıoueəiöü", "aaaaəəəəə", strict=True))
# The vowel of the ending of an ordinal, by the zeros at the end and the digit before them.
_READ: Final = tuple(
    dict(zip("123456789", vowels, strict=True))
    for vowels in (
        "iiüüiıiiu",  # bir, iki, üç, dörd, beş, altı, yeddi, səkkiz, doqquz
        "uiuıiıiiı",  # on, iyirmi, otuz, qırx, əlli, altmış, yetmiş, səksən, doxsan
        "ü" * 9,  # yüz
        "i" * 9,  # min
    )
)
_ZERO: Final = "ı"  # sıfır


@cache
def _months() -> Mapping[int, str]:
    """Return the names of the months; reading them takes a while, and most pages have none."""
    return get_month_names("wide", locale="az")


def say(date: End) -> str:
    """Return one date in words, such as `ehtimal ki, 24 fevral 1998`."""
    if isinstance(date, str):
        return date
    if not date.year and not date.month:
        return _hedged(date, _NO_YEAR)
    if date.year and date.month and not date.is_vague and not date.some:
        return _hedged(date, f"{_day(date)}{_months()[date.month]} {date.year}")
    return _hedged(date, _standing(date) + _note(date))


def say_interval(start: End, end: End) -> str:
    """Return an interval in words, such as `24–28 fevral 1998` or `2000-ci ildən`."""
    phrase = _INTERVALS.get(shape(start, end))
    if phrase:
        return phrase.format(start=_since(start), end=_until(end))
    if isinstance(start, Date) and isinstance(end, Date):
        if within_month(start, end):
            return f"{start.day}–{say(end)}"
        if within_year(start, end):
            dash = " – " if start.day else "–"
            return f"{_day(start)}{_months()[start.month]}{dash}{say(end)}"
        if between_years(start, end):
            return f"{start.year}–{_nth(end.year)} illər"
    return f"{say(start)} – {say(end)}"


def _since(date: End) -> str:
    """Return a date as the start of an open interval."""
    if isinstance(date, str):
        return f"başlanğıcı: {date}"
    return _hedged(date, _from(_standing(date)) + _note(date))


def _until(date: End) -> str:
    """Return a date as the end of an open interval."""
    if isinstance(date, str):
        return f"sonu: {date}"
    return _hedged(date, f"{_to(_standing(date))}dək{_note(date)}")


def _hedged(date: Date, words: str) -> str:
    perhaps = "ehtimal ki, " if date.is_doubtful else ""
    return perhaps + ("təxminən " if date.is_about else "") + words


def _standing(date: Date) -> str:
    """Return a date with the word last that takes the ending of a case."""
    if not date.year:
        return _without_year(date)
    year = _year(date)
    if date.part:
        return f"{_of(year)} {_PARTS[date.part]}"
    if not date.month:
        return f"{_of(year)} {_SOME_TIME}" if date.some else year
    month = _months()[date.month]
    if date.some:
        return f"{_of(year)} {_of(_its(month))} {_SOME_DAY}"
    if date.day and not date.is_vague:
        return f"{date.day} {month} {year}"
    return f"{_of(year)} {_day(date)}{_its(month)}"


def _without_year(date: Date) -> str:
    if not date.month:
        return "hansısa il"
    month = _months()[date.month]
    return f"{_of(month)} {_SOME_DAY}" if date.some else f"{_day(date)}{month}"


def _note(date: Date) -> str:
    return "" if date.year else f", {_NO_YEAR}"


def _day(date: Date) -> str:
    return f"{date.day} " if date.day else ""


def _year(date: Date) -> str:
    if date.year.endswith("XX"):
        return f"{date.first_year}–{_nth(date.last_year)} illər"
    return f"{_nth(date.first_year)} illər" if date.is_vague else f"{_nth(date.year)} il"


def _nth(number: str) -> str:
    """Return a number as an ordinal: `1998-ci`, `1960-cı`, `2019-cu`, `2004-cü`."""
    read = number.rstrip("0")
    vowel = _READ[len(number) - len(read)][read[-1]] if read else _ZERO
    return f"{number}-c{vowel}"


def _its(noun: str) -> str:
    """Return a noun that ends in a consonant as what belongs to something: `oktyabrı`."""
    return noun + _FOUR[_last_vowel(noun)]


def _of(noun: str) -> str:
    """Return a noun with the ending of the owner: `ilin`, `oktyabrının`."""
    return f"{_joined(noun)}{_FOUR[_last_vowel(noun)]}n"


def _from(noun: str) -> str:
    """Return a noun with the ending of the start: `ildən`, `oktyabrından`."""
    return f"{_joined(noun)}d{_TWO[_last_vowel(noun)]}n"


def _to(noun: str) -> str:
    """Return a noun with the ending of the goal: `ilə`, `oktyabrına`."""
    return _joined(noun) + _TWO[_last_vowel(noun)]


def _joined(noun: str) -> str:
    """Return a noun with the `n` that stands between the ending of what belongs and another."""
    return f"{noun}n" if noun[-1] in _FOUR else noun


def _last_vowel(word: str) -> str:
    return next(letter for letter in reversed(word) if letter in _FOUR)
