"""Names of states that matching does not know, by their sort, with the state that each names.

They are made of `countries.json` (github.com/mledoze/countries, ODbL), which no part of Comity
holds or reads: its names as they are, and what people make of them. What is in it and names no
state (languages, currencies, capitals) tells how often something is taken for one.
"""

from __future__ import annotations

import json
import random
import string
import unicodedata
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NO_STATE: Final = "no state"
"""The sort of what names none; its names come with an empty state."""
_KOSOVO: Final = {"UNK": "XKX"}
_CUT: Final = {
    "Democratic": "Dem.",
    "Republic": "Rep.",
    "Federal": "Fed.",
    "Saint": "St.",
    "Islands": "Is.",
    "United": "Utd.",
    " and ": " & ",
}
_LONG: Final = 7  # letters of a name in which two are wrong

Names = list[tuple[str, str]]


def held_out(path: Path) -> dict[str, Names]:
    """Return the names by sort; the same ones each time."""
    draw = random.Random(1)  # noqa: S311 - nothing is secret here
    countries = json.loads(path.read_text("utf-8"))
    sorts: dict[str, dict[tuple[str, str], None]] = {}
    for country in countries:
        code = _KOSOVO.get(country["cca3"], country["cca3"])
        for sort, name in _names(country, draw):
            sorts.setdefault(sort, {})[name, code] = None
    known = {name.casefold() for names in sorts.values() for name, _ in names}
    others = {name: None for country in countries for name in _others(country)}
    sorts[NO_STATE] = {(name, ""): None for name in others if name.casefold() not in known}
    return {sort: [*names] for sort, names in sorts.items()}


def _names(country: dict[str, Any], draw: random.Random) -> Iterator[tuple[str, str]]:
    english, full = country["name"]["common"], country["name"]["official"]
    yield "English", english
    yield "English, in full", full
    for name in country["name"]["native"].values():
        yield "own", name["common"]
        yield "own, in full", name["official"]
    for name in country["translations"].values():
        script = "Latin script" if is_latin(name["common"]) else "another script"
        yield f"translated, {script}", name["common"]
        yield f"translated, in full, {script}", name["official"]
    yield from (("other spelling", name) for name in country["altSpellings"])
    for code in ("cca2", "cca3", "ccn3"):
        if country[code]:
            yield "code", country[code]
    yield from (("as people write", name) for name in _written(english, full))
    yield "one letter wrong", mistyped(english, draw)
    if len(english) >= _LONG:
        yield "two letters wrong", mistyped(mistyped(english, draw), draw)


def _written(english: str, full: str) -> Iterator[str]:
    """Yield a name in small letters and capitals, inverted, without accents, with words cut."""
    yield from (english.lower(), english.upper(), f"The {english}", bare(full))
    for form in ("Republic of ", "Kingdom of ", "State of "):
        before, found, name = full.partition(form)
        if found and name:
            yield f"{name.removeprefix('the ')}, {before}{form.strip()}"
    cut = full
    for word, short in _CUT.items():
        cut = cut.replace(word, short)
    yield cut


def _others(country: dict[str, Any]) -> Iterator[str]:
    yield from country["languages"].values()
    yield from (each["name"] for each in country["currencies"].values())
    yield from country["capital"]


def is_latin(text: str) -> bool:
    """Tell whether the letters of a text are those of the Latin script."""
    return all("LATIN" in unicodedata.name(sign, "") for sign in text if sign.isalpha())


def bare(text: str) -> str:
    """Return a text without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def mistyped(name: str, draw: random.Random) -> str:
    """Return a name with a letter left out, another put in or instead, or two of them turned."""
    at = draw.randrange(len(name))
    other = draw.choice(string.ascii_lowercase)
    slips: tuple[Callable[[], str], ...] = (
        lambda: name[:at] + name[at + 1 :],
        lambda: name[:at] + other + name[at:],
        lambda: name[:at] + other + name[at + 1 :],
        lambda: name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
    )
    return draw.choice(slips)()
