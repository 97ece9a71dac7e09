"""Pairs that come into being because a fact of an import needs them.

They stand in a graph of their own, made when imports are loaded: two imports that speak of one pair
must not say twice that it is one, and the last that speaks of it takes it along when it goes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import GRAPH
from comity.services.imports.writing import code, node, text, thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.services.imports.spine import Spine

DYADS: Final = f"{GRAPH}imports/dyads"
"""The graph of pairs that no file of the repository describes."""


def join(one: str, other: str) -> str:
    """Return the name of the pair of two states, whatever their order."""
    return f"{one}-{other}" if one < other else f"{other}-{one}"


def dyad_lines(names: Iterable[str], spine: Spine) -> Iterator[list[bytes]]:
    """Yield the statements about each pair that is not curated, as lines of N-Triples."""
    for name in names:
        if name in spine.dyads:
            continue
        one, _, other = name.partition("-")
        said = [
            ("rdfs:label", text(f"{spine.label(one)}–{spine.label(other)} relations", "en")),
            (
                "rdfs:label",
                text(f"{spine.label(one, 'az')}–{spine.label(other, 'az')} münasibətləri", "az"),
            ),
            (
                "rdfs:label",
                text(f"{spine.label(one, 'ja')}と{spine.label(other, 'ja')}の関係", "ja"),
            ),
            ("basis", code("basis.editors")),
            ("member", thing(one)),
            ("member", thing(other)),
        ]
        yield node(name, "Dyad", said)
