"""Comity in Python: `comity.open()`, canned queries and SPARQL as frames, a pair fact by fact."""

from comity.api.answers import Answer
from comity.api.opened import Comity, Question, open_source
from comity.api.panels import PanelFrame
from comity.api.tables import Table, Value
from comity.api.walking import Claim, Fact, Issue, Pair, Passage, Record

__all__ = [
    "Answer",
    "Claim",
    "Comity",
    "Fact",
    "Issue",
    "Pair",
    "PanelFrame",
    "Passage",
    "Question",
    "Record",
    "Table",
    "Value",
    "open_source",
]
