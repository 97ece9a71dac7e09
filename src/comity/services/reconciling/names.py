"""Names of things: as they are written, plain, and by their words without the forms of state."""

from __future__ import annotations

import re
from itertools import permutations
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.forms import ISLANDS, TELLING
from comity.services.reconciling.hits import MARGIN, Hit
from comity.services.reconciling.spelling import folded, longer, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.services.reconciling.forms import Forms

OWN, SHARED, RARE, MADE, HALF = range(5)
"""Whose name it is: of the data, of several languages of CLDR, of one, made of one of these (see
`variants`), or the first half of one."""

# The score of each step, by whose name it is.
_AS_WRITTEN: Final = (100.0, 94.0, 93.0, 87.0, 76.0)
_PLAIN: Final = (97.0, 92.0, 91.0, 86.0, 76.0)
_JOINED: Final = (95.0, 91.0, 90.0, 85.0, 76.0)
_WORDS: Final = (93.0, 90.0, 89.0, 84.0, 76.0)
_NO_FORM: Final = 1.0  # less, for a form of state that no name of it has
FORM_APART: Final = 99.0
"""The similarity of a name that has another form of state, or none."""
_LOOSELY: Final = 4.0  # less, for a word that is only like one for a form of state
FORMLESS: Final = 93.0
"""The most that a name found word by word scores."""
BARE: Final = 76.0
"""The score of a name without the form of state that all of its names have, in a script without
capitals. In others it is more often an adjective, such as `French`."""
OTHER_FORM: Final = 55.0
"""The score of the same words with a form of state that contradicts."""
SHORTENED: Final = 85.0
"""The score of a name of which some words are cut."""
INITIALS: Final = 80.0
"""The score of what a name is shortened to."""
_SHORTEST_JOINED: Final = 4
_LEAST_LIKE: Final = 6  # letters of a former state's name that another text may be like
_MOST_CUT: Final = 3
_MOSTLY: Final = 0.8

_CUT: Final = re.compile(r"\w+(?=\.)")

Words = tuple[str, ...]


class Formed:
    """A thing by the words of a name, with the forms of state that stand with them."""

    __slots__ = ("forms", "is_state", "origin")

    def __init__(self) -> None:
        """Know no form."""
        self.forms: set[frozenset[str]] = set()
        self.origin = HALF
        self.is_state = False


class Names:
    """The names of things; names of states are known without their forms as well."""

    def __init__(self, forms: Forms) -> None:
        """Know none; `forms` are the words for forms of state."""
        self._forms = forms
        self._written: dict[str, dict[str, float]] = {}
        self._joined: dict[str, dict[str, float]] = {}
        self.formed: dict[Words, dict[str, Formed]] = {}
        self._initials: dict[str, set[str]] = {}
        self._states_named: dict[str, dict[Words, None]] = {}
        self._told: set[str] = set()
        self._ordered: dict[str, set[str]] = {}
        self._states: dict[str, set[str]] = {}

    def add(self, iri: str, name: str, origin: int, *, is_state: bool) -> None:
        """Add a name of a thing; a name without letters is none.

        Nor is what was made of a name, if another thing is called so.
        """
        bare = plain(name)
        if not bare or (origin >= MADE and self._written.get(bare, {}).keys() - {iri}):
            return
        _keep(self._written, folded(name), iri, _AS_WRITTEN[origin])
        _keep(self._written, bare, iri, _PLAIN[origin])
        joined = bare.replace(" ", "")
        if len(joined) >= _SHORTEST_JOINED:
            _keep(self._joined, joined, iri, _JOINED[origin])
        if origin == OWN and (order := self._in_order(bare)):
            self._ordered.setdefault(order, set()).add(iri)
        for key, forms in self._keys(bare, is_state=is_state):
            formed = self.formed.setdefault(key, {}).setdefault(iri, Formed())
            formed.forms.add(forms)
            formed.is_state |= is_state
            formed.origin = min(formed.origin, origin)
            if is_state:
                for word in key:
                    if origin <= SHARED:
                        self._states_named.setdefault(word, {})[key] = None
                    self._states.setdefault(word, set()).add(iri)

    def add_if_new(self, iri: str, name: str) -> None:
        """Add a name of a state that nothing else goes by, but for the first half of another."""
        bare = plain(name)
        if max(self._written.get(bare, {}).values(), default=0.0) <= _AS_WRITTEN[HALF]:
            _keep(self._written, bare, iri, _PLAIN[RARE])
            keys = self._keys(bare, is_state=True)
            if len(bare) >= _LEAST_LIKE and not any(key in self.formed for key, _ in keys):
                self.add(iri, name, RARE, is_state=True)

    def called(self, name: str) -> frozenset[str]:
        """Return what goes by a name, accents and capitals apart."""
        return frozenset(self._written.get(plain(name), ()))

    def shortened(self, text: str) -> Iterator[Hit]:
        """Yield what goes by a text in which points follow words that are cut, as `Eq. Guinea`."""
        cut = {plain(word) for word in _CUT.findall(text)} - {""}
        parted = [word for word in plain(text).split() if word not in self._forms.small]
        whole = {*words(" ".join(word for word in parted if word not in cut))}
        short = [word for word in parted if word in cut]
        if not short or not whole:
            return
        rarest = min((self._states_named.get(word, {}) for word in whole), key=len)
        for key in rarest:
            left = [word for word in key if word not in whole]
            if len(left) == len(key) - len(whole) == len(short) and _fit(short, left):
                for iri in self.formed[key]:
                    yield Hit(iri, SHORTENED, 100.0, is_name=True)

    def add_initials(self, iri: str, short: str) -> None:
        """Add what a name of a thing is shortened to."""
        self._initials.setdefault(short, set()).add(iri)

    def as_written(self, text: str, bare: str) -> Iterator[Hit]:
        """Yield what goes by a text as it is, or by the same without accents, signs and spaces."""
        written = folded(text)
        for iri, score in self._written.get(written, {}).items():
            yield Hit(iri, score, 100.0, is_name=True)
        if bare != written:
            for iri, score in self._written.get(bare, {}).items():
                most = _PLAIN[OWN] if score > _AS_WRITTEN[SHARED] else _PLAIN[SHARED]
                yield Hit(iri, min(score, most), 100.0, is_name=True)
        if not _is_a_word(text):
            for iri in self._initials.get(bare, ()):
                yield Hit(iri, INITIALS, 100.0, is_name=True)
        for iri, score in self._joined.get(bare.replace(" ", ""), {}).items():
            yield Hit(iri, score, 100.0, is_name=True)

    def by_words(self, bare: str, *, loosely: bool = False) -> Iterator[Hit]:
        """Yield what goes by the words of a plain text in any order, forms of state apart."""
        less = _LOOSELY if loosely else 0.0
        ordered = self._ordered.get(self._in_order(bare), frozenset[str]())
        for key, said in self._keys(bare, is_state=True, loosely=loosely):
            for iri, formed in self.formed.get(key, {}).items():
                score = _WORDS[formed.origin] - less
                if said and not formed.is_state:
                    continue  # of which no form of state is said
                if ordered and iri not in ordered:
                    score -= MARGIN
                if said in formed.forms:
                    yield Hit(iri, score, 100.0, is_name=True)
                elif not said and _is_uncased(key) and ISLANDS not in formed.forms:
                    yield Hit(iri, BARE, 100.0)
                elif self._contradicts(iri, key, said, formed.forms):
                    yield Hit(iri, OTHER_FORM, 100.0)
                else:
                    yield Hit(iri, score - _NO_FORM, FORM_APART, is_name=True)

    def joined(self) -> dict[str, dict[str, int]]:
        """Return names of the data and of several languages in one word, with their things.

        With each thing is told whose name it is: 1 for one of the data, else 2.
        """
        least, own = _JOINED[SHARED], _JOINED[OWN]
        return {
            name: {iri: 1 if score >= own else 2 for iri, score in known.items()}
            for name, known in self._joined.items()
            if max(known.values()) >= least
        }

    def settle(self, labels: Mapping[str, str]) -> None:
        """Let namesakes contest their name, such as the two of the Congo, or of Korea.

        A state that people or democracy tells from a namesake is called by the bare name as well,
        whatever the data say. `labels` are those of the states that are there today, by IRI, in
        one language; namesakes are told by these, so that nobody contests `China`.
        """
        called = {iri: {*self._forms.without(plain(label))[0]} for iri, label in labels.items()}
        forms: dict[str, list[frozenset[str]]] = {}
        for key, named in self.formed.items():
            for iri, formed in named.items():
                forms.setdefault(iri, []).extend(filter(None, formed.forms))
            today = [iri for iri in named if iri in called]
            told = {iri for iri in today if any(form & TELLING for form in named[iri].forms)}
            namesakes = {
                iri
                for one in told
                for other in today
                if other not in told and called[one] & called[other]
                for iri in (one, other)
            }
            if not namesakes:
                continue
            origin = min(named[iri].origin for iri in namesakes)
            known = self._written.get(" ".join(key), {})
            others = set[frozenset[str]]().union(*(named[iri].forms for iri in namesakes - told))
            for iri in namesakes:
                if iri in told:  # the republic is the other one, whatever a language says
                    named[iri].forms -= {form for form in others if not form & TELLING}
                named[iri].forms.add(frozenset())
                named[iri].origin = origin
                if known:
                    known[iri] = max(known.values())
        self._told = {
            iri
            for iri, said in forms.items()
            if said and sum(bool(form & TELLING) for form in said) >= _MOSTLY * len(said)
        }

    def _contradicts(
        self, iri: str, key: Words, said: frozenset[str], known: set[frozenset[str]]
    ) -> bool:
        """Tell whether a form of state is none that a state of this name may have.

        Where the state always goes by a form, as the Dominican Republic does, it goes by no other.
        Nor does one form stand for another where people and democracy tell namesakes apart.
        """
        if said and iri in self._told and not said & TELLING:
            return True
        if frozenset() not in known or any((said ^ of) & TELLING for of in known if of):
            return True
        return bool(said & TELLING) and bool(
            set.intersection(*(self._states.get(word, set()) for word in key)) - {iri}
        )

    def _in_order(self, bare: str) -> str:
        """Return the words that tell something, in their order; empty for a single one."""
        telling = self._forms.telling(words(bare))
        return " ".join(telling) if len(telling) > 1 else ""

    def _keys(
        self, bare: str, *, is_state: bool, loosely: bool = False
    ) -> dict[tuple[Words, frozenset[str]], None]:
        found = {(tuple(sorted(self._forms.telling(words(bare)))), frozenset[str]()): None}
        if is_state:
            kept, forms = self._forms.without(bare, loosely=loosely)
            found[tuple(sorted(kept)), forms] = None
            if loosely and forms:
                found[tuple(sorted(longer(kept))), forms] = None
        return found


def _is_a_word(text: str) -> bool:
    """Tell whether a text is written as a word, such as `Sal`, which no abbreviation is."""
    return text.istitle() and not text.isupper()


def _fit(short: list[str], left: list[str]) -> bool:
    """Tell whether words that are cut are those of a name, in any order."""
    return len(short) <= _MOST_CUT and any(
        all(map(_is_cut, short, order)) for order in permutations(left)
    )


def _is_cut(short: str, word: str) -> bool:
    """Tell whether a word is cut to a short one: `Eq`, `Utd` with some of its letters in order."""
    letters = iter(word)
    return word[0] == short[0] and all(letter in letters for letter in short)


def _is_uncased(key: Words) -> bool:
    return all(word.upper() == word for word in key)


def _keep(names: dict[str, dict[str, float]], text: str, iri: str, score: float) -> None:
    known = names.setdefault(text, {})
    known[iri] = max(score, known.get(iri, 0.0))
