"""Other ways in which a name is written: without what is in brackets, shortened, in Latin script.

None of them is a name of the data. They help to find what is meant, at a lower score.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

BRACKETS: Final = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_LEAST_LETTERS: Final = 3
_MOST_LETTERS: Final = 6
_LONGEST: Final = 60
# Hebrew, Arabic and Syriac; Tibetan, whose spelling is old; Han; Arabic in other forms.
_UNSPOKEN: Final = (
    range(0x0590, 0x0780),
    range(0x07C0, 0x0900),
    range(0x0F00, 0x1000),
    range(0x3400, 0xA000),
    range(0xFB1D, 0xFF00),
)
_SMALL: Final = (
    "the of and for de del la las los le les el l d du des da do dos di der die das den het van "
    "y e i et und en og och и в на"
)
_NO_INITIAL: Final = frozenset(_SMALL.split())


def before_brackets(name: str) -> str:
    """Return a name without what is in brackets; empty if it has none."""
    return " ".join(BRACKETS.sub(" ", name).split()) if BRACKETS.search(name) else ""


def initials(name: str) -> Iterator[str]:
    """Yield what a name of some words is shortened to: `UAE`, `DRC`, and `ROK` with its `of`."""
    if len(name) > _LONGEST:
        return
    parted = plain(name).split()
    if not parted or parted[0] == "the":
        parted = parted[1:]
    telling = [word for word in parted if word not in _NO_INITIAL]
    if len(telling) < 2:  # noqa: PLR2004 - a word is not shortened so
        return
    for listed in (telling, parted):
        short = "".join(word[0] for word in listed)
        if _LEAST_LETTERS <= len(short) <= _MOST_LETTERS:
            yield short


def second_capital(text: str) -> Iterator[str]:
    """Yield a text without the small letter before its capital, and with the two turned."""
    if text[:1].islower() and text[1:2].isupper() and text[2:3].islower():
        yield text[1:]
        yield text[1] + text[0] + text[2:]


def in_latin(name: str) -> str:
    """Return a name of another script in letters of the Latin one, empty for a Latin name.

    Letter by letter, as Unicode names them: `Հայաստան` is `Hayastan`, `中国` is `ZhongGuo`.
    """
    if name.isascii():
        return ""
    written = anyascii(name)
    return written if plain(written) != plain(name) else ""


def has_vowels(text: str) -> bool:
    """Tell whether all letters of a text are of scripts that write how a name is spoken.

    Arabic and Hebrew leave vowels out, and Han signs are read in many ways.
    """
    letters = [ord(sign) for sign in text if sign.isalpha()]
    return bool(letters) and not any(code in block for code in letters for block in _UNSPOKEN)
