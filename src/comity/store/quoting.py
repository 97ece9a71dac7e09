"""Foreign text inside our sentences: in quotes, and never longer than a line."""

from __future__ import annotations

from typing import Final

_LONGEST: Final = 60
_LONGEST_REASON: Final = 200


def quote(text: str) -> str:
    """Return a text as a Python literal, cut where it would fill the sentence."""
    return repr(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}...")


def reason_of(error: Exception) -> str:
    """Return what an error of somebody else says, in one line, without the full stop."""
    return " ".join(str(error).split())[:_LONGEST_REASON].rstrip(".")
