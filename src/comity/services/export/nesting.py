"""Which blank nodes can be written inside the thing that mentions them, and which are lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import RDF
from comity.store.terms import BlankNode, Iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.description import Description
    from comity.store.terms import Term, Triple

FIRST: Final = f"{RDF}first"
REST: Final = f"{RDF}rest"
NIL: Final = Iri(f"{RDF}nil")


def nested_nodes(graphs: Iterable[Iterable[Triple]]) -> frozenset[BlankNode]:
    """Return the blank nodes that one statement alone mentions, in the graph that describes them.

    A ring of blank nodes has no outside to be written into, so its members are not among them.
    """
    owners: dict[BlankNode, list[tuple[int, Term]]] = {}
    homes: dict[BlankNode, set[int]] = {}
    for number, triples in enumerate(graphs):
        blank = (
            each
            for each in triples
            if isinstance(each[0], BlankNode) or isinstance(each[2], BlankNode)
        )
        for subject, _, value in dict.fromkeys(blank):
            if isinstance(subject, BlankNode):
                homes.setdefault(subject, set()).add(number)
            if isinstance(value, BlankNode):
                homes.setdefault(value, set()).add(number)
                owners.setdefault(value, []).append((number, subject))
    single = {
        node: found[0][1]
        for node, found in owners.items()
        if len(found) == 1 and len(homes[node]) == 1
    }
    return frozenset(node for node in single if _has_outside(node, single))


def list_items(node: Term, description: Description, nested: frozenset[BlankNode]) -> list[Term]:
    """Return the members of a well-formed RDF list that begins at a node, or an empty list."""
    items: list[Term] = []
    while node != NIL:
        if not isinstance(node, BlankNode) or node not in nested:
            return []
        said = description[node]
        first, rest = said.get(FIRST, []), said.get(REST, [])
        if len(said) != 2 or len(first) != 1 or len(rest) != 1:  # noqa: PLR2004 - first and rest
            return []
        items.append(first[0])
        node = rest[0]
    return items


def _has_outside(node: BlankNode, single: dict[BlankNode, Term]) -> bool:
    seen: set[Term] = set()
    owner: Term = node
    while isinstance(owner, BlankNode) and owner in single:
        if owner in seen:
            return False
        seen.add(owner)
        owner = single[owner]
    return True
