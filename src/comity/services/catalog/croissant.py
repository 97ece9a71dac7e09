"""The tables for machine learning: Croissant 1.0 (MLCommons), made from what the tables are.

Every CSV table in the zip is a FileObject and a RecordSet; a column is a field with the type that
the CSVW description gives it, and a reference where a row belongs to one of another table.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from comity.model.licences import BY_SA
from comity.services.catalog.crate import require_known, sources_of
from comity.services.catalog.dcat import PUBLISHER
from comity.services.catalog.statements import part
from comity.services.export.columns import SEPARATOR
from comity.services.export.dumps import CSV_TABLES, EVERYTHING, title_of
from comity.services.export.rows import LINK_HEADER, LINKS
from comity.services.export.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.catalog.record import Record
    from comity.services.export.columns import Column
    from comity.services.export.dumps import Dump, Dumps
    from comity.services.export.material import Material
    from comity.services.export.tables import Table

    Node = dict[str, Any]

CROISSANT: Final = "croissant.json"
SPECIFICATION: Final = "http://mlcommons.org/croissant/1.0"
TEXT: Final = "sc:Text"
TYPES: Final = {
    "string": TEXT,
    "anyURI": "sc:URL",
    "integer": "sc:Integer",
    "decimal": "sc:Float",
    "date": "sc:Date",
}
"""Croissant's type for each datatype that a column has."""

_TERMS: Final = (
    *("citeAs", "column", "extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet"),
    *("references", "regex", "repeated", "replace", "separator", "source", "subField"),
    "transform",
)
CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _TERMS},
}


def describe_croissant(dumps: Dumps, record: Record, site: str) -> bytes:
    """Return the description of the dumps of everything at a server.

    A server that offers no tables of everything describes no record. Raises NotFoundError for data
    of others, whose licence and day nobody told.
    """
    files = [dumps.file(f"{EVERYTHING}.{each.suffix}") for each in dumps.offers(EVERYTHING)]
    return write_croissant(dumps.material, record, files, f"{site}/dumps/", url=f"{site}/dumps/")


def write_croissant(
    material: Material, record: Record, files: Iterable[Dump], start: str, *, url: str
) -> bytes:
    """Return the description of some dumps, whose addresses begin with `start`; raises as above."""
    require_known(material, record, "Croissant description")
    files = list(files)
    zipped = next((each for each in files if each.offer == CSV_TABLES), None)
    tables = [] if zipped is None else [*TABLES]
    distribution = [_file(each, material, start) for each in files]
    records = [_records(each) for each in tables]
    if zipped is not None:
        names = [each.file for each in tables] + [LINKS]
        distribution += [_inside(name, zipped.file) for name in names]
        records.append(_links())
    document: Node = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "@id": part(EVERYTHING),
        "conformsTo": SPECIFICATION,
        "name": EVERYTHING,
        "alternateName": record.title,
        "description": record.description,
        "url": url,
        "license": BY_SA,
        "version": record.version,
        "datePublished": record.released,
        "dateModified": record.modified,
        "keywords": list(record.keywords),
        "inLanguage": ["en", "az", "ja"],
        "creator": {"@type": "sc:Organization", "@id": PUBLISHER, "name": record.author},
        "publisher": {"@type": "sc:Organization", "@id": PUBLISHER, "name": record.author},
        "citeAs": f"{record.author} ({record.released[:4]}). {record.title}, "
        f"version {record.version}. {part(EVERYTHING)}",
        "isBasedOn": [iri for iri, _ in sources_of(material)],
        "distribution": distribution,
        **({"recordSet": records} if records else {}),
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _file(dump: Dump, material: Material, start: str) -> Node:
    return {
        "@type": "cr:FileObject",
        "@id": dump.file,
        "name": dump.file,
        "description": f"{title_of(dump.name, material)}, as {dump.offer.title}",
        "contentUrl": f"{start}{dump.file}",
        "contentSize": f"{dump.size} B",
        "encodingFormat": dump.offer.media_type,
        "sha256": dump.sha256,
    }


def _inside(name: str, archive: str) -> Node:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "containedIn": {"@id": archive},
        "contentUrl": name,
        "encodingFormat": "text/csv",
    }


def _records(table: Table) -> Node:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.title,
        "key": {"@id": f"{table.name}/id"},
        "field": [_field(table, column) for column in table.columns],
    }


def _field(table: Table, column: Column) -> Node:
    field = _plain_field(table.name, table.file, column.name, column.title)
    field["dataType"] = TYPES[column.datatype]
    if column.many:
        # Left whole: `repeated` with a separator breaks MLCommons' own reader at an empty cell.
        field["description"] += f"; several are parted by {SEPARATOR}"
    elif column.key == "codes":
        # Nor a reference, since that reader joins one other table and not the next one behind it.
        field["description"] += "; a code, see codes"
    elif column.key:
        field["references"] = {"field": {"@id": f"{column.key}/id"}}
    return field


def _plain_field(table: str, file: str, name: str, title: str) -> Node:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        "description": title,
        "dataType": TEXT,
        "source": {"fileObject": {"@id": file}, "extract": {"column": name}},
    }


def _links() -> Node:
    table = LINKS.removesuffix(".csv")
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": "Links to other data.",
        "key": [{"@id": f"{table}/{name}"} for name in LINK_HEADER],
        "field": [_plain_field(table, LINKS, name, title) for name, title in LINK_HEADER.items()],
    }
