"""The relation in brief: what somebody has to know who meets the other side tomorrow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS
from comity.services.pages.reading import local_name
from comity.services.speech import gettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.missions import Mission
    from comity.services.pages.people import Person
    from comity.services.pages.views import Fact, Name

_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know."""

    name: Name
    """What it is: a fact, a mission, a person."""
    anchor: str | None
    """The fragment of its entry on the same page, if it has one."""
    words: str
    """When, and how much, in words; empty if neither is stated."""
    said: Name | None
    """What is said of it there: the fact of a mission, the post of a person."""
    fact: Fact | None
    """The fact that says so, with its doubts."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A few points under one heading."""

    title: str
    """The heading."""
    points: tuple[Point, ...]
    """The points."""


def read_brief(
    facts: Iterable[Fact], missions: Iterable[Mission], people: Iterable[Person]
) -> tuple[Topic, ...]:
    """Return what the dossier of a relation says in brief, topic by topic."""
    facts = tuple(facts)
    done = [fact for fact in facts if not fact.is_open]
    topics = (
        Topic(gettext("Missions"), tuple(_mission(each) for each in missions)),
        Topic(gettext("Ambassadors, as stated"), tuple(_ambassadors(people))),
        Topic(gettext("Latest visits and meetings"), _latest(done, "Visit", "Meeting")),
        Topic(gettext("Latest agreements"), _latest(done, "Agreement")),
        Topic(gettext("Latest numbers"), _latest(done, "Observation")),
        Topic(gettext("Latest aid and loans"), _latest(done, "Aid", "Loan")),
    )
    return tuple(topic for topic in topics if topic.points)


def _mission(mission: Mission) -> Point:
    dated = [fact for fact in mission.facts if fact.time and fact.time.words]
    first = dated[0] if dated else None
    if first is None or first.time is None:
        return Point(mission.name, None, gettext("no date stated"), None, None)
    return Point(mission.name, None, first.time.words, first.name, first)


def _ambassadors(people: Iterable[Person]) -> list[Point]:
    return [
        Point(person.name, None, "", post, tenure)
        for person in people
        for post, tenure in person.offices
        if post.iri in person.embassies
    ]


def _latest(facts: Iterable[Fact], *classes: str) -> tuple[Point, ...]:
    """Return the last facts of some classes by their last possible day, the latest first."""
    wanted = {f"{NS}{name}" for name in classes}
    found = [
        fact
        for fact in facts
        if fact.time
        and (fact.time.latest or fact.time.earliest)
        and any(name.iri in wanted for name in fact.classes)
    ]
    found.sort(key=_last_day, reverse=True)
    return tuple(_point(fact) for fact in found[:_FEW])


def _last_day(fact: Fact) -> str:
    time = fact.time
    return (time.latest or time.earliest or "") if time else ""


def _point(fact: Fact) -> Point:
    amounts = ", ".join(amount.text for amount in fact.amounts)
    when = fact.time.words if fact.time else ""
    words = when or amounts
    if when and amounts:
        words = gettext("%(heading)s: %(values)s", heading=when, values=amounts)
    return Point(fact.name, local_name(fact.iri), words, None, fact)
