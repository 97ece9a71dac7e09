"""Names of the territories of ISO 3166-1 in the languages of the world: Unicode CLDR, iso-codes.

They are an aid by which names are found, and never said of a state: what a state is called is for
the data to tell. Those of CLDR come with Babel, in one or two spellings for each language. From
them it is learned which words of a language stand for a form of state (see `learning`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from babel.core import get_global

from comity.services.reconciling.cldr import in_all_languages
from comity.services.reconciling.forms import Forms
from comity.services.reconciling.iso_names import in_full, iso_names
from comity.services.reconciling.learning import Learner, regions
from comity.services.reconciling.official import halves_in_full, words_in_full
from comity.services.reconciling.spelling import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LETTERS: Final = 2
_SLIP: Final = 2  # times as many languages give a name to another territory
_SPOKEN: Final = 10.0  # percent of those who live there


@dataclass(frozen=True, slots=True)
class Territories:
    """What the names of territories tell, by the codes of two letters (ISO 3166-1)."""

    names: dict[str, dict[str, int]]
    """The names of each territory; with each, in how many languages or spellings it is that."""
    own: dict[str, frozenset[str]]
    """Those of the names that are in a language of the territory itself."""
    forms: dict[str, frozenset[str]]
    """Words for forms of state and for islands, as they are compared, with what they say."""
    small: frozenset[str]
    """Words of up to three letters that tie such names together."""
    halves: dict[str, set[str]]
    """The first part of each name of two, such as that of Antigua and Barbuda."""


NONE: Final = Territories({}, {}, {}, frozenset(), {})
"""What is known without any names."""


@cache
def territories() -> Territories:
    """Return what CLDR and iso-codes tell; all of their languages are read once."""
    names: dict[str, Counter[str]] = {}
    own: dict[str, set[str]] = {}
    learner = Learner()
    spoken = {code: _spoken(code) for code in get_global("territory_languages")}
    for language, listed in _languages():
        learner.read(listed)
        for code, name in (*listed.items(), *regions(listed).items()):
            names.setdefault(code, Counter())[name] += 1
            if language in spoken.get(code, ()):
                own.setdefault(code, set()).add(name)
    translated = [*iso_names()]
    for language, code, name in translated:
        names.setdefault(code, Counter())[name] += 1
        if language in spoken.get(code, ()):
            own.setdefault(code, set()).add(name)
    for code, half in halves_in_full(in_full(), Forms(learner.forms())).items():
        learner.halves.setdefault(code, set()).add(half)
    kept = without_slips(names)
    return Territories(
        kept,
        {code: frozenset(own[code] & kept[code].keys()) for code in own},
        {**words_in_full(translated, in_full(), Forms(learner.forms())), **learner.forms()},
        learner.small(),
        learner.halves,
    )


def without_slips(names: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Return names without those that many more languages give to another territory.

    A few languages call Mauritius what all others that write so call Mauritania.
    """
    bare = {name: plain(name) for listed in names.values() for name in listed}
    counted: dict[str, Counter[str]] = {}
    for code, listed in names.items():
        for name, number in listed.items():
            counted.setdefault(bare[name], Counter())[code] += number
    most = {name: max(numbers.values()) for name, numbers in counted.items()}
    return {
        code: {
            name: number
            for name, number in listed.items()
            if counted[bare[name]][code] * _SLIP > most[bare[name]]
        }
        for code, listed in names.items()
    }


def two_letters(code: str) -> str:
    """Return the code of two letters for one of three, empty for an unknown one."""
    meant = get_global("territory_aliases").get(code.upper(), ())
    return str(meant[0]) if len(meant) == 1 and len(meant[0]) == _LETTERS else ""


def _spoken(code: str) -> frozenset[str]:
    """Return the languages that are official in a territory, or spoken by many there."""
    return frozenset(
        language.partition("_")[0]
        for language, known in get_global("territory_languages")[code].items()
        if known.get("official_status") or known.get("population_percent", 0) >= _SPOKEN
    )


def _languages() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each language, and spelling of one, with its names of territories by code."""
    for locale, said in in_all_languages():
        yield (
            locale.partition("_")[0],
            {
                code: name
                for code, name in said.get("territories", {}).items()
                if len(code) == _LETTERS
                and code.isalpha()
                and isinstance(name, str)
                and name != code
            },
        )
