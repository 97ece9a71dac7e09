"""What a text may mean, how well it goes with it, and when that is beyond doubt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

SURE: Final = 73.0
"""The least score of a match: of a name of six letters, one may be another."""
MARGIN: Final = 6.0
"""By how much the best candidate of a match is better than any other."""
ALONE: Final = 13.0
"""The lead of a candidate that nothing else is near; less of a name has to be the same then."""
SURE_IF_ALONE: Final = 71.0
LONG: Final = 9
"""Letters of a long name, of which more may be others."""
SURE_IF_LONG: Final = 66.0
SURE_IF_FORMED: Final = 60.0
"""Of what has a form of state, which little else has."""
SURE_IF_UNCASED: Final = 60.0
"""In scripts without capitals: few write names in them, and those that do, in several ways."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that goes by a text or by a name like it; `iri` is empty for none of the graph."""

    iri: str
    score: float
    similarity: float
    is_name: bool = False
    is_code: bool = False
    is_formed: bool = False
    """Whether the text says a form of state, so that it is the name of one, well written or not."""


def best_of(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Return the best hit of each thing, which is a name or a code if one of them is."""
    best: dict[str, Hit] = {}
    for hit in hits:
        known = best.get(hit.iri)
        if known is None:
            best[hit.iri] = hit
            continue
        better = hit if hit.score > known.score else known
        best[hit.iri] = replace(
            better,
            is_name=hit.is_name or known.is_name,
            is_code=hit.is_code or known.is_code,
        )
    return tuple(best.values())


def is_sure(text: str, score: float, margin: float, *, is_formed: bool = False) -> bool:
    """Tell whether the best candidate for a text is a match, by its score and its lead.

    A form of state in the text, that `is_formed` tells of, leaves less to doubt.
    """
    if margin < ALONE:
        return score >= (SURE_IF_LONG if is_formed else SURE) and margin >= MARGIN
    if is_formed:
        return score >= SURE_IF_FORMED
    bare = plain(text)
    if bare.upper() == bare and not bare.isascii():
        return score >= SURE_IF_UNCASED
    return score >= (SURE_IF_LONG if len(bare) >= LONG else SURE_IF_ALONE)
