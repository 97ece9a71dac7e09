"""What Unicode CLDR says in all of its languages, which come with Babel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel import localedata

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def in_all_languages() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each locale with what is said in it, without what it inherits."""
    kept = set(localedata._cache)  # noqa: SLF001 - else Babel keeps all languages in memory
    for locale in localedata.locale_identifiers():
        yield locale, localedata.load(locale, merge_inherited=False)
    for locale in set(localedata._cache) - kept:  # noqa: SLF001
        localedata._cache.pop(locale, None)  # noqa: SLF001
