"""Dates in Japanese words."""

from __future__ import annotations

from typing import Final

from comity.services.pages.dates_parts import (
    HALVES,
    QUARTERS,
    SEASONS,
    THIRDS,
    Date,
    End,
    shape,
    within_month,
    within_year,
)

_PARTS: Final[dict[int, str]] = {
    **{code: "春夏秋冬"[n] for code, n in SEASONS.items()},
    **{code: f"第{n + 1}四半期" for code, n in QUARTERS.items()},
    **{code: f"の{('最初', '中間', '最後')[n]}の4か月" for code, n in THIRDS.items()},
    **{code: ("前半", "後半")[n] for code, n in HALVES.items()},
}
_NO_YEAR: Final = "年の記載なし"
_INTERVALS: Final[dict[str, str]] = {
    "../..": "常時",
    "../date": "{end}まで",
    "date/..": "{start}以降",
    "/date": "{end}まで、開始時期は不明",
    "date/": "{start}から、終了時期は不明",
    "../": "終了時期は不明",
    "/..": "開始時期は不明、期限なし",
    "/": "/",
}


def say(date: End) -> str:
    """Return one date in words, such as `おそらく1998年2月24日`."""
    if isinstance(date, Date) and not date.year and not date.month:
        return _NO_YEAR
    return _standing(date) + _note(date)


def say_interval(start: End, end: End) -> str:
    """Return an interval in words, such as `1998年2月24日〜28日` or `2000年以降`."""
    phrase = _INTERVALS.get(shape(start, end))
    if phrase:
        said = phrase.format(start=_standing(start), end=_standing(end))
        return said + (_note(start) or _note(end))
    if isinstance(start, Date) and isinstance(end, Date):
        if within_month(start, end):
            return f"{say(start)}〜{end.day}日"
        if within_year(start, end):
            return f"{say(start)}〜{_in_year(end)}"
    return f"{say(start)}〜{say(end)}"


def _standing(date: End) -> str:
    """Return a date without a note on its year, for words that follow it."""
    if isinstance(date, str):
        return date
    perhaps, about = ("おそらく" if date.is_doubtful else ""), ("頃" if date.is_about else "")
    return f"{perhaps}{_plain(date)}{about}"


def _plain(date: Date) -> str:
    if date.is_year:
        return _year(date) or "ある年"
    if not date.month and not date.part:
        return f"{_year(date)}のある時期"
    joint = "の" if date.is_vague and not _in_year(date).startswith("の") else ""
    return f"{_year(date)}{joint}{_in_year(date)}"


def _in_year(date: Date) -> str:
    """Return what a date says within its year."""
    if date.part:
        return _PARTS[date.part]
    day = "のある日" if date.some else f"{date.day}日" if date.day else ""
    return f"{date.month}月{day}"


def _year(date: Date) -> str:
    if date.year.endswith("XX"):
        return f"{date.first_year}年〜{date.last_year}年の間"
    if date.is_vague:
        return f"{date.first_year}年代"
    return f"{date.year}年" if date.year else ""


def _note(date: End) -> str:
    return "" if isinstance(date, str) or date.year else f"（{_NO_YEAR}）"
