"""What OpenAPI says of the dyad-year panel and its codebook."""

from __future__ import annotations

from typing import Final

from comity.services.openapi_operations import KEPT, Operation
from comity.services.openapi_parameters import HTML, IF_NONE_MATCH, format_of, in_query
from comity.services.panel.measures import MEASURES

CSV: Final = "text/csv"
PARQUET: Final = "application/vnd.apache.parquet"

_YEAR: Final = {"anyOf": [{"type": "string", "pattern": "^[0-9]{4}$"}, {"const": ""}]}
_TRUTH: Final = {"enum": ["", "true", "false"]}
_PARTS: Final = (
    in_query("directed", "Whether there is a row for each direction.", "true", _TRUTH),
    in_query("from", "The first year.", "1992", _YEAR),
    in_query("to", "The last year.", "2020", _YEAR),
    in_query("pair", "Only these pairs, parted by commas.", "AZE-JPN"),
    in_query("state", "Only pairs of these states, parted by commas.", "JPN"),
    in_query(
        "measure",
        f"Only these measures, parted by commas: {', '.join(each.name for each in MEASURES)}.",
        "trade_turnover",
    ),
    IF_NONE_MATCH,
)

PANEL_OPERATIONS: Final = (
    Operation(
        "/panel",
        "downloads",
        "The dyad-year panel: leads to the table or to its codebook",
        (CSV, HTML),
        parameters=(*_PARTS[:-1], format_of(CSV, HTML)),
        statuses=("303",),
        errors=("406",),
    ),
    *(
        Operation(
            f"/panel.{suffix}",
            "downloads",
            f"The dyad-year panel as {title}; an empty cell means that nothing is known, never 0",
            (media_type,),
            parameters=_PARTS,
            statuses=KEPT,
            headers=("Content-Disposition", "Link"),
        )
        for suffix, title, media_type in (("csv", "CSV", CSV), ("parquet", "Parquet", PARQUET))
    ),
    *(
        Operation(path, "downloads", summary, (media_type,), parameters=_PARTS, statuses=KEPT)
        for path, summary, media_type in (
            ("/panel/codebook", "The codebook of the panel", HTML),
            ("/panel/codebook.md", "The codebook of the panel in Markdown", "text/markdown"),
            (
                "/panel.csv-metadata.json",
                "The codebook of the panel as metadata for tabular data (CSVW)",
                "application/csvm+json",
            ),
        )
    ),
)
