"""In which years a fact certainly is: the rule by which a panel puts facts into rows.

A fact that happened within its time, or adds up over it, is put into a year only if all of its time
lies in that one year; a decade or a range over New Year is in no row. A fact that holds throughout
its time is in every year that it certainly touches: from the last day on which it can have begun to
the first on which it can have ended. An end written as open (`..`) reaches to the horizon, the year
up to which the sources of its graph are known to speak; an unknown one (`2017/`) reaches no further
than what is known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.model.edtf import QUALIFIERS, bounds
from comity.model.period import OPEN_END, THROUGHOUT
from comity.services.panel.query import PROLOGUE
from comity.services.selecting import select
from comity.store.terms import Literal

if TYPE_CHECKING:
    from comity.store.engine import Graph

_LONGEST: Final = 1_000  # years that a fact is put into at most


@lru_cache(maxsize=65_536)
def years_of(edtf: str, kind: str, horizon: int) -> range:
    """Return the years that a fact certainly touches, none if that cannot be told.

    `kind` is the IRI of its kind of time, `horizon` the last year of an open end, or 0.
    """
    try:
        found = bounds(edtf)
        if kind != THROUGHOUT or "/" not in edtf:
            first, last = found.earliest, found.latest
            if first is None or last is None or first.year != last.year:
                return range(0)
            return range(first.year, first.year + 1)
        start, _, end = edtf.partition("/")
        begun = None if start in {"", ".."} else bounds(start).latest
        ended = None if end in {"", ".."} else bounds(end).earliest
    except UsageError:
        return range(0)
    if begun is None:
        return range(0) if ended is None else range(ended.year, ended.year + 1)
    last_year = begun.year if ended is None else ended.year
    if found.open_end:
        last_year = max(last_year, horizon)
    return range(begun.year, min(last_year, begun.year + _LONGEST) + 1)


def is_uncertain(edtf: str) -> bool:
    """Tell whether a date says of itself that it is uncertain or approximate."""
    return any(sign in edtf for sign in QUALIFIERS)


@dataclass
class Horizons:
    """Up to which year the sources of each named graph are known to speak, found when needed."""

    graph: Graph
    _known: dict[str, int] = field(default_factory=dict)

    def of(self, name: str, edtf: str) -> int:
        """Return the horizon of a graph, by its IRI, for a fact with this date; 0 if it needs none.

        That is the year of its newest dated source, else the last year in which something that it
        tells of as done has happened.
        """
        if not edtf.endswith(OPEN_END) or not name:
            return 0
        if name not in self._known:
            own = f"GRAPH <{name}> {{ ?source a comity:Source }} ?source dcterms:issued ?day"
            cited = (
                f"{{ SELECT DISTINCT ?source {{ GRAPH <{name}> {{ ?claim comity:passage ?of }} "
                "?of <http://www.w3.org/ns/oa#hasSource> ?source } } ?source dcterms:issued ?day"
            )
            done = (
                f"GRAPH <{name}> {{ ?fact comity:modality code:modality.done ; "
                "comity:latest ?day }"
            )
            self._known[name] = next(
                (year for each in (own, cited, done) if (year := self._newest(each))), 0
            )
        return self._known[name]

    def _newest(self, pattern: str) -> int:
        rows = select(
            self.graph,
            f"{PROLOGUE}SELECT (MAX(?year) AS ?newest) {{ {pattern} "
            "BIND(SUBSTR(STR(?day), 1, 4) AS ?year) }",
        )
        (newest,) = rows[0] if rows else (None,)
        text = newest.lexical if isinstance(newest, Literal) else ""
        return int(text) if text.isdecimal() else 0
