"""The drawing of the ontology: boxes within boxes, and lanes that lead properties to classes.

A class stands inside the class above it, and a property in the class that it leaves. From each
line of properties a wire leads to the lanes of the classes that they reach; the lanes run beside
the boxes, where no text stands. All lines keep to one grid, and the second column stands half a
step lower than the first, so that no two wires fall together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import NS
from comity.services.pages.lettering import Box, measure
from comity.services.pages.neighbours import OTHER, SORTS
from comity.services.pages.ontology_ends import ANYTHING, CODES, THINGS, VALUES
from comity.services.pages.ontology_parts import FORMATS, PLAIN, Drawing, Frame, Wire, Writing
from comity.services.speech import gettext, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.pages.ontology_ends import Above, Ends
    from comity.services.pages.ontology_parts import Format

STEP: Final = 22
SEVERAL: Final = noted("Several classes")
# What stands before properties that lead to no class.
_LEADS: Final = {
    CODES: noted("codes:"),
    VALUES: noted("values:"),
    ANYTHING: noted("anything:"),
}
_FIRST: Final = ("Fact",)  # what the first of two columns holds
_ORDER: Final = ("Dyad", "State", "Organization", "Person", "Post", "Place", "Amount", "Source")
_HEAD: Final = 14.0
_WORD: Final = 13.0
_LOOSE: Final = 1.06  # fonts differ; what a name may take up more than reckoned
_BOLD: Final = 1.27
_NEAR_SOURCES: Final = frozenset(f"{NS}{name}" for name in ("Passage", "Claim", "Issue"))
_PAD: Final = 10
_CHIP: Final = 9
_TIP: Final = 7


class _Port(NamedTuple):
    """Where a wire leaves a line of properties."""

    y: float
    """How far it is from the top."""
    edge: float
    """Where the box of the line ends, from the left."""
    is_left: bool
    """Whether the box is on the left of the lanes."""
    names: tuple[str, ...]
    """The IRIs of the properties."""
    targets: tuple[str, ...]
    """The IRIs of the classes that they reach."""


class _Sheet:
    """What has been put on the drawing so far, and what the drawing is made of."""

    def __init__(
        self,
        form: Format,
        below: dict[str, list[str]],
        homes: dict[str, list[Ends]],
        sorts: dict[str, str],
    ) -> None:
        """Take the classes below each class, the properties at home in it, and its colour."""
        self.form, self.below, self.homes, self.sorts = form, below, homes, sorts
        self.reached = {iri for home in homes.values() for each in home for iri in each.targets}
        self.frames: list[Frame] = []
        self.writings: list[Writing] = []
        self.ports: list[_Port] = []
        self.doors: dict[str, tuple[float, float, bool]] = {}

    def is_chip(self, iri: str) -> bool:
        """Tell whether a class is so simple that its name stands beside others in one line."""
        return not (self.below.get(iri) or self.homes.get(iri) or iri in self.reached)


def draw(
    classes: Sequence[str], ends: Sequence[Ends], parents: dict[str, str], above: Above
) -> tuple[Drawing, ...]:
    """Return the drawings of an ontology, one for each size; none if it has no classes."""
    return tuple(_draw(form, classes, ends, parents, above) for form in FORMATS if classes)


def _draw(
    form: Format,
    classes: Sequence[str],
    ends: Sequence[Ends],
    parents: dict[str, str],
    above: Above,
) -> Drawing:
    homes: dict[str, list[Ends]] = {}
    for each in ends:
        homes.setdefault(each.home if each.home in classes else "", []).append(each)
    sheet = _Sheet(
        form,
        below={iri: [each for each in classes if parents.get(each) == iri] for iri in classes},
        homes=homes,
        sorts={iri: _sort(iri, above) for iri in classes},
    )
    ranks = {f"{NS}{name}": rank for rank, name in enumerate(_ORDER)}
    roots = [iri for iri in classes if parents.get(iri) not in sheet.sorts]
    roots.sort(key=lambda iri: ranks.get(iri, len(ranks)))
    first = [iri for iri in roots if iri.removeprefix(NS) in _FIRST]
    rest = [iri for iri in roots if iri not in first]
    rest += [""] if "" in sheet.homes else []
    if form.columns == 1:
        height = _column(sheet, [*first, *rest], 1, 0, is_left=True)
    else:
        right = form.width - form.column - 1
        height = max(
            _column(sheet, first, 1, 0, is_left=True),
            _column(sheet, rest, right, STEP / 2, is_left=False),
        )
    frames, writings = tuple(sheet.frames), tuple(sheet.writings)
    return Drawing(form.name, form.width, height, frames, _wires(sheet), writings)


def _column(sheet: _Sheet, roots: Sequence[str], x: float, y: float, *, is_left: bool) -> float:
    """Put classes below one another and return where they end."""
    for iri in roots:
        y = _put(sheet, iri, Box(x, y, x + sheet.form.column, y), 0, is_left=is_left)
    return y


def _put(sheet: _Sheet, iri: str, room: Box, depth: int, *, is_left: bool) -> float:
    """Put a class with all that stands in it at the top of a room; return where the next goes."""
    at, y = len(sheet.frames), room.top
    edge = room.right if is_left else room.left
    x, width = room.left + _PAD, room.right - room.left - 2 * _PAD
    name = (iri or gettext(SEVERAL),)
    sheet.writings.append(Writing(x, y + STEP / 2 + 5, "class", "", name, "", width))
    if iri:
        sheet.doors[iri] = (edge, y + STEP / 2, is_left)
    y += STEP
    for lead, terms, tail, targets in _lines(sheet.homes.get(iri, ()), width):
        sheet.writings.append(Writing(x, y + STEP / 2 + 4, "property", lead, terms, tail, width))
        if targets:
            sheet.ports.append(_Port(y + STEP / 2, edge, is_left, terms, targets))
        y += STEP
    inset = sheet.form.inset
    inner = Box(room.left + inset, y, room.right - inset, y)
    below = sheet.below.get(iri, [])
    y = _chips(sheet, [each for each in below if sheet.is_chip(each)], inner, depth + 1)
    boxes = [each for each in below if not sheet.is_chip(each)]
    for each in boxes:
        y = _put(sheet, each, Box(inner.left, y, inner.right, y), depth + 1, is_left=is_left)
    area = Box(room.left, room.top + 1, room.right, y + (-3 if boxes else 5))
    sheet.frames.insert(at, Frame(area, sheet.sorts.get(iri, PLAIN), depth))
    return y + STEP


def _chips(sheet: _Sheet, classes: Sequence[str], room: Box, depth: int) -> float:
    """Put simple classes beside one another and return where they end."""
    x, y = room.left, room.top
    for iri in classes:
        width = measure(iri.removeprefix(NS), _HEAD) * _BOLD + 2 * _CHIP
        if x > room.left and x + width > room.right:
            x, y = room.left, y + STEP
        area = Box(x, y, x + width, y + STEP - 4)
        sheet.frames.append(Frame(area, sheet.sorts[iri], depth))
        at, base = x + width / 2, y + STEP / 2 + 3
        place = Writing(at, base, "chip", "", (iri,), "", width - 2 * _CHIP)
        sheet.writings.append(place)
        x += width + 7
    return y + STEP if classes else y


def _lines(
    ends: Sequence[Ends], width: float
) -> list[tuple[str, tuple[str, ...], str, tuple[str, ...]]]:
    """Return lines of properties that lead to the same: lead, properties, tail and classes."""
    groups: dict[tuple[bool, str, tuple[str, ...]], list[str]] = {}
    for each in ends:
        key = (each.leads_to != THINGS, each.leads_to, each.targets)
        groups.setdefault(key, []).append(each.iri)
    found = []
    for (is_loose, leads_to, targets), iris in sorted(groups.items()):
        lead = f"{gettext(_LEADS[leads_to])} " if is_loose else ""
        line: list[str] = []
        for iri in iris:
            text = lead + ", ".join(each.removeprefix(NS) for each in [*line, iri]) + ","
            if line and measure(text, _WORD) * _LOOSE > width:
                found.append((lead, tuple(line), ",", targets))
                line, lead = [], ""
            line.append(iri)
        found.append((lead, tuple(line), "", targets))
    return found


def _wires(sheet: _Sheet) -> tuple[Wire, ...]:
    """Return the lanes and what leads to them and from them."""
    form = sheet.form
    targets = sorted(
        {target for port in sheet.ports for target in port.targets if target in sheet.doors},
        key=lambda iri: sheet.doors[iri][1],
    )
    start = form.column + 1 + _TIP
    end = form.width - form.column - 1 - _TIP if form.columns > 1 else form.width
    pitch = (end - start) / (len(targets) + 1)
    lanes = {iri: round(start + pitch * (at + 1), 1) for at, iri in enumerate(targets)}
    found = []
    for iri, x in lanes.items():
        edge, y, is_left = sheet.doors[iri]
        joined = [port.y for port in sheet.ports if iri in port.targets]
        low, high = min(*joined, y), max(*joined, y)
        tip = _TIP if is_left else -_TIP
        path = f"M{x},{low}V{high}M{x},{y}H{edge + tip}"
        head = f"M{edge},{y}l{tip},-4v8z"
        says = iri.removeprefix(NS)
        found.append(Wire(path, head, sheet.sorts[iri], ((x, y, sheet.sorts[iri]),), says))
    for port in sheet.ports:
        reached = [iri for iri in port.targets if iri in lanes]
        if reached:
            far = (max if port.is_left else min)(lanes[iri] for iri in reached)
            knots = tuple((lanes[iri], port.y, sheet.sorts[iri]) for iri in reached)
            says = " → ".join(
                ", ".join(iri.removeprefix(NS) for iri in iris) for iris in (port.names, reached)
            )
            found.append(Wire(f"M{port.edge},{port.y}H{far}", "", PLAIN, knots, says))
    return tuple(found)


def _sort(iri: str, above: Above) -> str:
    if iri in _NEAR_SOURCES:
        return "source"
    line = {iri, *above.get(iri, ())}
    return next((sort for sort, name in SORTS.items() if f"{NS}{name}" in line), OTHER)
