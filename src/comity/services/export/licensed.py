"""The part of some statements that is under given licences: whole named graphs or none of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.services.export.material import Material
from comity.services.licensing import read_licences

if TYPE_CHECKING:
    from collections.abc import Iterable

SHORT: Final = {
    "apache-2.0": "apache.org/licenses/LICENSE-2.0",
    "cc-by": "creativecommons.org/licenses/by/",
    "cc-by-sa": "creativecommons.org/licenses/by-sa/",
    "cc0": "creativecommons.org/publicdomain/zero/",
    "mit": "opensource.org/license/mit",
    "odbl": "opendatacommons.org/licenses/odbl/",
    "pddl": "opendatacommons.org/licenses/pddl/",
}
"""Short names of licences, and how their addresses begin behind `https://`, of any version."""


def licensed(material: Material, wanted: Iterable[str]) -> Material:
    """Return the graphs that are under one of the licences, named short or by address.

    Raises UsageError for a licence that no graph is under, naming those there are.
    """
    licences = read_licences(material.quads)
    kept: set[str] = set()
    for each in wanted:
        graphs = {graph for graph, iri in licences.items() if _is(each, iri)}
        if not graphs:
            there = sorted({_short(iri) for iri in licences.values()})
            raise UsageError(f"No graph is under --licence {each}; there are {', '.join(there)}.")
        kept |= graphs
    quads = tuple(quad for quad in material.quads if quad.graph in kept)
    return Material(quads, material.ordering, material.context)


def _is(wanted: str, iri: str) -> bool:
    bare = iri.removeprefix("https://").removeprefix("http://")
    start = SHORT.get(wanted.lower())
    return bare.startswith(start) if start else wanted == iri


def _short(iri: str) -> str:
    return next((name for name in SHORT if _is(name, iri)), iri)
