"""The description of a panel as a table (CSVW, W3C Metadata Vocabulary for Tabular Data)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.services.panel.cells import NOTES
from comity.services.panel.columns import columns_of, key
from comity.services.panel.measures import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.panel.columns import Column
    from comity.services.panel.coverage import Coverage
    from comity.services.panel.graphs import Origin
    from comity.services.panel.selection import Selection

TITLE: Final = "Comity: dyad-year panel"
MISSING: Final = (
    "An empty cell means that no source says anything of that pair and year; it never means zero. "
    "0 stands only where a source states 0. A pair and year without any value has no row."
)


def describe(
    selection: Selection,
    url: str,
    *,
    build: str,
    coverage: Coverage | None = None,
    origins: Sequence[Origin] = (),
) -> dict[str, Any]:
    """Return the metadata document of the table at `url` (§5 of the vocabulary).

    `build` names the state of the data. With a coverage each measure tells its years, pairs and
    graphs.
    """
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": url,
        "dc:title": TITLE,
        "dc:description": MISSING,
        "dc:identifier": build,
        "dc:publisher": "The Comity contributors",
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "null": "",
        "tableSchema": {
            "columns": [_column(each, coverage) for each in columns_of(selection)],
            "primaryKey": list(key(selection)),
        },
        **({"dc:source": [_origin(each) for each in origins]} if origins else {}),
    }


def _column(column: Column, coverage: Coverage | None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "datatype": column.datatype,
    }
    if column.required:
        found["required"] = True
    if column.name in {"notes", "graphs"}:
        found["separator"] = " "
    if column.name == "notes":
        found["dc:description"] = "; ".join(f"{word}: {said}" for word, said in NOTES.items())
    measure = column.measure
    if measure is None or column.is_currency:
        return found
    found["dc:description"] = f"{measure.counts} {RULES[measure.rule]}"
    if coverage is not None:
        covered = coverage.of(measure.name)
        if covered.span.first is not None:
            found["dc:temporal"] = f"{covered.span.first:04}/{covered.span.last:04}"
        found["dc:extent"] = f"{covered.span.cells} cells, {covered.pairs} pairs"
        found["dc:source"] = sorted(covered.graphs)
    return found


def _origin(origin: Origin) -> dict[str, Any]:
    return {
        "dc:identifier": origin.name,
        **({"dc:license": {"@id": origin.licence}} if origin.licence else {}),
        "dc:source": [{"@id": each.iri} for each in origin.sources],
    }
