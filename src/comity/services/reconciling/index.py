"""What a text may mean in a graph, by its names and codes.

A text is looked up as a code and as it is written, then without accents and signs, then word by
word without the words for forms of state. Only if it is nobody's name or code, names like it are
looked for. Each step has a score of its own (see `docs/reconciliation.md`). Names of territories
that the graph has no state for are known as well, so that they are not taken for a similar one.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from comity.model.terms import ID
from comity.services.naming import LONGEST_NAME, expand
from comity.services.once import once_for_each_graph
from comity.services.reconciling.beginnings import Beginnings
from comity.services.reconciling.codes import CODE_SCORE, Codes
from comity.services.reconciling.entities import ORGANIZATION, PERSON, read_entities
from comity.services.reconciling.former_states import FORMER_STATES
from comity.services.reconciling.forms import Forms
from comity.services.reconciling.hits import MARGIN, SURE_IF_ALONE, Hit, best_of
from comity.services.reconciling.likeness import Likeness
from comity.services.reconciling.names import (
    FORM_APART,
    FORMLESS,
    HALF,
    MADE,
    OWN,
    RARE,
    SHARED,
    Names,
)
from comity.services.reconciling.other_names import kinds_of_parts, other_names, other_places
from comity.services.reconciling.ours import is_held, territories_of
from comity.services.reconciling.pairs import among_pairs
from comity.services.reconciling.persons import Persons
from comity.services.reconciling.respelling import by_capital, by_sound
from comity.services.reconciling.skeletons import Skeletons
from comity.services.reconciling.slips import Slips
from comity.services.reconciling.spelling import plain, words
from comity.services.reconciling.territories import territories
from comity.services.reconciling.variants import (
    BRACKETS,
    before_brackets,
    in_latin,
    initials,
)
from comity.services.speech import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.services.reconciling.entities import Entities, Entity
    from comity.services.reconciling.territories import Territories
    from comity.store.engine import Graph

_APART: Final = 3.0
_BY_DATA: Final = 97.0  # the least score of a name of the data
_PART: Final = 5.0  # less, for a name before brackets
_WITHIN: Final = 60.0  # a name within brackets
_ANOTHER: Final = Hit("?another", 100.0, 100.0, is_name=True)
_TURN: Final = Lock()
_LEFT_OUT: Final[WeakKeyDictionary[Graph, tuple[str, ...]]] = WeakKeyDictionary()


class Index:
    """Names and codes of the things of a graph; it never changes, and threads may share it."""

    def __init__(self, entities: Entities, known: Territories) -> None:
        """Index things, and states by the names that territories have elsewhere."""
        self.entities = entities
        self.beginnings = Beginnings(entities.by_iri)
        self._codes = Codes()
        self._others = other_names() if known.names else frozenset[str]()
        self._places = other_places() if known.names else frozenset[str]()
        self._forms = forms = Forms(known.forms, known.small, kinds_of_parts())
        self._names = Names(forms)
        self._skeletons = Skeletons(forms)
        self._persons = Persons()
        for entity in entities.by_iri.values():
            self._add(entity)
        ours = territories_of(entities, known)
        listed = known.names if ours else {}
        listed = {code: names for code, names in listed.items() if not is_held(entities, names)}
        for code, names in listed.items():
            iri = ours.get(code, f"?{code}")
            self._codes.add(code, iri, CODE_SCORE)
            for name, languages in names.items():
                self._names.add(iri, name, SHARED if languages > 1 else RARE, is_state=True)
        for code, names in listed.items():
            iri = ours.get(code, f"?{code}")
            self._add_made(iri, names, is_state=True)
            for name in known.own.get(code, ()):
                if latin := in_latin(name):
                    self._names.add(iri, latin, MADE, is_state=True)
            for half in known.halves.get(code, ()):
                self._names.add(iri, half, HALF, is_state=True)
        for name in FORMER_STATES if listed else ():
            self._names.add_if_new(f"?{name}", name)
        today = [entities.by_iri[iri] for iri in ours.values()]
        self._names.settle(
            {each.iri: each.labels[ENGLISH] for each in today if ENGLISH in each.labels}
        )
        self._likeness = Likeness(self._names.formed, forms)
        self._slips = Slips(_joined(self._names, entities), forms)

    def _add(self, entity: Entity) -> None:
        self._codes.add_all(entity)
        for name in entity.names:
            self._names.add(entity.iri, name, OWN, is_state=entity.is_territory)
            if PERSON in entity.types:
                self._persons.add(entity.iri, name)
        if _is_actor(self.entities, entity):
            self._add_made(entity.iri, entity.names, is_state=entity.is_territory)

    def _add_made(self, iri: str, names: Iterable[str], *, is_state: bool) -> None:
        """Add what names are shortened to, and those of states without what is in brackets."""
        for name in names:
            for short in initials(name):
                self._names.add_initials(iri, short)
            if is_state:
                self._skeletons.add(iri, name)
                if before := before_brackets(name):
                    self._names.add(iri, before, MADE, is_state=True)

    def find(self, text: str) -> list[Hit]:
        """Return what a text may mean, the likeliest first; of equals the first by IRI.

        A hit whose IRI is none of the things stands for a territory that the graph does not have.
        """
        if not text.strip() or len(text) > LONGEST_NAME:
            return []
        found = self._by_name(text)
        if not any(hit.is_code or hit.score > FORMLESS for hit in found):
            found = among_pairs(text, found, self._state)
        if not _is_known(found):
            found = best_of((*found, *self._by_parts(text)))
        if not _is_known(found):
            found = best_of((*found, *self._persons.find(text)))
        if _is_known(found):
            return sorted(found, key=lambda hit: (-hit.score, hit.iri))
        bare = plain(text)
        is_another = self._is_another(bare)
        loosely = self._names.by_words(bare, loosely=True)
        found = best_of((*found, *self._names.shortened(text), *loosely))
        if is_another or not _is_known(found):
            found = best_of((*found, *self._near(text, bare)))
            if is_another:
                found = (*found, _ANOTHER)
            elif all(hit.score < SURE_IF_ALONE for hit in found):
                found = best_of((*found, *self._slips.alone(bare)))
        return sorted(found, key=lambda hit: (-hit.score, hit.iri))

    def _near(self, text: str, bare: str) -> Iterator[Hit]:
        """Yield what has a name like a text."""
        yield from self._skeletons.find(bare)
        yield from self._likeness.find(bare)
        yield from self._slips.find(bare)
        yield from by_capital(text, self._by_name, self._slips.find)
        for hit in by_sound(text, self._by_name, self._likeness.find, self._slips.find):
            if self._is_territory(hit.iri):
                yield hit

    def _is_another(self, bare: str) -> bool:
        """Tell whether a plain text, or what it says a form of state of, is no state's name."""
        return bare in self._others or " ".join(self._forms.without(bare)[0]) in self._places

    def named(self, text: str) -> tuple[Hit, ...]:
        """Return what goes by a text as a name, and nothing by a code or a name like it."""
        if not text.strip() or len(text) > LONGEST_NAME:
            return ()
        return tuple(hit for hit in self._by_name(text) if hit.is_name)

    def _by_name(self, text: str) -> tuple[Hit, ...]:
        """Return what goes by a text as a code or a name."""
        bare = plain(text)
        codes, written = self._codes.find(text), self._names.as_written(text, bare)
        found = _with_its_form(best_of((*codes, *written, *self._names.by_words(bare))))
        return self._labelled(bare, found) if len(found) > 1 else found

    def _labelled(self, bare: str, found: tuple[Hit, ...]) -> tuple[Hit, ...]:
        """Return what is found, with less for what is called so beside a thing labelled so.

        `Osaka` is the city, though a source calls its university that.
        """
        best = [hit for hit in found if hit.score >= _BY_DATA and hit.is_name]
        labelled = {hit.iri for hit in best if self._is_labelled(hit.iri, bare)}
        if len(labelled) != 1 or len(best) == 1:
            return found
        return tuple(
            replace(hit, score=min(hit.score, _BY_DATA - MARGIN))
            if hit in best
            and hit.iri not in labelled
            and not hit.is_code
            and not self._is_territory(hit.iri)
            else hit
            for hit in found
        )

    def _is_labelled(self, iri: str, bare: str) -> bool:
        entity = self.entities.by_iri.get(iri)
        return entity is not None and any(plain(each) == bare for each in entity.labels.values())

    def _is_territory(self, iri: str) -> bool:
        entity = self.entities.by_iri.get(iri)
        return iri.startswith("?") if entity is None else entity.is_territory

    def _by_parts(self, text: str) -> Iterator[Hit]:
        """Yield what goes by the name before brackets, or by the one within.

        What is within may tell where something is, as in `Tahiti (France)`.
        """
        if BRACKETS.search(text):
            for hit in self._by_name(BRACKETS.sub(" ", text)):
                if hit.is_name:
                    yield replace(hit, score=hit.score - _PART)
            for part in BRACKETS.findall(text):
                for hit in self._by_name(part):
                    if hit.is_name:
                        yield Hit(hit.iri, _WITHIN, hit.similarity)

    def _state(self, text: str, least: float) -> str:
        """Return the identifier of the state that goes by a text, empty if none or several do."""
        hits = self._by_name(text)
        best = max((hit.score for hit in hits), default=0.0)
        meant = {hit.iri for hit in hits if hit.score == best > least}
        if len(meant) != 1:
            return ""
        iri = meant.pop()
        return iri.removeprefix(ID) if self._is_territory(iri) else ""


def _joined(names: Names, entities: Entities) -> dict[str, dict[str, int]]:
    """Return names in one word, each with its things and whose name it is: 0 for a label."""
    joined = names.joined()
    for iri, entity in entities.by_iri.items():
        for label in entity.labels.values():
            known = joined.get(plain(label).replace(" ", ""), {})
            if iri in known:
                known[iri] = 0
            if entity.is_territory:
                for each in filter(None, (label, before_brackets(label))):
                    if names.called(each) <= {iri}:
                        joined.setdefault("".join(words(plain(each))), {}).setdefault(iri, 0)
    return joined


def _is_actor(entities: Entities, entity: Entity) -> bool:
    """Tell whether a thing is one that people shorten the name of: a state or an organization."""
    return entity.is_territory or ORGANIZATION in entities.all_types(entity)


def _with_its_form(found: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return what is found, with less for what has another form of state beside what has this one.

    `Dominican Republic` has all of its words; Dominica, as some languages say it, has not.
    """
    if not any(hit.is_name and hit.similarity > FORM_APART for hit in found):
        return found
    return tuple(
        replace(hit, score=hit.score - _APART) if hit.similarity == FORM_APART else hit
        for hit in found
    )


def index_of(graph: Graph) -> Index:
    """Return the index of a graph, which is made once, by the first who asks."""
    with _TURN:
        return _read_index(graph)


def left_out(graph: Graph) -> tuple[str, ...]:
    """Return the classes whose names are too many to be held, as far as they have been read."""
    return _LEFT_OUT.get(graph, ())


@once_for_each_graph
def _read_index(graph: Graph) -> Index:
    entities = read_entities(graph)
    _LEFT_OUT[graph] = entities.left_out
    return Index(entities, territories())


def iri_of(identifier: str) -> str:
    """Return the IRI of a thing that a client names: by its local name, prefixed, or in full."""
    iri = expand(identifier.strip())
    return iri if ":" in iri else ID + iri


def _is_known(hits: tuple[Hit, ...]) -> bool:
    return any(hit.is_name or hit.is_code for hit in hits)
