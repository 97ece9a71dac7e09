"""Entities as Wikidata writes them: a JSON dump, or recorded answers, one a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from comity.errors import DataError
from comity.services.imports.importer import DataFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comity.services.imports.importer import Work

LICENCE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
ENTITIES: Final = DataFile(
    role="entities",
    names=(".json", ".json.gz", ".ndjson", ".ndjson.gz", ".jsonl"),
    title="Wikidata entities",
    publisher="Wikidata",
    licence=LICENCE,
    page="https://www.wikidata.org/wiki/Wikidata:Database_download",
    comment="Statements of Wikidata (CC0). A record is told by the statement's identifier.",
)


def entities_of(work: Work) -> Iterator[dict[str, Any]]:
    """Yield the entities of the file of an import; raises DataError for a line that is no JSON."""
    path = work.given["entities"].path
    for number, line in enumerate(work.lines("entities"), 1):
        yield from entities_in(line, path, number)


def entities_in(line: str, path: Path, number: int) -> Iterator[dict[str, Any]]:
    """Yield the entities of a line; the brackets of a dump stand on lines of their own.

    Numbers come as they are written, as texts. Raises DataError for a line that is no JSON.
    """
    text = line.strip().rstrip(",")
    if text in {"", "[", "]"}:
        return
    try:
        found = json.loads(text, parse_float=str)
    except ValueError as error:
        raise DataError(
            f"The line is no JSON ({error}); give a dump, or one answer a line.",
            path=str(path),
            line=number,
        ) from None
    if isinstance(found, dict):
        yield from (each for each in found.get("entities", {"": found}).values())


def item_of(snak: dict[str, Any]) -> str:
    """Return the item that is the value, also where an older answer has its number alone."""
    value = value_of(snak)
    if not isinstance(value, dict):
        return ""
    return str(value.get("id") or f"Q{value.get('numeric-id', '')}")


def value_of(snak: dict[str, Any]) -> Any:
    """Return the value of a snak, None for an unknown one and for none."""
    known = snak.get("snaktype") == "value"
    return snak.get("datavalue", {}).get("value") if known else None


def best_of(entity: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the statements of a property of the best rank: preferred ones, or else normal ones."""
    statements = entity.get("claims", {})
    found = statements.get(name, []) if isinstance(statements, dict) else []
    for rank in ("preferred", "normal"):
        if best := [each for each in found if each.get("rank", "normal") == rank]:
            return best
    return []
