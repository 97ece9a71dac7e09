"""How names are compared: without accents, capitals and signs, and word by word.

Three forms, from the strictest on. `folded` is what `comity.services.naming` compares: composed
and case folded. `plain` leaves accents, apostrophes and signs out and spells letters beyond the
basic alphabet with it, so that `Côte d’Ivoire` is `cote d ivoire` and `AZƏRBAYCAN` is `azerbaycan`.
`words` parts a plain name and expands abbreviations. Voiced kana and the vowels of Indic scripts
are letters, not accents, and stay.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from comity.services.naming import fold as folded

__all__ = ["folded", "is_unspaced", "longer", "plain", "words"]

# Letters beyond the basic alphabet, and Arabic ones that are written in more than one way.
_SPELLED: Final = dict(
    zip(
        "əɛıøɔłđðħŋæœþĸŧیىکةۀہھـ&",
        [*"eeiooldd", "h", "n", "ae", "oe", "th", "k", "t", *"ييكهههه", "", " and "],
        strict=True,
    )
)
# Two ways to write a foreign v in kana.
_V: Final = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}
_HIRAGANA: Final = range(0x3041, 0x3097)
_TO_KATAKANA: Final = 0x60
_LETTERS: Final = str.maketrans(
    _SPELLED
    | dict.fromkeys("'’‘ʻʼ`´ʹʿʾ׳", "")
    | {chr(sign): chr(sign + _TO_KATAKANA) for sign in _HIRAGANA}
)
_ELIDED: Final = re.compile(r"\b(d|l|dell|dall|nell|sull)['’](?=\w\w)", re.IGNORECASE)
# Between the initials of an abbreviation, and after the Arabic article in Latin script.
_POINTS: Final = re.compile(r"(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
_ROMAN_ARTICLE: Final = re.compile(
    r"\b(?:a[dlnrstz]|ash|ath|adh|el|es|i[ls])[-‐‑]['’‘ʻʼ`´ʿʾ]?(?=\w)", re.IGNORECASE
)
_HYPHENS: Final = frozenset("-‐‑")
_VOICED: Final = frozenset("\u3099\u309a")
_ARTICLE: Final = "ال"
_AND: Final = "و"
_AND_THE: Final = _AND + _ARTICLE
_SHORT: Final = {"st": "saint", "ste": "sainte", "is": "islands", "isl": "islands"} | {
    name[:length]: name
    for name, length in (("republic", 3), ("democratic", 3), ("federal", 3), ("university", 4))
}
_COMPASS: Final = {"n": "north", "s": "south", "e": "east", "w": "west"}
_FEW: Final = 3  # letters
_UNSPACED: Final = 0x2E80
# Thai and Lao, Tibetan and Burmese, Khmer.
_UNSPACED_BLOCKS: Final = (range(0x0E00, 0x0F00), range(0x0F00, 0x10A0), range(0x1780, 0x1800))


class _Signs(dict[int, str]):
    """What becomes of each sign of a decomposed text; looked up once a sign."""

    def __missing__(self, code: int) -> str:
        """Keep letters, numbers and the vowels of scripts that have signs for them."""
        sign = chr(code)
        if sign in _VOICED:
            found = sign
        elif unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
            found = ""
        else:
            found = sign if unicodedata.category(sign)[0] in "LNM" else " "
        self[code] = found
        return found


_SIGNS: Final = _Signs(_LETTERS)


def plain(text: str) -> str:
    """Return a name in small letters without accents and signs, with single spaces."""
    if "'" in text or "’" in text:
        text = _ELIDED.sub(r"\1 ", text)
    if "." in text:
        text = _POINTS.sub("", text)
    if not _HYPHENS.isdisjoint(text):
        text = _ROMAN_ARTICLE.sub("", text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    text = text.casefold().translate(_SIGNS)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if "ヴ" in text:
            for written, other in _V.items():
                text = text.replace(written, other)
    return " ".join(text.split())


def words(text: str) -> tuple[str, ...]:
    """Return the words of a plain name: abbreviations written out, Arabic articles left out.

    A single letter before other words is a point of the compass, as in `S. Korea`.
    """
    first, *others = text.split() or ("",)
    if others:
        first = _COMPASS.get(first, first)
    bare = map(_bare, (first, *others)) if first else ()
    return tuple(_SHORT.get(word, word) for word in bare)


def longer(parted: tuple[str, ...]) -> tuple[str, ...]:
    """Return words without those of up to three letters, all of them if none is longer.

    Beside a form of state such a word is an article or the like in most languages.
    """
    kept = (word for word in parted if len(word) > _FEW or is_unspaced(word))
    return tuple(kept) or parted


def is_unspaced(word: str) -> bool:
    """Tell whether a word is in a script that writes names without spaces between words."""
    sign = ord(word[0])
    return sign >= _UNSPACED or any(sign in block for block in _UNSPACED_BLOCKS)


def _bare(word: str) -> str:
    if word.startswith(_AND_THE) and len(word) > len(_AND_THE) + 1:
        word = word.removeprefix(_AND)
    is_article = word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1
    return word.removeprefix(_ARTICLE) if is_article else word
