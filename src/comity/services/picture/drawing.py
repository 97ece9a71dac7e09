"""The picture as SVG: colours for light and dark grounds, text for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from comity.services.picture.layout import (
    ARROWS,
    BRACKET,
    CENTRE,
    HEADER,
    LEFT,
    LINE,
    MARGIN,
    PAD,
    RIGHT,
    Arrow,
    Box,
    Plan,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.services.picture.outline import Outline

STYLE: Final = """
text { font-family: system-ui, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; fill: #1d2430; }
.ground { fill: #fbfcfe; stroke: #d5dbe5; }
.title { font-size: 24px; font-weight: 700; }
.zone { font-size: 13.5px; font-weight: 500; fill: #5a6475; }
.name { font-size: 14.5px; font-weight: 650; }
.own { font-size: 12.5px; fill: #3c4656; }
.gloss { font-size: 12.5px; font-style: italic; fill: #3c4656; }
text { white-space: pre; }
.box { stroke-width: 1.3; }
.who { fill: #e4eefb; stroke: #5b8bc9; }
.core { fill: #efe8fa; stroke: #8b6cc4; }
.fact { fill: #e3f4ea; stroke: #4b9a6d; }
.sub { fill: #f3fbf6; stroke: #7bb896; }
.leaf { fill: #ffffff; stroke: #9ccbb1; }
.under { fill: #f5f9fe; stroke: #8fb1dd; }
.number { fill: #fdf1d6; stroke: #c2912c; }
.proof { fill: #fbe7ea; stroke: #c3677a; }
.loose { fill: none; stroke: #8a94a6; stroke-dasharray: 5 4; }
.arrow { fill: none; stroke: #5a6475; stroke-width: 1.5; }
.tip, .start { fill: #5a6475; }
.label { font-size: 12.5px; font-weight: 600; paint-order: stroke; stroke: #fbfcfe;
  stroke-width: 5px; stroke-linejoin: round; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8edf5; }
  .ground { fill: #12161d; stroke: #2d3644; }
  .zone { fill: #a3aec0; }
  .own, .gloss { fill: #c5cedb; }
  .who { fill: #16283f; stroke: #5b8bc9; }
  .core { fill: #271d3d; stroke: #9b7fd1; }
  .fact { fill: #11291c; stroke: #4b9a6d; }
  .sub { fill: #173525; stroke: #4b9a6d; }
  .leaf { fill: #1f432f; stroke: #5aa67c; }
  .under { fill: #1d3552; stroke: #5b8bc9; }
  .number { fill: #332812; stroke: #c2912c; }
  .proof { fill: #3a1c23; stroke: #c9788a; }
  .arrow { stroke: #a3aec0; }
  .tip, .start { fill: #a3aec0; }
  .label { stroke: #12161d; }
}
""".strip()

TONES: Final = {
    **dict.fromkeys(LEFT, ("who", "under", "under")),
    **dict.fromkeys(RIGHT, ("proof", "proof", "proof")),
    "Dyad": ("core", "core", "core"),
    "Fact": ("fact", "sub", "leaf"),
    "Amount": ("number", "number", "number"),
}
GLOSSES: Final = {
    "Dyad": "an unordered pair of states",
    "Fact": "with its time as stated, and no more precise",
    "Event": "happens",
    "Agreement": "is signed",
    "Arrangement": "lasts",
    "Observation": "is measured",
    "Amount": "a number as written, with its hedge",
    "Source": "a document",
    "Passage": "by place and hash",
    "Claim": "ties a value to it",
    "Issue": "a doubt, in words",
}
PLAIN: Final = ("who", "under", "under")


def draw(outline: Outline, plan: Plan) -> str:
    """Return the SVG document, ending in a newline; the same bytes for the same outline."""
    width, height = round(plan.width), round(plan.height)
    counts = f"{len(outline.classes)} classes and {len(outline.properties)} properties"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">The Comity model: {counts}</title>',
        f'<desc id="desc">{escape(" ".join(_sentences(outline)))}</desc>',
        f"<style>\n{STYLE}\n</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="14"/>',
        _text("title", MARGIN, 46, "A dyad has facts; passages say so"),
        _text(
            "zone", MARGIN, 70, f"The Comity model: {counts}. A class stands inside its superclass."
        ),
        *_zones(plan),
        *(part for box in plan.boxes for part in _box(outline, box, TONES.get(box.name, PLAIN), 0)),
        *(part for arrow in ARROWS for part in _arrow(plan, arrow)),
        *_foot(plan),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _zones(plan: Plan) -> Iterator[str]:
    """Yield the heading of each column."""
    y = plan.by_name["Fact"].y - 12
    yield _text("zone", plan.by_name["State"].x, y, "Who and where")
    yield _text("zone", plan.by_name["Source"].x, y, "How we know")


def _box(outline: Outline, box: Box, tones: tuple[str, ...], depth: int) -> Iterator[str]:
    """Yield a box, what is written in it, and the boxes inside it."""
    meaning = next(term.definition for term in outline.classes if term.name == box.name)
    yield f"<g><title>{escape(f'{box.name}: {meaning}')}</title>"
    yield (
        f'<rect class="box {tones[min(depth, len(tones) - 1)]}" x="{box.x:.1f}" y="{box.y:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}" rx="{max(9 - 2 * depth, 5)}"/>'
    )
    yield from _writing(box)
    yield "</g>"
    for column in box.columns:
        for child in column:
            yield from _box(outline, child, tones, depth + 1)


def _writing(box: Box) -> Iterator[str]:
    """Yield the name of a box and the properties written in it."""
    yield _text("name", box.x + PAD, box.y + 20, box.name)
    if gloss := GLOSSES.get(box.name):
        yield _text("gloss", box.right - PAD, box.y + 20, gloss, "end")
    for number, line in enumerate(box.lines):
        yield _text("own", box.x + PAD, box.y + HEADER + 10 + number * LINE, line)


def _arrow(plan: Plan, arrow: Arrow) -> Iterator[str]:
    """Yield the line, the tip and the label of an arrow whose two ends are drawn."""
    source, target = plan.by_name.get(arrow.source), plan.by_name.get(arrow.target)
    if source is None or target is None:
        return
    points, (label_x, label_y, anchor) = _route(plan, arrow, source, target)
    path = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    (before_x, before_y), (x, y) = points[-2:]
    dx, dy = _sign(x - before_x), _sign(y - before_y)
    yield f'<path class="arrow" d="M{path}"/>'
    yield f'<circle class="start" cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="2.6"/>'
    yield (
        f'<path class="tip" d="M{x:.1f} {y:.1f} L{x - 9 * dx - 4.5 * dy:.1f} '
        f'{y - 9 * dy - 4.5 * dx:.1f} L{x - 9 * dx + 4.5 * dy:.1f} {y - 9 * dy + 4.5 * dx:.1f} Z"/>'
    )
    yield _text("label", label_x, label_y, ", ".join(arrow.names), anchor)


Points = list[tuple[float, float]]


def _route(
    plan: Plan, arrow: Arrow, source: Box, target: Box
) -> tuple[Points, tuple[float, float, str]]:
    """Return an arrow's corners and where its label stands."""
    if arrow.route == "left":
        y = (source.middle if source.name not in CENTRE else target.middle) + arrow.shift
        edge = next(b for b in plan.boxes if b.x <= source.x <= b.right and b.y <= y <= b.bottom)
        return [(source.x, y), (target.right, y)], ((edge.x + target.right) / 2, y - 8, "middle")
    if arrow.route == "over":
        x = target.right - 56
        points = [(source.x, source.middle), (x, source.middle), (x, target.y)]
        return points, ((source.x + target.right) / 2, source.middle - 8, "middle")
    if arrow.route == "under":
        x = (plan.by_name["Fact"].right + source.x) / 2
        y = source.middle + arrow.shift
        points = [(source.x, y), (x, y), (x, target.middle), (target.right, target.middle)]
        return points, (x + 8, (y + target.middle) / 2 + 4, "start")
    if arrow.route == "bracket":
        x = source.right + BRACKET - 8
        points = [(source.right, source.middle), (x, source.middle)]
        points += [(x, target.middle), (target.right, target.middle)]
        return points, (x - 8, (source.middle + target.middle) / 2, "end")
    x = source.x + source.width / 2
    start, end = (source.y, target.bottom) if arrow.route == "up" else (source.bottom, target.y)
    return [(x, start), (x, end)], (x + 9, (start + end) / 2 + 4, "start")


def _foot(plan: Plan) -> Iterator[str]:
    """Yield the properties that any thing can have, and the key to the signs."""
    box = plan.loose
    yield (
        f'<rect class="box loose" x="{box.x:.1f}" y="{box.y:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}" rx="9"/>'
    )
    yield from _writing(box)
    key = "→ another thing     ◇ a code from a code list     = a number, date or text"
    yield _text("zone", MARGIN, plan.height - 22, key)


def _sentences(outline: Outline) -> Iterator[str]:
    """Yield the picture in words: the classes as a tree, then the arrows."""
    for root in outline.roots():
        below = outline.children(root)
        if below:
            yield f"{root} has the subclasses {_words(outline, below)}."
        else:
            yield f"{root} has no subclass."
    for arrow in ARROWS:
        yield f"Arrow from {arrow.source} to {arrow.target}: {', '.join(arrow.names)}."


def _words(outline: Outline, names: tuple[str, ...]) -> str:
    """Return names, each with the names below it in brackets."""
    return ", ".join(
        f"{name} ({_words(outline, below)})" if (below := outline.children(name)) else name
        for name in names
    )


def _text(style: str, x: float, y: float, text: str, anchor: str = "start") -> str:
    at = f'x="{x:.1f}" y="{y:.1f}"'
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text class="{style}" {at}{side}>{escape(text)}</text>'


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
