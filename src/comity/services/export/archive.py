"""The zip of CSV tables: the tables, what they mean (CSVW), and a text to read first.

The same graph gives the same bytes: entries are sorted, and carry one fixed date.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

from comity.model.licences import BY_SA
from comity.model.terms import CODE, ID
from comity.services.export.columns import SEPARATOR, Column
from comity.services.export.rows import GUARD, LINK_HEADER, LINKS, table_files
from comity.services.export.selection import Index
from comity.services.export.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.ordering import Ordering
    from comity.services.export.tables import Table
    from comity.store.terms import Quad

METADATA: Final = "csv-metadata.json"
README: Final = "README.txt"
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can carry
_REGULAR_FILE: Final = 0o100644 << 16
_UNIX: Final = 3
_LICENCE: Final = "\nLicence\n  CC BY-SA 4.0, "


def write_archive(
    quads: Iterable[Quad], ordering: Ordering, title: str, licence: str | None = BY_SA
) -> bytes:
    """Return the zip of all tables of a graph; `title` says what they are of.

    Without a licence the tables name no publisher either.
    """
    files = table_files(Index(quads), ordering)
    files[METADATA] = (
        json.dumps(metadata(title, licence), ensure_ascii=False, indent=2) + "\n"
    ).encode()
    files[README] = readme(title, licence).replace("\n", "\r\n").encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX  # the same on every machine
            entry.external_attr = _REGULAR_FILE
            archive.writestr(entry, files[name])
    return target.getvalue()


def metadata(title: str, licence: str | None = BY_SA) -> dict[str, Any]:
    """Return the CSVW description of the tables (W3C, Metadata Vocabulary for Tabular Data)."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title,
        **(
            {"dc:license": {"@id": licence}, "dc:publisher": "The Comity contributors"}
            if licence
            else {}
        ),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tables": [*(_table(table) for table in TABLES), _links()],
    }


def readme(title: str, licence: str | None = BY_SA) -> str:
    """Return the text that stands in the archive for people."""
    width = max(len(table.file) for table in TABLES)
    listed = "\n".join(f"  {table.file:<{width}}  {table.title}" for table in TABLES)
    return f"""{title}

Tables
{listed}
  {LINKS:<{width}}  Links to other data: a thing or code, the kind of match, its name there.
  {METADATA} describes every column (CSVW).

Reading them
  The files are CSV after RFC 4180: UTF-8, commas, lines ending in CR LF, one line of names.
  A thing is named by its local name; put {ID} before it for its address.
  A code is named by its list and code, such as visit.official; put {CODE} before it.
  Several values in a cell are parted by a vertical bar ({SEPARATOR}); a bar in a text is broken.
  An empty cell means that nothing is stated. It never means zero, no, or unknown on purpose.
  A text that begins with = + - @, a tab or a carriage return has an apostrophe ({GUARD}) before it,
  so that no spreadsheet runs it as a formula; drop that apostrophe when you read by program.
  Times stand as stated in EDTF, beside the first and last day that they can touch.
  Values stand as stated. Whether they are doubted is in claims.csv and issues.csv.
  Amounts are nominal. Never add up amounts whose times overlap.
{f"{_LICENCE}{licence}{chr(10)}" if licence else ""}"""


def _table(table: Table) -> dict[str, Any]:
    keys = [
        {
            "columnReference": column.name,
            "reference": {"resource": f"{column.key}.csv", "columnReference": "id"},
        }
        for column in table.columns
        if column.key and not column.many
    ]
    return {
        "url": table.file,
        "dc:title": table.title,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": "id",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.title,
        "datatype": column.datatype,
    }
    if column.many:
        described["separator"] = SEPARATOR
    if column.name == "id":
        described["required"] = True
    return described


def _links() -> dict[str, Any]:
    return {
        "url": LINKS,
        "dc:title": "Links to other data.",
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": name,
                    "dc:description": title,
                    "datatype": "string",
                    "required": True,
                }
                for name, title in LINK_HEADER.items()
            ],
            "primaryKey": list(LINK_HEADER),
        },
    }
