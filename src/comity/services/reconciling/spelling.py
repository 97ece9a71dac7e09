"""How names are compared: without accents, capitals and signs, and word by word.

Three forms, from the strictest on. `folded` is what `comity.services.resolve` compares: composed
and case folded. `plain` leaves accents, apostrophes and signs out and spells letters beyond the
basic alphabet with it, so that `Côte d’Ivoire` is `cote d ivoire` and `AZƏRBAYCAN` is `azerbaycan`.
`words` parts a plain name and expands abbreviations. Voiced kana and the vowels of Indic scripts
are letters, not accents, and stay.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from comity.services.resolve import fold as folded

__all__ = ["folded", "plain", "words"]

# Letters beyond the basic alphabet, and Arabic ones that are written in more than one way.
_SPELLED: Final = dict(
    zip(
        "əɛıøɔłđðħŋæœþĸŧیىکةۀہھـ&",
        [*"eeiooldd", "h", "n", "ae", "oe", "th", "k", "t", *"ييكهههه", "", " and "],
        strict=True,
    )
)
_HIRAGANA: Final = range(0x3041, 0x3097)
_TO_KATAKANA: Final = 0x60
_LETTERS: Final = str.maketrans(
    _SPELLED
    | dict.fromkeys("'’‘ʻʼ`´ʹʿʾ׳", "")
    | {chr(sign): chr(sign + _TO_KATAKANA) for sign in _HIRAGANA}
)
_ELIDED: Final = re.compile(r"\b(d|l|dell|dall|nell|sull)['’](?=\w\w)", re.IGNORECASE)
_VOICED: Final = frozenset("\u3099\u309a")
_ARTICLE: Final = "ال"
_KANA_BAR: Final = "ー"
_SHORT: Final = {"st": "saint", "ste": "sainte", "is": "islands", "isl": "islands"} | {
    name[:length]: name
    for name, length in (("republic", 3), ("democratic", 3), ("federal", 3), ("university", 4))
}


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return a name in small letters without accents and signs, with single spaces."""
    text = _ELIDED.sub(r"\1 ", text)
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold().translate(_LETTERS)
    signs = (sign for sign in text if sign in _VOICED or not unicodedata.combining(sign))
    spaced = "".join(
        sign if sign == _KANA_BAR or unicodedata.category(sign)[0] in "LNM" else _gap(sign)
        for sign in signs
    )
    return " ".join(unicodedata.normalize("NFC", spaced).split())


def words(text: str) -> tuple[str, ...]:
    """Return the words of a plain name: abbreviations written out, Arabic articles left out."""
    return tuple(_SHORT.get(word, word) for word in (_bare(each) for each in text.split()))


def _bare(word: str) -> str:
    is_article = word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1
    return word.removeprefix(_ARTICLE) if is_article else word


def _gap(sign: str) -> str:
    """Return nothing for what cannot be seen, such as a joiner, and a space for other signs."""
    return "" if unicodedata.category(sign) == "Cf" else " "
