"""EDTF literals in the words of the reader's language, as vague as they are stated.

Each language has a module of its own beside this one, with whole phrases: no two of them put the
parts of a date together alike.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.services.pages import dates_az, dates_en, dates_ja
from comity.services.pages.dates_parts import MONTHS, read_end
from comity.services.speech import language

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.services.pages.dates_parts import End

_ONE: Final[dict[str, Callable[[End], str]]] = {
    "en": dates_en.say,
    "az": dates_az.say,
    "ja": dates_ja.say,
}
_INTERVAL: Final[dict[str, Callable[[End, End], str]]] = {
    "en": dates_en.say_interval,
    "az": dates_az.say_interval,
    "ja": dates_ja.say_interval,
}


def say_date(edtf: str) -> str:
    """Return an EDTF literal in words, such as `24–28 February 1998`, `1970s` or `since 2000`.

    A form without words is returned as it is, so that no date is ever lost.
    """
    return _say(edtf, language())


@lru_cache(maxsize=4096)
def _say(edtf: str, tongue: str) -> str:
    start, slash, end = edtf.partition("/")
    if not slash:
        return _ONE[tongue](read_end(start))
    return _INTERVAL[tongue](read_end(start), read_end(end))


def is_machine_date(edtf: str) -> bool:
    """Tell whether HTML's `time` element takes the literal as its `datetime`."""
    return re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", edtf) is not None and (
        len(edtf) == len("YYYY") or int(edtf[5:7]) <= MONTHS
    )
