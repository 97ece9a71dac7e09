"""Pairs of states, however they are said: `Japan and Azerbaijan`, `relations of X with Y`."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from comity.model.terms import ID
from comity.services.reconciling.hits import MARGIN, Hit, best_of
from comity.services.reconciling.names import BARE, FORM_APART
from comity.services.resolve import BETWEEN, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Callable

_PAIR: Final = 95.0  # a pair by the names of its states
_WRITTEN: Final = 94.0  # what a state that only a space parts from another scores more than
_SPACE: Final = re.compile(r"\s+(?:with\s+)?")
_RELATIONS_OF: Final = re.compile(
    r"^(?:the\s+)?relations\s+(?:between|of|with)\s+(?:the\s+)?", re.IGNORECASE
)
_MOST_JOINTS: Final = 8  # places at which the name of a pair is parted


def among_pairs(
    text: str, found: tuple[Hit, ...], state: Callable[[str, float], str]
) -> tuple[Hit, ...]:
    """Return the pair of the two states that a text names in either order, beside others.

    What is found is then none of the two: `Ecuador and United States` is more than Ecuador, of
    which it has the words and those of a form of state. Two names of one state are that state.
    `state` gives the identifier of the state that goes by a text, with a higher score than a
    number; empty for none.
    """
    whole = text.strip()
    said = RELATIONS.sub("", whole)
    if said == whole and any(hit.is_name and hit.similarity > FORM_APART for hit in found):
        return found  # which has all of the words
    name = _RELATIONS_OF.sub("", said)
    for joint, least in ((BETWEEN, BARE), (_SPACE, _WRITTEN)):
        for at in islice(joint.finditer(name), _MOST_JOINTS):
            two = {state(part, least) for part in (name[: at.start()], name[at.end() :])}
            if "" in two:
                continue
            others = (
                replace(hit, score=hit.score - MARGIN)
                for hit in found
                if hit.iri.removeprefix(ID) not in two
            )
            pair = Hit(ID + "-".join(sorted(two)), _PAIR, 100.0, is_name=True)
            return best_of((*others, pair))
    return found
