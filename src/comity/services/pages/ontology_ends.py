"""Between which classes each property of the ontology stands, by its own word and by the shapes.

Domain and range come first. Where one of them is open, the shapes tell on which classes the
property is used, and of which classes its values are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import NS, PREFIXES, RDF, RDFS, SKOS
from comity.services.pages.reading import TYPE, Node, rows
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.store.engine import Graph

Above = dict[str, frozenset[str]]
CODES: Final = "codes"
VALUES: Final = "values"
ANYTHING: Final = "anything"
THINGS: Final = "things"
_LITERAL: Final = f"{PREFIXES['owl']}DatatypeProperty"


class Ends(NamedTuple):
    """A property with the classes that it leaves and those that it reaches."""

    iri: str
    """The property."""
    ties: Mapping[str, tuple[str, ...]]
    """For each class that the property leaves, the classes of the things it leads to."""
    leads_to: str
    """What its values are: `things`, `codes`, `values` or `anything`."""

    @property
    def home(self) -> str:
        """The one class that the property leaves; empty if there are several or none."""
        return next(iter(self.ties)) if len(self.ties) == 1 else ""

    @property
    def targets(self) -> tuple[str, ...]:
        """The classes that the property reaches, from wherever it leaves."""
        return tuple(sorted({target for reached in self.ties.values() for target in reached}))


def read_ends(graph: Graph, properties: Iterable[Node], above: Above) -> tuple[Ends, ...]:
    """Return the ends of properties, in the order of their names."""
    ruled = _ruled(graph)
    ordered = sorted(properties, key=lambda node: node.iri)
    return tuple(_ends(node, ruled.get(node.iri, {}), above) for node in ordered)


def topmost(classes: Iterable[str], above: Above) -> tuple[str, ...]:
    """Return those classes that are below no other of them."""
    given = sorted(set(classes))
    return tuple(each for each in given if not any(other in above.get(each, ()) for other in given))


def _ends(node: Node, ruled: dict[str, set[str]], above: Above) -> Ends:
    domains = _own(node.iris(f"{RDFS}domain"))
    ranges = _own(node.iris(f"{RDFS}range"))
    sources = domains or topmost(ruled, above)
    ties = {}
    for source in sources:
        # what a class has only by a rule for a class above or below it is still its own
        told = [each for each in ruled if not domains and each == source] or list(ruled)
        reached = ranges or {target for each in told for target in ruled[each]}
        ties[source] = topmost(reached, above)
    return Ends(node.iri, ties, _leads_to(node, any(ties.values())))


def _leads_to(node: Node, is_joined: bool) -> str:
    if f"{SKOS}Concept" in node.iris(f"{RDFS}range"):
        return CODES
    if _LITERAL in node.iris(TYPE):
        return VALUES
    return THINGS if is_joined else ANYTHING


def _own(iris: Iterable[str]) -> tuple[str, ...]:
    return tuple(iri for iri in iris if iri.startswith(NS))


def _ruled(graph: Graph) -> dict[str, dict[str, set[str]]]:
    """Return, for each property, the classes with a rule on it and the classes of its values."""
    query = f"""
        SELECT DISTINCT ?path ?on ?class {{
          ?shape sh:targetClass ?on ; sh:property ?rule .
          ?rule sh:path ?path FILTER(ISIRI(?path))
          OPTIONAL {{ ?rule sh:node?/(sh:or/<{RDF}rest>*/<{RDF}first>)?/sh:class ?class }}
        }}"""
    found: dict[str, dict[str, set[str]]] = {}
    for prop, source, target in rows(graph, query):
        if isinstance(prop, Iri) and isinstance(source, Iri) and source.value.startswith(NS):
            reached = found.setdefault(prop.value, {}).setdefault(source.value, set())
            if isinstance(target, Iri) and target.value.startswith(NS):
                reached.add(target.value)
    return found
