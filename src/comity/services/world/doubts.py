"""The doubts that a world has about values that it states."""

from __future__ import annotations

from typing import Final, NamedTuple


class Doubt(NamedTuple):
    """What is wrong with a value, and how the claim stands then."""

    name: str
    kind: str
    """The local name of a code of kinds of issue."""
    status: str
    """The local name of a code of statuses."""
    comment: str
    has_evidence: bool = False
    """Whether the yearbook of the other state bears on it."""


DOUBTS: Final = (
    Doubt("magnitude", "suspect-magnitude", "disputed", "Far from what the years beside it have."),
    Doubt("implausible", "suspect-magnitude", "implausible", "No state of that size can do this."),
    Doubt("contradiction", "internal-contradiction", "disputed", "The same book denies it later."),
    Doubt(
        "other-book", "source-disagreement", "disputed", "The other side's book denies it.", True
    ),
    Doubt("reading", "inferred-reading", "inferred", "Read from the sentence before."),
    Doubt("too-early", "anachronism", "disputed", "One of the two states was not there yet."),
    Doubt("ambiguous", "ambiguous", "disputed", "The sentence can be read in two ways."),
    Doubt("typo", "typo", "inferred", "The word is garbled; it is read as what is meant."),
)

UNDATED: Final = Doubt("undated", "missing-date", "", "The sentence gives no date.")
"""The doubt about a fact as a whole, not about a claim."""
