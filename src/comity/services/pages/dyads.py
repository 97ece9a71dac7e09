"""Which pairs of states there are: asked pair by pair, since a graph may hold a great many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.pages.reading import rows, values
from comity.store.terms import Iri, is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph

_DYAD: Final = "?dyad a/rdfs:subClassOf* comity:Dyad"


def known_dyads(graph: Graph, iris: Iterable[str]) -> frozenset[str]:
    """Return those of some IRIs that stand for a pair of states."""
    wanted = sorted({iri for iri in iris if is_valid_iri(iri)})
    if not wanted:
        return frozenset()
    query = f"SELECT DISTINCT ?dyad {{ {values('dyad', wanted)} {_DYAD} }}"
    return frozenset(dyad.value for (dyad,) in rows(graph, query) if isinstance(dyad, Iri))


def dyads_of(graph: Graph, states: Iterable[str], most: int) -> tuple[str, ...]:
    """Return the first pairs, at most so many, that one of some states belongs to."""
    wanted = sorted({iri for iri in states if is_valid_iri(iri)})
    if not wanted:
        return ()
    query = (
        f"SELECT DISTINCT ?dyad {{ {values('state', wanted)} ?dyad comity:member ?state . {_DYAD} "
        f"}} ORDER BY ?dyad LIMIT {most}"
    )
    return tuple(dyad.value for (dyad,) in rows(graph, query) if isinstance(dyad, Iri))
