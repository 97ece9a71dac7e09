"""What is said of a thing, for those who tell it in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel.lists import format_list

from comity.model.terms import CODE, NS
from comity.services.speech import ENGLISH, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.views import Name, Statement, Value

OPEN: Final = {f"{CODE}modality.{code}": code for code in ("planned", "proposed", "discussed")}
"""The codes of what is only planned, proposed or discussed, by their IRIs."""
_ACTORS: Final = frozenset({"Mission", "BilateralBody"})


class Said:
    """What is said of a thing, by the local names of its properties."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Take the statements, amounts already in words."""
        self._statements = {local(each.property.iri): each for each in statements}

    def prop(self, name: str) -> Name | None:
        """Return a property by its label; None if nothing is said by it."""
        found = self._statements.get(name)
        return found.property if found and found.values else None

    def values(self, name: str) -> tuple[Value, ...]:
        """Return the values of a property."""
        found = self._statements.get(name)
        return found.values if found else ()

    def texts(self, name: str) -> list[str]:
        """Return the values of a property in words."""
        return [value.text for value in self.values(name)]

    def some(self, pattern: str, name: str) -> str:
        """Return a phrase with the values of a property in it; empty if there are none."""
        found = self.texts(name)
        return pattern.format(listed(found)) if found else ""

    def is_fact(self, kinds: Iterable[str]) -> bool:
        """Tell whether it is a fact, of a relation or beside it, and not who acts in it."""
        told = self.texts("dyad") or self.texts("modality")
        return bool(told) and not _ACTORS & set(kinds)

    def is_open(self) -> str:
        """Return `planned`, `proposed` or `discussed` for a fact that is only that; else empty."""
        return next((code for code, _ in self._stages()), "")

    def stage(self) -> str:
        """Return the same in the words of the reader."""
        return next((text for _, text in self._stages()), "")

    def _stages(self) -> list[tuple[str, str]]:
        return [
            (OPEN[value.iri], value.text) for value in self.values("modality") if value.iri in OPEN
        ]


def listed(texts: Iterable[str]) -> str:
    """Return texts as people list them: `a, b and c`."""
    *first, last = tuple(texts) or ("",)
    if language() != ENGLISH:
        return str(format_list([*first, last], locale=language()))
    return f"{', '.join(first)} and {last}" if first else last


def local(iri: str) -> str:
    """Return the local name of a term of ours."""
    return iri.removeprefix(NS)
