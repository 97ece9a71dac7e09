"""Other ways to write what the things of a graph are called, by their sort, with the thing meant.

They are made of the English labels of persons, organizations, places, missions, pairs and facts:
without accents, with a slip, turned round, shortened as people do. Two things of which one text
may be said are both what is meant.
"""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from held_out import bare, mistyped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Label = tuple[str, str, str]
"""Identifier, local name of the class, and English label."""
Names = list[tuple[str, frozenset[str]]]

_GROUPS: Final = {
    **dict.fromkeys(("Place", "Facility", "Event"), "places and events"),
    **dict.fromkeys(("Organization", "BilateralBody", "Post"), "organizations and posts"),
    **dict.fromkeys(("Agreement", "Arrangement"), "agreements"),
    "Person": "persons",
    "Mission": "missions",
    "Dyad": "pairs",
}
_LONG: Final = 6  # letters of a name in which one is wrong
_JOINT: Final = re.compile(r"[–-]")
_OF: Final = re.compile(r"^(\w[\w ]*) of (?:the )?(.+)$")


def written_otherwise(labels: Iterable[Label]) -> dict[str, Names]:
    """Return the names by sort, the same ones each time."""
    draw = random.Random(1)  # noqa: S311 - nothing is secret here
    sorts: dict[str, dict[str, set[str]]] = {}
    for thing, kind, label in sorted(labels):
        group = _GROUPS.get(kind)
        if group:
            for sort, name in _names(group, label, draw):
                sorts.setdefault(f"{group}, {sort}", {}).setdefault(name, set()).add(thing)
    return {
        sort: [(name, frozenset(meant)) for name, meant in names.items()]
        for sort, names in sorts.items()
    }


def _names(group: str, label: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    yield "as they are", label
    yield "capitals, small, bare", bare(label).upper()
    yield "capitals, small, bare", bare(label).lower()
    if len(label) >= _LONG:
        yield "one letter wrong", mistyped(label, draw)
    if group == "persons":
        *given, last = label.split()
        yield "surname", last
        yield "turned", f"{last.upper()} {' '.join(given)}"
        yield "turned", f"{last}, {' '.join(given)}"
        yield "initials", f"{' '.join(f'{word[0]}.' for word in given)} {last}"
        yield "initials", f"{last}, {given[0][0]}."
        yield "with a title", f"Mr. {label}"
        yield "with a title", f"President {label}"
        yield "with a title", f"H.E. {label}"
    elif group == "pairs":
        yield from (("otherwise", name) for name in _pair(label))
    elif turned := _OF.match(label):
        head, rest = turned.groups()
        yield "otherwise", f"{rest}, {head}"
        yield "otherwise", f"the {label}"
        yield "otherwise", f"{head} of the {rest}"


def _pair(label: str) -> Iterator[str]:
    one, other = _JOINT.split(label.removesuffix(" relations"), maxsplit=1)
    yield from (f"{one}-{other} relations", f"{other}–{one} relations", f"{one} and {other}")
    yield from (f"{other}/{one}", f"Relations between {one} and {other}", f"{one} - {other}")
    yield from (
        f"{one} {other}",
        f"{other} and {one} relations",
        f"Relations of {other} with {one}",
    )
