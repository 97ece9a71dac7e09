"""The page on the ontology: its terms in the order of its own file, with their use in the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH, NS, PREFIXES, RDF, RDFS, W3ID
from comity.services.once import once_for_each_graph
from comity.services.pages.reading import (
    DEFINITION,
    LABEL,
    LANGUAGES,
    SUBCLASS,
    TYPE,
    Names,
    Node,
    counts,
    nodes,
    read_names,
    short,
    spaced,
)
from comity.services.pages.views import Label, Name, Statement, Value
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from comity.store.engine import Graph

CORE: Final = "ontology/core.ttl"
ONTOLOGY: Final = NS.removesuffix("#")
CLASS: Final = f"{PREFIXES['owl']}Class"
EXAMPLE: Final = f"{PREFIXES['skos']}example"
ALIGNMENTS: Final = f"{GRAPH}ontology/alignments"
_BANNER: Final = re.compile(r"# --- (?P<title>.+)|comity:(?P<term>\w+) a ")
_HEADER: Final = tuple(
    f"{PREFIXES[prefix]}{name}"
    for prefix, name in (
        *(("owl", "versionInfo"), ("owl", "versionIRI"), ("dcterms", "modified")),
        *(("dcterms", "license"), ("vann", "preferredNamespacePrefix")),
        ("vann", "preferredNamespaceUri"),
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """A class or a property."""

    iri: str
    """The IRI of the term."""
    local: str
    """Its local name, which is also the fragment of its entry."""
    is_class: bool
    """Whether it is a class; else it is a property."""
    labels: tuple[Label, ...]
    """Its labels in all languages."""
    definition: str
    """What it means, in one sentence."""
    example: str
    """One example of its use."""
    supers: tuple[Name, ...]
    """The terms right above it."""
    subs: tuple[Name, ...]
    """The classes right below it."""
    domains: tuple[Name, ...]
    """The classes whose instances can have the property."""
    ranges: tuple[Name, ...]
    """The classes or datatypes of its values."""
    uses: int
    """How many things have the class, or how many times the property is used, in the data."""
    alignments: tuple[Statement, ...]
    """Terms of other vocabularies that are near it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that stand under one heading."""

    title: str
    """The heading, as in the ontology's file."""
    anchor: str
    """The fragment of the heading."""
    terms: tuple[Term, ...]
    """The terms, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Ontology:
    """The ontology as a page."""

    title: str
    """Its title."""
    description: str
    """What it is, in a sentence."""
    header: tuple[Statement, ...]
    """Its version, date, licence and namespace."""
    groups: tuple[Group, ...]
    """Its terms."""
    classes: int
    """How many classes there are."""
    properties: int
    """How many properties there are."""


@once_for_each_graph
def read_ontology(graph: Graph, root: Path | None) -> Ontology:
    """Return the terms of the ontology, grouped by the headings of its file under a root."""
    found = nodes(graph, f"GRAPH <{GRAPH}ontology/core> {{ ?s a ?type FILTER(ISIRI(?s)) }}")
    head = found.pop(ONTOLOGY, Node(ONTOLOGY))
    names = read_names(graph, [iri for node in found.values() for iri in _related(node)])
    uses = _uses(graph)
    near = nodes(graph, f"GRAPH <{ALIGNMENTS}> {{ ?s ?p ?o }}")
    below: dict[str, list[str]] = {}
    for node in found.values():
        for above in node.iris(SUBCLASS):
            below.setdefault(above, []).append(node.iri)
    terms = {
        node.iri.removeprefix(NS): _term(node, names, uses, near, below)
        for node in found.values()
        if node.iri.startswith(NS)
    }
    return Ontology(
        title=head.text(f"{PREFIXES['dcterms']}title") or "Comity ontology",
        description=head.text(f"{PREFIXES['dcterms']}description") or "",
        header=tuple(
            Statement(Name(prop, spaced(prop)), tuple(_value(t) for t in head.terms(prop)))
            for prop in _HEADER
            if head.terms(prop)
        ),
        groups=_groups(root, terms),
        classes=sum(term.is_class for term in terms.values()),
        properties=sum(not term.is_class for term in terms.values()),
    )


def _groups(root: Path | None, terms: dict[str, Term]) -> tuple[Group, ...]:
    title, left = "Terms", dict(terms)
    groups: dict[str, list[Term]] = {}
    text = (root / CORE).read_text("utf-8") if root else ""
    for found in _BANNER.finditer(text):
        title = found["title"] or title
        if found["term"] in left:
            groups.setdefault(title, []).append(left.pop(found["term"]))
    if left:
        groups.setdefault("Other terms" if text else title, []).extend(left.values())
    return tuple(
        Group(title, "group-" + re.sub(r"\W+", "-", title.lower()), tuple(each))
        for title, each in groups.items()
    )


def _term(
    node: Node,
    names: Names,
    uses: dict[str, int],
    near: dict[str, Node],
    below: dict[str, list[str]],
) -> Term:
    is_class = CLASS in node.iris(TYPE)
    own = (SUBCLASS, f"{RDFS}subPropertyOf")
    other = near.get(node.iri, Node(node.iri))
    supers = [iri for prop in own for iri in node.iris(prop) if iri.startswith(NS)]
    alignments = tuple(
        Statement(Name(prop, spaced(prop)), tuple(map(_value, outer)))
        for prop in sorted(other.values)
        if (outer := [t for t in other.terms(prop) if _is_foreign(t)]) and prop != TYPE
    )
    return Term(
        iri=node.iri,
        local=node.iri.removeprefix(NS),
        is_class=is_class,
        labels=_labels(node),
        definition=node.text(DEFINITION) or "",
        example=node.text(EXAMPLE) or "",
        supers=names.all(supers),
        subs=names.all(below.get(node.iri, ())),
        domains=names.all(node.iris(f"{RDFS}domain")),
        ranges=names.all(node.iris(f"{RDFS}range")),
        uses=uses.get(node.iri, 0),
        alignments=alignments,
    )


def _labels(node: Node) -> tuple[Label, ...]:
    found = [Label(t.lexical, t.language) for t in node.terms(LABEL) if isinstance(t, Literal)]
    order = {language: place for place, language in enumerate(LANGUAGES)}
    return tuple(sorted(found, key=lambda label: order.get(label.language, len(order))))


def _uses(graph: Graph) -> dict[str, int]:
    """Return how often each class and property is used in the graphs under data/."""
    inside = f'FILTER(STRSTARTS(STR(?g), "{GRAPH}data/"))'
    classes = counts(graph, f"GRAPH ?g {{ ?f a ?key }} {inside}")
    query = (
        "SELECT ?key (CONCAT(STR(?s), ' ', STR(?o)) AS ?f) "
        f"{{ GRAPH ?g {{ ?s ?key ?o }} {inside} }}"
    )
    return classes | counts(graph, f"{{ {query} }}")


def _related(node: Node) -> list[str]:
    props = (SUBCLASS, f"{RDFS}subPropertyOf", f"{RDFS}domain", f"{RDFS}range")
    return [node.iri, *(iri for prop in props for iri in node.iris(prop))]


def _is_foreign(term: object) -> bool:
    return isinstance(term, Iri) and not term.value.startswith((W3ID, RDF))


def _value(term: object) -> Value:
    if isinstance(term, Iri):
        return Value(short(term.value), iri=term.value)
    return Value(term.lexical if isinstance(term, Literal) else str(term))
