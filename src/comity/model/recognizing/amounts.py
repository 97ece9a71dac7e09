"""The amounts of an English text: numbers with a currency or a unit, and their hedge.

A number without either is none, nor is one of a date. Signs and names of currencies are those of
Unicode CLDR, by way of Babel; where several monies share a name or a sign, the one that `comity
check` takes it for. What is found as `lexical` has `LONGEST` characters at most, as the rules ask:
a hedge too far away to fit is told by the qualifier alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol

from comity.model.article import MARK
from comity.model.written import HEDGES, MEASURES, NUMBER, WORDS, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LONGEST: Final = 40
_HEDGE: Final = re.compile(
    r"\b(?:(?P<min>more than|over|exceeding|at least)|(?P<most>up to|less than|under|below|at most)"
    r"|(?P<near>about|around|approximately|nearly|almost|some))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WORD_NUMBER: Final = re.compile(
    rf"\b({'|'.join(word for word in WORDS if word != 'no')})\b", re.IGNORECASE
)
_BETWEEN: Final = 2  # words that may stand between a number and its unit
_FARTHEST: Final = 24  # characters before a number that are looked at


@dataclass(frozen=True, slots=True)
class WrittenAmount:
    """An amount and its place in the text: `start` and `end` in code points, the end exclusive.

    `currency` is an ISO 4217 code or empty, `unit` the code that a noun stands for or empty; one of
    them is given. `qualifier` is `exact`, `approximate`, `more-than`, or empty for another hedge.
    """

    start: int
    end: int
    lexical: str
    value: Decimal
    currency: str
    unit: str
    qualifier: str


@lru_cache(maxsize=1)
def _monies() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return what stands before and behind an amount of money, and the codes of these words.

    Codes count in capitals only: `all`, `try` and `top` are words as well.
    """
    words = {"us$": "USD"}
    codes = sorted(Locale("en").currencies)
    for code in codes:
        symbol = get_currency_symbol(code, locale="en")
        names = {get_currency_name(code, count=count, locale="en") for count in (None, 1, 2)}
        for word in {symbol, *names} - {code}:
            words.setdefault(word.casefold(), code)
    spelled = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    common = "|".join(pattern.pattern for pattern, kind, _ in MEASURES if kind == "currency")
    before = re.compile(
        rf"(?:(?<!\w)(?:(?-i:{'|'.join(codes)})|{spelled})|{common})\s?$", re.IGNORECASE
    )
    behind = re.compile(
        rf"\s?(?:(?:(?-i:{'|'.join(codes)})|{spelled})(?!\w)|{common})", re.IGNORECASE
    )
    return before, behind, words | {code.casefold(): code for code in codes}


def find_amounts(
    text: str, units: Mapping[str, str], dates: Sequence[tuple[int, int]] = ()
) -> list[WrittenAmount]:
    """Return the amounts of an English text in order; they do not overlap.

    `units` has the code of a unit by its noun in the singular, in small letters; `dates` are the
    places of the dates, of which no number is an amount.
    """
    found: list[WrittenAmount] = []
    for start, end, value in _numbers(text, dates):
        floor = found[-1].end if found else 0
        if start < floor:
            continue
        measured = _money(text, start, end, floor) or _unit(text, start, end, units)
        if measured:
            begin, stop, currency, unit = measured
            begin, qualifier = _hedge(text, begin, stop, floor)
            if stop - begin <= LONGEST:
                found.append(
                    WrittenAmount(begin, stop, text[begin:stop], value, currency, unit, qualifier)
                )
    return found


def _numbers(text: str, dates: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, Decimal]]:
    """Yield place and value of each number that is none of a date or a reference mark."""
    taken = [*dates, *(mark.span() for mark in MARK.finditer(text))]
    numbers = [(*match.span(), number_of(match)) for match in NUMBER.finditer(text)]
    numbers += [
        (*match.span(), Decimal(WORDS[match[1].lower()])) for match in _WORD_NUMBER.finditer(text)
    ]
    for start, end, value in sorted(numbers, key=lambda number: number[:2]):
        whole = not text[end : end + 1].isalnum()
        if whole and not any(start < last and first < end for first, last in taken):
            yield start, end, value


def _money(text: str, start: int, end: int, floor: int) -> tuple[int, int, str, str] | None:
    """Return the place of an amount of money with its currency, which stands on either side."""
    before, behind, words = _monies()
    near = max(floor, start - _FARTHEST)
    left = before.search(text[near:start])
    right = behind.match(text, end)
    near_code = _currency(right[0].strip(), words) if right else ""
    far_code = _currency(left[0].strip(), words) if left else ""
    if right and near_code:
        # a sign that others share, as in `$5 million Mexican pesos`, is left out
        begin = near + left.start() if left and far_code == near_code else start
        return begin, right.end(), near_code, ""
    return (near + left.start(), end, far_code, "") if left and far_code else None


def _currency(sign: str, words: Mapping[str, str]) -> str:
    """Return the code of a currency by its sign or name."""
    common = (
        code for pattern, kind, code in MEASURES if kind == "currency" and pattern.search(sign)
    )
    return words.get(sign.casefold()) or next(common, "")


def _unit(
    text: str, start: int, end: int, units: Mapping[str, str]
) -> tuple[int, int, str, str] | None:
    """Return the place of a counted amount with its unit, which stands behind it."""
    percent = re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE).match(text, end)
    if percent:
        return (start, percent.end(), "", units["percent"]) if "percent" in units else None
    place = end
    for _ in range(_BETWEEN + 1):
        word = re.compile(r"[ \u00a0]([A-Za-z][\w-]*)").match(text, place)
        if not word:
            return None
        place = word.end()
        between = text[end:place]
        if _currency(word[1], _monies()[2]) or any(each.search(between) for each, _ in HEDGES):
            return None
        for noun in _singulars(word[1].casefold()):
            if noun in units:
                return start, place, "", units[noun]
    return None


def _singulars(noun: str) -> Iterator[str]:
    yield noun
    if noun.endswith("ies"):
        yield f"{noun[:-3]}y"
    if noun.endswith("s"):
        yield noun[:-1]
    if noun in {"people", "persons"}:
        yield "person"


def _hedge(text: str, start: int, end: int, floor: int) -> tuple[int, str]:
    """Return where an amount begins with its hedge, and the qualifier that the hedge is."""
    near = max(floor, start - _FARTHEST)
    match = _HEDGE.search(text[near:start])
    if match is None:
        return start, "exact"
    begin = near + match.start()
    qualifier = {"min": "more-than", "near": "approximate"}.get(match.lastgroup or "", "")
    return (begin if end - begin <= LONGEST else start), qualifier
