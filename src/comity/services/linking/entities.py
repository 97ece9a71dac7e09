"""Items of Wikidata: asked for one by one and kept for a day, or read from a file.

An answer is kept as a line of JSON with the item that was asked for, and of its statements those
that `check` and `pull` look at; so a run that is cut short goes on where it stood, and the file can
be imported like any other.
"""

from __future__ import annotations

import gzip
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from comity.errors import DataError, UsageError
from comity.services.imports.wikidata_json import best_of, entities_in, item_of, value_of
from comity.services.imports.wikidata_values import PROPERTIES
from comity.services.linking.facts import Facts, days_of, point_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from comity.services.linking.polite import Polite

KEPT: Final = frozenset({*PROPERTIES, "P31", "P571", "P585", "P298", "P625"})
"""The properties whose statements are kept of an answer."""

_PRECISIONS: Final = {11: 10, 10: 7, 9: 4}


@dataclass(frozen=True)
class Item:
    """What an answer says of an item: `id` is another one than was asked for after a merger."""

    id: str
    facts: Facts = field(default_factory=Facts)
    is_missing: bool = False


def fetch(
    cache: Path,
    items: Iterable[str],
    template: str,
    polite: Polite,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Path, str]:
    """Ask for items that were not asked for today; return the file of answers and its day.

    Raises UsageError for an address without {id}, and what asking raises; what has come stays.
    """
    if "{id}" not in template:
        raise UsageError(f"{template!r} has no {{id}}; write where an item stands, with {{id}}.")
    day = time.strftime("%Y-%m-%d", time.gmtime())
    path = cache / "links" / f"entities-{day}.ndjson"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = set(read_items(path)) if path.is_file() else set()
    missing = [each for each in dict.fromkeys(items) if each not in known]
    with path.open("a", encoding="utf-8") as file:
        for number, item in enumerate(missing):
            tell("asking for items", number, len(missing))
            answer = polite.get(template.replace("{id}", item))
            line = {"asked": item, "entities": _pruned(answer)}
            file.write(f"{json.dumps(line, ensure_ascii=False, sort_keys=True)}\n")
            file.flush()
    return path, day


def read_items(path: Path) -> dict[str, Item]:
    """Return what a file says of items, by the item that was asked for.

    Raises DataError for a file that cannot be read.
    """
    found: dict[str, Item] = {}
    try:
        opened: Any = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                found |= dict(_items(line, path, number))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DataError(f"The file cannot be read: {error}.", path=str(path)) from None
    return found


def _items(line: str, path: Path, number: int) -> Iterable[tuple[str, Item]]:
    entities = list(entities_in(line, path, number))
    asked = ""
    if '"asked"' in line:
        whole = json.loads(line)
        asked = str(whole.get("asked", "")) if isinstance(whole, dict) else ""
    if asked and not entities:
        yield asked, Item(asked, is_missing=True)
    for each in entities:
        identifier = str(each.get("id", ""))
        redirected = each.get("redirects", {})
        source = str(redirected.get("from", "")) if isinstance(redirected, dict) else ""
        if identifier:
            yield asked or source or identifier, _item(identifier, each)


def _item(identifier: str, entity: dict[str, Any]) -> Item:
    facts = Facts()
    facts.types = {item for each in best_of(entity, "P31") if (item := item_of(_snak(each)))}
    for each in best_of(entity, "P625")[:1]:
        value = value_of(_snak(each))
        if isinstance(value, dict):
            facts.point = point_of(f"{value.get('latitude')},{value.get('longitude')}")
    for name in ("P571", "P585"):
        for each in best_of(entity, name)[:1]:
            value = value_of(_snak(each))
            if facts.days is None and isinstance(value, dict):
                digits = _PRECISIONS.get(int(value.get("precision", 0)), 0)
                written = str(value.get("time", "")).removeprefix("+")[:digits]
                facts.days = days_of(written) if written else None
    for each in best_of(entity, "P298")[:1]:
        value = value_of(_snak(each))
        if isinstance(value, str):
            facts.codes["iso3"] = value
    return Item(identifier, facts, "missing" in entity)


def _snak(statement: dict[str, Any]) -> dict[str, Any]:
    found = statement.get("mainsnak")
    return found if isinstance(found, dict) else {}


def _pruned(answer: Any) -> dict[str, Any]:
    """Return the entities of an answer with what is kept of them."""
    entities = answer.get("entities") if isinstance(answer, dict) else None
    kept = {}
    for identifier, entity in (entities if isinstance(entities, dict) else {}).items():
        if not isinstance(entity, dict) or "missing" in entity:
            continue
        claims = entity.get("claims")
        kept[str(identifier)] = {
            **{name: entity[name] for name in ("id", "lastrevid", "modified") if name in entity},
            "claims": {
                name: each
                for name, each in (claims if isinstance(claims, dict) else {}).items()
                if name in KEPT
            },
        }
    return kept
