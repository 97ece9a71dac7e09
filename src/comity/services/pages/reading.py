"""Nodes and names read from the graph: the few queries that every view is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.errors import EngineError, NotFoundError
from comity.model.terms import CODE, GRAPH, ID, NS, PREFIXES, RDF, RDFS, SHAPE, SKOS
from comity.services.once import once_for_each_graph
from comity.services.pages.foreign_terms import in_words
from comity.services.pages.views import Name
from comity.services.speech import ENGLISH, closeness, foreign, language
from comity.store.answers import Solutions
from comity.store.terms import STRING, Iri, Literal, is_valid_iri, parse_term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.engine import Graph
    from comity.store.terms import Term

TYPE: Final = f"{RDF}type"
LABEL: Final = f"{RDFS}label"
PREF_LABEL: Final = f"{SKOS}prefLabel"
DEFINITION: Final = f"{SKOS}definition"
COMMENT: Final = f"{RDFS}comment"
NOTATION: Final = f"{SKOS}notation"
SUBCLASS: Final = f"{RDFS}subClassOf"
OWN: Final = (ID, CODE, NS, SHAPE, GRAPH)

_PREFIXES: Final = {
    name: f"PREFIX {name}: <{iri}>\n"
    for name, iri in ({"oa": "http://www.w3.org/ns/oa#"} | PREFIXES).items()
}
_PREFIX: Final = re.compile(r"\b([a-z][a-z0-9]*):")


@dataclass(frozen=True, slots=True)
class Node:
    """A subject with its properties and their values, in the order of the values' text."""

    iri: str
    values: dict[str, list[Term]] = field(default_factory=dict)

    def terms(self, prop: str) -> list[Term]:
        """Return all values of a property; empty if there are none."""
        return self.values.get(prop, [])

    def iris(self, prop: str) -> list[str]:
        """Return the values of a property that are IRIs."""
        return [term.value for term in self.terms(prop) if isinstance(term, Iri)]

    def iri_of(self, prop: str) -> str | None:
        """Return the first value of a property that is an IRI."""
        return next(iter(self.iris(prop)), None)

    def texts(self, prop: str) -> list[str]:
        """Return the characters of the literal values of a property, those for the reader first."""
        return [term.lexical for term in self._literals(prop)]

    def texts_of_one_language(self, prop: str) -> tuple[str, ...]:
        """Return the texts of a property in the one language that is closest to the reader's."""
        found = self._literals(prop)
        return tuple(term.lexical for term in found if term.language == found[0].language)

    def plain(self, prop: str) -> str | None:
        """Return the first value that is a plain string, without language or other datatype."""
        strings = (t for t in self.terms(prop) if isinstance(t, Literal) and t.datatype == STRING)
        return next((term.lexical for term in strings), None)

    def text(self, prop: str) -> str | None:
        """Return the characters of the first literal value: the reader's language, then English."""
        return next(iter(self.texts(prop)), None)

    def name(self, *props: str) -> Name | None:
        """Return the name by the first of some properties that has a value; None if none has."""
        for prop in props:
            for term in self._literals(prop):
                return name_by(self.iri, term)
        return None

    def _literals(self, prop: str) -> list[Literal]:
        found = [term for term in self.terms(prop) if isinstance(term, Literal)]
        return sorted(found, key=lambda term: closeness(term.language))


class Names:
    """Names of IRIs in the reader's language; an IRI without a label goes by its short form."""

    def __init__(self, known: dict[str, Name]) -> None:
        """Keep names by IRI."""
        self._known = known

    def __call__(self, iri: str) -> Name:
        """Return the name of an IRI."""
        return self._known.get(iri) or Name(iri, short(iri))

    def prop(self, iri: str) -> Name:
        """Return the name of a property; an unknown one goes by its local name, spaced."""
        if found := self._known.get(iri):
            return found
        words = in_words(iri)
        return Name(iri, words) if words else Name(iri, spaced(iri), foreign(ENGLISH))

    def all(self, iris: Iterable[str]) -> tuple[Name, ...]:
        """Return the names of IRIs, each once, in alphabetical order."""
        return tuple(sorted((self(iri) for iri in set(iris)), key=lambda name: name.label))


def rows(graph: Graph, query: str) -> Iterator[tuple[Term | None, ...]]:
    """Yield the solutions of a SELECT query as tuples of terms; the usual prefixes are known."""
    used = dict.fromkeys(_PREFIX.findall(query))
    answer = graph.query("".join(_PREFIXES.get(name, "") for name in used) + query)
    if not isinstance(answer, Solutions):
        raise EngineError("A query for rows was answered with something else.")
    for row in answer.rows():
        yield tuple(None if cell is None else _term(cell) for cell in row)


@lru_cache(maxsize=65_536)
def _term(text: str) -> Term:
    """Return a term; the same ones come again and again."""
    return parse_term(text)


def nodes(graph: Graph, pattern: str, properties: Iterable[str] = ()) -> dict[str, Node]:
    """Return every subject `?s` of a SPARQL pattern with all its properties, by IRI.

    With `properties` only their values are read.
    """
    listed = ", ".join(f"<{prop}>" for prop in properties)
    # A filter, not VALUES: an engine might begin with these, and read whoever has them.
    wanted = f"FILTER(?p IN ({listed}))" if listed else ""
    query = (
        f"SELECT DISTINCT ?s ?p ?o WHERE {{ {{ SELECT DISTINCT ?s {{ {pattern} }} }} "
        f"?s ?p ?o {wanted} }} ORDER BY ?s ?p ?o"
    )
    found: dict[str, Node] = {}
    for subject, prop, value in rows(graph, query):
        if isinstance(subject, Iri) and isinstance(prop, Iri) and value is not None:
            node = found.setdefault(subject.value, Node(subject.value))
            node.values.setdefault(prop.value, []).append(value)
    return found


def node(graph: Graph, iri: str) -> Node:
    """Return one subject with its properties; empty if the graph says nothing of it."""
    return nodes(graph, values("s", [iri])).get(iri, Node(iri))


def values(variable: str, iris: Iterable[str]) -> str:
    """Return a VALUES block that binds a variable to IRIs."""
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def in_use(variable: str) -> str:
    """Return the pattern of what was not withdrawn; a past state that others followed was not."""
    return (
        f"FILTER NOT EXISTS {{ ?{variable} owl:deprecated true }} "
        f"FILTER NOT EXISTS {{ ?{variable} dcterms:isReplacedBy ?heir "
        f"FILTER NOT EXISTS {{ ?{variable} a comity:State }} }}"
    )


def own_iri(namespace: str, local: str) -> str:
    """Return the IRI of a local name that came in from outside.

    Raises NotFoundError if the characters make no IRI.
    """
    iri = namespace + local
    if not local or not is_valid_iri(iri):
        raise NotFoundError(f"There is nothing by the name {local!r}; search for its label.")
    return iri


def name_by(iri: str, label: Literal) -> Name:
    """Return a thing by a label, which is marked if it is not in the reader's language."""
    return Name(iri, label.lexical, foreign(label.language))


def read_names(graph: Graph, iris: Iterable[str]) -> Names:
    """Return the names of IRIs in the reader's language, else in English."""
    wanted = sorted({iri for iri in iris if is_valid_iri(iri)})
    if not wanted:
        return Names({})
    found: dict[str, Literal] = {}
    spoken = ", ".join(f'"{tag}"' for tag in dict.fromkeys((language(), ENGLISH, "")))
    query = (
        f"SELECT ?s ?label WHERE {{ {values('s', wanted)} ?s rdfs:label|skos:prefLabel ?label "
        f"FILTER(LANG(?label) IN ({spoken})) }} ORDER BY ?s ?label"
    )
    for subject, label in rows(graph, query):
        if isinstance(subject, Iri) and isinstance(label, Literal):
            known = found.setdefault(subject.value, label)
            if closeness(label.language) < closeness(known.language):
                found[subject.value] = label
    return Names({iri: name_by(iri, label) for iri, label in found.items()})


def mentioned(found: Iterable[Node]) -> set[str]:
    """Return all IRIs that stand as property or value in nodes."""
    iris: set[str] = set()
    for each in found:
        iris.add(each.iri)
        for prop, items in each.values.items():
            iris.add(prop)
            iris.update(term.value for term in items if isinstance(term, Iri))
    return iris


def counts(graph: Graph, pattern: str) -> dict[str, int]:
    """Return the number of distinct `?f` for each `?key` of a pattern."""
    query = f"SELECT ?key (COUNT(DISTINCT ?f) AS ?n) WHERE {{ {pattern} }} GROUP BY ?key"
    return {
        key.value: int(number.lexical)
        for key, number in rows(graph, query)
        if isinstance(key, Iri) and isinstance(number, Literal)
    }


@once_for_each_graph
def read_supers(graph: Graph) -> dict[str, frozenset[str]]:
    """Return for each class of the ontology all its proper super-classes."""
    found: dict[str, set[str]] = {}
    query = "SELECT ?class ?super WHERE { ?class rdfs:subClassOf+ ?super FILTER(?class != ?super) }"
    for sub, above in rows(graph, query):
        if isinstance(sub, Iri) and isinstance(above, Iri):
            found.setdefault(sub.value, set()).add(above.value)
    return {sub: frozenset(above) for sub, above in found.items()}


def special_classes(types: Iterable[str], supers: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Return the types that no other of the types is a sub-class of."""
    given = sorted(set(types))
    return tuple(
        each for each in given if not any(each in supers.get(other, ()) for other in given)
    )


def short(iri: str) -> str:
    """Return a prefixed name for an IRI, its local name if it is one of ours, or the IRI."""
    for own in OWN:
        if iri.startswith(own):
            return iri.removeprefix(own)
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def local_name(iri: str) -> str:
    """Return what follows our namespace of things, or the last part of another IRI."""
    return iri.removeprefix(ID) if iri.startswith(ID) else iri.rstrip("/").split("/")[-1]


def spaced(iri: str) -> str:
    """Return the local name of a property as words, such as `version info`."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.split(r"[#/]", iri)[-1]).lower()
    return re.sub(r"\b(?:iri|uri)\b", lambda found: found[0].upper(), words)
