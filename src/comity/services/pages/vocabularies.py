"""The pages on code lists: which there are, and the codes of each with their use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.terms import CODE, NS, SKOS
from comity.services.pages.reading import (
    DEFINITION,
    LABEL,
    NOTATION,
    PREF_LABEL,
    Node,
    counts,
    mentioned,
    nodes,
    own_iri,
    read_names,
    short,
)
from comity.services.pages.views import Label, Name, Value
from comity.services.speech import LANGUAGES
from comity.store.terms import STRING, Literal

if TYPE_CHECKING:
    from comity.services.pages.reading import Names
    from comity.store.engine import Graph

MATCHES: Final = tuple(f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow"))


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A code list as a line of a list."""

    name: Name
    """The code list."""
    local: str
    """Its local name."""
    definition: str
    """What it lists."""
    concepts: int
    """How many codes it has."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A code."""

    name: Name
    """The code by its label."""
    anchor: str
    """The fragment of its entry: scheme and code."""
    notation: str
    """The code itself."""
    labels: tuple[Label, ...]
    """Its labels in all languages."""
    definition: str
    """What it means."""
    broader: tuple[Name, ...]
    """The wider codes."""
    notations: tuple[Value, ...]
    """Its notations in the code systems of others; the datatype says which."""
    matches: tuple[Value, ...]
    """The same or like codes elsewhere."""
    uses: int
    """How many things have it."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A code list with its codes."""

    name: Name
    """The code list."""
    local: str
    """Its local name."""
    labels: tuple[Label, ...]
    """Its labels in all languages."""
    definition: str
    """What it lists."""
    bases: tuple[Name, ...]
    """Where its translations come from."""
    concepts: tuple[Concept, ...]
    """Its codes, by label."""


def read_schemes(graph: Graph) -> tuple[SchemeLine, ...]:
    """Return all code lists, by label."""
    found = nodes(graph, "?s a skos:ConceptScheme")
    sizes = counts(graph, "?f skos:inScheme ?key")
    lines = [
        SchemeLine(
            name=node.name(PREF_LABEL) or Name(iri, short(iri)),
            local=iri.removeprefix(CODE),
            definition=node.text(DEFINITION) or "",
            concepts=sizes.get(iri, 0),
        )
        for iri, node in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.name.label))


def read_notations(graph: Graph) -> tuple[SchemeLine, ...]:
    """Return the code systems of others, of which only notations are here, by label."""
    found = nodes(graph, f"?s a rdfs:Datatype FILTER(STRSTARTS(STR(?s), '{CODE}'))")
    sizes = counts(graph, "?f skos:notation ?notation BIND(DATATYPE(?notation) AS ?key)")
    lines = [
        SchemeLine(
            name=node.name(LABEL) or Name(iri, short(iri)),
            local=iri.removeprefix(CODE),
            definition=node.text(DEFINITION) or "",
            concepts=sizes.get(iri, 0),
        )
        for iri, node in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: line.name.label))


def has_notation(graph: Graph, local: str) -> bool:
    """Tell whether a local name such as `iso-4217` is a code system of others."""
    return any(line.local == local for line in read_notations(graph))


def read_scheme(graph: Graph, local: str) -> Scheme:
    """Return a code list by its local name.

    Raises NotFoundError, with the nearest names, for one that there is not.
    """
    iri = own_iri(CODE, local)
    scheme = nodes(graph, f"VALUES ?s {{ <{iri}> }} ?s a skos:ConceptScheme").get(iri)
    if scheme is None:
        raise NotFoundError(
            f"There is no code list by the name {local!r}; /vocabulary lists those there are.",
            suggestions=_near(graph, local),
        )
    found = nodes(graph, f"?s skos:inScheme <{iri}>")
    uses = counts(
        graph,
        f"?key skos:inScheme <{iri}> . ?f ?p ?key FILTER NOT EXISTS {{ VALUES ?class "
        "{ skos:Concept skos:ConceptScheme comity:Claim } ?f a ?class }",
    )
    names = read_names(graph, mentioned([scheme, *found.values()]))
    concepts = [_concept(node, names, uses) for node in found.values()]
    return Scheme(
        name=names(iri),
        local=local,
        labels=_labels(scheme),
        definition=scheme.text(DEFINITION) or "",
        bases=names.all(scheme.iris(f"{NS}basis")),
        concepts=tuple(sorted(concepts, key=lambda concept: concept.name.label)),
    )


def has_concept(graph: Graph, local: str) -> bool:
    """Tell whether a local name such as `modality.planned` or `modality` is a code or a list."""
    return bool(nodes(graph, f"VALUES ?s {{ <{own_iri(CODE, local)}> }} ?s a ?class"))


def _concept(node: Node, names: Names, uses: dict[str, int]) -> Concept:
    local = node.iri.removeprefix(CODE)
    foreign = [t for t in node.terms(NOTATION) if isinstance(t, Literal) and t.datatype != STRING]
    return Concept(
        name=names(node.iri),
        anchor=local,
        notation=node.plain(NOTATION) or local.partition(".")[2],
        labels=_labels(node),
        definition=node.text(DEFINITION) or "",
        broader=names.all(node.iris(f"{SKOS}broader")),
        notations=tuple(Value(t.lexical, datatype=short(t.datatype)) for t in foreign),
        matches=tuple(Value(short(iri), iri=iri) for prop in MATCHES for iri in node.iris(prop)),
        uses=uses.get(node.iri, 0),
    )


def _labels(node: Node) -> tuple[Label, ...]:
    found = [Label(t.lexical, t.language) for t in node.terms(PREF_LABEL) if isinstance(t, Literal)]
    return tuple(sorted(found, key=lambda label: LANGUAGES.index(label.language)))


def _near(graph: Graph, local: str) -> tuple[str, ...]:
    from difflib import get_close_matches

    known = [line.local for line in read_schemes(graph)]
    return tuple(f"/vocabulary/{each}" for each in get_close_matches(local, known, n=3))
