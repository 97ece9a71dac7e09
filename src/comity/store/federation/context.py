"""What is known around a SERVICE: a pattern whose solutions tell which of its rows can matter.

A row of SERVICE matters only if it is compatible with a solution of what it is joined with. So the
values that its variables take there can be sent along (VALUES, SPARQL 1.1 Federated Query §2.4
"Interplay of SERVICE and VALUES"), and the answer to the whole stays the same, if the pattern
taken here has at least the solutions that the query has at that place. Hence:

- Of a group around it only what stands before counts, and what joins: triples, VALUES, groups,
  GRAPH, answers of an earlier SERVICE. In its own group what joins behind it counts too.
- OPTIONAL and MINUS are left out, and so is what may differ when it is evaluated once more: LIMIT
  and OFFSET, functions such as RAND. FILTER and BIND stay only where triples bind all their
  variables, whatever else happens.
- The way up ends at a subselect and at MINUS, which compares domains and not only values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.store.federation.elements import Element, Outline, Place, Step

_JOINING: Final = frozenset({"triples", "values", "graph", "group"})
_BARRIERS: Final = frozenset({"minus", "select"})
_UNSTEADY: Final = frozenset(
    {"BNODE", "GROUP_CONCAT", "LIMIT", "NOW", "OFFSET", "RAND", "SAMPLE", "STRUUID", "UUID"}
)


@dataclass(frozen=True)
class Context:
    """A group as text, and the variables that stand in it."""

    text: str
    variables: frozenset[str]


def context_of(place: Place, outline: Outline, parts: Sequence[str]) -> Context | None:
    """Return what is known around a SERVICE, or None if that is nothing.

    `parts` are the texts of the tokens of the outline; those of an earlier SERVICE are its answer.
    """
    steps = place.steps
    for index, step in enumerate(steps[:-1]):
        if step.element.kind in _BARRIERS:
            steps = place.steps[index + 1 :]
    text, variables = "", frozenset[str]()
    for step in reversed(steps):
        level = _Level(outline, parts, step, is_own=step is steps[-1])
        inner = f"{{ {text} }}" if text else ""
        text = " ".join(filter(None, (*level.texts, inner)))
        variables |= level.variables
    return Context(f"{{ {text} }}", variables) if text else None


class _Level:
    """What is kept of one group."""

    def __init__(self, outline: Outline, parts: Sequence[str], step: Step, *, is_own: bool) -> None:
        self.texts: list[str] = []
        self.variables: frozenset[str] = frozenset()
        self._outline = outline
        self._parts = parts
        certain: set[str] = set()
        filters = []
        for index, element in enumerate(step.group.elements):
            is_before = index < step.index
            if index == step.index or self._words(element) & _UNSTEADY:
                continue
            if element.kind == "filter":
                filters.append(element)
            elif element.kind == "bind":
                if is_before and self._names(element, but_last=True) <= certain:
                    self._keep(element)
            elif self._joins(element, is_before=is_before, is_own=is_own):
                self._keep(element)
                if element.kind == "triples":
                    certain |= self._names(element)
        for element in filters:
            if "EXISTS" not in self._words(element) and self._names(element) <= certain:
                self._keep(element)

    def _joins(self, element: Element, *, is_before: bool, is_own: bool) -> bool:
        if element.kind == "service":
            return is_before
        if element.kind not in _JOINING or not (is_before or is_own):
            return False
        return is_before or "SERVICE" not in self._words(element)

    def _keep(self, element: Element) -> None:
        parts = [each for each in self._parts[element.start : element.end] if each]
        if element.kind == "triples":
            while parts and parts[0].strip() == ".":
                del parts[0]
            while parts and parts[-1].strip() == ".":
                del parts[-1]
            parts += [" ."] if parts else []
        if parts:
            self.texts.append("".join(parts).strip())
            self.variables |= self._names(element)

    def _words(self, element: Element) -> set[str]:
        return {token.word for token in self._outline.tokens[element.start : element.end]}

    def _names(self, element: Element, *, but_last: bool = False) -> frozenset[str]:
        """Return the variables of an element; the last one of BIND is what it gives a value to."""
        tokens = self._outline.tokens[element.start : element.end]
        names = [token.variable for token in tokens if token.variable]
        return frozenset(names[:-1] if but_last else names)
