"""Invented names: syllables in Latin letters and in katakana, and codes that no state has.

A name is the writing of a number, so no two numbers have one name and none has to be remembered.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_CONSONANTS: Final = "kstnmrgzdbph"
_VOWELS: Final = "aiueo"
_KATAKANA: Final = (
    "カキクケコサシスセソタチツテトナニヌネノマミムメモラリルレロ"
    "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポハヒフヘホ"
)
_SYLLABLES: Final = tuple(f"{first}{second}" for first in _CONSONANTS for second in _VOWELS)
_BASE: Final = len(_SYLLABLES)
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_STEP: Final = 7_368_787  # prime to the number of syllables, so that each number has one name

# ISO 3166-1 leaves XAA to XZZ to users; XKX is in wide use for Kosovo.
CODES: Final = tuple(
    code
    for code in (f"X{second}{third}" for second in _LETTERS for third in _LETTERS)
    if code != "XKX"
)
"""The codes of invented states, in the order of the alphabet."""


class Name(NamedTuple):
    """A name in Latin letters and in katakana."""

    latin: str
    katakana: str


def make_name(number: int, syllables: int) -> Name:
    """Return the name of a number, with its neighbours far from it in the alphabet.

    Numbers from 0 to 60 to the power of `syllables`, less one, all have different names.
    """
    rest = number * _STEP % _BASE**syllables
    digits = []
    for _ in range(syllables):
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    return Name(
        "".join(_SYLLABLES[digit] for digit in digits).capitalize(),
        "".join(_KATAKANA[digit] for digit in digits),
    )


def make_person(number: int) -> Name:
    """Return a given name and a family name for a number below 777,600,000."""
    whole = make_name(number, 5)
    given, family = whole.latin[:4], whole.latin[4:].capitalize()
    return Name(f"{given} {family}", f"{whole.katakana[:2]}・{whole.katakana[2:]}")
