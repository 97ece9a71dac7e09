"""Property paths (SHACL §2.3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.validation.compiled.errors import ShapesError
from comity.validation.compiled.terms import RDF, SH, is_blank, is_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.compiled.graph import ShapesGraph
    from comity.validation.compiled.terms import Term

_SUFFIXES: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_SIGNS: Final = {"sequence": "/", "alternative": "|"}


@dataclass(frozen=True)
class Path:
    """A path: `kind` is predicate, inverse, sequence, alternative, or the name of a repetition."""

    kind: str
    iri: str = ""
    parts: tuple[Path, ...] = ()

    @property
    def text(self) -> str:
        """The path in SPARQL."""
        if self.kind == "predicate":
            return f"<{self.iri}>"
        if self.kind == "inverse":
            return f"^({self.parts[0].text})"
        if self.kind in _SIGNS:
            return f"({_SIGNS[self.kind].join(part.text for part in self.parts)})"
        return f"({self.parts[0].text}){_SUFFIXES[self.kind]}"

    @property
    def can_be_empty(self) -> bool:
        """Whether a node can be its own value."""
        if self.kind == "predicate":
            return False
        if self.kind in {"zeroOrMorePath", "zeroOrOnePath"}:
            return True
        empty = [part.can_be_empty for part in self.parts]
        return any(empty) if self.kind == "alternative" else all(empty)

    @property
    def along(self) -> str:
        """The property if the path is one step along or against one, else nothing."""
        if self.kind == "inverse" and self.parts[0].kind == "predicate":
            return self.parts[0].iri
        return self.iri

    def reads(self, before: str, *, inverse: bool = False) -> Iterator[tuple[str, str, bool]]:
        """Yield each statement that is read on the way.

        `before` is the path from the focus node to the start, empty for none. Each read is the path
        up to it, the property, and whether it is walked against its direction.
        """
        if self.kind == "predicate":
            yield before, self.iri, inverse
        elif self.kind == "inverse":
            yield from self.parts[0].reads(before, inverse=not inverse)
        elif self.kind == "sequence":
            for part in reversed(self.parts) if inverse else self.parts:
                yield from part.reads(before, inverse=inverse)
                before = follow(before, part.turned if inverse else part.text)
        elif self.kind == "alternative":
            for part in self.parts:
                yield from part.reads(before, inverse=inverse)
        else:
            inner = self.parts[0]
            step = inner.turned if inverse else inner.text
            repeated = before if self.kind == "zeroOrOnePath" else follow(before, f"({step})*")
            yield from inner.reads(repeated, inverse=inverse)

    @property
    def turned(self) -> str:
        """The path in SPARQL, walked from its end to its start."""
        return f"^({self.text})"


def follow(before: str, path: str) -> str:
    """Return two paths in SPARQL one after the other, of which the first may be empty."""
    return f"{before}/{path}" if before else path


def read_path(graph: ShapesGraph, node: Term) -> Path:
    """Return the path that a node stands for; raises ShapesError for none."""
    return _read(graph, node, frozenset())


def _read(graph: ShapesGraph, node: Term, above: frozenset[Term]) -> Path:
    if is_iri(node):
        return Path("predicate", iri=node.value)
    if not is_blank(node) or node in above:
        raise ShapesError(f"{node} is no property path; write an IRI or a blank node of one form.")
    above |= {node}
    if graph.value(node, f"{RDF}first") is not None:
        parts = (_read(graph, each, above) for each in graph.items(node))
        return Path("sequence", parts=tuple(parts))
    inner = graph.value(node, f"{SH}inversePath")
    if inner is not None:
        return Path("inverse", parts=(_read(graph, inner, above),))
    inner = graph.value(node, f"{SH}alternativePath")
    if inner is not None:
        parts = (_read(graph, each, above) for each in graph.items(inner))
        return Path("alternative", parts=tuple(parts))
    for kind in _SUFFIXES:
        inner = graph.value(node, f"{SH}{kind}")
        if inner is not None:
            return Path(kind, parts=(_read(graph, inner, above),))
    raise ShapesError(f"{node} is no property path; write an IRI or a blank node of one form.")
