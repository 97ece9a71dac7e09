"""How English texts write numbers, currencies, units and hedges."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

NUMBER: Final = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[\s\u00a0-]*(hundred|thousand|million|billion|trillion|mln|bln|bn|m|k)\b)?",
    re.IGNORECASE,
)
_POWERS: Final = {
    "hundred": 2,
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mln": 6,
    "m": 6,
    "billion": 9,
    "bln": 9,
    "bn": 9,
    "trillion": 12,
}
WORDS: Final = {
    word: number
    for number, word in enumerate(
        (
            *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
            *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
            *("eighteen", "nineteen", "twenty"),
        )
    )
}
# The last words of the names that CLDR has for dollars of others than the United States.
_OTHER_DOLLARS: Final = "".join(
    f"(?<!{word} )"
    for word in (
        *("Australian", "Bahamian", "Barbadian", "Belize", "Bermudan", "Brunei", "Canadian"),
        *("Caribbean", "Fijian", "Guyanaese", "Islands", "Jamaican", "Kong", "Liberian"),
        *("Namibian", "Rhodesian", "Singapore", "Surinamese", "Taiwan", "Tobago", "Zealand"),
        *("Zimbabwean",),
    )
)
# Signs of a currency or unit in the words of a source, and the code that they ask for.
MEASURES: Final = (
    (
        re.compile(rf"US\s?\$|\bUSD\b|(?<![A-Z])\$|{_OTHER_DOLLARS}\bdollars?\b", re.IGNORECASE),
        "currency",
        "USD",
    ),
    (re.compile(r"€|\bEUR\b|\beuros?\b", re.IGNORECASE), "currency", "EUR"),
    (re.compile(r"¥|\bJPY\b|\byen\b", re.IGNORECASE), "currency", "JPY"),
    (re.compile(r"₼|\bAZN\b|\bmanats?\b", re.IGNORECASE), "currency", "AZN"),
    (re.compile(r"%|\bper\s?cent\b", re.IGNORECASE), "unit", "percent"),
)
HEDGES: Final = (
    (re.compile(r"\b(more than|over|exceed\w*|at least)\b", re.IGNORECASE), "min"),
    (re.compile(r"\b(about|around|approximately|nearly|almost|some)\b", re.IGNORECASE), "value"),
)


def number_of(match: re.Match[str]) -> Decimal:
    """Return the number that a match of `NUMBER` writes, in plain units."""
    power = _POWERS.get((match[2] or "").lower(), 0)
    return Decimal(match[1].replace(",", "")).scaleb(power)


def numbers_in(text: str) -> set[Decimal]:
    """Return the numbers that a text may state: `$1.5 million` gives 1500000, `two` gives 2."""
    found = set()
    for match in NUMBER.finditer(text):
        found.add(number_of(match))
    if not found:
        words = re.findall(r"[a-z]+", text.lower())
        found = {Decimal(WORDS[word]) for word in words if word in WORDS}
    return found
