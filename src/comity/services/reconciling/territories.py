"""Names of the territories of ISO 3166-1 in the languages of the world, from Unicode CLDR.

They are an aid by which names are found, and never said of a state: what a state is called is for
the data to tell. The names come with Babel, in one or two spellings for each language.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import localedata
from babel.core import get_global

_LETTERS: Final = 2


@cache
def territory_names() -> dict[str, dict[str, int]]:
    """Return the names of each territory, by its code of two letters (ISO 3166-1).

    With a name stands in how many languages, or spellings of one, it is that.
    """
    found: dict[str, dict[str, int]] = {}
    kept = set(localedata._cache)  # noqa: SLF001 - else Babel keeps all languages in memory
    for locale in localedata.locale_identifiers():
        territories = localedata.load(locale, merge_inherited=False).get("territories", {})
        for code, name in territories.items():
            if len(code) == _LETTERS and code.isalpha() and isinstance(name, str) and name != code:
                known = found.setdefault(code, {})
                known[name] = known.get(name, 0) + 1
    for locale in set(localedata._cache) - kept:  # noqa: SLF001
        localedata._cache.pop(locale, None)  # noqa: SLF001
    return found


def two_letters(code: str) -> str:
    """Return the code of two letters for one of three, empty for an unknown one."""
    meant = get_global("territory_aliases").get(code.upper(), ())
    return str(meant[0]) if len(meant) == 1 and len(meant[0]) == _LETTERS else ""
