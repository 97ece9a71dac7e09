"""What can be matched: the things of a graph with their names and codes, read class by class.

A graph may be too large for all its names to be held. The classes are therefore read in an order,
actors before facts, and a class whose names are too many is left out as a whole and named, so that
nobody takes half of it for all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, NS, PREFIXES, RDFS, SKOS
from comity.services.pages.reading import read_supers
from comity.services.search_texts import weight
from comity.services.selecting import select
from comity.services.speech import closeness
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.store.engine import Graph

STATE: Final = f"{NS}State"
ORGANIZATION: Final = f"{NS}Organization"
PERSON: Final = f"{NS}Person"
MOST_NAMES: Final = 150_000
"""Names and codes of one class that are held; those of all classes are three times as many."""

PARTS: Final = frozenset(f"{NS}{name}" for name in ("Amount", "Claim", "Issue", "Passage"))
_LABELS: Final = (f"{RDFS}label", f"{SKOS}prefLabel")
_OTHER_NAMES: Final = (f"{SKOS}altLabel", f"{SKOS}hiddenLabel", f"{NS}nameAsStated")
_CODES: Final = (f"{NS}iso3", f"{SKOS}notation")
_SAME: Final = f"{SKOS}exactMatch"
_ISO3: Final = f"{NS}iso3"
ALPHA_2: Final = f"{CODE}iso-3166-1-alpha-2"


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with what it goes by; codes are told by the system that they are of."""

    iri: str
    types: tuple[str, ...]
    labels: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What it is called in this service."""
        return self.iri.removeprefix(ID)

    @property
    def is_territory(self) -> bool:
        """Whether it is a state or a part of one with a code of ISO 3166-1, named everywhere."""
        return STATE in self.types or bool(self.code(ALPHA_2))

    def label(self) -> tuple[str, str]:
        """Return the label for the reader, and its language."""
        if not self.labels:
            return self.id, ""
        tag = min(self.labels, key=lambda each: (closeness(each), each))
        return self.labels[tag], tag

    def code(self, system: str) -> str:
        """Return the code of a system, empty if it has none."""
        return next((code for code, of in self.codes if of == system), "")


@dataclass(frozen=True, slots=True)
class Entities:
    """The things that can be matched, and the classes that are too large for that."""

    by_iri: dict[str, Entity]
    supers: dict[str, frozenset[str]]
    left_out: tuple[str, ...]

    def all_types(self, entity: Entity) -> frozenset[str]:
        """Return the classes of a thing, and those above them."""
        return frozenset(entity.types).union(*(self.supers.get(t, ()) for t in entity.types))


def rank(entity: Entity) -> int:
    """Return the place of a thing among others: actors before facts."""
    return min(weight(kind.removeprefix(NS)) for kind in entity.types)


def read_entities(graph: Graph) -> Entities:
    """Return the things with a label of the graph's own classes."""
    supers = read_supers(graph)
    found: dict[str, Entity] = {}
    left_out: list[str] = []
    room = 3 * MOST_NAMES
    for cls in _classes(graph):
        rows = [*_rows(graph, cls, min(MOST_NAMES, room))]
        if len(rows) > min(MOST_NAMES, room):
            left_out.append(cls)
            continue
        room -= len(rows)
        for iri, prop, value in rows:
            known = found.get(iri)
            if known is None:
                known = found[iri] = Entity(iri, (cls,))
            elif cls not in known.types:
                types = (*known.types, cls)
                known = found[iri] = Entity(iri, types, known.labels, known.names, known.codes)
            _add(known, prop, value)
    return Entities(
        {iri: each for iri, each in found.items() if each.labels or each.names},
        supers,
        tuple(left_out),
    )


def _classes(graph: Graph) -> list[str]:
    """Return the classes of the ontology, those of actors first."""
    query = (
        f"SELECT DISTINCT ?class {{ ?class a <{PREFIXES['owl']}Class> "
        f'FILTER(STRSTARTS(STR(?class), "{NS}")) }}'
    )
    known = {cls.value for (cls,) in select(graph, query) if isinstance(cls, Iri)} - PARTS
    known.add(STATE)
    return sorted(known, key=lambda iri: (weight(iri.removeprefix(NS)), iri))


def _rows(graph: Graph, cls: str, most: int) -> Iterator[tuple[str, str, Iri | Literal]]:
    """Yield thing, property and value of each name and code; one more than the most if there is."""
    properties = ", ".join(f"<{iri}>" for iri in (*_LABELS, *_OTHER_NAMES, *_CODES, _SAME))
    query = (
        f"SELECT ?s ?p ?o {{ ?s a <{cls}> ; ?p ?o FILTER(?p IN ({properties})) "
        f'FILTER(STRSTARTS(STR(?s), "{ID}")) }} LIMIT {most + 1}'
    )
    for thing, prop, value in select(graph, query):
        if isinstance(thing, Iri) and isinstance(prop, Iri) and isinstance(value, Iri | Literal):
            yield thing.value, prop.value, value


def _add(entity: Entity, prop: str, value: Iri | Literal) -> None:
    if isinstance(value, Iri):
        if prop == _SAME:
            entity.codes.append((value.value, _SAME))
    elif prop in _CODES:
        system = _ISO3 if prop == _ISO3 else value.datatype
        if (value.lexical, system) not in entity.codes:
            entity.codes.append((value.lexical, system))
    else:
        if prop in _LABELS:
            entity.labels.setdefault(value.language or "", value.lexical)
        if value.lexical not in entity.names:
            entity.names.append(value.lexical)
