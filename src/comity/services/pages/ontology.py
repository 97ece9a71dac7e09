"""The page on the ontology: its terms in the order of its own file, with their use in the data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH, NS, PREFIXES, RDF, RDFS, W3ID
from comity.services.once import once_for_each_language
from comity.services.pages.ontology_drawing import draw
from comity.services.pages.ontology_ends import Ends, read_ends
from comity.services.pages.ontology_focus import Focus, read_focuses
from comity.services.pages.reading import (
    DEFINITION,
    LABEL,
    SUBCLASS,
    TYPE,
    Names,
    Node,
    counts,
    nodes,
    read_names,
    read_supers,
    rows,
    short,
    spaced,
)
from comity.services.pages.views import Label, Name, Statement, Value
from comity.services.speech import ENGLISH, LANGUAGES, foreign, gettext, noted
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from pathlib import Path

    from comity.services.pages.ontology_parts import Drawing
    from comity.store.engine import Graph

CORE: Final = "ontology/core.ttl"
ONTOLOGY: Final = NS.removesuffix("#")
CLASS: Final = f"{PREFIXES['owl']}Class"
EXAMPLE: Final = f"{PREFIXES['skos']}example"
ALIGNMENTS: Final = f"{GRAPH}ontology/alignments"
_ALL: Final = noted("Terms")
_OTHER: Final = noted("Other terms")
_BANNER: Final = re.compile(r"# --- (?P<title>.+)|comity:(?P<term>\w+) a ")
# What is told of the ontology as a whole, in this order.
_HEADER: Final = {
    f"{PREFIXES['owl']}versionInfo": noted("version info"),
    f"{PREFIXES['owl']}versionIRI": noted("version IRI"),
    f"{PREFIXES['dcterms']}modified": noted("modified"),
    f"{PREFIXES['dcterms']}license": noted("license"),
    f"{PREFIXES['vann']}preferredNamespacePrefix": noted("preferred namespace prefix"),
    f"{PREFIXES['vann']}preferredNamespaceUri": noted("preferred namespace URI"),
}
# By which a term is near one of another vocabulary.
_NEARNESS: Final = {
    f"{RDFS}subClassOf": noted("sub class of"),
    f"{RDFS}subPropertyOf": noted("sub property of"),
    f"{PREFIXES['skos']}exactMatch": noted("exact match"),
    f"{PREFIXES['skos']}closeMatch": noted("close match"),
    f"{PREFIXES['skos']}relatedMatch": noted("related match"),
    f"{PREFIXES['skos']}broadMatch": noted("broad match"),
    f"{PREFIXES['skos']}narrowMatch": noted("narrow match"),
}


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
    focus: Focus | None
    """What joins a class with others; None for a property."""


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that stand under one heading."""

    title: str
    """The heading, as in the ontology's file."""
    language: str
    """The language of the heading, if it is not the reader's; empty for one that is."""
    anchor: str
    """The fragment of the heading."""
    terms: tuple[Term, ...]
    """The terms, in the order of the file."""


@dataclass(frozen=True, slots=True)
class Link:
    """A property between classes, in words."""

    property: Name
    """The property."""
    leaves: tuple[Name, ...]
    """The classes that it leaves."""
    reaches: tuple[Name, ...]
    """The classes that it reaches."""
    leads_to: str
    """What its values are: `things`, `codes`, `values` or `anything`."""


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
    drawings: tuple[Drawing, ...]
    """The picture of it, in each size; empty if there are no classes."""
    links: tuple[Link, ...]
    """What the picture shows of properties, in words."""


@once_for_each_language
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
    own = [node for node in found.values() if node.iri.startswith(NS)]
    classes = [node for node in own if CLASS in node.iris(TYPE)]
    lineage = read_supers(graph)
    ends = read_ends(graph, (node for node in own if CLASS not in node.iris(TYPE)), lineage)
    focuses = read_focuses(graph, [node.iri for node in classes], ends, lineage, names)
    terms = {
        node.iri.removeprefix(NS): _term(
            node, names, uses, near, below, focus=focuses.get(node.iri)
        )
        for node in own
    }
    parents = {
        node.iri: upper for node in classes for upper in node.iris(SUBCLASS) if upper.startswith(NS)
    }
    groups = _groups(root, terms)
    order = [term.iri for group in groups for term in group.terms if term.is_class]
    return Ontology(
        title=head.text(f"{PREFIXES['dcterms']}title") or gettext("Comity ontology"),
        description=head.text(f"{PREFIXES['dcterms']}description") or "",
        header=tuple(
            Statement(Name(prop, gettext(said)), tuple(_value(t) for t in head.terms(prop)))
            for prop, said in _HEADER.items()
            if head.terms(prop)
        ),
        groups=groups,
        classes=sum(term.is_class for term in terms.values()),
        properties=sum(not term.is_class for term in terms.values()),
        drawings=draw(order, ends, parents, lineage),
        links=tuple(_link(each, names) for each in ends),
    )


def _groups(root: Path | None, terms: dict[str, Term]) -> tuple[Group, ...]:
    title, left = "", dict(terms)
    groups: dict[str, list[Term]] = {}
    text = (root / CORE).read_text("utf-8") if root else ""
    for found in _BANNER.finditer(text):
        title = found["title"] or title
        if found["term"] in left:
            groups.setdefault(title, []).append(left.pop(found["term"]))
    if left:
        groups.setdefault(_OTHER if text else _ALL, []).extend(left.values())
    return tuple(_group(title or _ALL, tuple(each)) for title, each in groups.items())


def _group(title: str, terms: tuple[Term, ...]) -> Group:
    anchor = "group-" + re.sub(r"\W+", "-", title.lower())
    if title in {_ALL, _OTHER}:
        return Group(gettext(title), "", anchor, terms)
    return Group(title, foreign(ENGLISH), anchor, terms)


def _term(
    node: Node,
    names: Names,
    uses: dict[str, int],
    near: dict[str, Node],
    below: dict[str, list[str]],
    *,
    focus: Focus | None,
) -> Term:
    is_class = CLASS in node.iris(TYPE)
    own = (SUBCLASS, f"{RDFS}subPropertyOf")
    other = near.get(node.iri, Node(node.iri))
    supers = [iri for prop in own for iri in node.iris(prop) if iri.startswith(NS)]
    alignments = tuple(
        Statement(_nearness(prop), tuple(map(_value, outer)))
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
        focus=focus,
    )


def _nearness(prop: str) -> Name:
    if prop in _NEARNESS:
        return Name(prop, gettext(_NEARNESS[prop]))
    return Name(prop, spaced(prop), foreign(ENGLISH))


def _link(ends: Ends, names: Names) -> Link:
    leaves, reaches = names.all(ends.ties), names.all(ends.targets)
    return Link(names.prop(ends.iri), leaves, reaches, ends.leads_to)


def _labels(node: Node) -> tuple[Label, ...]:
    found = [Label(t.lexical, t.language) for t in node.terms(LABEL) if isinstance(t, Literal)]
    order = {language: place for place, language in enumerate(LANGUAGES)}
    return tuple(sorted(found, key=lambda label: order.get(label.language, len(order))))


def _uses(graph: Graph) -> dict[str, int]:
    """Return how often each class and property is used in the graphs under data/."""
    inside = f'FILTER(STRSTARTS(STR(?g), "{GRAPH}data/"))'
    classes = counts(graph, f"GRAPH ?g {{ ?f a ?key }} {inside}")
    query = f"""
        SELECT ?key (COUNT(*) AS ?n) {{
          SELECT DISTINCT ?s ?key ?o {{ GRAPH ?g {{ ?s ?key ?o }} {inside} }}
        }} GROUP BY ?key"""
    properties = {
        key.value: int(number.lexical)
        for key, number in rows(graph, query)
        if isinstance(key, Iri) and isinstance(number, Literal)
    }
    return classes | properties


def _related(node: Node) -> list[str]:
    props = (SUBCLASS, f"{RDFS}subPropertyOf", f"{RDFS}domain", f"{RDFS}range")
    return [node.iri, *(iri for prop in props for iri in node.iris(prop))]


def _is_foreign(term: object) -> bool:
    return isinstance(term, Iri) and not term.value.startswith((W3ID, RDF))


def _value(term: object) -> Value:
    if isinstance(term, Iri):
        return Value(short(term.value), iri=term.value)
    return Value(term.lexical if isinstance(term, Literal) else str(term))
