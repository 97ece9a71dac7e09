"""Names of territories as the iso-codes project translates ISO 3166-1, the names in full too.

Names of ISO 3166-3, which are no longer used, stand for the territory that has their number today.
They come with pycountry. Like those of CLDR they are an aid by which names are found.
"""

from __future__ import annotations

from gettext import GNUTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pycountry

from comity.services.reconciling.former import FORMER

if TYPE_CHECKING:
    from collections.abc import Iterator

_CATALOGUES: Final = "*/LC_MESSAGES/iso3166-1.mo"
_NAMES: Final = ("name", "common_name", "official_name")


def iso_names() -> Iterator[tuple[str, str, str]]:
    """Yield language, code of two letters (ISO 3166-1) and name."""
    english = [
        (country.alpha_2, name)
        for country in pycountry.countries
        for each in _NAMES
        if (name := getattr(country, each, ""))
    ]
    yield from (("en", code, name) for code, name in (*english, *_former()))
    for path in sorted(Path(pycountry.LOCALES_DIR).glob(_CATALOGUES)):
        language = path.parts[-3].partition("_")[0].partition("@")[0]
        with path.open("rb") as file:
            catalogue = GNUTranslations(file)
        for code, name in english:
            translated = catalogue.gettext(name)
            if translated != name:
                yield language, code, translated


def in_full() -> Iterator[tuple[str, str]]:
    """Yield codes of two letters with the English names in full."""
    for country in pycountry.countries:
        if name := getattr(country, "official_name", ""):
            yield country.alpha_2, name


def _former() -> Iterator[tuple[str, str]]:
    """Yield codes of today with names of the past: Burma and Zaire of ISO 3166-3, and Ceylon."""
    today = {country.numeric: country.alpha_2 for country in pycountry.countries}
    for country in pycountry.historic_countries:
        code = today.get(getattr(country, "numeric", ""))
        if code:
            yield code, country.name
            yield code, country.name.partition(",")[0]
    for code, names in FORMER.items():
        yield from ((code, name) for name in names)
