"""The timeline as a picture: where the bars stand; the template only draws them.

A lane is a chapter of the dossier; bars that would touch stand below each other. A bar spans the
days that a fact's time can touch, so that a vague date is a wide, pale bar; so is one of which the
end is not known. Lengths are in the units of the drawing, x from the left and y from the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from comity.services.pages.chapters import arrange
from comity.services.speech import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Fact

WIDTH: Final = 960
LABELS: Final = 210
RIGHT: Final = 14
TOP: Final = 22
ROW: Final = 9
GAP: Final = 7
LEAST: Final = 4.0  # a day is narrower than an eye sees
STEPS: Final = (1, 2, 5, 10, 20, 50, 100)
MOST_TICKS: Final = 14
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact in the picture."""

    x: float
    """Where it begins."""
    y: float
    """Where its upper edge is."""
    width: float
    """How long it is."""
    tone: str
    """How it is drawn: `exact`, `vague`, `lasting` or `open` (only planned)."""
    title: str
    """Its time and label, for those who point at it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A chapter in the picture."""

    title: str
    """The heading of the chapter."""
    y: float
    """Where its upper edge is."""
    height: float
    """How high it is."""
    bars: tuple[Bar, ...]
    """Its facts."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis."""

    x: float
    """Where its first day is."""
    year: int
    """The year."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture."""

    width: float
    """How wide it is."""
    height: float
    """How high it is."""
    lanes: tuple[Lane, ...]
    """The chapters that have facts on the calendar."""
    ticks: tuple[Tick, ...]
    """The years on the axis."""


def draw_timeline(facts: Iterable[Fact]) -> Chart | None:
    """Return the picture of facts on the calendar, or None if there are fewer than two."""
    dated = [fact for fact in facts if fact.time and (fact.time.earliest or fact.time.latest)]
    years = [day.year for fact in dated for day in _days(fact) if day]
    if len(dated) < len("ab"):
        return None
    scale = _Scale(min(years), max(years) + 1)
    lanes: list[Lane] = []
    y: float = TOP
    for chapter in arrange(dated):
        lane = _lane(chapter.title, chapter.facts, scale, y)
        lanes.append(lane)
        y += lane.height + GAP
    return Chart(WIDTH, y, tuple(lanes), scale.ticks())


class _Scale:
    """Days to places: the axis runs from the first day of `start` to that of `end`."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
        self.origin = date(start, 1, 1).toordinal()
        self.days = date(end, 1, 1).toordinal() - self.origin

    def __call__(self, day: date) -> float:
        share = (day.toordinal() - self.origin) / self.days
        return round(LABELS + share * (WIDTH - LABELS - RIGHT), 1)

    def ticks(self) -> tuple[Tick, ...]:
        step = next(
            (each for each in STEPS if (self.end - self.start) / each <= MOST_TICKS), STEPS[-1]
        )
        first = -(-self.start // step) * step
        return tuple(Tick(self(date(year, 1, 1)), year) for year in range(first, self.end, step))


def _lane(title: str, facts: Iterable[Fact], scale: _Scale, y: float) -> Lane:
    """Return a lane; each bar stands in the first row where it touches none before it."""
    ends: list[float] = []
    bars: list[Bar] = []
    for fact in facts:
        x, width, tone = _span(fact, scale)
        row = next((row for row, end in enumerate(ends) if end + 1 < x), len(ends))
        ends[row : row + 1] = [x + width]
        time = fact.time.words if fact.time else ""
        said = gettext("%(heading)s: %(values)s", heading=time, values=fact.label)
        bars.append(Bar(x, y + row * ROW, width, tone, said))
    return Lane(title, y, max(len(ends), 1) * ROW, tuple(bars))


def _span(fact: Fact, scale: _Scale) -> tuple[float, float, str]:
    first, last = _days(fact)
    x = scale(first) if first else float(LABELS)
    end = scale(last) if last else float(WIDTH - RIGHT)
    width = round(max(end - x, LEAST), 1)
    if fact.is_open:
        return x, width, "open"
    if fact.time and fact.time.kind and fact.time.kind.iri.endswith(".throughout"):
        if (fact.time.edtf or "").endswith("/"):  # an end that is not known is no open one
            return x, width, "vague"
        return x, width, "lasting" if last is None or width > LEAST else "exact"
    is_exact = first and last and (last - first).days <= _WEEK
    return x, width, "exact" if is_exact else "vague"


def _days(fact: Fact) -> tuple[date | None, date | None]:
    time = fact.time
    if time is None:
        return None, None
    return (
        date.fromisoformat(time.earliest) if time.earliest else None,
        date.fromisoformat(time.latest) if time.latest else None,
    )
