"""The persons who act in a relation, with their offices and occasions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS
from comity.services.pages.reading import TYPE, nodes, values
from comity.services.pages.views import Fact, Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph

PERSON: Final = f"{NS}Person"
HOLDER: Final = f"{NS}holder"
POST: Final = f"{NS}post"


@dataclass(frozen=True, slots=True)
class Person:
    """A person who acts in a relation."""

    name: Name
    """The person."""
    offices: tuple[tuple[Name, Fact], ...]
    """The posts held, each with the tenure that says so."""
    occasions: tuple[Fact, ...]
    """The other facts that name the person, in the order of time."""


def read_people(graph: Graph, facts: Iterable[Fact]) -> tuple[Person, ...]:
    """Return the persons whom facts name, in alphabetical order."""
    facts = tuple(facts)
    named: dict[str, str] = {
        value.iri: value.text
        for fact in facts
        for statement in fact.statements
        for value in statement.values
        if value.iri is not None
    }
    if not named:
        return ()
    typed = nodes(graph, f"{values('s', sorted(named))} ?s a comity:Person")
    found = [
        _person(Name(iri, named[iri]), facts) for iri in typed if PERSON in typed[iri].iris(TYPE)
    ]
    return tuple(sorted(found, key=lambda person: person.name.label))


def _person(name: Name, facts: Iterable[Fact]) -> Person:
    offices: list[tuple[Name, Fact]] = []
    occasions: list[Fact] = []
    for fact in facts:
        if _has(fact, HOLDER, name.iri):
            offices.extend((post, fact) for post in _values(fact, POST))
        elif any(_has(fact, statement.property.iri, name.iri) for statement in fact.statements):
            occasions.append(fact)
    return Person(name, tuple(offices), tuple(occasions))


def _has(fact: Fact, prop: str, iri: str) -> bool:
    return any(value.iri == iri for value in _values(fact, prop))


def _values(fact: Fact, prop: str) -> list[Name]:
    return [
        Name(value.iri, value.text)
        for statement in fact.statements
        if statement.property.iri == prop
        for value in statement.values
        if value.iri is not None
    ]
