"""The names and codes of a graph, and how well a text goes with each.

A text is looked up as it is written, then without accents and signs, then word by word without the
words for forms of state, and only if nothing goes by it, among names that are like it. Each step
has a score of its own (see `docs/reconciliation.md`). Names of territories that the graph has no
state for are known as well, so that they are not taken for a state of a similar name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import DamerauLevenshtein

from comity.model.terms import CODE, ID, NS, SKOS
from comity.services.once import once_for_each_graph
from comity.services.reconciling.entities import ALPHA_2, Entity, rank, read_entities
from comity.services.reconciling.forms import SMALL, TELLING, without_forms
from comity.services.reconciling.grams import Grams
from comity.services.reconciling.spelling import folded, plain, words
from comity.services.reconciling.territories import territory_names, two_letters
from comity.services.resolve import BETWEEN, LONGEST_NAME, RELATIONS, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from comity.services.reconciling.entities import Entities
    from comity.store.engine import Graph

SURE: Final = 73.0
"""The least score of a match: of a name of six letters, one may be another."""
MARGIN: Final = 6.0
"""By how much the best candidate of a match is better than any other."""
LONG: Final = 10
"""Letters of a long name, of which more may be others if nothing else is near it."""
SURE_IF_LONG: Final = 66.0
MARGIN_IF_LONG: Final = 12.0

# Scores of names of the data, of names that CLDR has in several languages, and in one.
_AS_WRITTEN: Final = (100.0, 94.0, 93.0)
_PLAIN: Final = (97.0, 92.0, 91.0)
_WORDS: Final = (93.0, 90.0, 89.0)
_OTHER_FORM: Final = 70.0  # the same words, but another form of state
_LIKE: Final = 88.0  # times the share of letters that are the same
_LIKE_RARE: Final = 84.0  # where the name is that of one language
_OTHER_START: Final = 0.93  # who mistypes a name seldom begins with that
_WITHIN: Final = 55.0  # times the share of letters of the words that are within a longer name
_CODE: Final = 100.0
# A number means one thing in one system and another in the next: the first two are not told apart.
_NUMBERS: Final = {f"{CODE}iso-3166-1-numeric": 96.0, f"{CODE}m49": 96.0, f"{CODE}cow": 92.0}
_NUMBER: Final = 85.0
_UNPADDED: Final = 10.0  # less, for a number that lost the zeros it was written with
_OTHER_CODE: Final = 94.0
_ISO_LETTERS: Final = (f"{NS}iso3", ALPHA_2)
_NEAR: Final = 80  # names that are compared letter by letter
_LEAST: Final = 0.6  # of the letters; a name with fewer is not like another
_WORDS_BEGUN: Final = 8  # words of a name that a beginning may be that of
_LOOKED_AT: Final = 5_000
_PAIR: Final = 95.0  # a pair by the names of its states
_MOST_JOINTS: Final = 8  # places at which the name of a pair is parted
_PART: Final = 5.0  # less, for a name that is only a part of a text
_BRACKETS: Final = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_STEM: Final = 4  # letters that an adjective shares with its noun at least
_STEM_SHARE: Final = 0.7
_KEPT: Final = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that goes by a text or by a name like it; `iri` is empty for none of the graph."""

    iri: str
    score: float
    similarity: float
    is_name: bool = False
    is_code: bool = False


class Index:
    """Names and codes of the things of a graph; it never changes, and threads may share it."""

    def __init__(self, entities: Entities, territories: Mapping[str, Mapping[str, int]]) -> None:
        """Index things, and states by the names that territories have elsewhere."""
        self.entities = entities
        self._codes: dict[str, list[tuple[str, float]]] = {}
        self._names: dict[str, dict[str, float]] = {}
        self._formed: dict[tuple[str, ...], dict[str, tuple[float, set[frozenset[str]]]]] = {}
        self._word_of: dict[str, set[str]] = {}
        states: dict[str, str] = {}
        for iri, entity in entities.by_iri.items():
            self._add_codes(entity)
            for name in entity.names:
                self._add_name(iri, name, 0, is_state=entity.is_state)
            if entity.is_state:
                code = entity.code(ALPHA_2) or two_letters(entity.code(_ISO_LETTERS[0]))
                states[code.upper()] = iri
        for code, names in territories.items() if states else ():
            iri = states.get(code, f"?{code}")
            self._add_code(code, iri, _CODE)
            for name, languages in names.items():
                self._add_name(iri, name, 1 if languages > 1 else 2, is_state=True)
        self._keys = [*self._formed]
        self._written = [" ".join(key) for key in self._keys]
        self._grams = Grams(self._written)
        self._likes = lru_cache(maxsize=_KEPT)(self._like)

    def find(self, text: str) -> list[Hit]:
        """Return what a text may mean, the likeliest first; of equals the first by IRI."""
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        found = best_of((*self._by_code(text), *self._by_name(text)))
        if _BRACKETS.search(text) and not any(hit.is_name for hit in found):
            found = best_of((*found, *self._by_parts(text)))
        if not any(hit.is_name or hit.is_code for hit in found):
            found = best_of((*found, *self._by_states(text)))
        return sorted(found, key=lambda hit: (-hit.score, hit.iri))

    def _by_states(self, text: str) -> Iterator[Hit]:
        """Yield the pair of two states that a text names in either order."""
        name = RELATIONS.sub("", text.strip())
        for found in islice(BETWEEN.finditer(name), _MOST_JOINTS):
            left = self._state(name[: found.start()])
            right = self._state(name[found.end() :])
            pair = ID + "-".join(sorted((left, right)))
            if pair in self.entities.by_iri:
                yield Hit(pair, _PAIR, 100.0, is_name=True)
                return

    def _state(self, text: str) -> str:
        """Return the identifier of the state that goes by a text, empty if none or several do."""
        bare = plain(text)
        hits = [*self._by_code(text), *self._named(text, bare), *self._by_words(bare)]
        best = max((hit.score for hit in hits), default=0.0)
        meant = {hit.iri for hit in hits if hit.score == best and best > _OTHER_FORM}
        return meant.pop().removeprefix(ID) if len(meant) == 1 else ""

    def _by_parts(self, text: str) -> Iterator[Hit]:
        """Yield what goes by the name before brackets, or by the one within."""
        for part in (_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)):
            for hit in self._by_name(part):
                if hit.is_name:
                    yield replace(hit, score=hit.score - _PART, is_name=False)

    def begun(self, text: str, most: int) -> list[str]:
        """Return at most so many things with a name in which a text begins a word.

        Short names come before long ones, of equals actors before facts.
        """
        wanted = plain(text)
        if not wanted or len(text) > LONGEST_NAME:
            return []
        first = bisect_left(self._beginnings, (wanted,))
        best: dict[str, tuple[bool, int, int]] = {}
        for rest, is_inner, length, iri in islice(self._beginnings, first, first + _LOOKED_AT):
            if not rest.startswith(wanted):
                break
            order = (is_inner, length, rank(self.entities.by_iri[iri]))
            best[iri] = min(order, best.get(iri, order))
        return sorted(best, key=lambda iri: (best[iri], iri))[:most]

    @cached_property
    def _beginnings(self) -> list[tuple[str, bool, int, str]]:
        """The names of things from each of their first words on, in order."""
        found = set()
        for iri, entity in self.entities.by_iri.items():
            for name in entity.names:
                parted = plain(name).split()
                for at in range(min(len(parted), _WORDS_BEGUN)):
                    found.add((" ".join(parted[at:]), at > 0, len(name), iri))
        return sorted(found)

    def _by_code(self, text: str) -> Iterator[Hit]:
        iri = expand(text.strip())
        if iri in self.entities.by_iri:
            yield Hit(iri, _CODE, 100.0, is_code=True)
        key = folded(text)
        for iri, score in self._codes.get(key, ()):
            yield Hit(iri, score, 100.0, is_code=True)
        if key.isdecimal() and key != key.lstrip("0"):
            for iri, score in self._codes.get(key.lstrip("0"), ()):
                yield Hit(iri, score - _UNPADDED, 100.0, is_code=True)

    def _by_name(self, text: str) -> Iterator[Hit]:
        bare = plain(text)
        yield from self._named(text, bare)
        yield from self._likes(bare)

    def _named(self, text: str, bare: str) -> Iterator[Hit]:
        """Yield what goes by a text as it is written, or by the same without accents and signs."""
        written = folded(text)
        for iri, score in self._names.get(written, {}).items():
            yield Hit(iri, score, 100.0, is_name=True)
        if bare != written:
            for iri, score in self._names.get(bare, {}).items():
                yield Hit(iri, min(score, _PLAIN[score < _AS_WRITTEN[0]]), 100.0, is_name=True)

    def _like(self, bare: str) -> tuple[Hit, ...]:
        """Return the hits of a plain text word by word, then of what is like it."""
        return best_of((*self._by_words(bare), *self._by_likeness(bare)))

    def _by_words(self, bare: str) -> Iterator[Hit]:
        kept, forms = without_forms(bare)
        for key, said in {
            (tuple(sorted(kept)), forms),
            (_small_left_out(bare), frozenset[str]()),
        }:
            for iri, (score, known) in self._formed.get(key, {}).items():
                if said in known:
                    yield Hit(iri, score, 100.0, is_name=True)
                elif _contradicts(said, known) or (said & TELLING and self._is_shared(key, iri)):
                    yield Hit(iri, _OTHER_FORM, 100.0)
                else:
                    yield Hit(iri, score - 1, 100.0, is_name=True)

    def _is_shared(self, key: tuple[str, ...], iri: str) -> bool:
        """Tell whether all words of a name are in a name of another state as well."""
        return bool(set.intersection(*(self._word_of.get(word, set()) for word in key)) - {iri})

    def _by_likeness(self, bare: str) -> Iterator[Hit]:
        kept, forms = without_forms(bare)
        is_adjective = bool(forms) and len(kept) == 1 and not SMALL.intersection(words(bare))
        wanted = " ".join(sorted(kept))
        whole = " ".join(_small_left_out(bare))
        for text in {wanted, whole}:
            for place in self._grams.near(text, _NEAR):
                key, written = self._keys[place], self._written[place]
                if written == text:
                    continue  # which is found word by word
                same = DamerauLevenshtein.normalized_similarity(text, written, score_cutoff=_LEAST)
                if text[0] != written[0]:
                    same *= _OTHER_START
                if is_adjective:
                    same = max(same, _as_adjective(text, written))
                within = _share_within(text.split(), key, written)
                for iri, (known, _) in self._formed[key].items():
                    score = same * (_LIKE if known > _WORDS[2] else _LIKE_RARE)
                    if score or within:
                        yield Hit(
                            iri, max(score, within * _WITHIN), round(100 * max(same, within), 1)
                        )

    def _add_codes(self, entity: Entity) -> None:
        self._add_code(entity.id, entity.iri, _CODE)
        self._add_code(entity.iri, entity.iri, _CODE)
        for code, system in entity.codes:
            if system == f"{SKOS}exactMatch":
                self._add_code(code, entity.iri, _CODE)
                tail = code.rstrip("/").rpartition("/")[2]
                if any(map(str.isdigit, tail)) and any(map(str.isalpha, tail)):
                    self._add_code(tail, entity.iri, _OTHER_CODE)
            elif code.isdecimal():
                for key in {code, code.lstrip("0")}:
                    self._add_code(key, entity.iri, _NUMBERS.get(system, _NUMBER))
            else:
                score = _CODE if system in _ISO_LETTERS else _OTHER_CODE
                self._add_code(code, entity.iri, score)

    def _add_code(self, code: str, iri: str, score: float) -> None:
        known = self._codes.setdefault(folded(code), [])
        if (iri, score) not in known:
            known.append((iri, score))

    def _add_name(self, iri: str, name: str, added: int, *, is_state: bool) -> None:
        bare = plain(name)
        if not bare:
            return
        for key, score in ((folded(name), _AS_WRITTEN[added]), (bare, _PLAIN[added])):
            known = self._names.setdefault(key, {})
            known[iri] = max(score, known.get(iri, 0.0))
        keys = {(_small_left_out(bare), frozenset[str]())}
        if is_state:
            kept, forms = without_forms(bare)
            keys.add((tuple(sorted(kept)), forms))
        for words_of, forms in keys:
            formed = self._formed.setdefault(words_of, {})
            score, known_forms = formed.get(iri, (0.0, set()))
            known_forms.add(forms)
            formed[iri] = (max(score, _WORDS[added]), known_forms)
            if is_state:
                for word in words_of:
                    self._word_of.setdefault(word, set()).add(iri)


def is_sure(text: str, score: float, margin: float) -> bool:
    """Tell whether the best candidate for a text is a match, by its score and its lead."""
    if len(plain(text)) >= LONG and score >= SURE_IF_LONG and margin >= MARGIN_IF_LONG:
        return True
    return score >= SURE and margin >= MARGIN


def best_of(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each thing, which is a name or a code if one of them is."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.iri)
        if known is None:
            best[hit.iri] = hit
            continue
        better = hit if hit.score > known.score else known
        best[hit.iri] = replace(
            better,
            is_name=hit.is_name or known.is_name,
            is_code=hit.is_code or known.is_code,
        )
    return tuple(best.values())


def _contradicts(said: frozenset[str], known: set[frozenset[str]]) -> bool:
    """Tell whether the form of state in a text is none that a state of this name may have.

    Where the state always goes by a form, as the Dominican Republic does, it goes by no other.
    """
    return frozenset() not in known or any((said ^ of) & TELLING for of in known if of)


def _small_left_out(bare: str) -> tuple[str, ...]:
    parted = words(bare)
    return tuple(sorted(word for word in parted if word not in SMALL)) or parted


def _as_adjective(text: str, name: str) -> float:
    """Return how likely a word such as `gabonaise` is the adjective of a name such as `gabon`."""
    begin = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, name, strict=False))
    )
    if begin < _STEM or begin < _STEM_SHARE * len(name) or " " in name:
        return 0.0
    return 0.6 + 0.31 * 2 * begin / (len(text) + len(name))


def _share_within(wanted: list[str], key: Iterable[str], written: str) -> float:
    """Return which share of the letters of a longer name the words of a text are."""
    if not wanted or not set(wanted) <= set(key):
        return 0.0
    return 0.6 + 0.4 * sum(map(len, wanted)) / len(written)


@once_for_each_graph
def index_of(graph: Graph) -> Index:
    """Return the index of a graph."""
    return Index(read_entities(graph), territory_names())


def iri_of(identifier: str) -> str:
    """Return the IRI of a thing that a client names: by its local name, prefixed, or in full."""
    iri = expand(identifier.strip())
    return iri if ":" in iri else ID + iri
