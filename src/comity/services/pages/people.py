"""The persons who act in a relation, with their offices and occasions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS
from comity.services.pages.reading import TYPE, nodes, values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Fact, Name
    from comity.store.engine import Graph

PERSON: Final = f"{NS}Person"
HOLDER: Final = f"{NS}holder"
POST: Final = f"{NS}post"
_AMBASSADOR: Final = f"{CODE}post.ambassador"


@dataclass(frozen=True, slots=True)
class Person:
    """A person who acts in a relation."""

    name: Name
    """The person."""
    offices: tuple[tuple[Name, Fact], ...]
    """The posts held, each with the tenure that says so."""
    occasions: tuple[Fact, ...]
    """The other facts that name the person, in the order of time."""
    embassies: frozenset[str] = frozenset()
    """The IRIs of those of the posts that are an ambassador's."""


def read_people(graph: Graph, facts: Iterable[Fact]) -> tuple[Person, ...]:
    """Return the persons whom facts name, in alphabetical order."""
    facts = tuple(facts)
    named: dict[str, Name] = {
        value.iri: value.name
        for fact in facts
        for statement in fact.statements
        for value in statement.values
        if value.iri is not None
    }
    if not named:
        return ()
    typed = nodes(graph, f"{values('s', sorted(named))} ?s a comity:Person")
    pattern = f"{values('s', sorted(named))} ?s comity:kind <{_AMBASSADOR}>"
    embassies = frozenset(nodes(graph, pattern))
    found = [
        _person(named[iri], facts, embassies) for iri in typed if PERSON in typed[iri].iris(TYPE)
    ]
    return tuple(sorted(found, key=lambda person: person.name.label))


def _person(name: Name, facts: Iterable[Fact], embassies: frozenset[str]) -> Person:
    offices: list[tuple[Name, Fact]] = []
    occasions: list[Fact] = []
    for fact in facts:
        if _has(fact, HOLDER, name.iri):
            offices.extend((post, fact) for post in _values(fact, POST))
        elif any(_has(fact, statement.property.iri, name.iri) for statement in fact.statements):
            occasions.append(fact)
    held = embassies & {post.iri for post, _ in offices}
    return Person(name, tuple(offices), tuple(occasions), held)


def _has(fact: Fact, prop: str, iri: str) -> bool:
    return any(value.iri == iri for value in _values(fact, prop))


def _values(fact: Fact, prop: str) -> list[Name]:
    return [
        value.name
        for statement in fact.statements
        if statement.property.iri == prop
        for value in statement.values
        if value.iri is not None
    ]
