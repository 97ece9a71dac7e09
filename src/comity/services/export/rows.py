"""Rows of the CSV tables, and their bytes: RFC 4180 in UTF-8, guarded against spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, ID, SKOS
from comity.services.export.columns import SEPARATOR, name_of
from comity.services.export.ordering import term_key
from comity.services.export.tables import TABLES
from comity.store.terms import Iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.services.export.columns import Column, Subject
    from comity.services.export.ordering import Ordering
    from comity.services.export.selection import Index
    from comity.services.export.tables import Table

# A spreadsheet takes a cell that begins so for a formula and may run it.
_FORMULA: Final = re.compile(r"[=+\-@\t\r]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
GUARD: Final = "'"

LINKS: Final = "links.csv"
LINK_HEADER: Final = {
    "subject": "Thing or code",
    "predicate": "Kind of match (SKOS)",
    "object": "Its address there",
}
_MATCHES: Final = tuple(
    Iri(f"{SKOS}{name}Match") for name in ("exact", "close", "broad", "narrow", "related")
)


def table_files(index: Index, ordering: Ordering) -> dict[str, bytes]:
    """Return all tables of a graph, each under the name of its file."""
    files = {
        table.file: write_csv(
            [
                tuple(column.name for column in table.columns),
                *_rows(table, index, ordering),
            ]
        )
        for table in TABLES
    }
    return files | {LINKS: write_csv([tuple(LINK_HEADER), *sorted(_links(index))])}


def write_csv(rows: list[tuple[str, ...]]) -> bytes:
    """Return rows as CSV: CRLF after each, cells quoted and guarded where they need it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows([guard(cell) for cell in row] for row in rows)
    return target.getvalue().encode()


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it."""
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return GUARD + cell
    return cell


def _rows(table: Table, index: Index, ordering: Ordering) -> Iterator[tuple[str, ...]]:
    for subject in table.subjects(index, ordering):
        yield row_of(table.columns, index, subject)


def row_of(columns: Iterable[Column], index: Index, subject: Subject) -> tuple[str, ...]:
    """Return the row of a thing: its cell in each of some columns."""
    return tuple(_cell(column, index, subject) for column in columns)


def _cell(column: Column, index: Index, subject: Subject) -> str:
    found = column.read(index, subject)
    if not column.many:
        return found[0] if found else ""
    # A bar inside a value would be taken for one between values.
    return SEPARATOR.join(each.replace(SEPARATOR, "¦") for each in found)


def _links(index: Index) -> Iterator[tuple[str, ...]]:
    """Yield the links of things and codes; those of the ontology's own terms stand with it."""
    for subject in index:
        if not isinstance(subject, Iri) or not subject.value.startswith((ID, CODE)):
            continue
        for predicate in _MATCHES:
            for value in sorted(index[subject].get(predicate.value, []), key=term_key):
                yield name_of(subject), f"skos:{predicate.value.removeprefix(SKOS)}", name_of(value)
