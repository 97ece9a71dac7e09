"""Shapes as they are read: what they target, what they ask, and what they say when it fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.validation.compiled.paths import Path
    from comity.validation.compiled.terms import Term


@dataclass(frozen=True, eq=False)
class SparqlConstraint:
    """A query of the shapes: of `sh:sparql` (SHACL §5), or of a validator (SHACL §6).

    `node` is what `sh:sparql` or the component's IRI names, `form` is select or ask. `bindings` are
    the values of the parameters by their names, without those that are optional and not given.
    """

    node: Term
    form: str
    text: str
    prefixes: dict[str, str]
    messages: tuple[Term, ...] = ()
    bindings: dict[str, Term] = field(default_factory=dict)
    parameters: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Constraint:
    """A constraint: the parameter's name, the component's IRI, and what the parameter says.

    `values` holds the terms of a list where the parameter is one, else the one term.
    """

    name: str
    component: Term
    values: tuple[Term, ...] = ()
    flags: str = ""
    siblings: tuple[Term, ...] = ()
    sparql: SparqlConstraint | None = None

    @property
    def value(self) -> Term:
        """The one value of the parameter."""
        return self.values[0]


@dataclass(frozen=True)
class Targets:
    """What a shape targets (SHACL §2.1.3); classes include the shape itself where it is one."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[Term, ...] = ()
    subjects_of: tuple[Term, ...] = ()
    objects_of: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is targeted."""
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, eq=False)
class Shape:
    """A node shape, or with a path a property shape.

    `properties` are the nodes of the shapes of `sh:property`; `refused` are the reasons for which
    the shape is left to the fallback, none if it is compiled.
    """

    node: Term
    severity: Term
    path: Path | None = None
    messages: tuple[Term, ...] = ()
    deactivated: bool = False
    targets: Targets = field(default_factory=Targets)
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[Term, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def others(self) -> tuple[Term, ...]:
        """The shapes that the constraints refer to, without those of `properties`."""
        return tuple(
            dict.fromkeys(
                node
                for constraint in self.constraints
                if constraint.name in REFERRING
                for node in (
                    *constraint.values[: constraint_span(constraint)],
                    *constraint.siblings,
                )
            )
        )


REFERRING = frozenset(
    {"node", "not", "and", "or", "xone", "qualifiedMinCount", "qualifiedMaxCount"}
)
"""The parameters whose values are shapes."""


def constraint_span(constraint: Constraint) -> int | None:
    """Return how many of the values are shapes, None for all: of a qualified count the first."""
    return 1 if constraint.name.startswith("qualified") else None
