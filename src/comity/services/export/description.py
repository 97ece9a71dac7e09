"""Statements gathered by the thing that they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, RDFS, SKOS
from comity.store.terms import BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.store.terms import Term, Triple

Node = dict[Iri, list["Term"]]

# Where a thing's name is looked for, in this order.
NAMES: Final = tuple(
    Iri(name)
    for name in (
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{PREFIXES['dcterms']}title",
    )
)


_SEVERAL: Final = 2


class Description:
    """An index of a graph; a statement that comes twice is kept once."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Gather the statements."""
        self._nodes: dict[Iri | BlankNode, Node] = {}
        self.size = 0
        several: list[tuple[Node, Iri]] = []
        last: Iri | BlankNode | None = None
        node: Node = {}
        for subject, predicate, value in triples:
            if subject is not last:  # most often it is
                last, node = subject, self._nodes.setdefault(subject, {})
            values = node.get(predicate)
            self.size += 1
            if values is None:
                node[predicate] = [value]
            else:
                values.append(value)
                if len(values) == _SEVERAL:
                    several.append((node, predicate))
        for node, predicate in several:
            before = len(node[predicate])
            node[predicate] = list(dict.fromkeys(node[predicate]))
            self.size -= before - len(node[predicate])

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
        return self[subject].get(Iri(predicate), [])

    def name(self, subject: Term, language: str = "en") -> str | None:
        """Return the name of a thing in a language, or None; of several the first by alphabet."""
        if isinstance(subject, Literal):
            return None
        node = self[subject]
        for name in NAMES:
            said = node.get(name)
            if said is None:
                continue
            found = [
                each.lexical
                for each in said
                if isinstance(each, Literal) and each.language == language
            ]
            if found:
                return min(found)
        return None
