"""Quantities of the same sort beside each other: bars in a table, as stated and never added up.

A doubted value is drawn as one, and a scale that has to be logarithmic says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS
from comity.services.casing import capitalise
from comity.services.speech import gettext, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Amount, Fact, Name

WIDTH: Final = 100.0
_LEAST: Final = 2  # bars that make a figure
_FAR: Final = 100  # times the smallest, from which the scale is logarithmic
_SHORTEST: Final = 2.0  # of the width, so that every bar is seen
# Whose amounts belong together: values that pass, by class; observations, by their domain.
_PASSING: Final = frozenset(f"{NS}{name}" for name in ("Acquisition", "Aid", "Loan", "Transfer"))
_OBSERVED: Final = f"{NS}Observation"
_DOMAIN: Final = f"{NS}domain"


@dataclass(frozen=True, slots=True)
class Bar:
    """One quantity of a figure."""

    fact: Fact
    """The fact whose quantity it is."""
    amount: Amount
    """The quantity as stated."""
    width: float
    """The length of the bar, in hundredths of the longest."""
    tone: str
    """`stated`, or `disputed` where a claim on the fact is doubted."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Quantities of one sort in one unit."""

    title: str
    """What they are of, and the unit."""
    bars: tuple[Bar, ...]
    """The quantities, in the order of time."""
    sentence: str
    """What the figure shows, in words."""


def draw_figures(facts: Iterable[Fact]) -> tuple[Figure, ...]:
    """Return the figures of facts, one for each sort and unit of which there are two quantities."""
    sorts: dict[tuple[Name, str], list[tuple[Fact, Amount]]] = {}
    for fact in facts:
        for amount in fact.amounts:
            if amount.number is not None and (sort := _sort_of(fact)):
                sorts.setdefault((sort, amount.unit), []).append((fact, amount))
    return tuple(
        _figure(_title(sort, unit), found)
        for (sort, unit), found in sorts.items()
        if unit and len(found) >= _LEAST
    )


def _title(sort: Name, unit: str) -> str:
    label = capitalise(sort.label, sort.language)
    # Translators: such as "Loan, in USD"
    return gettext("%(sort)s, in %(unit)s", sort=label, unit=unit)


def _sort_of(fact: Fact) -> Name | None:
    for name in fact.classes:
        if name.iri in _PASSING:
            return name
        if name.iri == _OBSERVED:
            domains = (s for s in fact.statements if s.property.iri == _DOMAIN)
            return next((value.name for each in domains for value in each.values), None)
    return None


def _figure(title: str, found: list[tuple[Fact, Amount]]) -> Figure:
    numbers = [float(amount.number or 0) for _, amount in found]
    least, most = min(numbers), max(numbers)
    is_far = least > 0 and most / least > _FAR
    bars = tuple(
        Bar(
            fact=fact,
            amount=amount,
            width=_width(number, least, most, is_far=is_far),
            tone="disputed" if fact.is_disputed else "stated",
        )
        for (fact, amount), number in zip(found, numbers, strict=True)
    )
    disputed = sum(bar.tone == "disputed" for bar in bars)
    lowest, highest = (found[numbers.index(each)][1].text for each in (least, most))
    words = [
        ngettext(
            "%(num)s quantity, from %(lowest)s to %(highest)s, as stated and not added up.",
            "%(num)s quantities, from %(lowest)s to %(highest)s, as stated and not added up.",
            len(bars),
            lowest=lowest,
            highest=highest,
        )
    ]
    if is_far:
        words.append(gettext("The bars are on a logarithmic scale, since they lie so far apart."))
    if disputed:
        words.append(
            ngettext("%(num)s of them is doubted.", "%(num)s of them are doubted.", disputed)
        )
    return Figure(title, bars, " ".join(words))


def _width(number: float, least: float, most: float, *, is_far: bool) -> float:
    if most <= 0:
        return _SHORTEST
    if is_far:
        # One step below the smallest is nothing, so that this one has a length too.
        share = (log10(number) - log10(least) + 1) / (log10(most) - log10(least) + 1)
    else:
        share = number / most
    return round(max(share * WIDTH, _SHORTEST), 1)
