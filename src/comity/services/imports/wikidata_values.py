"""Chosen properties of accepted matches, from entities of Wikidata, each value with its claim.

A thing is matched if a mapping says that it is exactly an item (`skos:exactMatch`). Values of the
best rank count. One that our thing lacks is added to it; one that it has already changes nothing;
where our thing has another one, both stand: the new one in a disputed claim, with an issue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.errors import UsageError
from comity.services.imports.curated import Curated
from comity.services.imports.importer import Importer
from comity.services.imports.wikidata_json import (
    ENTITIES,
    LICENCE,
    best_of,
    entities_of,
    item_of,
    value_of,
)
from comity.services.imports.writing import number, text, thing
from comity.services.linking.features import kilometres

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from comity.services.imports.importer import Work

NAME: Final = "wikidata-values"
SAME_KILOMETRES: Final = 1.0
"""Two points of a thing that are nearer than this do not contradict each other."""

_EARTH: Final = "http://www.wikidata.org/entity/Q2"


@dataclass(frozen=True)
class Wanted:
    """What a property of Wikidata becomes: which of ours, for each class that may have it."""

    words: str
    ours: Mapping[str, str]
    is_single: bool = True
    """Whether one value excludes another one."""


_POINT: Final = "point"
PROPERTIES: Final[Mapping[str, Wanted]] = {
    "P17": Wanted("country", {"Facility": "partOf", "Mission": "to", "Place": "partOf"}),
    "P137": Wanted("operator", {"Mission": "from"}),
    "P298": Wanted("ISO 3166-1 alpha-3 code", {"State": "iso3"}),
    "P625": Wanted("coordinate location", {"Facility": _POINT, "Mission": _POINT, "Place": _POINT}),
    "P1366": Wanted("replaced by", {"State": "dcterms:isReplacedBy"}, is_single=False),
}


def run(work: Work) -> None:
    """Map the statements of the chosen properties of every matched item."""
    chosen = chosen_properties(work.options.get("properties") or ())
    pulling = _Pulling(work)
    for entity in entities_of(work):
        item = str(entity.get("id", ""))
        matches = pulling.matches.get(item, ())
        for name in chosen:
            for statement in best_of(entity, name):
                pulling.take(name, statement, matches)


def chosen_properties(names: Iterable[str]) -> tuple[str, ...]:
    """Return the properties of a choice, all for none; raises UsageError for an unknown one."""
    chosen = tuple(dict.fromkeys(names)) or tuple(PROPERTIES)
    for name in chosen:
        if name not in PROPERTIES:
            known = ", ".join(f"{key} ({each.words})" for key, each in PROPERTIES.items())
            raise UsageError(f"The property {name!r} is not pulled; there are {known}.")
    return chosen


class _Pulling:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._curated = Curated(work, "entities")
        self._told: set[tuple[str, str, str]] = set()
        self.matches: dict[str, list[tuple[str, str]]] = {}
        for (of_class, item), local in work.spine.matches().items():
            self.matches.setdefault(item, []).append((of_class, local))
        self._locals = {item: found[0][1] for item, found in self.matches.items()}

    def take(
        self, name: str, statement: dict[str, Any], matches: Iterable[tuple[str, str]]
    ) -> None:
        """Map one statement, or count why it is not."""
        report, place = self._work.report, str(statement.get("id", ""))
        wanted = PROPERTIES[name]
        fitting = [(local, wanted.ours[each]) for each, local in matches if each in wanted.ours]
        if not matches:
            report.skip("nothing of ours is matched with the item", place)
        elif not fitting:
            report.skip("what is matched has no such property here", place, name)
        elif (found := self._values(wanted, statement.get("mainsnak", {}))) is None:
            report.skip("no value that can be told here", place, name)
        else:
            report.use()
            for local, ours in fitting:
                self._say(local, ours, wanted, found, place)

    def _values(self, wanted: Wanted, snak: dict[str, Any]) -> dict[str, str] | None:
        """Return what a snak gives by our property, as N-Triples, `""` where ours depends."""
        value = value_of(snak)
        if _POINT in wanted.ours.values():
            return _point(value)
        if isinstance(value, dict):
            local = self._locals.get(item_of(snak)) or self._work.spine.items.get(item_of(snak))
            return {"": thing(local)} if local else None
        return {"": text(value)} if isinstance(value, str) and value else None

    def _say(
        self, local: str, ours: str, wanted: Wanted, found: dict[str, str], place: str
    ) -> None:
        if ours == _POINT:
            self._say_point(local, found, place)
            return
        value = found[""]
        if value == thing(local) or (local, ours, value) in self._told:
            self._work.report.note("values that say nothing new")
            return
        self._told.add((local, ours, value))
        known = self._work.spine.values(local, ours)
        if value not in known and known and wanted.is_single:
            words = (
                f"Wikidata has another {wanted.words} of {local} than what is curated; "
                "both stand as stated."
            )
            self._curated.contradict(local, {ours: value}, words, place)
        else:
            self._curated.add(local, ours, value, place)

    def _say_point(self, local: str, found: dict[str, str], place: str) -> None:
        if (local, _POINT, "") in self._told:
            self._work.report.note("further points of a thing, which are left out")
            return
        self._told.add((local, _POINT, ""))
        known = [self._work.spine.values(local, name) for name in found]
        if not all(known):
            for name, value in found.items():
                self._curated.add(local, name, value, place)
            return
        ours, theirs = (
            tuple(float(value.split('"')[1]) for value in some)
            for some in ([values[0] for values in known], found.values())
        )
        distance = kilometres((ours[0], ours[1]), (theirs[0], theirs[1]))
        if distance < SAME_KILOMETRES:
            self._work.report.note("values that agree with what is curated")
            return
        words = (
            f"Wikidata has {local} {distance:,.0f} km away from the point that is curated; both "
            "stand as stated."
        )
        self._curated.contradict(local, found, words, place)


def _point(value: Any) -> dict[str, str] | None:
    """Return latitude and longitude as literals, None for a point that is not on Earth."""
    if not isinstance(value, dict) or value.get("globe") not in {None, _EARTH}:
        return None
    found = {}
    for name, theirs, most in (("lat", "latitude", 90), ("long", "longitude", 180)):
        degrees = str(value.get(theirs, ""))
        try:
            if "e" in degrees.lower() or abs(float(degrees)) > most:
                return None
        except ValueError:
            return None
        found[f"wgs84:{name}"] = number(degrees)
    return found


IMPORTER: Final = Importer(
    name=NAME,
    summary="chosen properties of what is matched with items (Wikidata); see comity link pull",
    files=(ENTITIES,),
    licence=LICENCE,
    run=run,
)
