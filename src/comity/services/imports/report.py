"""What became of every row of an import: used, or skipped for a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

_EXAMPLES: Final = 5  # rows that a reason names


@dataclass
class Reason:
    """Why rows were left out: how many, and the first of them by file and number."""

    rows: int = 0
    examples: list[str] = field(default_factory=list)
    values: Counter[str] = field(default_factory=Counter)
    """What stood in them, where the reason is about a value."""


class Report:
    """Counts rows; those that were read are those used and those skipped, always."""

    def __init__(self) -> None:
        """Begin without a row."""
        self.read = 0
        self.used = 0
        self.skipped: dict[str, Reason] = {}
        self.notes: Counter[str] = Counter()
        """What happened to rows that were used all the same, with how often."""

    def use(self) -> None:
        """Count a row that is told of in the graph."""
        self.read += 1
        self.used += 1

    def skip(self, why: str, place: str, value: str = "") -> None:
        """Count a row that is not, where it stands, and the value that was in the way."""
        self.read += 1
        reason = self.skipped.setdefault(why, Reason())
        reason.rows += 1
        if len(reason.examples) < _EXAMPLES:
            reason.examples.append(place)
        if value:
            reason.values[value] += 1

    def unuse(self, number: int, why: str) -> None:
        """Take back rows that were counted as used, for a reason that showed later."""
        if number:
            self.used -= number
            self.skipped.setdefault(why, Reason()).rows += number

    def note(self, what: str, number: int = 1) -> None:
        """Count something that a reader of the report should know."""
        self.notes[what] += number

    def as_json(self) -> dict[str, Any]:
        """Return the report for a manifest: counts, and of each reason its commonest values."""
        return {
            "rows": self.read,
            "used": self.used,
            "skipped": {
                why: {
                    "rows": reason.rows,
                    "examples": reason.examples,
                    "values": dict(reason.values.most_common()),
                }
                for why, reason in sorted(self.skipped.items())
            },
            "notes": dict(sorted(self.notes.items())),
        }
