"""The shapes graph, read by node and property."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from comity.validation.compiled.errors import ShapesError
from comity.validation.compiled.terms import OWL, RDF, RDFS, SH, SUBCLASS, TYPE, is_blank, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.validation.compiled.terms import Statement, Term


class ShapesGraph:
    """An index of statements."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Read all statements; each is kept once."""
        self._forward: dict[Term, dict[str, dict[Term, None]]] = {}
        self._backward: dict[str, dict[Term, dict[Term, None]]] = defaultdict(dict)
        self.statements: list[tuple[Term, Term, Term]] = []
        for each in statements:
            subject, predicate, value = each.subject, each.predicate.value, each.object
            objects = self._forward.setdefault(subject, {}).setdefault(predicate, {})
            if value not in objects:
                objects[value] = None
                self._backward[predicate].setdefault(value, {})[subject] = None
                self.statements.append((subject, each.predicate, value))

    def objects(self, node: Term, predicate: str) -> list[Term]:
        """Return the values of a property."""
        return list(self._forward.get(node, {}).get(predicate, ()))

    def value(self, node: Term, predicate: str) -> Term | None:
        """Return the first value of a property, or None."""
        return next(iter(self._forward.get(node, {}).get(predicate, ())), None)

    def subjects(self, predicate: str, value: Term | None = None) -> list[Term]:
        """Return the nodes that have a property, with a value where one is given."""
        found = self._backward.get(predicate, {})
        if value is not None:
            return list(found.get(value, ()))
        return list(dict.fromkeys(node for nodes in found.values() for node in nodes))

    def predicates(self, node: Term) -> list[str]:
        """Return the properties that a node has."""
        return list(self._forward.get(node, ()))

    def items(self, head: Term) -> list[Term]:
        """Return the members of a list; raises ShapesError for what is none."""
        found, seen = [], set()
        while getattr(head, "value", "") != f"{RDF}nil":
            first, rest = self.value(head, f"{RDF}first"), self.value(head, f"{RDF}rest")
            if first is None or rest is None or head in seen:
                raise ShapesError(f"{head} is not a list; end it with rdf:nil.")
            seen.add(head)
            found.append(first)
            head = rest
        return found

    def is_a(self, node: Term, name: str) -> bool:
        """Tell whether a node is of a class, or of one below it in this graph."""
        return any(
            name in {each.value for each in self._above(kind)} for kind in self.objects(node, TYPE)
        )

    def instances(self, name: str) -> Iterator[Term]:
        """Yield the nodes of a class, or of one below it in this graph."""
        for kind in list(self._backward.get(TYPE, {})):
            if name in {each.value for each in self._above(kind)}:
                yield from self.subjects(TYPE, kind)

    def _above(self, kind: Term) -> set[Term]:
        return reached(kind, lambda each: self.objects(each, SUBCLASS))

    def is_class(self, node: Term) -> bool:
        """Tell whether a shape is the class of its own focus nodes (SHACL §2.1.3.3)."""
        return self.is_a(node, f"{RDFS}Class")

    def described(self, node: Term) -> Iterator[tuple[Term, str, Term]]:
        """Yield what is said of a blank node, and of the blank nodes in that."""
        waiting, seen = [node], set()
        while waiting:
            current = waiting.pop()
            if current in seen or not is_blank(current):
                continue
            seen.add(current)
            for predicate, values in self._forward.get(current, {}).items():
                for value in values:
                    yield current, predicate, value
                    waiting.append(value)

    def declarations(self, node: Term) -> dict[str, str]:
        """Return the prefixes that a node declares, with those that it imports (SHACL §5.2.1)."""
        found: dict[str, str] = {}
        waiting, seen = [node], set()
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            for each in self.objects(current, f"{SH}declare"):
                prefix = self.value(each, f"{SH}prefix")
                namespace = self.value(each, f"{SH}namespace")
                if prefix is None or namespace is None:
                    raise ShapesError(
                        f"A sh:declare of {current} is not whole; give sh:prefix and sh:namespace."
                    )
                if found.setdefault(prefix.value, namespace.value) != namespace.value:
                    raise ShapesError(
                        f"The prefix {prefix.value} stands for two namespaces; declare it once."
                    )
            waiting.extend(self.objects(current, f"{OWL}imports"))
        return found
