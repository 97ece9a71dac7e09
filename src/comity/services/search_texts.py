"""What can be found by a search, by which names, and what else is said of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, ID, NS, PREFIXES, QUERY, RDFS, SKOS
from comity.services.selecting import select
from comity.services.speech import ENGLISH, LANGUAGES, closeness, foreign, speaking, told
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.store.engine import Graph

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
_TEXTS: Final = "|".join(
    f"<{iri}>"
    for iri in (
        f"{SKOS}definition",
        f"{SKOS}scopeNote",
        f"{NS}purpose",
        f"{PREFIXES['dcterms']}description",
        f"{PREFIXES['schema']}keywords",
    )
)
QUESTION: Final = "Question"
TERM: Final = "Term"
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
_AFTER_FACTS: Final = {QUESTION: 1, "Code": 2, TERM: 3, "Source": 1}
# What is too common to tell one fact from another.
_SAID_OF_MOST: Final = frozenset({"Dyad", "State"})
# Parts of other things, found with these.
_PARTS: Final = " ".join(f"<{NS}{name}>" for name in ("Amount", "Claim", "Issue", "Passage"))
_BARE: Final = str.maketrans("əƏıİ", "eEiI")


class Said(NamedTuple):
    """A text that is said of a thing, in its language."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Thing:
    """What can be found: its labels by language, and its kind."""

    labels: dict[str, str]
    kind: str

    @property
    def group(self) -> str:
        """The sort of thing that it is listed with."""
        if self.kind in _KINDS:
            return "Actor"
        if self.kind in {"Code", TERM}:
            return TERM
        return self.kind if self.kind in {"Agreement", QUESTION, "Source"} else "Fact"

    def label(self) -> tuple[str, str]:
        """Return the label for the reader, and its language if that is not the reader's."""
        tag = min(self.labels, key=closeness)
        return self.labels[tag], foreign(tag)


@lru_cache(maxsize=65_536)
def bare(text: str) -> str:
    """Return a text as it is compared: case folded, without accents, with single spaces."""
    plain = unicodedata.normalize("NFKD", text.translate(_BARE)).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def weight(kind: str) -> int:
    """Return the place of a kind among the others: actors before facts before terms."""
    if kind in _KINDS:
        return _KINDS.index(kind)
    return len(_KINDS) + _AFTER_FACTS.get(kind, 0)


def read_things(graph: Graph) -> tuple[list[tuple[str, str, str]], dict[str, Thing]]:
    """Return the names of a graph as IRI, name and language, and what they name by IRI."""
    things = _things(graph)
    names = [*_names(graph)]
    for iri, thing in things.items():
        if thing.kind == QUESTION:  # whose words are messages
            for tag, words in _in_each_language(thing.labels.get(ENGLISH, "")):
                thing.labels[tag] = words
                names.append((iri, words, tag))
    return names, things


def read_said(
    graph: Graph, things: Mapping[str, Thing], *, linked: bool = True
) -> dict[str, list[Said]]:
    """Return what is said of things by IRI: names of kinds and of whom they concern, definitions.

    What is said of most of them, such as the two states, is left out; unless they are to be found
    by what they are `linked` to, definitions and descriptions are all.
    """
    found: dict[str, dict[Said, None]] = {}
    for subject, text in select(graph, f"SELECT DISTINCT ?s ?text {{ ?s {_TEXTS} ?text }}"):
        if isinstance(subject, Iri) and isinstance(text, Literal) and subject.value in things:
            known = found.setdefault(subject.value, {})
            known[Said(text.lexical, text.language or "")] = None
            if things[subject.value].kind == QUESTION:
                words = text.lexical.replace("-", " ") if not text.language else text.lexical
                known |= {Said(each, tag): None for tag, each in _in_each_language(words)}
    if linked:
        _add_linked(graph, things, found)
    # The shortest that holds a word is what is shown, whatever the order that the engine has.
    return {
        iri: sorted(texts, key=lambda each: (len(each.text), each)) for iri, texts in found.items()
    }


def _add_linked(
    graph: Graph, things: Mapping[str, Thing], found: dict[str, dict[Said, None]]
) -> None:
    """Add the names of what facts are linked to."""
    names: dict[str, list[Said]] = {}
    for iri, name, tag in _names(graph):
        names.setdefault(iri, []).append(Said(name, tag))
    links = (
        "SELECT DISTINCT ?s ?o { ?s ?p ?o "
        f'FILTER(STRSTARTS(STR(?s), "{ID}") && ISIRI(?o)) '
        f'FILTER(STRSTARTS(STR(?o), "{ID}") || STRSTARTS(STR(?o), "{CODE}") '
        f'|| STRSTARTS(STR(?o), "{NS}")) }}'
    )
    for subject, target in select(graph, links):
        if not isinstance(subject, Iri) or not isinstance(target, Iri):
            continue
        thing, about = things.get(subject.value), things.get(target.value)
        if (
            thing
            and about
            and about.kind not in _SAID_OF_MOST
            and weight(thing.kind) >= len(_KINDS)
        ):
            found.setdefault(subject.value, {}).update(dict.fromkeys(names[target.value]))


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
            if weight(named) < weight(known.kind):
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
        return QUESTION
    return TERM if iri.startswith(NS) else ""


def _names(graph: Graph) -> Iterator[tuple[str, str, str]]:
    query = f"SELECT DISTINCT ?s ?name {{ ?s {'|'.join(_LABELS)} ?name }}"
    for thing, name in select(graph, query):
        if isinstance(thing, Iri) and isinstance(name, Literal):
            yield thing.value, name.lexical, name.language or ""


def _in_each_language(message: str) -> Iterator[tuple[str, str]]:
    """Yield what the header of a query says in the languages it is translated to."""
    for tag in LANGUAGES:
        with speaking(tag):
            words = told(message)
        if words != message:
            yield tag, words
