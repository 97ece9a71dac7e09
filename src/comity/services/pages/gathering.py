"""What belongs on the map of a relation: points, ways between them, and what has no point.

Things without a point of their own are told at the nearest place that they lie in and that has
one; never at a state. Visits lead from capital to capital.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import NS
from comity.services.speech import gettext, ngettext, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from comity.services.pages.atlas import Atlas
    from comity.services.pages.pair import Pair
    from comity.services.pages.projection import Coordinates
    from comity.services.pages.views import Fact, Name, Value

# Each is also the message that names it to a reader.
SORTS: Final = (noted("capital"), noted("place"), noted("facility"), noted("mission"))


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on the map with what is told there."""

    name: Name
    """The thing."""
    sort: str
    """What it is: `capital`, `place`, `facility` or `mission`."""
    state: Name | None
    """The state that it lies in, as far as that is stated."""
    at: Coordinates
    """Where it is."""
    within: tuple[Name, ...]
    """Things that lie there and have no point of their own."""
    facts: tuple[Fact, ...]
    """The facts that name it, or what lies there."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way on the map."""

    start: Spot
    """Where it begins."""
    end: Spot
    """Where it ends."""
    sort: str
    """What it is: `visits`, `link` or `twinning`."""
    label: str
    """What it is, in words, such as `3 visits`."""
    is_open: bool
    """Whether it is only planned, proposed or discussed."""
    facts: tuple[Fact, ...]
    """The facts behind it."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that a fact names and that has no place on the map."""

    name: Name
    """The thing, or the fact itself where its ends are not known."""
    facts: tuple[Fact, ...]
    """The facts that name it."""


class Gathered(NamedTuple):
    """Everything for a map."""

    spots: tuple[Spot, ...]
    """The points, those of the first state first."""
    routes: tuple[Route, ...]
    """The ways."""
    unplaced: tuple[Unplaced, ...]
    """What has no place on the map."""


class _Told:
    """What is told at a point: things that lie there, and facts, each once."""

    def __init__(self) -> None:
        self.within: dict[str, Name] = {}
        self.facts: dict[str, Fact] = {}


def named_by(pair: Pair) -> set[str]:
    """Return the IRIs of all that may have a place on the map of a dossier."""
    facts = (*pair.timeline, *pair.undated)
    named = {iri for fact in facts for iri in _named(fact)}
    return named | {each.iri for each in pair.members} | {each.name.iri for each in pair.missions}


def gather(atlas: Atlas, pair: Pair) -> Gathered:
    """Return what belongs on the map of a dossier; capitals do at any time."""
    told: defaultdict[str, _Told] = defaultdict(_Told)
    lost: dict[str, dict[str, Fact]] = {}
    for member in pair.members:
        capital = atlas.capital_of(member.iri)
        if capital:
            told[capital.name.iri]  # drawn even if nothing is told there
    for mission in pair.missions:
        _put(atlas, mission.name.iri, told, lost)
    facts = (*pair.timeline, *pair.undated)
    for fact in facts:
        for iri in _named(fact):
            _put(atlas, iri, told, lost, fact)
    spots = {iri: spot for iri, each in told.items() if (spot := _spot(atlas, iri, each))}
    unplaced = [
        Unplaced(thing.name, tuple(facts.values()))
        for iri, facts in lost.items()
        if (thing := atlas.get(iri))
    ]
    routes = [route for fact in facts for route in _links(atlas, spots, fact)]
    visits, homeless = _visits(atlas, spots, facts)
    return Gathered(
        tuple(sorted(spots.values(), key=lambda spot: _order(spot, pair))),
        (*visits, *routes),
        tuple(sorted([*unplaced, *homeless], key=lambda each: each.name.label)),
    )


def _put(
    atlas: Atlas,
    iri: str,
    told: defaultdict[str, _Told],
    lost: dict[str, dict[str, Fact]],
    fact: Fact | None = None,
) -> None:
    """Tell of a thing, named by a fact, where it lies, or count it among the lost."""
    thing = atlas.get(iri)
    if thing is None:
        return
    here = atlas.whereabouts(iri)
    if here is None:
        facts = lost.setdefault(iri, {})
    else:
        at = told[here.name.iri]
        if here.name.iri != iri:
            at.within[iri] = thing.name
        facts = at.facts
    if fact:
        facts[fact.iri] = fact


def _spot(atlas: Atlas, iri: str, told: _Told) -> Spot | None:
    thing = atlas.get(iri)
    if thing is None or thing.point is None:
        return None
    return Spot(
        name=thing.name,
        sort=thing.sort,
        state=atlas.state_of(iri),
        at=thing.point,
        within=tuple(sorted(told.within.values(), key=lambda name: name.label)),
        facts=tuple(told.facts.values()),
    )


def _order(spot: Spot, pair: Pair) -> tuple[int, int, int, str]:
    states = [member.iri for member in pair.members]
    state = spot.state.iri if spot.state else ""
    rank = states.index(state) if state in states else len(states)
    return rank, SORTS.index(spot.sort), -len(spot.facts), spot.name.label


def _visits(
    atlas: Atlas, spots: Mapping[str, Spot], facts: tuple[Fact, ...]
) -> tuple[list[Route], list[Unplaced]]:
    """Return the visits from capital to capital, counted, and those whose ends are not known."""
    found: dict[tuple[str, str, bool], list[Fact]] = {}
    lost = []
    for fact in facts:
        if not _is_a(fact, "Visit"):
            continue
        sides = [_values(fact, prop)[:1] for prop in ("from", "to")]
        ends = [atlas.capital_of(state) for side in sides for state in side]
        one, other = (*(end.name.iri if end else "" for end in ends), "", "")[:2]
        if one in spots and other in spots and one != other:
            found.setdefault((one, other, fact.is_open), []).append(fact)
        else:
            lost.append(Unplaced(fact.name, (fact,)))
    routes = [
        Route(spots[one], spots[other], "visits", _count(each, is_open), is_open, tuple(each))
        for (one, other, is_open), each in found.items()
    ]
    return routes, lost


def _links(atlas: Atlas, spots: Mapping[str, Spot], fact: Fact) -> Iterator[Route]:
    """Yield the ways that a fact itself is, such as a flight."""
    pairs: list[tuple[str, str]] = []
    sort = "link"
    if _is_a(fact, "TransportLink"):
        ends = _values(fact, "origin"), _values(fact, "destination")
        pairs = [(one, other) for one in ends[0] for other in ends[1]]
    elif _is_a(fact, "Twinning"):
        sort = "twinning"
        members = _values(fact, "member")
        pairs = [(members[0], other) for other in members[1:]]
    kinds = _texts(fact, "kind") or [name.label for name in fact.classes]
    for one, other in pairs:
        here, there = atlas.whereabouts(one), atlas.whereabouts(other)
        if here and there and here != there:
            what = ", ".join(kinds)
            label = gettext("%(what)s (planned)", what=what) if fact.is_open else what
            ends_ = spots[here.name.iri], spots[there.name.iri]
            yield Route(*ends_, sort, label, fact.is_open, (fact,))


def _count(facts: list[Fact], is_open: object) -> str:
    if is_open:
        return ngettext("%(num)s planned visit", "%(num)s planned visits", len(facts))
    return ngettext("%(num)s visit", "%(num)s visits", len(facts))


def _is_a(fact: Fact, kind: str) -> bool:
    return any(name.iri == NS + kind for name in fact.classes)


def _named(fact: Fact) -> list[str]:
    """Return the IRIs that a fact leads to, each once."""
    found = [value.iri for each in fact.statements for value in each.values if value.iri]
    return list(dict.fromkeys(found))


def _values(fact: Fact, prop: str) -> list[str]:
    return [value.iri for value in _said(fact, prop) if value.iri]


def _texts(fact: Fact, prop: str) -> list[str]:
    return [value.text for value in _said(fact, prop)]


def _said(fact: Fact, prop: str) -> Iterator[Value]:
    return (
        value for each in fact.statements if each.property.iri == NS + prop for value in each.values
    )
