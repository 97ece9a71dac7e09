"""Two relations side by side: what is counted of each, and how they differ, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.period import Period
from comity.services.casing import capitalise
from comity.services.once import once_for_each_language
from comity.services.pages.chapters import REST, RULES
from comity.services.pages.facts import BEGINNINGS
from comity.services.pages.pair import read_pair
from comity.services.pages.reading import read_names
from comity.services.pages.tallies import (
    AMOUNTS,
    CHAPTER,
    KINDS,
    MEASURED,
    MISSIONS,
    VISITS,
    tally,
    values,
)
from comity.services.speech import gettext

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from comity.services.pages.pair import Pair
    from comity.services.pages.reading import Names
    from comity.services.pages.tallies import Key
    from comity.services.pages.views import Fact
    from comity.store.engine import Graph

_WIDTH: Final = 100.0
_SHORTEST: Final = 2.0  # of the width, so that a bar of one beside hundreds is seen


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of one relation, and what lists the things that are counted."""

    number: int
    """The number."""
    words: str
    """What is counted, and of which relation."""
    question: str
    """By which name `counting` lists it; empty if a chapter of the relation's page does."""
    about: tuple[str, ...]
    """What the question is about, by IRIs."""
    chapter: str
    """The fragment of that chapter; empty if there is a question."""
    width: float
    """The length of its bar, in hundredths of the longer of two."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one relation has of something that is counted."""

    whole: Tally
    """The number."""
    parts: tuple[tuple[str, Tally], ...]
    """The number by direction, such as `Japan in Azerbaijan`; empty for what has none."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted of both relations."""

    label: str
    """What is counted."""
    sides: tuple[Side, Side]
    """The relation on the left, that on the right."""
    verdict: str
    """How the two differ, in words."""


@dataclass(frozen=True, slots=True)
class Group:
    """Measures under one heading."""

    slug: str
    """The fragment of the heading."""
    title: str
    """The heading."""
    note: str
    """What has to be known to read the numbers; empty if nothing."""
    measures: tuple[Measure, ...]
    """What is counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two relations side by side."""

    pairs: tuple[Pair, Pair]
    """The relation on the left, that on the right."""
    began: tuple[tuple[Fact, ...], tuple[Fact, ...]]
    """The facts that say when diplomatic relations were last established, of each."""
    verdict: str
    """Which of the two began earlier, in words."""
    groups: tuple[Group, ...]
    """What is counted of both."""


class _Counted(NamedTuple):
    """A relation with its numbers."""

    pair: Pair
    """The relation."""
    numbers: Counter[Key]
    """What is counted of it."""

    @property
    def short(self) -> str:
        return "–".join(self.pair.codes)


@once_for_each_language
def read_comparison(graph: Graph, left: str, right: str) -> Comparison:
    """Return two dyads, by their IRIs, side by side; what neither has is left out."""
    pairs = read_pair(graph, left, Period()), read_pair(graph, right, Period())
    both = _Counted(pairs[0], tally(graph, pairs[0])), _Counted(pairs[1], tally(graph, pairs[1]))
    began = _began(pairs[0]), _began(pairs[1])
    keys = sorted({*both[0].numbers, *both[1].numbers})
    names = read_names(graph, {iri for key in keys for iri in key[1:]})
    groups = (
        _group(both, "record", gettext("On record"), "", _record()),
        _group(both, "ties", gettext("Missions, visits and agreements"), "", _ties()),
        _group(both, "kinds", gettext("Agreements made, by kind"), "", _kinds(keys, names)),
        _group(
            both,
            "amounts",
            gettext("Amounts stated, by currency"),
            gettext(
                "How many amounts are stated, not how large they are: they overlap in time, and "
                "amounts of several currencies make no sum. Facts without an amount stand under "
                "their subject alone."
            ),
            _amounts(keys, names),
        ),
        _group(both, "subjects", gettext("Facts by subject"), "", _subjects()),
    )
    return Comparison(
        pairs=pairs,
        began=began,
        verdict=_earlier(began, both[0].short, both[1].short),
        groups=tuple(group for group in groups if group.measures),
    )


def _record() -> list[tuple[str, Key]]:
    return [
        (gettext("facts"), ("facts of",)),
        (gettext("open plans"), ("plans of",)),
        (gettext("doubts"), ("doubts of",)),
    ]


def _ties() -> list[tuple[str, Key]]:
    return [
        (gettext("missions"), ("missions of",)),
        (gettext("visits made"), ("visits of",)),
        (gettext("agreements made"), ("agreements of",)),
    ]


def _kinds(keys: Iterable[Key], names: Names) -> list[tuple[str, Key]]:
    return sorted((names(key[1]).label, key) for key in keys if key[0] == KINDS)


def _amounts(keys: Iterable[Key], names: Names) -> list[tuple[str, Key]]:
    found = [(names(key[1]), names(key[2]), key) for key in keys if key[0] in {AMOUNTS, MEASURED}]
    return sorted(
        (
            gettext("%(sort)s, in %(unit)s", sort=sort.label, unit=unit.label),
            key,
        )
        for sort, unit, key in found
    )


def _subjects() -> list[tuple[str, Key]]:
    return [(gettext(rule.title), (CHAPTER, rule.slug)) for rule in (*RULES, REST)]


def _group(
    both: tuple[_Counted, _Counted],
    slug: str,
    title: str,
    note: str,
    wanted: Iterable[tuple[str, Key]],
) -> Group:
    measures = (_measure(both, label, key) for label, key in wanted)
    return Group(slug, title, note, tuple(each for each in measures if each))


def _measure(both: tuple[_Counted, _Counted], label: str, key: Key) -> Measure | None:
    one, other = (each.numbers[key] for each in both)
    most = max(one, other)
    if not most:
        return None
    sides = tuple(
        Side(_tally(each, label, key, most), tuple(_parts(each, key, most))) for each in both
    )
    return Measure(capitalise(label), (sides[0], sides[1]), _differ(one, other, both))


def _tally(counted: _Counted, label: str, key: Key, most: int) -> Tally:
    number, is_chapter = counted.numbers[key], key[0] == CHAPTER
    return Tally(
        number=number,
        words=gettext("%(heading)s: %(values)s", heading=counted.short, values=label),
        question="" if is_chapter else key[0],
        about=(counted.pair.name.iri, *key[1:]),
        chapter=key[1] if is_chapter and number else "",
        width=_width(number, most),
    )


def _parts(counted: _Counted, key: Key, most: int) -> Iterable[tuple[str, Tally]]:
    """Yield the number of missions, or visits, in each of the two directions."""
    first, second = counted.pair.members
    for one, other in ((first, second), (second, first)):
        if key == ("missions of",):
            words = gettext("%(sender)s in %(receiver)s", sender=one.label, receiver=other.label)
            part: Key = (MISSIONS, one.iri, other.iri)
        elif key == ("visits of",):
            words = gettext("from %(start)s to %(end)s", start=one.label, end=other.label)
            part = (VISITS, counted.pair.name.iri, one.iri, other.iri)
        else:
            return
        number = counted.numbers[part]
        yield words, Tally(number, words, part[0], part[1:], "", _width(number, most))


def _width(number: int, most: int) -> float:
    return round(max(number / most * _WIDTH, _SHORTEST), 1) if number else 0.0


def _differ(one: int, other: int, both: tuple[_Counted, _Counted]) -> str:
    if one == other:
        return gettext("equally many")
    more = both[0] if one > other else both[1]
    if not min(one, other):
        return gettext("recorded of %(pair)s alone", pair=more.short)
    return gettext("%(pair)s: %(number)s more", pair=more.short, number=abs(one - other))


def _began(pair: Pair) -> tuple[Fact, ...]:
    """Return what established relations last: what was established anew had ended."""
    found = [
        fact for fact in pair.beginnings if any(kind in BEGINNINGS for kind in values(fact, "kind"))
    ]
    days = [(fact.time.earliest or "") if fact.time else "" for fact in found]
    return (found[days.index(max(days))],) if any(days) else tuple(found)


def _earlier(began: Sequence[Sequence[Fact]], left: str, right: str) -> str:
    """Return which relation certainly began before the other, as far as the dates tell."""
    one, other = (_span(facts) for facts in began)
    if one is None and other is None:
        return gettext("recorded of neither")
    if one is None or other is None:
        return gettext("recorded of %(pair)s alone", pair=right if one is None else left)
    if one[1] < other[0]:
        return gettext("%(pair)s earlier", pair=left)
    if other[1] < one[0]:
        return gettext("%(pair)s earlier", pair=right)
    return gettext("the dates as stated do not tell which is earlier")


def _span(facts: Iterable[Fact]) -> tuple[str, str] | None:
    """Return the first and last possible day of a beginning, that of the earliest if several."""
    times = [fact.time for fact in facts if fact.time]
    found = [(t.earliest or "", t.latest or "9999") for t in times if t.earliest or t.latest]
    return min(found, default=None)
