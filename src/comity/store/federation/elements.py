"""What a query with SERVICE is made of, as far as that needs: groups, elements, the way to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from comity.model.tokens import Token

Kind = Literal[
    "bind", "filter", "graph", "group", "minus", "optional", "select", "service", "triples",
    "values",
]  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One element of a group: its tokens are those from `start` to before `end`."""

    kind: Kind
    start: int
    end: int
    groups: tuple[Group, ...] = ()
    silent: bool = False
    name: int = 0  # where the name of a SERVICE stands
    braces: tuple[int, int] = (0, 0)  # where those of a SERVICE stand


@dataclass
class Group:
    """A group graph pattern; a subselect has one element, the group of its WHERE."""

    elements: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """A group on the way to a SERVICE, and by which of its elements the way goes on."""

    group: Group
    index: int

    @property
    def element(self) -> Element:
        """The element by which the way goes on."""
        return self.group.elements[self.index]


@dataclass(frozen=True)
class Place:
    """A SERVICE and the groups around it, the outermost first."""

    service: Element
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Outline:
    """The tokens that mean something, without the prologue; where FROM and the pattern stand."""

    tokens: tuple[Token, ...]
    dataset: tuple[int, int]
    places: tuple[Place, ...]
