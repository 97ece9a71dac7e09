"""Codes of things, and what a code means that several systems have.

The letters of ISO 3166-1 come before those of any other system. Numbers are not decided between
ISO 3166-1, which is the UN's M49 as well, and Correlates of War: nothing in a number tells which.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS, SKOS
from comity.services.naming import expand
from comity.services.reconciling.entities import ALPHA_2
from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.reconciling.entities import Entity

CODE_SCORE: Final = 100.0
"""The score of an identifier, and of a code that means one thing."""
_ISO_NUMBER: Final = 96.0
_NUMBERS: Final = {
    f"{CODE}iso-3166-1-numeric": _ISO_NUMBER,
    f"{CODE}m49": _ISO_NUMBER,
    f"{CODE}cow": 92.0,
}
_NUMBER: Final = 85.0
_UNPADDED: Final = 10.0  # less, for zeros that are no part of the code
_MIXED: Final = 30.0  # less, for letters that are written as a word is
_OTHER: Final = 94.0
_ISO_SCORES: Final = frozenset({_ISO_NUMBER, _ISO_NUMBER - _UNPADDED})
_ISO_LETTERS: Final = frozenset({f"{NS}iso3", ALPHA_2})


class Codes:
    """The codes and identifiers of things."""

    def __init__(self) -> None:
        """Know none."""
        self._known: dict[str, dict[str, float]] = {}

    def find(self, text: str) -> Iterator[Hit]:
        """Yield what goes by a text as a code or an identifier."""
        key = folded(text)
        for each in dict.fromkeys((key, folded(expand(text.strip())))):
            less = _MIXED if text.istitle() and key.isalpha() else 0.0
            for iri, score in self._of(each):
                yield Hit(iri, score - less, 100.0, is_code=True)
        short = key.lstrip("0")
        if key.isdecimal() and short != key:
            for iri, score in self._of(short):
                yield Hit(iri, score - _UNPADDED, 100.0, is_code=True)

    def add_all(self, entity: Entity) -> None:
        """Add the codes of a thing."""
        for identifier in (entity.id, entity.iri):
            self.add(identifier, entity.iri, CODE_SCORE)
        for code, system in entity.codes:
            if system == f"{SKOS}exactMatch":
                self._add_match(code, entity.iri)
            elif code.isdecimal():
                for key in {code, code.lstrip("0")}:
                    self.add(key, entity.iri, _NUMBERS.get(system, _NUMBER))
            else:
                self.add(code, entity.iri, CODE_SCORE if system in _ISO_LETTERS else _OTHER)

    def add(self, code: str, iri: str, score: float) -> None:
        """Add a code of a thing with its score."""
        known = self._known.setdefault(folded(code), {})
        known[iri] = max(score, known.get(iri, 0.0))

    def _add_match(self, address: str, iri: str) -> None:
        """Add an address that stands for a thing elsewhere, and the identifier at its end."""
        self.add(address, iri, CODE_SCORE)
        tail = address.rstrip("/").rpartition("/")[2]
        if any(map(str.isdigit, tail)) and any(map(str.isalpha, tail)):
            self.add(tail, iri, _OTHER)

    def _of(self, key: str) -> Iterator[tuple[str, float]]:
        yield from self._known.get(key, {}).items()


def is_of_iso(hit: Hit) -> bool:
    """Tell whether a hit for a number has it as its code of ISO 3166-1 or M49, by its score."""
    return hit.score in _ISO_SCORES
