"""Names of things: as they are written, plain, and by their words without the forms of state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.reconciling.forms import SMALL, TELLING, without_forms
from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import folded, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator

OWN, SHARED, RARE = range(3)
"""Whose name it is: of the data, of several languages of CLDR, or of one."""

# The score of each step, by whose name it is.
_AS_WRITTEN: Final = (100.0, 94.0, 93.0)
_PLAIN: Final = (97.0, 92.0, 91.0)
_WORDS: Final = (93.0, 90.0, 89.0)
_NO_FORM: Final = 1.0  # less, for a form of state that no name of it has
OTHER_FORM: Final = 70.0
"""The score of the same words with a form of state that contradicts."""

Words = tuple[str, ...]


class Formed:
    """A thing by the words of a name, with the forms of state that stand with them."""

    __slots__ = ("forms", "origin")

    def __init__(self) -> None:
        """Know no form."""
        self.forms: set[frozenset[str]] = set()
        self.origin = RARE


class Names:
    """The names of things; names of states are known without their forms as well."""

    def __init__(self) -> None:
        """Know none."""
        self._written: dict[str, dict[str, float]] = {}
        self.formed: dict[Words, dict[str, Formed]] = {}
        self._states: dict[str, set[str]] = {}

    def add(self, iri: str, name: str, origin: int, *, is_state: bool) -> None:
        """Add a name of a thing; a name without letters is none."""
        bare = plain(name)
        if not bare:
            return
        for text, score in ((folded(name), _AS_WRITTEN[origin]), (bare, _PLAIN[origin])):
            known = self._written.setdefault(text, {})
            known[iri] = max(score, known.get(iri, 0.0))
        for key, forms in _keys(bare, is_state=is_state):
            formed = self.formed.setdefault(key, {}).setdefault(iri, Formed())
            formed.forms.add(forms)
            formed.origin = min(formed.origin, origin)
            if is_state:
                for word in key:
                    self._states.setdefault(word, set()).add(iri)

    def as_written(self, text: str, bare: str) -> Iterator[Hit]:
        """Yield what goes by a text as it is, or by the same without accents and signs."""
        written = folded(text)
        for iri, score in self._written.get(written, {}).items():
            yield Hit(iri, score, 100.0, is_name=True)
        if bare != written:
            for iri, score in self._written.get(bare, {}).items():
                most = _PLAIN[OWN] if score > _AS_WRITTEN[SHARED] else _PLAIN[SHARED]
                yield Hit(iri, min(score, most), 100.0, is_name=True)

    def by_words(self, bare: str) -> Iterator[Hit]:
        """Yield what goes by the words of a plain text in any order, forms of state apart."""
        for key, said in _keys(bare, is_state=True):
            for iri, formed in self.formed.get(key, {}).items():
                score = _WORDS[formed.origin]
                if said in formed.forms:
                    yield Hit(iri, score, 100.0, is_name=True)
                elif self._contradicts(iri, key, said, formed.forms):
                    yield Hit(iri, OTHER_FORM, 100.0)
                else:
                    yield Hit(iri, score - _NO_FORM, 100.0, is_name=True)

    def _contradicts(
        self, iri: str, key: Words, said: frozenset[str], known: set[frozenset[str]]
    ) -> bool:
        """Tell whether a form of state is none that a state of this name may have.

        Where the state always goes by a form, as the Dominican Republic does, it goes by no other.
        Nor does one form stand for another where people and democracy tell namesakes apart.
        """
        if frozenset() not in known or any((said ^ of) & TELLING for of in known if of):
            return True
        return bool(said & TELLING) and bool(
            set.intersection(*(self._states.get(word, set()) for word in key)) - {iri}
        )


def small_left_out(bare: str) -> Words:
    """Return the words of a plain name in order, without those that tell nothing."""
    parted = words(bare)
    return tuple(sorted(word for word in parted if word not in SMALL)) or parted


def _keys(bare: str, *, is_state: bool) -> dict[tuple[Words, frozenset[str]], None]:
    found = {(small_left_out(bare), frozenset[str]()): None}
    if is_state:
        kept, forms = without_forms(bare)
        found[tuple(sorted(kept)), forms] = None
    return found
