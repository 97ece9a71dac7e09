"""What has a name in which a text begins a word, for fields that complete what somebody types."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.entities import rank
from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.services.reconciling.entities import Entity

_WORDS: Final = 8  # words of a name that a beginning may be that of
_LOOKED_AT: Final = 5_000


class Beginnings:
    """The names of things from each of their words on; made when they are first asked for."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        """Take things by IRI."""
        self._entities = entities

    def find(self, text: str, most: int) -> list[str]:
        """Return at most so many things, by IRI; none for a text without letters.

        Short names come before long ones, of equals actors before facts.
        """
        wanted = plain(text)
        if not wanted:
            return []
        first = bisect_left(self._ordered, (wanted,))
        best: dict[str, tuple[bool, int, int]] = {}
        for rest, is_inner, length, iri in islice(self._ordered, first, first + _LOOKED_AT):
            if not rest.startswith(wanted):
                break
            order = (is_inner, length, rank(self._entities[iri]))
            best[iri] = min(order, best.get(iri, order))
        return sorted(best, key=lambda iri: (best[iri], iri))[:most]

    @cached_property
    def _ordered(self) -> list[tuple[str, bool, int, str]]:
        found = set()
        for iri, entity in self._entities.items():
            for name in entity.names:
                parted = plain(name).split()
                for at in range(min(len(parted), _WORDS)):
                    found.add((" ".join(parted[at:]), at > 0, len(name), iri))
        return sorted(found)
