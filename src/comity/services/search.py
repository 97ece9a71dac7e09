"""Search by what people type: labels in three languages, codes and other spellings, as they type.

An index of trigrams (SQLite's FTS5) finds what holds every word of the text; the order is made
here: who goes by just that name first, then who begins with it, actors before facts before terms.
Accents do not count, nor do the letters that Azerbaijani has beside those of the basic alphabet.
"""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, QUERY, RDFS, SKOS
from comity.services.once import once_for_each_graph
from comity.services.pages.views import Name
from comity.services.selecting import select
from comity.services.speech import LANGUAGES, closeness, foreign
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.store.engine import Graph

LONGEST_TEXT: Final = 200
MOST_MATCHES: Final = 50

_TRIGRAM: Final = 3
_CANDIDATES: Final = 400
_LABELS: Final = tuple(
    f"<{iri}>"
    for iri in (
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{SKOS}altLabel",
        f"{SKOS}hiddenLabel",
        f"{NS}nameAsStated",
        f"{NS}iso3",
        f"{SKOS}notation",
    )
)
# The kinds that come first, each with those below it; what is none of them is a fact.
_KINDS: Final = (
    "Dyad",
    "State",
    "Mission",
    "Person",
    "Organization",
    "BilateralBody",
    "Place",
    "Facility",
    "Post",
)
# Parts of other things, found with these.
_PARTS: Final = " ".join(f"<{NS}{name}>" for name in ("Amount", "Claim", "Issue", "Passage"))
_BARE: Final = str.maketrans("əƏıİ", "eEiI")


@dataclass(frozen=True, slots=True)
class Match:
    """A thing that a text may mean; `matched` is the name by which it was found.

    The label is in the reader's language, else in English; `spoken` is its language if it is not
    the reader's.
    """

    iri: str
    label: str
    kind: str
    matched: str
    language: str
    spoken: str = ""

    @property
    def name(self) -> Name:
        """The thing by its label."""
        return Name(self.iri, self.label, self.spoken)


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found: its labels by language, and its kind."""

    labels: dict[str, str]
    kind: str

    def label(self) -> tuple[str, str]:
        """Return the label for the reader, and its language if that is not the reader's."""
        tag = min(self.labels, key=closeness)
        return self.labels[tag], foreign(tag)


class Index:
    """The names of all things in a graph; safe to use from many threads."""

    def __init__(self, names: Iterable[tuple[str, str, str]], things: Mapping[str, Thing]) -> None:
        """Index names as IRI, name and language; `things` has what can be found by IRI."""
        self._things = things
        self._lock = threading.Lock()
        self._store = sqlite3.connect(":memory:", check_same_thread=False)
        self._store.execute(
            "CREATE VIRTUAL TABLE name USING fts5(plain, text UNINDEXED, language UNINDEXED, "
            "iri UNINDEXED, tokenize = 'trigram')"
        )
        self._store.executemany(
            "INSERT INTO name VALUES (?, ?, ?, ?)",
            ((bare(text), text, language, iri) for iri, text, language in names if iri in things),
        )

    def find(self, text: str, most: int = MOST_MATCHES) -> list[Match]:
        """Return at most so many things that a text may mean, the likeliest first."""
        wanted = bare(text[:LONGEST_TEXT])
        if not wanted:
            return []
        best: dict[str, tuple[tuple[int, int, int, str], tuple[str, str, str]]] = {}
        for plain, name, tag, iri in self._candidates(wanted.split()):
            order = (_closeness(plain, wanted), _weight(self._things[iri].kind), len(plain), plain)
            if iri not in best or order < best[iri][0]:
                best[iri] = order, (iri, name, tag)
        found = sorted(best.values(), key=lambda each: each[0])[:most]
        return [self._match(*each) for _, each in found]

    def _match(self, iri: str, name: str, tag: str) -> Match:
        thing = self._things[iri]
        label, spoken = thing.label()
        return Match(iri, label, thing.kind, name, tag, spoken)

    def _candidates(self, words: list[str]) -> list[tuple[str, str, str, str]]:
        long = [word for word in words if len(word) >= _TRIGRAM]
        conditions = ["name MATCH ?"] if long else []
        values = [" ".join('"' + word.replace('"', '""') + '"' for word in long)] if long else []
        for word in words:
            if word not in long:
                conditions.append("instr(plain, ?)")
                values.append(word)
        text = (
            "SELECT plain, text, language, iri FROM name WHERE "  # noqa: S608 - conditions of ours
            f"{' AND '.join(conditions)} ORDER BY length(plain), plain LIMIT {_CANDIDATES}"
        )
        with self._lock:
            return self._store.execute(text, values).fetchall()


@once_for_each_graph
def search_index(graph: Graph) -> Index:
    """Return the index of a graph."""
    return Index(_names(graph), _things(graph))


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Return a text as it is compared: case folded, without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_BARE)).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _closeness(plain: str, wanted: str) -> int:
    """Return 0 for the name itself, 1 for its beginning, 2 for that of a word, 3 for the rest."""
    if plain == wanted:
        return 0
    if plain.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in plain else 3


def _weight(kind: str) -> int:
    if kind in _KINDS:
        return _KINDS.index(kind)
    return len(_KINDS) + {"Question": 1, "Code": 2, "Term": 3, "Source": 1}.get(kind, 0)


def _things(graph: Graph) -> dict[str, Thing]:
    """Return everything that can be found, by IRI."""
    found: dict[str, Thing] = {}
    tags = ", ".join(f'"{tag}"' for tag in ("", *LANGUAGES))
    labels = "|".join(_LABELS[:2])
    query = (
        f"SELECT ?s ?c ?label {{ ?s a ?c ; {labels} ?label "
        f"FILTER NOT EXISTS {{ VALUES ?part {{ {_PARTS} }} ?s a ?part }} "
        f"FILTER(LANG(?label) IN ({tags})) }} ORDER BY ?s ?label"
    )
    for thing, kind, label in select(graph, query):
        if isinstance(thing, Iri) and isinstance(kind, Iri) and isinstance(label, Literal):
            named = _kind(thing.value, kind.value)
            if not named:
                continue
            known = found.setdefault(thing.value, Thing({}, named))
            if _weight(named) < _weight(known.kind):
                found[thing.value] = known = Thing(known.labels, named)
            known.labels.setdefault(label.language, label.lexical)
    return found


def _kind(iri: str, cls: str) -> str:
    """Return what a thing of a class is called here; empty for what has no page of its own."""
    if iri.startswith(ID):
        return cls.removeprefix(NS) if cls.startswith(NS) else ""
    if iri.startswith(CODE):
        return "Code"
    if iri.startswith(QUERY):
        return "Question"
    return "Term" if iri.startswith(NS) else ""


def _names(graph: Graph) -> Iterable[tuple[str, str, str]]:
    query = f"SELECT DISTINCT ?s ?name {{ ?s {'|'.join(_LABELS)} ?name }}"
    for thing, name in select(graph, query):
        if isinstance(thing, Iri) and isinstance(name, Literal):
            yield thing.value, name.lexical, name.language or ""
