"""Cells of a panel: the facts of one measure, pair, direction and year, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from comity.services.panel.measures import Measure

DIFFERS: Final = "differs"
SEVERAL: Final = "several"
AT_LEAST: Final = "at-least"
UNCERTAIN: Final = "uncertain"
UNDATED: Final = "undated"
NOTES: Final = {
    "disputed": "a claim on the fact or its amount is disputed",
    "implausible": "a claim on the fact or its amount is implausible",
    "inferred": "a claim on the fact or its amount is inferred, not stated",
    "issue": "an issue is raised about the fact itself",
    UNCERTAIN: "the date says of itself that it is uncertain or approximate",
    DIFFERS: "records state different values, so the cell is empty",
    SEVERAL: "several facts state an amount, which are not added up, so the cell is empty",
    AT_LEAST: "the amount is stated as a minimum only, so the cell is empty",
    UNDATED: "further ones are recorded without a date, so the number is a minimum",
}
"""What a word in the column `notes` means."""


@dataclass(slots=True)
class Cell:
    """What is known of one cell."""

    facts: set[str] = field(default_factory=set)
    values: set[tuple[str, str]] = field(default_factory=set)
    """The values stated, each with its currency or an empty text."""
    words: set[str] = field(default_factory=set)
    graphs: set[str] = field(default_factory=set)
    has_minimum: bool = False

    def read(self, measure: Measure) -> tuple[str, str, set[str]]:
        """Return the value, its currency and the words to note; both are empty for no value."""
        words = set(self.words)
        if measure.rule == "count":
            return str(len(self.facts)), "", words
        if measure.rule == "only" and len(self.facts) > 1:
            return "", "", words | {SEVERAL}
        if len(self.values) > 1:
            return "", "", words | {DIFFERS}
        if not self.values:
            return "", "", words | ({AT_LEAST} if self.has_minimum else set())
        ((value, currency),) = self.values
        return value, currency, words


def plain(lexical: str, datatype: str) -> str:
    """Return a value in the one form that equal values have; numbers without zeros at the end."""
    if datatype == "string":
        return lexical
    try:
        number = Decimal(lexical)
    except InvalidOperation:
        return ""
    if not number.is_finite() or (datatype == "integer" and number != number.to_integral_value()):
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
