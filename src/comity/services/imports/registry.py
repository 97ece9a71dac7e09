"""The importers that there are, by name."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.services.imports import (
    embassies,
    exchange,
    flights,
    offices,
    treaties,
    visa,
    votes,
    wikidata,
    wikidata_values,
)

if TYPE_CHECKING:
    from comity.services.imports.importer import Importer

IMPORTERS: Final[dict[str, Importer]] = {
    each.IMPORTER.name: each.IMPORTER
    for each in (
        *(embassies, exchange, flights, offices, treaties, visa, votes),
        *(wikidata, wikidata_values),
    )
}


def find_importer(name: str) -> Importer:
    """Return an importer by its name; raises NotFoundError that names the nearest."""
    if name not in IMPORTERS:
        near = get_close_matches(name, IMPORTERS, n=3) or sorted(IMPORTERS)
        raise NotFoundError(f"Nothing is imported as {name!r}; there are {', '.join(near)}.")
    return IMPORTERS[name]
