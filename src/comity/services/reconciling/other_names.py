"""Names of what no graph of states has to know: languages, parts of states, and cities.

What is one of them is no state's name with a slip, however much it is like one: `Angolar` and
`German` are languages, `Samara` is a part of Russia. They come with pycountry (ISO 639-3, ISO
3166-2) and with Babel (languages, currencies and the cities of time zones, in Unicode CLDR).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import pycountry
from babel import localedata
from babel.core import get_global

from comity.services.reconciling.cldr import in_all_languages
from comity.services.reconciling.former_states import FORMER_STATES
from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENGLISH: Final = "en"
_LEAST: Final = 3  # letters


@cache
def other_names() -> frozenset[str]:
    """Return the plain names; they are read once."""
    tongues, places = _read()
    return tongues | places


def other_places() -> frozenset[str]:
    """Return the plain names of parts of states, cities and states of the past.

    None is a state with a form of state before it either; that of a language may be: `Mongolian
    Republic`.
    """
    _, places = _read()
    return places


@cache
def _read() -> tuple[frozenset[str], frozenset[str]]:
    """Return the plain names of languages and of places; CLDR is read once for both."""
    cities = _cities()
    tongues, places = set(_tongues()), {*_places(), *cities.values()}
    for _, known in in_all_languages():
        tongues.update(
            each for each in known.get("languages", {}).values() if isinstance(each, str)
        )
        places.update(
            city
            for zone, said in known.get("time_zones", {}).items()
            if zone in cities and isinstance(city := said.get("city"), str)
        )
    return _plain(tongues), _plain(places)


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(bare for name in names if len(bare := plain(name)) >= _LEAST)


@cache
def kinds_of_parts() -> frozenset[str]:
    """Return the words for parts of states, such as `county`, as they are compared."""
    return frozenset(word for each in pycountry.subdivisions for word in plain(each.type).split())


def _tongues() -> Iterator[str]:
    """Yield the names of languages and what currencies are called: `denar`."""
    for language in pycountry.languages:
        yield language.name
        if inverted := getattr(language, "inverted_name", ""):
            yield inverted
    english = localedata.load(_ENGLISH)
    for name in english["currency_names"].values():
        yield str(name).rpartition(" ")[2]


def _places() -> Iterator[str]:
    yield from FORMER_STATES
    yield from (each.name for each in pycountry.subdivisions)


def _cities() -> dict[str, str]:
    """Return cities by their time zones, but for what begins a state's name, as in Bahrain."""
    english = localedata.load(_ENGLISH)
    states = tuple(plain(str(name)) for name in english["territories"].values())
    zones = {*english["time_zones"], *get_global("zone_territories")}
    cities = {zone: _city(zone) for zone in zones}
    return {
        zone: city
        for zone, city in cities.items()
        if not any(state.startswith(plain(city)) for state in states)
    }


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
