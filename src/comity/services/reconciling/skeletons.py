"""Names of scripts that write consonants alone, found by what Latin letters make of them.

`Al-Jumhūrīyah al-ʻArabīyah as-Sūrīyah` and الجمهورية العربية السورية have the same consonants, in
whichever way the vowels between them are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from anyascii import anyascii

from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.reconciling.forms import Forms

_SCORE: Final = 78.0
_LEAST: Final = 2  # consonants beside the form of state
_NO_CONSONANT: Final = re.compile(r"[^bcdfgjklmnpqrstvxz]")
_TWICE: Final = re.compile(r"(.)\1+")
_ALIKE: Final = str.maketrans("qcgpv", "kkjbf")
_ABJADS: Final = (range(0x0590, 0x0750), range(0xFB50, 0xFF00))


class Skeletons:
    """Names by their consonants and their forms of state."""

    def __init__(self, forms: Forms) -> None:
        """Know none; `forms` are the words for forms of state."""
        self._forms = forms
        self._known: dict[tuple[tuple[str, ...], frozenset[str]], set[str]] = {}

    def add(self, iri: str, name: str) -> None:
        """Add a name of a thing, if its script writes consonants alone."""
        if any(ord(name[0]) in block for block in _ABJADS):
            kept, forms = self._forms.without(plain(name))
            self._known.setdefault((_consonants(kept), forms), set()).add(iri)

    def find(self, bare: str) -> Iterator[Hit]:
        """Yield what goes by the consonants and the form of state of a plain Latin text.

        Without a form too many words have the consonants of some state.
        """
        kept, forms = self._forms.without(bare, loosely=True)
        consonants = _consonants(kept)
        if bare.isascii() and forms and len("".join(consonants)) >= _LEAST:
            for iri in self._known.get((consonants, forms), ()):
                yield Hit(iri, _SCORE, _SCORE)


def _consonants(kept: tuple[str, ...]) -> tuple[str, ...]:
    """Return the consonants of each word; in Latin letters one that is written twice is one."""
    found = (
        _NO_CONSONANT.sub(
            "", _TWICE.sub(r"\1", word) if word.isascii() else anyascii(word).casefold()
        ).translate(_ALIKE)
        for word in kept
    )
    return tuple(sorted(filter(None, found)))
