"""The types and the properties of this service: the ontology's, and the code systems of notations.

A class or property of the ontology goes by its local name, such as `State`, one of another
vocabulary by its prefixed name. A code system is a property, such as `code:cow`: its values are the
notations that have it for their datatype.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import CODE, NS, PREFIXES, RDFS, SKOS
from comity.services.naming import compact, expand
from comity.services.once import once_for_each_graph
from comity.services.pages.reading import DEFINITION, LABEL, SUBCLASS, TYPE, nodes, read_supers
from comity.services.pages.reading import Node as _Node
from comity.services.reconciling.entities import PARTS, STATE
from comity.services.reconciling.spelling import plain
from comity.services.selecting import select
from comity.services.speech import closeness, gettext, noted
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph

SUGGESTIONS: Final = 10
"""Suggestions that are given where no limit is."""
_SAMPLE: Final = 2_000  # things of a class whose properties are looked at
_CLASS: Final = f"{PREFIXES['owl']}Class"
_DATATYPE: Final = f"{RDFS}Datatype"
# Properties of other vocabularies that things have, with what they are called here.
_OTHERS: Final = {
    f"{RDFS}label": noted("label"),
    f"{SKOS}altLabel": noted("other name"),
    f"{SKOS}exactMatch": noted("exact match"),
    f"{SKOS}closeMatch": noted("close match"),
    f"{PREFIXES['wgs84']}lat": noted("latitude"),
    f"{PREFIXES['wgs84']}long": noted("longitude"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A type, a property or a code system, with its words by language."""

    iri: str
    labels: dict[str, str]
    definition: str = ""
    above: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What it is called in this service."""
        return identify(self.iri)

    @property
    def is_code_system(self) -> bool:
        """Whether its values are notations."""
        return self.iri.startswith(CODE)

    @property
    def name(self) -> str:
        """Its label for the reader."""
        if self.iri in _OTHERS:
            return gettext(_OTHERS[self.iri])
        tag = min(self.labels, key=lambda each: (closeness(each), each), default=None)
        return self.id if tag is None else self.labels[tag]

    def described(self) -> dict[str, Any]:
        """Return it as the protocol does: identifier, name and description."""
        found = {"id": self.id, "name": self.name}
        return found | ({"description": self.definition} if self.definition else {})

    def goes_by(self, beginning: str) -> bool:
        """Tell whether a name of it begins with a plain text, or a word of the name does."""
        names = (*self.labels.values(), self.name, self.id)
        return any(f" {plain(each)}".find(f" {beginning}") >= 0 for each in names)


@dataclass(frozen=True, slots=True)
class Schema:
    """All types and properties, by IRI, in the order of their names."""

    types: dict[str, Term]
    properties: dict[str, Term]
    supers: dict[str, frozenset[str]]

    def type_of(self, identifier: str) -> Term | None:
        """Return a type by its local name, prefixed name or IRI; None for an unknown one."""
        return self.types.get(iri_of_term(identifier))

    def property_of(self, identifier: str) -> Term | None:
        """Return a property by its local name, prefixed name or IRI; None for an unknown one."""
        return self.properties.get(iri_of_term(identifier))

    def hierarchy(self, iri: str) -> dict[str, Any]:
        """Return a type with the types above it, as `broader` has them."""
        term = self.types[iri]
        found: dict[str, Any] = {"id": term.id, "name": term.name}
        broader = [self.hierarchy(above) for above in term.above if above in self.types]
        return found | ({"broader": broader} if broader else {})


def iri_of_term(identifier: str) -> str:
    """Return the IRI that a type or property goes by."""
    iri = expand(identifier.strip())
    return iri if ":" in iri else NS + iri


def identify(iri: str) -> str:
    """Return what a type or property is called: its local name, or prefixed name, or IRI."""
    return iri.removeprefix(NS) if iri.startswith(NS) else compact(iri)


@once_for_each_graph
def read_schema(graph: Graph) -> Schema:
    """Return the types and properties of a graph."""
    types = _terms(nodes(graph, f"?s a <{_CLASS}>").values())
    types = {iri: each for iri, each in types.items() if iri.startswith(NS) and iri not in PARTS}
    types.setdefault(STATE, Term(STATE, {"en": "state"}))
    properties = _terms(nodes(graph, f"?s a <{PREFIXES['rdf']}Property>").values())
    properties = {iri: each for iri, each in properties.items() if iri.startswith(NS)}
    properties |= {iri: Term(iri, {"en": words}) for iri, words in _OTHERS.items()}
    properties |= _terms(nodes(graph, f"?s a <{_DATATYPE}>").values())
    return Schema(_ordered(types), _ordered(properties), read_supers(graph))


def suggest(terms: Iterable[Term], beginning: str, start: int, most: int) -> list[Term]:
    """Return the terms that a text is the beginning of, those that begin with it first."""
    text = plain(beginning)
    found = [term for term in terms if not text or term.goes_by(text)]
    found.sort(key=lambda term: not plain(term.name).startswith(text))
    return found[start : start + most]


@once_for_each_graph
def properties_of(graph: Graph, kind: str) -> tuple[Term, ...]:
    """Return the properties that things of a type have; a large class is judged by a sample."""
    schema = read_schema(graph)
    below = [iri for iri in schema.types if iri == kind or kind in schema.supers.get(iri, ())]
    if not below:
        return ()
    classes = " ".join(f"<{iri}>" for iri in below)
    things = f"{{ SELECT ?s {{ VALUES ?c {{ {classes} }} ?s a ?c }} LIMIT {_SAMPLE} }}"
    used = [row[0] for row in select(graph, f"SELECT DISTINCT ?p {{ {things} ?s ?p ?o }}")]
    systems = f"{things} ?s <{SKOS}notation> ?o BIND(DATATYPE(?o) AS ?p)"
    used += [row[0] for row in select(graph, f"SELECT DISTINCT ?p {{ {systems} }}")]
    known = {each.value for each in used if isinstance(each, Iri)}
    return tuple(term for iri, term in schema.properties.items() if iri in known)


def pattern_of(term: Term, subject: str = "?s", value: str = "?v") -> str:
    """Return the SPARQL pattern of a property with its value."""
    if term.is_code_system:
        return f"{subject} <{SKOS}notation> {value} FILTER(DATATYPE({value}) = <{term.iri}>)"
    return f"{subject} <{term.iri}> {value}"


def _terms(found: Iterable[_Node]) -> dict[str, Term]:
    return {
        node.iri: Term(
            node.iri,
            {
                term.language: term.lexical
                for term in node.terms(LABEL)
                if isinstance(term, Literal)
            },
            node.text(DEFINITION) or "",
            tuple(node.iris(SUBCLASS)),
            tuple(node.iris(f"{RDFS}range")),
        )
        for node in found
        if node.iris(TYPE)
    }


def _ordered(terms: dict[str, Term]) -> dict[str, Term]:
    def order(iri: str) -> tuple[str, str]:
        return (terms[iri].labels.get("en", ""), iri)

    return {iri: terms[iri] for iri in sorted(terms, key=order)}
