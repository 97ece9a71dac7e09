"""In which order things are told: that of the ontology's own file, then time, then name.

All writers share it, so that a thing stands at the same place in every format. Nothing depends on
the order in which statements come in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES, RDF, RDFS, SKOS
from comity.services.export.description import name_in
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.description import Description, Node
    from comity.store.terms import Term, Triple

TYPE: Final = Iri(f"{RDF}type")
LABEL: Final = Iri(f"{RDFS}label")
SUBCLASS: Final = f"{RDFS}subClassOf"

# What a reader wants to know first, and what can wait until after the ontology's own properties.
_FIRST: Final = (
    f"{RDF}type",
    f"{RDFS}subClassOf",
    f"{RDFS}subPropertyOf",
    f"{PREFIXES['owl']}disjointWith",
    f"{RDFS}domain",
    f"{RDFS}range",
    f"{RDFS}label",
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{SKOS}definition",
    f"{SKOS}notation",
    f"{SKOS}inScheme",
    f"{PREFIXES['dcterms']}title",
    "http://www.w3.org/ns/oa#hasSource",
)
_LAST: Final = (
    f"{SKOS}exactMatch",
    f"{SKOS}closeMatch",
    f"{SKOS}example",
    f"{SKOS}scopeNote",
    f"{SKOS}editorialNote",
    f"{RDFS}comment",
    f"{RDFS}seeAlso",
    f"{RDFS}isDefinedBy",
)
_DIGITS: Final = re.compile(r"(\d+)")
_NO_TIME: Final = "9999-12-31"
_TIMES: Final = (f"{NS}earliest", f"{NS}latest")

Key = tuple[object, ...]
Subject = Iri | BlankNode


@dataclass(frozen=True)
class Ordering:
    """Ranks of classes and properties, as the ontology lists them; both by IRI."""

    classes: dict[str, int]
    properties: dict[str, int]
    parents: dict[str, tuple[str, ...]]
    names: dict[str, str]

    def kinds_of_fact(self) -> tuple[str, ...]:
        """Return the IRIs of comity:Fact and the classes below it, in the ontology's order."""
        return tuple(each for each in self.classes if f"{NS}Fact" in self.lineage(each))

    def lineage(self, kind: str) -> tuple[str, ...]:
        """Return a class and all classes above it, the nearest first."""
        line = [kind]
        for each in line:
            line.extend(up for up in self.parents.get(each, ()) if up not in line)
        return tuple(line)

    def kind(self, node: Node) -> str:
        """Return the class that a thing is told under, or an empty text for one without.

        Of several it is the most special one, which the ontology lists after those above it.
        """
        types = [each.value for each in node.get(TYPE.value, ()) if isinstance(each, Iri)]
        if len(types) == 1:
            return types[0]
        ours = [each for each in types if each in self.classes]
        return max(ours, key=lambda each: self.classes[each]) if ours else min(types, default="")

    def kind_key(self, kind: str) -> Key:
        """Return where a class stands: ours in the ontology's order, others by IRI, none last."""
        if kind in self.classes:
            return (0, self.classes[kind], "")
        return (1 if kind else 2, 0, kind)

    def property_key(self, iri: str) -> Key:
        """Return where a property stands among those of one thing."""
        if iri in _FIRST:
            return (0, _FIRST.index(iri), "")
        if iri in self.properties:
            return (1, self.properties[iri], "")
        if iri in _LAST:
            return (3, _LAST.index(iri), "")
        return (2, 0, iri)

    def by_kind(
        self, description: Description, aside: frozenset[BlankNode] = frozenset()
    ) -> list[tuple[str, list[Subject]]]:
        """Return the classes with their things, all in order; without those that stand aside."""
        kinds: dict[str, list[Subject]] = {}
        for each in description:
            if not (isinstance(each, BlankNode) and each in aside):
                kinds.setdefault(self.kind(description[each]), []).append(each)
        return [
            (kind, self.things(kinds[kind], description))
            for kind in sorted(kinds, key=self.kind_key)
        ]

    def things(self, subjects: Iterable[Subject], description: Description) -> list[Subject]:
        """Return things of one class in order: by time, then name, then IRI."""
        # Few things need all three, and the key of a long IRI is what takes time.
        alike: dict[tuple[str, str], list[Subject]] = {}
        for each in subjects:
            node = description[each]
            name = name_in(node) or ""
            alike.setdefault((_time(node), name.casefold()), []).append(each)
        return [
            each
            for same in sorted(alike, key=lambda each: (each[0], natural(each[1])))
            for each in (
                sorted(alike[same], key=_name_key) if len(alike[same]) > 1 else alike[same]
            )
        ]


def read_ordering(core: Iterable[Triple]) -> Ordering:
    """Return the order of an ontology from its statements in the order of its file."""
    classes: dict[str, int] = {}
    properties: dict[str, int] = {}
    parents: dict[str, tuple[str, ...]] = {}
    names: dict[str, str] = {}
    for subject, predicate, value in core:
        if not isinstance(subject, Iri):
            continue
        if predicate == TYPE and isinstance(value, Iri):
            if value.value == f"{RDFS}Class":
                classes.setdefault(subject.value, len(classes))
            elif value.value == f"{RDF}Property":
                properties.setdefault(subject.value, len(properties))
        elif predicate.value == SUBCLASS and isinstance(value, Iri):
            parents[subject.value] = (*parents.get(subject.value, ()), value.value)
        elif predicate == LABEL and isinstance(value, Literal) and value.language == "en":
            names[subject.value] = value.lexical
    return Ordering(classes, properties, parents, names)


def natural(text: str) -> Key:
    """Return a key that puts `s2` before `s10`; digits compare by number, however many."""
    texts = _DIGITS.split(text)
    key: list[object] = [*texts]
    key[1::2] = [(len(bare), bare, part) for part in texts[1::2] for bare in (part.lstrip("0"),)]
    return tuple(key)


def in_order(values: list[Term]) -> list[Term]:
    """Return several values in the order of `term_key`."""
    return sorted(values, key=term_key) if len(values) > 1 else values


def _time(node: Node) -> str:
    """Return the first day that is stated of a thing, or one after all days."""
    stated = [
        each.lexical
        for name in _TIMES
        if name in node
        for each in node[name]
        if isinstance(each, Literal)
    ]
    return min(stated, default=_NO_TIME)


def _name_key(subject: Subject) -> Key:
    """Return the same order as `term_key`, for things that are compared once."""
    if isinstance(subject, Iri):
        return (0, natural(subject.value))
    return (1, natural(subject.id))


@lru_cache(maxsize=1 << 16)
def term_key(term: Term) -> Key:
    """Return where a value stands among several: IRIs, then blank nodes, then literals.

    Texts without a language come first, then English, then the others by their tag.
    """
    if isinstance(term, Iri):
        return (0, "", "", natural(term.value), term.value)
    if isinstance(term, BlankNode):
        return (1, "", "", natural(term.id), term.id)
    language = "" if term.language == "en" else term.language
    tagged = bool(term.language)
    return (2, f"{tagged:d}{language}", term.datatype, natural(term.lexical), term.lexical)
