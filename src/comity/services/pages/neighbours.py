"""The neighbourhood of a thing: what it leads to, what leads to it, and what joins these.

Claims, passages, amounts and issues are folded into the thing that they are about: what they lead
to counts as a neighbour of that thing. Classes and codes are no neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID, NS, PREFIXES
from comity.services.pages.dates import say_date
from comity.services.pages.evidence import SOURCE_OF
from comity.services.pages.reading import (
    TYPE,
    in_use,
    read_names,
    read_supers,
    rows,
    special_classes,
    values,
)
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Name
    from comity.store.engine import Graph

# The sorts that a drawing tells apart, each with those below it; what is none of them is `other`.
SORTS: Final = {
    "state": "State",
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "fact": "Fact",
    "source": "Source",
}
OTHER: Final = "other"
FOLDED: Final = frozenset(f"{NS}{name}" for name in ("Claim", "Passage", "Amount", "Issue"))
# What a claim or an issue rests on, by way of its passages or at once.
_GROUNDS: Final = f"""
    {{ ?e comity:passage/<{SOURCE_OF}> ?n BIND(comity:passage AS ?p) }}
    UNION {{ ?e comity:evidence ?n BIND(comity:evidence AS ?p) }}
    UNION {{ ?e <{PREFIXES["prov"]}wasAttributedTo> ?n
             BIND(<{PREFIXES["prov"]}wasAttributedTo> AS ?p) }}"""
_DEPTH: Final = 3  # an issue about a claim about an amount of a thing


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing near another."""

    name: Name
    """The thing."""
    kinds: tuple[Name, ...]
    """Its classes, the most special only."""
    sort: str
    """One of SORTS, or `other`."""
    when: str
    """When it is, in words; empty for what has no date."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins two things: a property of `subject` whose value is `object`."""

    subject: str
    """The IRI of the thing that has the property."""
    property: Name
    """The property."""
    object: str
    """The IRI of the thing that is its value."""


@dataclass(frozen=True, slots=True)
class Group:
    """The neighbours that one property joins with the thing in one direction."""

    property: Name
    """The property."""
    outward: bool
    """Whether the thing is what has the property."""
    neighbours: tuple[Neighbour, ...]
    """The neighbours, in the order of the neighbourhood."""


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """A thing, its neighbours, and what joins all of them."""

    thing: Neighbour
    """The thing itself."""
    neighbours: tuple[Neighbour, ...]
    """Actors and places first, then facts in the order of time, then sources."""
    ties: tuple[Tie, ...]
    """Those of the thing first, then those between its neighbours."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """The neighbours by property and direction, those that the thing leads to first."""
        near = {each.name.iri: each for each in self.neighbours}
        found: dict[tuple[bool, str], list[Neighbour]] = {}
        names = {tie.property.iri: tie.property for tie in self.ties}
        for tie in self.ties:
            for here, there in ((tie.subject, tie.object), (tie.object, tie.subject)):
                if here == self.thing.name.iri:
                    key = (here == tie.subject, tie.property.iri)
                    found.setdefault(key, []).append(near[there])
        order = {each.name.iri: index for index, each in enumerate(self.neighbours)}
        groups = (
            Group(names[prop], out, tuple(sorted(each, key=lambda one: order[one.name.iri])))
            for (out, prop), each in found.items()
        )
        return tuple(sorted(groups, key=lambda each: (not each.outward, each.property.label)))


def whole_of(graph: Graph, iri: str) -> str:
    """Return the thing into which a claim, a passage, an amount or an issue is folded.

    Any other thing is returned as it is.
    """
    for _ in range(_DEPTH):
        query = f"""
            SELECT ?whole {{
              {values("part", sorted(FOLDED))} <{iri}> a ?part .
              <{iri}> comity:about|<{SOURCE_OF}>|^comity:amount ?whole
            }} ORDER BY ?whole LIMIT 1"""
        found = [row[0] for row in rows(graph, query)]
        if not found or not isinstance(found[0], Iri):
            break
        iri = found[0].value
    return iri


def read_neighbourhood(graph: Graph, iri: str) -> Neighbourhood:
    """Return a thing with its neighbours, by its IRI."""
    own = _own_ties(graph, iri)
    near = _read_things(graph, {iri, *(end for tie in own for end in (tie[0], tie[2]))})
    thing = near.pop(iri, None)
    own = [tie for tie in own if all(end in near or end == iri for end in (tie[0], tie[2]))]
    between = _ties_between(graph, near)
    names = read_names(
        graph,
        {iri, *near}
        | {prop for _, prop, _ in (*own, *between)}
        | {kind for types, _, _ in near.values() for kind in types}
        | set(thing[0] if thing else ()),
    )
    supers = read_supers(graph)

    def neighbour(each: str, types: Iterable[str], edtf: str) -> Neighbour:
        kinds = special_classes(types, supers)
        above = {*kinds, *(one for kind in kinds for one in supers.get(kind, ()))}
        sort = next((sort for sort, kind in SORTS.items() if f"{NS}{kind}" in above), OTHER)
        when = say_date(edtf) if edtf else ""
        return Neighbour(names(each), tuple(names(kind) for kind in kinds), sort, when)

    ranks = {sort: rank for rank, sort in enumerate((*SORTS, OTHER))}
    listed = [(neighbour(each, *near[each][:2]), near[each][2]) for each in near]
    listed.sort(key=lambda pair: (ranks[pair[0].sort], pair[1] or "9", pair[0].name.label))
    return Neighbourhood(
        neighbour(iri, *(thing or ((), "", ""))[:2]),
        tuple(each for each, _ in listed),
        tuple(Tie(one, names.prop(prop), other) for one, prop, other in (*own, *between)),
    )


def _own_ties(graph: Graph, iri: str) -> list[tuple[str, str, str]]:
    """Return the statements that lead from a thing and to it, with those of what is folded."""
    outward = f"""
        SELECT DISTINCT ?p ?n {{
          {{ <{iri}> ?p ?n }} UNION {{
            {{ BIND(<{iri}> AS ?x) }} UNION {{ <{iri}> comity:amount ?x }}
            {{ ?e comity:about ?x }} UNION {{ ?claim comity:about ?x . ?e comity:about ?claim }}
            {_GROUNDS}
          }}
        }} ORDER BY ?p ?n"""
    inward = f"""
        SELECT DISTINCT ?p ?whole {{
          {{ ?whole ?p <{iri}> }} UNION {{
            {{ BIND(<{iri}> AS ?n) {_GROUNDS} }}
            ?e comity:about ?one
            OPTIONAL {{ ?one comity:about ?two }}
            BIND(COALESCE(?two, ?one) AS ?three)
            OPTIONAL {{ ?four comity:amount ?three }}
            BIND(COALESCE(?four, ?three) AS ?whole)
          }}
        }} ORDER BY ?p ?whole"""
    found = [(iri, *ends) for ends in _pairs(graph, outward)]
    found += [(other, prop, iri) for prop, other in _pairs(graph, inward)]
    return [tie for tie in dict.fromkeys(found) if tie[0] != tie[2]]


def _ties_between(graph: Graph, near: Iterable[str]) -> list[tuple[str, str, str]]:
    known = set(near)
    if not known:
        return []
    query = f"""
        SELECT ?a ?p ?b {{ {values("a", sorted(known))} ?a ?p ?b
          FILTER(ISIRI(?b) && STRSTARTS(STR(?b), "{ID}")) }} ORDER BY ?a ?p ?b"""
    return [
        (one.value, prop.value, other.value)
        for one, prop, other in rows(graph, query)
        if isinstance(one, Iri)
        and isinstance(prop, Iri)
        and isinstance(other, Iri)
        and other.value in known
        and one != other
    ]


def _read_things(graph: Graph, iris: Iterable[str]) -> dict[str, tuple[set[str], str, str]]:
    """Return classes, date and its first day of what is a thing here and folded into none.

    What was withdrawn has no page, and is left out.
    """
    wanted = sorted(iri for iri in iris if iri.startswith(ID))
    query = f"""
        SELECT ?s ?type ?edtf ?earliest {{
          {values("s", wanted)} ?s a ?type
          {in_use("s")}
          OPTIONAL {{ ?s comity:edtf ?edtf }} OPTIONAL {{ ?s comity:earliest ?earliest }}
        }}"""
    found: dict[str, tuple[set[str], str, str]] = {}
    for thing, kind, edtf, first in rows(graph, query):
        if isinstance(thing, Iri) and isinstance(kind, Iri):
            date, day = (
                each.lexical if isinstance(each, Literal) else "" for each in (edtf, first)
            )
            types, _, _ = found.setdefault(thing.value, (set(), date, day))
            types.add(kind.value)
    return {iri: each for iri, each in found.items() if not each[0] & FOLDED}


def _pairs(graph: Graph, query: str) -> list[tuple[str, str]]:
    return [
        (prop.value, other.value)
        for prop, other in rows(graph, query)
        if isinstance(prop, Iri) and isinstance(other, Iri) and prop.value != TYPE
    ]
