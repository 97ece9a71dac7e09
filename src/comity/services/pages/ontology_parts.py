"""What the drawing of the ontology is made of; the template only writes it out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from comity.services.pages.lettering import Box

PLAIN: Final = "plain"


class Format(NamedTuple):
    """A size for which the ontology is drawn; lengths are pixels."""

    name: str
    """How the style sheet calls the size."""
    width: float
    """How wide the drawing is."""
    column: float
    """How wide a column of boxes is."""
    columns: int
    """How many columns there are: one, with lanes beside it, or two, with lanes between them."""
    inset: float
    """How far a box stands inside another."""


FORMATS: Final = (Format("wide", 1148, 455, 2, 12), Format("narrow", 356, 248, 1, 7))


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of the drawing: that of a class, or of what several classes have."""

    area: Box
    """What it takes up."""
    sort: str
    """Its colour: one of the sorts of things, or `plain`."""
    depth: int
    """How many boxes it stands in."""


@dataclass(frozen=True, slots=True)
class Writing:
    """A line of text: the name of a class, or properties that lead to the same."""

    x: float
    """How far it begins from the left; for a chip, where its middle is."""
    y: float
    """Where its letters stand, from the top."""
    tone: str
    """How it is set: `class`, `property`, or `chip` for a class among others in a line."""
    lead: str
    """What is written before the names, quietly; empty for nothing."""
    terms: tuple[str, ...]
    """The IRIs of the terms named; what is no IRI is written as it is."""
    tail: str
    """What is written behind the names: a comma if the next line goes on; else empty."""
    width: float
    """How much room it has been given."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A line of the drawing with what is fixed to it."""

    path: str
    """The line, as the data of an SVG path."""
    tip: str
    """The head of an arrow, as the data of an SVG path; empty for none."""
    sort: str
    """Its colour: one of the sorts of things, or `plain`."""
    knots: tuple[tuple[float, float, str], ...]
    """Where it joins a lane: across, down, and the colour of the lane."""
    says: str
    """What those read who point at it."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The ontology drawn in one size."""

    name: str
    """How the style sheet calls the size."""
    width: float
    """How wide it is."""
    height: float
    """How high it is."""
    frames: tuple[Frame, ...]
    """The boxes, outer ones first."""
    wires: tuple[Wire, ...]
    """The lines."""
    writings: tuple[Writing, ...]
    """The names."""
