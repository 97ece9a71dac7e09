"""Which system the numbers of a batch are of: ISO 3166-1 with M49, or the Correlates of War.

A number alone may be a code of both, and is not decided then. Of a column of numbers, though, some
are codes of one system alone, and nobody mixes two in a column: what all of the numbers are codes
of, while the other system lacks one of them, is the system of all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.reconciling.codes import is_of_iso
from comity.services.reconciling.queries import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from comity.services.reconciling.hits import Hit
    from comity.services.reconciling.index import Index
    from comity.services.reconciling.queries import Query

ISO, WAR = "iso", "war"
_LEAST: Final = 5
"""Different numbers that tell a system; fewer may all be codes of one by chance."""


def system_of(index: Index, batch: Iterable[Query]) -> str:
    """Return the system of the numbers of a batch, empty where they do not tell."""
    numbers = {text for query in batch for text in _numbers(query)}
    if len(numbers) < _LEAST:
        return ""
    systems = [{_system(hit) for hit in index.find(text) if hit.is_code} for text in numbers]
    known = [system for system in (ISO, WAR) if all(system in each for each in systems)]
    return known[0] if len(known) == 1 else ""


def of_system(text: str, hits: Sequence[Hit], system: str) -> Sequence[Hit]:
    """Return what a text may mean where numbers are codes of a system, if it is one of these."""
    if not system or not _is_number(text):
        return hits
    return [hit for hit in hits if not hit.is_code or _system(hit) == system] or hits


def _numbers(query: Query) -> Iterator[str]:
    for named in query.of(NAME):
        yield from (value.text.strip() for value in named.values if _is_number(value.text))


def _is_number(text: str) -> bool:
    return text.strip().isdecimal()


def _system(hit: Hit) -> str:
    return ISO if is_of_iso(hit) else WAR
