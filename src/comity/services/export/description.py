"""Statements gathered by the thing that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, RDFS, SKOS
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.terms import Term, Triple

# What is said of a thing, by the IRI of the property: Python counts the hash of a text once.
Node = dict[str, list["Term"]]

# Where a thing's name is looked for, in this order.
NAMES: Final = tuple(
    Iri(name)
    for name in (
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{PREFIXES['dcterms']}title",
    )
)
_NAMES: Final = tuple(name.value for name in NAMES)
_SEVERAL: Final = 2


class Description:
    """An index of a graph; a statement that comes twice is kept once."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Gather the statements."""
        self._nodes: dict[Iri | BlankNode, Node] = {}
        self.anonymous: list[Triple] = []
        """The statements with a blank node, as they came."""
        several: list[tuple[Node, str]] = []
        last: Iri | BlankNode | None = None
        node: Node = {}
        for triple in triples:
            subject, predicate, value = triple
            if subject is not last:  # most often it is
                last, node = subject, self._nodes.setdefault(subject, {})
            if isinstance(value, BlankNode) or isinstance(subject, BlankNode):
                self.anonymous.append(triple)
            name = predicate.value
            values = node.get(name)
            if values is None:
                node[name] = [value]
            else:
                values.append(value)
                if len(values) == _SEVERAL:
                    several.append((node, name))
        for node, name in several:
            node[name] = list(dict.fromkeys(node[name]))

    def __iter__(self) -> Iterator[Iri | BlankNode]:
        """Go through the things that something is said about."""
        return iter(self._nodes)

    def __contains__(self, subject: object) -> bool:
        """Tell whether anything is said about a thing."""
        return subject in self._nodes

    def __getitem__(self, subject: Iri | BlankNode) -> Node:
        """Return what is said about a thing, by property; empty for an unknown one."""
        return self._nodes.get(subject, {})

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """Return the values of one property of a thing, in no particular order."""
        if isinstance(subject, Literal):
            return []
        return self[subject].get(predicate, [])

    def name(self, subject: Term, language: str = "en") -> str | None:
        """Return the name of a thing in a language, or None; of several the first by alphabet."""
        if isinstance(subject, Literal):
            return None
        return name_in(self[subject], language)


def name_in(node: Node, language: str = "en") -> str | None:
    """Return the name in what is said of a thing; see `Description.name`."""
    for name in _NAMES:
        if name in node:
            found = [
                each.lexical
                for each in node[name]
                if isinstance(each, Literal) and each.language == language
            ]
            if found:
                return min(found)
    return None
