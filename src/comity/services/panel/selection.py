"""What a panel is of: directed or not, which years, which pairs, which measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import ParameterError
from comity.services.panel.measures import BY_NAME, MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from comity.services.panel.measures import Measure

NAMES: Final = ("directed", "from", "to", "pair", "state", "measure")
"""The parameters of an address, in their order."""

_YEAR: Final = re.compile(r"[0-9]{4}")
_STATE: Final = re.compile(r"[A-Z]{3}")
_PAIR: Final = re.compile(r"([A-Z]{3})-([A-Z]{3})")
_TRUTH: Final = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True)
class Selection:
    """Part of a panel; nothing given is all of it."""

    directed: bool = False
    start: int | None = None
    end: int | None = None
    pairs: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = MEASURES

    @property
    def is_of_all_measures(self) -> bool:
        """Whether no measure is left out."""
        return self.measures == MEASURES

    def admits(self, year: int) -> bool:
        """Tell whether a year is asked for."""
        return (self.start is None or year >= self.start) and (self.end is None or year <= self.end)

    def has_pair(self, one: str, other: str) -> bool:
        """Tell whether a pair is asked for; states and pairs given beside each other both count."""
        if not self.pairs and not self.states:
            return True
        return f"{one}-{other}" in self.pairs or one in self.states or other in self.states

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of an address that asks for the same."""
        years = (("from", self.start), ("to", self.end))
        return [
            *([("directed", "true")] if self.directed else ()),
            *((name, f"{year:04}") for name, year in years if year is not None),
            *(("pair", each) for each in self.pairs),
            *(("state", each) for each in self.states),
            *(
                []
                if self.is_of_all_measures
                else (("measure", each.name) for each in self.measures)
            ),
        ]


def read_selection(given: Mapping[str, Sequence[str]]) -> Selection:
    """Return what parameters ask for, each name with its values; empty ones are passed over.

    Several values of `pair`, `state` and `measure` may stand in one, parted by commas. Raises
    ParameterError for an unknown name, a value that is none, and years in the wrong order.
    """
    values = {name: _parts(texts) for name, texts in given.items()}
    for name, found in values.items():
        if found and name not in NAMES:
            raise ParameterError(
                f"Parameter {name} is unknown; a panel takes {', '.join(NAMES)}.",
                parameter=name,
                value=found[0],
            )
    start, end = (_year(name, values.get(name, [])) for name in ("from", "to"))
    if start is not None and end is not None and start > end:
        raise ParameterError(
            f"Parameter from: {start} is after to, {end}; exchange the two.",
            parameter="from",
            value=str(start),
        )
    return Selection(
        directed=_truth(values.get("directed", [])),
        start=start,
        end=end,
        pairs=tuple(sorted({_pair(each) for each in values.get("pair", [])})),
        states=tuple(sorted({_state(each) for each in values.get("state", [])})),
        measures=_measures(values.get("measure", [])),
    )


def _parts(texts: Iterable[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def _single(name: str, found: list[str]) -> str:
    if len(found) > 1:
        raise ParameterError(
            f"Parameter {name} is given {len(found)} times; give it once.",
            parameter=name,
            value=found[1],
        )
    return found[0] if found else ""


def _truth(found: list[str]) -> bool:
    text = _single("directed", found)
    if not text:
        return False
    if text.lower() not in _TRUTH:
        raise ParameterError(
            f"Parameter directed: {text!r} is refused; write true or false.",
            parameter="directed",
            value=text,
        )
    return _TRUTH[text.lower()]


def _year(name: str, found: list[str]) -> int | None:
    text = _single(name, found)
    if not text:
        return None
    if not _YEAR.fullmatch(text):
        raise ParameterError(
            f"Parameter {name}: {text!r} is no year; write four digits, such as 1992.",
            parameter=name,
            value=text,
        )
    return int(text)


def _pair(text: str) -> str:
    found = _PAIR.fullmatch(text.upper())
    if found is None or found[1] == found[2]:
        raise ParameterError(
            f"Parameter pair: {text!r} is no pair; write two codes such as AZE-JPN.",
            parameter="pair",
            value=text,
        )
    return "-".join(sorted(found.groups()))


def _state(text: str) -> str:
    if not _STATE.fullmatch(text.upper()):
        raise ParameterError(
            f"Parameter state: {text!r} is no code of a state; write three letters such as JPN.",
            parameter="state",
            value=text,
        )
    return text.upper()


def _measures(names: list[str]) -> tuple[Measure, ...]:
    for name in names:
        if name not in BY_NAME:
            within = [each for each in BY_NAME if name in each]
            near = within or get_close_matches(name, BY_NAME, n=3) or list(BY_NAME)
            raise ParameterError(
                f"Parameter measure: {name!r} is unknown; did you mean {' or '.join(near)}?",
                parameter="measure",
                value=name,
            )
    return tuple(each for each in MEASURES if each.name in names) if names else MEASURES
