"""Capitals and small letters as the language of a text has them: in Azerbaijani i→İ and ı→I."""

from __future__ import annotations

from typing import Final

from comity.services.speech import language

_DOTTED: Final = frozenset({"az"})
_CAPITALS: Final = str.maketrans({"i": "İ"})  # the capital of ı is I everywhere
_SMALL: Final = str.maketrans({"İ": "i", "I": "ı"})


def capitalise(text: str, tag: str = "") -> str:
    """Return a text with its first letter as a capital, and the others as they are.

    `tag` is the language of a text that is not in the reader's.
    """
    first = text[:1]
    if _is_dotted(tag):
        first = first.translate(_CAPITALS)
    return first.upper() + text[1:]


def lower(text: str, tag: str = "") -> str:
    """Return a text in small letters; `tag` is its language if that is not the reader's."""
    return (text.translate(_SMALL) if _is_dotted(tag) else text).lower()


def _is_dotted(tag: str) -> bool:
    return (tag or language()) in _DOTTED
