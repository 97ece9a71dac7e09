"""Names of what no graph of states has to know: languages, parts of states, and cities.

What is one of them is no state's name with a slip, however much it is like one: `Angolar` and
`German` are languages, `Samara` is a part of Russia. They come with pycountry (ISO 639-3, ISO
3166-2) and with Babel (languages and the cities of time zones, in Unicode CLDR).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pycountry
from babel import localedata

from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENGLISH: Final = "en"
_LEAST: Final = 3  # letters


@cache
def other_names() -> frozenset[str]:
    """Return the plain names; they are read once."""
    return frozenset(bare for name in _names() if len(bare := plain(name)) >= _LEAST)


def _names() -> Iterator[str]:
    for listed in (pycountry.languages, pycountry.subdivisions):
        yield from (each.name for each in listed)
    for language in pycountry.languages:
        if inverted := getattr(language, "inverted_name", ""):
            yield inverted
    yield from map(str, localedata.load(_ENGLISH)["languages"].values())
    zones = (*localedata.load(_ENGLISH)["time_zones"], *_cities())
    yield from (zone.rpartition("/")[2].replace("_", " ") for zone in zones)


def _cities() -> Iterator[str]:
    for zone in localedata.load(_ENGLISH)["time_zones"].values():
        if isinstance(city := zone.get("city"), str):
            yield city
