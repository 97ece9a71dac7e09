"""States and their codes, pairs, and the state that an organization or an airport belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, PREFIXES
from comity.services.panel.query import PROLOGUE
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph
    from comity.store.terms import Term

SEPARATOR: Final = "|"
_NUMBERS: Final = {f"{CODE}cow": "cow", f"{CODE}gleditsch-ward": "gw"}
_ITEM: Final = PREFIXES["wd"]


@dataclass
class State:
    """A state with the codes that data sets are joined by, each empty where it has none."""

    iri: str
    iso3: str
    name: str = ""
    cow: str = ""
    gw: str = ""
    wikidata: str = ""


@dataclass(frozen=True)
class Pair:
    """A pair, its states in the order of their codes."""

    iri: str
    first: State
    second: State

    @property
    def name(self) -> str:
        """The codes of both, such as `AZE-JPN`."""
        return f"{self.first.iso3}-{self.second.iso3}"


@dataclass
class Sides:
    """Which state a side of a fact stands for, found as it is needed and kept."""

    graph: Graph
    states: dict[str, State]
    _known: dict[str, str] = field(default_factory=dict)

    def resolve(self, iris: Iterable[str]) -> None:
        """Find the states that things which are none belong to, by `comity:partOf`."""
        unknown = sorted({*iris} - self.states.keys() - self._known.keys())
        if not unknown:
            return
        listed = " ".join(f"<{each}>" for each in unknown)
        rows = select(
            self.graph,
            f"{PROLOGUE}SELECT DISTINCT ?thing ?state {{ VALUES ?thing {{ {listed} }} "
            "?thing comity:partOf+ ?state . ?state a comity:State } ORDER BY ?thing ?state",
        )
        self._known |= dict.fromkeys(unknown, "")
        for thing, state in rows:
            if isinstance(thing, Iri) and isinstance(state, Iri):
                self._known[thing.value] = self._known[thing.value] or state.value

    def state(self, iri: str) -> str:
        """Return the IRI of the state, empty where none is known."""
        return iri if iri in self.states else self._known.get(iri, "")


def read_states(graph: Graph) -> dict[str, State]:
    """Return all states by their IRI."""
    rows = select(
        graph,
        f"{PROLOGUE}SELECT ?state ?iso3 ?name {{ ?state a comity:State ; comity:iso3 ?iso3 "
        'OPTIONAL { ?state rdfs:label ?name FILTER(LANG(?name) = "en") } } ORDER BY ?iso3',
    )
    found: dict[str, State] = {}
    for state, iso3, name in rows:
        if isinstance(state, Iri):
            found[state.value] = State(state.value, _text(iso3), _text(name))
    # A pattern for each kind of code, as the engine reads a union of them in full.
    for predicate in ("notation", "exactMatch"):
        codes = select(
            graph,
            f"{PROLOGUE}SELECT ?state ?code {{ ?state a comity:State ; skos:{predicate} ?code }} "
            "ORDER BY ?state ?code",
        )
        for state, value in codes:
            if isinstance(state, Iri) and state.value in found:
                _add(found[state.value], value)
    return found


def read_pairs(graph: Graph, states: dict[str, State]) -> list[Pair]:
    """Return all pairs of two known states, in the order of their names."""
    rows = select(
        graph, f"{PROLOGUE}SELECT ?dyad ?member {{ ?dyad a comity:Dyad ; comity:member ?member }}"
    )
    members: dict[str, set[str]] = {}
    for dyad, member in rows:
        if isinstance(dyad, Iri) and isinstance(member, Iri):
            members.setdefault(dyad.value, set()).add(member.value)
    pairs = []
    for dyad_iri, both in members.items():
        known = sorted((states[each] for each in both if each in states), key=lambda s: s.iso3)
        if len(known) == len(both) == 2:  # noqa: PLR2004 - a pair
            pairs.append(Pair(dyad_iri, *known))
    return sorted(pairs, key=lambda pair: pair.name)


def _add(state: State, code: Term | None) -> None:
    if isinstance(code, Literal) and code.datatype in _NUMBERS:
        name = _NUMBERS[code.datatype]
        # A state with two numbers could be joined by neither.
        setattr(state, name, "" if getattr(state, name) else code.lexical)
    elif isinstance(code, Iri) and code.value.startswith(_ITEM):
        item = code.value.removeprefix(_ITEM)
        state.wikidata = SEPARATOR.join(filter(None, (state.wikidata, item)))


def _text(term: Term | None) -> str:
    return term.lexical if isinstance(term, Literal) else ""
