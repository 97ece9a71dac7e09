"""RDF terms and the engine: what this package asks of pyoxigraph, or of what behaves like it.

The engine is handed in and never imported. Terms are the engine's own: hashable, comparable, and
written by `str` as in N-Triples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Term: TypeAlias = Any
"""An IRI, blank node or literal of the engine."""

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SH: Final = "http://www.w3.org/ns/shacl#"

TYPE: Final = f"{RDF}type"
SUBCLASS: Final = f"{RDFS}subClassOf"


class Engine(Protocol):
    """The names of the engine that are used: those of the module `pyoxigraph`."""

    NamedNode: Any
    BlankNode: Any
    Literal: Any
    Triple: Any
    Quad: Any
    DefaultGraph: Any
    Store: Any


class Statement(Protocol):
    """A triple, or a quad whose graph does not matter."""

    @property
    def subject(self) -> Term:
        """The subject."""

    @property
    def predicate(self) -> Term:
        """The predicate."""

    @property
    def object(self) -> Term:
        """The object."""


def reached(start: Term, onward: Callable[[Term], Iterable[Term]]) -> set[Term]:
    """Return a node with all that is reached from it, step by step; a circle ends nowhere."""
    found, waiting = set(), [start]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(onward(current))
    return found


def is_iri(term: Term) -> bool:
    """Tell whether a term is an IRI."""
    return type(term).__name__ == "NamedNode"


def is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node."""
    return type(term).__name__ == "BlankNode"


def is_literal(term: Term) -> bool:
    """Tell whether a term is a literal."""
    return type(term).__name__ == "Literal"


def is_true(term: Term | None) -> bool:
    """Tell whether a term is the boolean value true."""
    return bool(
        term is not None
        and is_literal(term)
        and term.datatype.value == f"{XSD}boolean"
        and term.value in {"true", "1"}
    )
