"""Where everything in the picture stands: boxes in three columns, boxes within boxes, arrows.

A class stands inside the class above it. A property stands on an arrow when the table here draws
it, and otherwise inside the class that has it; so each class and each property is drawn, whatever
the ontology gains. Lengths are in pixels; y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from comity.services.picture.outline import Outline, PropertyTerm

MARGIN: Final = 28
TOP: Final = 108
FOOT: Final = 56
HEADER: Final = 30
LINE: Final = 19
PAD: Final = 10
GAP: Final = 22
LETTER: Final = 6.9  # width of an average letter of a property's name

LEFT_WIDTH: Final = 236
LEFT_GUTTER: Final = 152
CENTRE_WIDTH: Final = 560
RIGHT_GUTTER: Final = 112
RIGHT_WIDTH: Final = 226
BRACKET: Final = 34

LEFT: Final = ("State", "Organization", "Person", "Post", "Place")
CENTRE: Final = ("Dyad", "Fact", "Amount")
RIGHT: Final = ("Source", "Passage", "Claim", "Issue")
SIDE_BY_SIDE: Final = {"Fact": (("Arrangement",), ("Event", "Agreement", "Observation"))}
GLYPHS: Final = {"thing": "→", "code": "◇", "literal": "="}


@dataclass(slots=True)
class Box:
    """A class with the properties written in it and the classes that stand inside it."""

    name: str
    width: float
    lines: list[str] = field(default_factory=list)
    columns: list[list[Box]] = field(default_factory=list)
    x: float = 0
    y: float = 0
    height: float = 0

    @property
    def right(self) -> float:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y half-way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """Properties drawn as one arrow from class to class; `route` says which sides it joins."""

    source: str
    target: str
    names: tuple[str, ...]
    route: str
    shift: float = 0


ARROWS: Final = (
    Arrow("Dyad", "State", ("member",), "over"),
    Arrow("Fact", "Dyad", ("dyad",), "up"),
    Arrow("Fact", "State", ("from", "to"), "left"),
    Arrow("Fact", "Organization", ("party",), "left"),
    Arrow("Fact", "Person", ("participant", "ledBy"), "left"),
    Arrow("Tenure", "Post", ("post",), "left"),
    Arrow("TransportLink", "Place", ("origin", "destination"), "left"),
    Arrow("Fact", "Place", ("place",), "left", 15),
    Arrow("Fact", "Amount", ("amount",), "down"),
    Arrow("Passage", "Source", ("oa:hasSource",), "up"),
    Arrow("Claim", "Passage", ("passage",), "up"),
    Arrow("Claim", "Fact", ("about",), "left", -16),
    Arrow("Claim", "Amount", ("about",), "under", 16),
    Arrow("Issue", "Claim", ("about",), "up"),
    Arrow("Issue", "Source", ("evidence",), "bracket"),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole picture: the outermost boxes, each box by name, and the size.

    `loose` is the box of the properties that any thing can have; it is no class.
    """

    boxes: tuple[Box, ...]
    by_name: dict[str, Box]
    loose: Box
    width: float
    height: float


def plan(outline: Outline) -> Plan:
    """Give each class of the outline its box and its place."""
    drawn = {name for arrow in ARROWS for name in arrow.names}
    written = [term for term in outline.properties if term.name not in drawn]
    centre_x = MARGIN + LEFT_WIDTH + LEFT_GUTTER
    right_x = centre_x + CENTRE_WIDTH + RIGHT_GUTTER
    width = right_x + RIGHT_WIDTH + BRACKET + MARGIN

    strays = tuple(name for name in outline.roots() if name not in {*LEFT, *CENTRE, *RIGHT})
    left, centre, right = (
        [_nest(outline, written, name, column_width) for name in names]
        for names, column_width in (
            (LEFT + strays, LEFT_WIDTH),
            (CENTRE, CENTRE_WIDTH),
            (RIGHT, RIGHT_WIDTH),
        )
    )
    _stack(centre, centre_x, TOP, gap=2.4 * GAP)
    by_name = {box.name: box for top in centre for box in _walk(top)}
    wishes = {
        arrow.target: by_name[arrow.source].middle - HEADER / 2
        for arrow in ARROWS
        if arrow.route == "left" and arrow.source in by_name and arrow.source not in CENTRE
    }
    _stack(left, MARGIN, by_name["Fact"].y, GAP, wishes)
    by_name |= {box.name: box for top in left + right for box in _walk(top)}
    _spread(right, right_x, by_name["Fact"].y, centre[-1].bottom)

    written_on_all = [term for term in written if term.domain is None]
    loose = Box("any thing", LEFT_WIDTH, _lines(written_on_all, LEFT_WIDTH - 2 * PAD))
    loose.height = HEADER + LINE * len(loose.lines) + PAD / 2
    _move(loose, MARGIN, max(left[-1].bottom + GAP, centre[-1].bottom - loose.height))

    boxes = (*left, *centre, *right)
    bottom = max(box.bottom for box in (*boxes, loose))
    return Plan(boxes, by_name, loose, width, bottom + FOOT)


def _nest(outline: Outline, written: list[PropertyTerm], name: str, width: float) -> Box:
    """Return the box of a class with all that stands inside it, sized but not yet placed."""
    own = [term for term in written if term.domain == name]
    box = Box(name, width, _lines(own, width - 2 * PAD))
    children = outline.children(name)
    groups = [[n for n in group if n in children] for group in SIDE_BY_SIDE.get(name, ())]
    groups = [group for group in groups if group]
    placed = {n for group in groups for n in group}
    rest = [n for n in children if n not in placed]
    if groups:
        groups[-1].extend(rest)
    elif rest:
        groups = [rest]
    inner = (width - PAD * (len(groups) + 1)) / max(len(groups), 1)
    box.columns = [[_nest(outline, written, n, inner) for n in group] for group in groups]
    head = HEADER + LINE * len(box.lines) + (PAD / 2 if box.lines else 0)
    body = max((sum(b.height + PAD for b in column) for column in box.columns), default=0)
    for column in box.columns:
        column[-1].height += body - sum(b.height + PAD for b in column)
    box.height = head + body
    return box


def _lines(terms: list[PropertyTerm], width: float) -> list[str]:
    """Write properties behind their glyphs, one kind of value after another, within a width."""
    lines: list[str] = []
    for kind, glyph in GLYPHS.items():
        line = ""
        for name in (term.name for term in terms if term.value == kind):
            longer = f"{line}, {name}" if line else f"{glyph} {name}"
            if line and len(longer) * LETTER > width:
                lines.append(f"{line},")
                line = f"   {name}"
            else:
                line = longer
        if line:
            lines.append(line)
    return lines


def _stack(
    boxes: list[Box], x: float, y: float, gap: float, wishes: dict[str, float] | None = None
) -> None:
    """Place boxes one below another, none higher than it wishes."""
    for box in boxes:
        _move(box, x, max(y, (wishes or {}).get(box.name, y)))
        y = box.bottom + gap


def _move(box: Box, x: float, y: float) -> None:
    """Place a box and, with it, all that stands inside it."""
    box.x, box.y = x, y
    head = y + HEADER + LINE * len(box.lines) + (PAD / 2 if box.lines else 0)
    inner_x = x + PAD
    for column in box.columns:
        inner_y = head
        for child in column:
            _move(child, inner_x, inner_y)
            inner_y = child.bottom + PAD
        inner_x += (column[0].width if column else 0) + PAD


def _spread(boxes: list[Box], x: float, top: float, bottom: float) -> None:
    """Place boxes one below another with even gaps between two heights."""
    free = bottom - top - sum(box.height for box in boxes)
    _stack(boxes, x, top, gap=free / max(len(boxes) - 1, 1))


def _walk(box: Box) -> list[Box]:
    """Return a box and every box inside it."""
    return [box, *(b for column in box.columns for child in column for b in _walk(child))]
