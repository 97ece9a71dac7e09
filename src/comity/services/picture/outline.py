"""The ontology as the picture needs it: its classes, its properties, and where each belongs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES, RDF, RDFS, SKOS
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.terms import Triple

OWL: Final = PREFIXES["owl"]
CONCEPT: Final = f"{SKOS}Concept"
CLASS: Final = f"{OWL}Class"
PROPERTY: Final = f"{RDF}Property"
LITERAL_PROPERTY: Final = f"{OWL}DatatypeProperty"
ANYTHING: Final = f"{OWL}Thing"


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """One class: its local name, what it means, and the class above it, if any."""

    name: str
    definition: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """One property: its local name, the class that has it (None: any thing), and its value.

    `value` is "thing", "code" or "literal".
    """

    name: str
    domain: str | None
    value: str


@dataclass(frozen=True, slots=True)
class Outline:
    """All classes and properties of the ontology's core, each sorted by name."""

    classes: tuple[ClassTerm, ...]
    properties: tuple[PropertyTerm, ...]

    def children(self, name: str) -> tuple[str, ...]:
        """Return the names of the classes directly below a class."""
        return tuple(term.name for term in self.classes if term.parent == name)

    def roots(self) -> tuple[str, ...]:
        """Return the names of the classes that have no class above them."""
        return tuple(term.name for term in self.classes if term.parent is None)


def read(triples: Iterable[Triple]) -> Outline:
    """Read the outline from the statements of the ontology's core."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, Iri) and triple.subject.value.startswith(NS):
            term = triple.object
            text = term.lexical if isinstance(term, Literal) else term.n3().strip("<>")
            values[triple.subject.value][triple.predicate.value].append(text)
    terms = sorted(values.items())
    return Outline(
        tuple(_class_term(name, of) for name, of in terms if CLASS in of[f"{RDF}type"]),
        tuple(_property_term(name, of) for name, of in terms if PROPERTY in of[f"{RDF}type"]),
    )


def _class_term(name: str, of: dict[str, list[str]]) -> ClassTerm:
    parent = next((each.removeprefix(NS) for each in of[f"{RDFS}subClassOf"]), None)
    return ClassTerm(name.removeprefix(NS), " ".join(of[f"{SKOS}definition"]), parent)


def _property_term(name: str, of: dict[str, list[str]]) -> PropertyTerm:
    domain = next(iter(of[f"{RDFS}domain"]), ANYTHING)
    value = "literal" if LITERAL_PROPERTY in of[f"{RDF}type"] else "thing"
    return PropertyTerm(
        name.removeprefix(NS),
        None if domain == ANYTHING else domain.removeprefix(NS),
        "code" if CONCEPT in of[f"{RDFS}range"] else value,
    )
