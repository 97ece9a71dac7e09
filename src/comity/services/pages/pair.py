"""The page on a pair of states: a dossier of everything that is recorded of their relation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from comity.model.period import Period, admits
from comity.model.terms import ID, NS
from comity.services.once import once_for_each_language
from comity.services.pages.brief import Topic, read_brief
from comity.services.pages.chapters import Chapter, arrange
from comity.services.pages.chart import Chart, draw_timeline
from comity.services.pages.counting import listed, roll_calls
from comity.services.pages.doubts import Doubtful, by_kind, read_doubts
from comity.services.pages.facts import fact_time, read_facts
from comity.services.pages.missions import Body, Mission, read_bodies, read_missions
from comity.services.pages.people import Person, read_people
from comity.services.pages.reading import read_names, rows
from comity.services.speech import gettext
from comity.store.terms import Literal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from comity.services.pages.views import Fact, Name
    from comity.store.engine import Graph

AGREEMENT: Final = f"{NS}Agreement"
VISIT: Final = f"{NS}Visit"

_Named = TypeVar("_Named", Mission, Body)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what it counts."""

    number: int
    """The number."""
    label: str
    """What is counted."""
    fragment: str
    """The chapter of the page that lists what is counted."""
    question: str
    """By which name `counting` asks for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The time that a page is asked for, as it was written."""

    as_of: str
    """The day on which a fact must certainly be true; empty if none is asked for."""
    start: str
    """The first day of the time that a fact may overlap; empty if none is asked for."""
    end: str
    """The last day of that time; empty if none is asked for."""
    asked: bool
    """Whether any time is asked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of states as a dossier."""

    name: Name
    """The dyad."""
    members: tuple[Name, Name]
    """The two states, in the order of their codes."""
    codes: tuple[str, str]
    """The codes of the two states."""
    beginnings: tuple[Fact, ...]
    """The facts that the relation began with: recognition and establishment."""
    brief: tuple[Topic, ...]
    """What has to be known first."""
    counts: tuple[Count, ...]
    """How much is recorded."""
    missions: tuple[Mission, ...]
    """The missions of each in the other."""
    bodies: tuple[Body, ...]
    """The bodies that the two keep in common."""
    timeline: tuple[Fact, ...]
    """The facts that stand on the calendar, in order."""
    chart: Chart | None
    """The same as a picture; None if there is too little to draw."""
    undated: tuple[Fact, ...]
    """The facts that do not."""
    chapters: tuple[Chapter, ...]
    """All facts by subject, each once."""
    plans: tuple[Fact, ...]
    """The facts that are only planned, proposed or discussed."""
    people: tuple[Person, ...]
    """The persons who act in the relation, with their offices and occasions."""
    doubts: tuple[Doubtful, ...]
    """Everything that is doubted, the gravest sort first."""
    sources: tuple[Name, ...]
    """The sources of the facts."""
    left_out: int
    """How many facts a filter by time leaves out."""
    left_out_undated: int
    """How many of these have no time at all."""
    roll_calls: int
    """How many votes in roll calls are on record beside the facts, too many to be listed."""


@once_for_each_language
def read_pair(graph: Graph, dyad: str, period: Period) -> Pair:
    """Return the dossier of a dyad, by its IRI, for a period.

    The graph never changes after loading, so that a dossier is read once.
    """
    whole = _read_whole(graph, dyad)
    if period.is_empty:
        return whole
    facts = [fact for fact in (*whole.timeline, *whole.undated) if admits(period, fact_time(fact))]
    kept = {fact.iri for fact in facts}
    dropped = [fact for fact in (*whole.timeline, *whole.undated) if fact.iri not in kept]
    return replace(
        _with_facts(_as_told(graph, whole, facts, kept), facts),
        left_out=len(dropped),
        left_out_undated=sum(fact.time is None or fact.time.edtf is None for fact in dropped),
    )


@once_for_each_language
def _read_whole(graph: Graph, dyad: str) -> Pair:
    facts = read_facts(graph, listed("?f", f"<{dyad}>"))
    codes = dyad.removeprefix(ID).split("-")
    names = read_names(graph, [dyad, *(f"{ID}{code}" for code in codes)])
    first, second = (names(f"{ID}{code}") for code in codes)
    missions = read_missions(graph, (first.iri, second.iri), facts)
    bodies = read_bodies(graph, dyad, facts)
    empty = Pair(
        name=names(dyad),
        members=(first, second),
        codes=(codes[0], codes[1]),
        beginnings=(),
        brief=(),
        counts=(),
        missions=missions,
        bodies=bodies,
        timeline=(),
        chart=None,
        undated=(),
        chapters=(),
        plans=(),
        people=read_people(graph, facts),
        doubts=_doubts(graph, dyad, (*missions, *bodies), facts),
        sources=_sources(facts),
        left_out=0,
        left_out_undated=0,
        roll_calls=_roll_calls(graph, dyad),
    )
    return _with_facts(empty, facts)


def _roll_calls(graph: Graph, dyad: str) -> int:
    votes = roll_calls("?vote", f"<{dyad}>")
    query = f"SELECT (COUNT(DISTINCT ?vote) AS ?number) WHERE {{ {votes} }}"
    return sum(int(each.lexical) for (each,) in rows(graph, query) if isinstance(each, Literal))


def _as_told(graph: Graph, pair: Pair, facts: Iterable[Fact], kept: Container[str]) -> Pair:
    """Return a dossier with those missions, bodies, people, doubts and sources that facts name.

    `kept` are the IRIs of these facts.
    """
    facts = tuple(facts)
    missions = _named_by(pair.missions, kept)
    bodies = _named_by(pair.bodies, kept)
    people = [
        replace(
            each,
            offices=tuple(held for held in each.offices if held[1].iri in kept),
            occasions=tuple(fact for fact in each.occasions if fact.iri in kept),
        )
        for each in pair.people
    ]
    return replace(
        pair,
        missions=missions,
        bodies=bodies,
        people=tuple(each for each in people if each.offices or each.occasions),
        doubts=_doubts(graph, pair.name.iri, (*missions, *bodies), facts),
        sources=_sources(facts),
    )


def _named_by(things: Iterable[_Named], kept: Container[str]) -> tuple[_Named, ...]:
    """Return the things that facts name, each with these facts; `kept` are their IRIs."""
    told = [
        replace(each, facts=tuple(fact for fact in each.facts if fact.iri in kept))
        for each in things
    ]
    return tuple(each for each in told if each.facts)


def _doubts(
    graph: Graph, dyad: str, named: Iterable[Mission | Body], facts: Iterable[Fact]
) -> tuple[Doubtful, ...]:
    return by_kind(read_doubts(graph, [dyad, *(each.name.iri for each in named)], facts))


def _with_facts(pair: Pair, facts: Iterable[Fact]) -> Pair:
    """Return a dossier with its lists of facts made of those given."""
    facts = tuple(facts)
    dated = tuple(fact for fact in facts if fact.time and (fact.time.earliest or fact.time.latest))
    on_calendar = {fact.iri for fact in dated}
    plans = tuple(fact for fact in facts if fact.is_open)
    shown = replace(
        pair,
        beginnings=tuple(fact for fact in facts if _is_beginning(fact)),
        timeline=dated,
        chart=draw_timeline(dated),
        undated=tuple(fact for fact in facts if fact.iri not in on_calendar),
        brief=read_brief(facts, pair.missions, pair.people),
        chapters=arrange(facts),
        plans=plans,
    )
    return replace(shown, counts=_counts(shown))


def _is_beginning(fact: Fact) -> bool:
    kinds = {
        "event.establishment-of-relations",
        "event.re-establishment-of-relations",
        "event.recognition",
    }
    return any(
        (value.iri or "").rsplit("/", 1)[-1] in kinds
        for statement in fact.statements
        for value in statement.values
    )


def _counts(pair: Pair) -> tuple[Count, ...]:
    facts = (*pair.timeline, *pair.undated)
    done = [fact for fact in facts if not fact.is_open]
    return (
        Count(len(facts), gettext("facts"), "timeline", "facts of"),
        Count(len(pair.missions), gettext("missions"), "missions", "missions of"),
        Count(
            _of_class(done, AGREEMENT), gettext("agreements made"), "agreements", "agreements of"
        ),
        Count(_of_class(done, VISIT), gettext("visits made"), "visits", "visits of"),
        Count(len(pair.plans), gettext("open plans"), "plans", "plans of"),
        Count(
            sum(len(each.doubts) for each in pair.doubts), gettext("doubts"), "doubts", "doubts of"
        ),
    )


def _of_class(facts: Iterable[Fact], cls: str) -> int:
    return sum(any(name.iri == cls for name in fact.classes) for fact in facts)


def _sources(facts: Iterable[Fact]) -> tuple[Name, ...]:
    found = {passage.source for fact in facts for passage in fact.passages}
    return tuple(sorted(found, key=lambda name: name.label))
