"""What a text means if it is set right first: its capital put first, its letters made Latin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import plain
from comity.services.reconciling.variants import has_vowels, in_latin, second_capital

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Find = Callable[[str], Iterable[Hit]]

_TURNED: Final = 85.0  # a name whose capital stands second
_TURNED_LESS: Final = 5.0  # less, for such a name with slips
_SOUNDED: Final = 81.0  # the most for a name in letters of another script
_SOUNDED_LESS: Final = 6.0


def by_capital(text: str, named: Find, slips: Find) -> Iterator[Hit]:
    """Yield what goes by a text whose capital stands second, as in `gUanda`.

    `named` finds what goes by a text, `slips` what goes by a plain one with slips.
    """
    for other in second_capital(text):
        for hit in named(other):
            if hit.is_name:
                yield Hit(hit.iri, _TURNED, hit.similarity)
        for hit in slips(plain(other)):
            yield replace(hit, score=hit.score - _TURNED_LESS)


def by_sound(text: str, named: Find, *near: Find) -> Iterator[Hit]:
    """Yield what goes by a text of a script that writes vowels, in letters of the Latin one.

    So a name is found in a language that neither CLDR nor iso-codes has. `near` find what goes by
    a plain text or a name like it.
    """
    latin = in_latin(text) if has_vowels(text) else ""
    if not latin:
        return
    bare = plain(latin)
    for hit in (*named(latin), *(hit for find in near for hit in find(bare))):
        if not hit.is_code:
            score = min(hit.score - _SOUNDED_LESS, _SOUNDED)
            yield Hit(hit.iri, score, min(hit.similarity, score))
