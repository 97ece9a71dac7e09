"""The one rule for asking about time when dates are vague.

A fact carries `comity:edtf` (its time as stated), `comity:earliest` and `comity:latest` (the first
and last possible day, either absent when open or unknown) and `comity:timeKind`. Two questions can
be put to it, and they are not each other's negation:

- *May it overlap the days from F to T?* Yes unless it is certain that it does not:
  not (latest < F) and not (earliest > T), where an absent bound excludes nothing. A fact without
  any time is not asked: it has neither `edtf` nor a bound, and the answer is no.
- *Is it certainly true on day D?* Only for a fact of the kind *throughout*, which states each day
  of its time, when that time is exact: earliest ≤ D, and latest ≥ D or an end written as open
  (`..`), and neither a qualifier (`? ~ %`) nor an unspecified digit (`X`) in the literal. An
  unknown end, an absent start, a fact that happened within its time, a total over it: no.

`from` and `to` ask the first question, `as_of` the second; given together, both must hold. A value
may be vague itself: `from` takes the first day of it, `to` the last, and `as_of` every day of it.
The rule stands here twice, as functions and as a SPARQL pattern; a property test holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import ParameterError, UsageError
from comity.model.edtf import QUALIFIERS, bounds, is_vague
from comity.model.terms import CODE, NS, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

THROUGHOUT: Final = f"{CODE}time-kind.throughout"
OPEN_END: Final = "/.."


@dataclass(frozen=True)
class FactTime:
    """The time of a fact as it stands on the fact; `kind` is the IRI of its time kind."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Period:
    """What is asked: certainly true on all of `certain`, overlapping `start` to `end`."""

    certain: tuple[date, date] | None = None
    start: date | None = None
    end: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked, so that every fact is admitted, dated or not."""
        return self == Period()


def read_period(values: Mapping[str, str]) -> Period:
    """Return the period that `as_of`, `from` and `to` ask for; absent or empty asks nothing.

    Raises ParameterError for a value that is no date, has no bounds, is an interval, or for a
    `from` after `to`.
    """
    as_of = _days("as_of", values.get("as_of", ""))
    first = _days("from", values.get("from", ""))
    last = _days("to", values.get("to", ""))
    start = first[0] if first else None
    end = last[1] if last else None
    if start and end and start > end:
        raise ParameterError(
            f"Parameter from: {values['from']!r} begins after to, {values['to']!r}, ends; "
            "exchange the two.",
            parameter="from",
            value=values["from"],
        )
    return Period(as_of, start, end)


def admits(period: Period, fact: FactTime) -> bool:
    """Tell whether a fact passes all that is asked of its time."""
    if period.certain and not is_certain(fact, *period.certain):
        return False
    asks_overlap = period.start is not None or period.end is not None
    return not asks_overlap or may_overlap(fact, period.start, period.end)


def may_overlap(fact: FactTime, start: date | None, end: date | None) -> bool:
    """Tell whether a fact that has a time may overlap the days from `start` to `end`."""
    if fact.edtf is None and fact.earliest is None and fact.latest is None:
        return False
    ends_before = fact.latest is not None and start is not None and fact.latest < start
    begins_after = fact.earliest is not None and end is not None and fact.earliest > end
    return not ends_before and not begins_after


def is_certain(fact: FactTime, first: date, last: date) -> bool:
    """Tell whether a fact is certainly true on every day from `first` to `last`."""
    if fact.kind != THROUGHOUT or fact.edtf is None or fact.earliest is None:
        return False
    if is_vague(fact.edtf):
        return False
    lasts = fact.edtf.endswith(OPEN_END) if fact.latest is None else fact.latest >= last
    return fact.earliest <= first and lasts


def time_pattern(variable: str, period: Period) -> str:
    """Return the SPARQL filters that admit what `admits` admits, or an empty text.

    `variable` is the name of the fact's variable, which the same group must bind. The filters are
    EXISTS and NOT EXISTS only, so that they bring no variable into the query.
    """
    filters = []
    if period.certain:
        filters.append(_certain_pattern(variable, *period.certain))
    if period.start is not None or period.end is not None:
        filters.append(
            f"FILTER EXISTS {{ ?{variable} <{NS}edtf>|<{NS}earliest>|<{NS}latest> ?_time_any }}"
        )
    if period.start is not None:
        filters.append(
            f"FILTER NOT EXISTS {{ ?{variable} <{NS}latest> ?_time_latest "
            f"FILTER(?_time_latest < {_literal(period.start)}) }}"
        )
    if period.end is not None:
        filters.append(
            f"FILTER NOT EXISTS {{ ?{variable} <{NS}earliest> ?_time_earliest "
            f"FILTER(?_time_earliest > {_literal(period.end)}) }}"
        )
    return "\n".join(filters)


def _certain_pattern(variable: str, first: date, last: date) -> str:
    return (
        f"FILTER EXISTS {{ ?{variable} <{NS}timeKind> <{THROUGHOUT}> ; "
        f"<{NS}earliest> ?_time_earliest ; <{NS}edtf> ?_time_edtf "
        f"OPTIONAL {{ ?{variable} <{NS}latest> ?_time_latest }} "
        f"FILTER(?_time_earliest <= {_literal(first)} "
        f'&& !REGEX(STR(?_time_edtf), "[{QUALIFIERS}X]") '
        f"&& IF(BOUND(?_time_latest), ?_time_latest >= {_literal(last)}, "
        f'STRENDS(STR(?_time_edtf), "{OPEN_END}"))) }}'
    )


def _literal(day: date) -> str:
    return f'"{day.isoformat()}"^^<{XSD}date>'


def _days(parameter: str, value: str) -> tuple[date, date] | None:
    """Return the first and last day of a date, or None where none is given."""
    if not value.strip():
        return None
    try:
        found = bounds(value.strip())
    except UsageError as error:
        raise ParameterError(
            f"Parameter {parameter}: {error}", parameter=parameter, value=value
        ) from None
    if "/" in value or found.earliest is None or found.latest is None:
        raise ParameterError(
            f"Parameter {parameter}: {value!r} has no first and last day on a calendar; "
            "give one date such as 2015-10-23, 2015-10 or 2015.",
            parameter=parameter,
            value=value,
        )
    return found.earliest, found.latest
