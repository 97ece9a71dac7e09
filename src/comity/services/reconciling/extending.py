"""Data extension: the values of some properties for things that were matched.

Reconciliation Service API 0.2 §7 and the draft of 1.0, whose rows are lists. A value that is a
thing of this service comes with its identifier, a code by its label, a number as a number, and a
date as the data state it: as text, since most are vaguer than a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import TYPE_CHECKING, Any, Final

from comity.errors import TooLargeError, UsageError
from comity.model.terms import CODE, XSD
from comity.services.pages.reading import read_names
from comity.services.reconciling.index import index_of, iri_of
from comity.services.reconciling.properties import read_values
from comity.services.reconciling.schema import read_schema
from comity.services.speech import closeness, gettext, noted
from comity.store.quoting import quote
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.pages.reading import Names
    from comity.services.reconciling.schema import Schema, Term
    from comity.store.engine import Graph
    from comity.store.terms import Term as Node

MOST_THINGS: Final = 1_000
"""Things of one request."""
MOST_PROPERTIES: Final = 100
"""Properties of one request."""

LITERAL, IDENTIFIER = "literal", "id"
_LIMIT: Final = noted("Limit")
_LIMIT_HELP: Final = noted("Most values for each thing; 0 for all")
_CONTENT: Final = noted("Content")
_CONTENT_HELP: Final = noted("Whether things and codes come by their names or as identifiers")
_NAMES: Final = noted("Names")
_IDENTIFIERS: Final = noted("Identifiers")
_LANGUAGE: Final = noted("Language")
_LANGUAGE_HELP: Final = noted("Only texts in this language, such as az; empty for all")
_WHOLE: Final = frozenset(
    XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")
)
_BROKEN: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
_LARGEST: Final = 2**53  # beyond which JSON numbers are not told apart everywhere


@dataclass(frozen=True, slots=True)
class Column:
    """A property that is asked for; a term that is not known has no values."""

    id: str
    term: Term | None
    limit: int
    by_identifier: bool
    language: str


def settings(*, draft: bool) -> list[dict[str, Any]]:
    """Return what a client may set for each property, as a manifest has it."""
    names = ("id", "name", "helpText") if draft else ("name", "label", "help_text")
    choices = [
        {"value": LITERAL, "name": gettext(_NAMES)},
        {"value": IDENTIFIER, "name": gettext(_IDENTIFIERS)},
    ]
    rows: tuple[tuple[tuple[str, str, str], dict[str, Any]], ...] = (
        (("limit", _LIMIT, _LIMIT_HELP), {"type": "number", "default": 0}),
        (
            ("content", _CONTENT, _CONTENT_HELP),
            {"type": "select", "default": LITERAL, "choices": choices},
        ),
        (("language", _LANGUAGE, _LANGUAGE_HELP), {"type": "text", "default": ""}),
    )
    return [
        dict(zip(names, (words[0], gettext(words[1]), gettext(words[2])), strict=True)) | rest
        for words, rest in rows
    ]


def extend(graph: Graph, document: Any, *, draft: bool) -> dict[str, Any]:
    """Return the rows of a data extension query.

    Raises UsageError for what the schema of such queries does not allow, TooLargeError for more
    things or properties than one request may ask for.
    """
    ids, columns = _read(read_schema(graph), document)
    schema = read_schema(graph)
    iris = {each: iri_of(each) for each in ids}
    tables = [
        {} if column.term is None else read_values(graph, column.term, iris.values())
        for column in columns
    ]
    mentioned = {
        value.value
        for table in tables
        for values in table.values()
        for value in values
        if isinstance(value, Iri)
    }
    shown = _Shown(graph, read_names(graph, mentioned), draft=draft)
    cells = {
        each: [
            shown.values(table.get(iris[each], ()), column)
            for column, table in zip(columns, tables, strict=True)
        ]
        for each in ids
    }
    meta = [_meta(schema, column) for column in columns]
    if draft:
        rows: Any = [
            {
                "id": each,
                "properties": [
                    {"id": column.id, "values": values}
                    for column, values in zip(columns, cells[each], strict=True)
                ],
            }
            for each in ids
        ]
    else:
        rows = {
            each: {column.id: values for column, values in zip(columns, cells[each], strict=True)}
            for each in ids
        }
    return {"meta": meta, "rows": rows}


class _Shown:
    """Values as a client gets them."""

    def __init__(self, graph: Graph, names: Names, *, draft: bool) -> None:
        self._entities = index_of(graph).entities.by_iri
        self._names = names
        self._draft = draft

    def values(self, found: Sequence[Node], column: Column) -> list[dict[str, Any]]:
        wanted = [value for value in found if _speaks(value, column.language)]
        wanted.sort(key=lambda value: closeness(getattr(value, "language", "")))
        shown = [self._value(value, column) for value in wanted]
        return shown[: column.limit] if column.limit else shown

    def _value(self, value: Node, column: Column) -> dict[str, Any]:
        if isinstance(value, Literal):
            return self._literal(value)
        if not isinstance(value, Iri):
            return {}
        entity = self._entities.get(value.value)
        if entity is not None:
            return (
                {"str": entity.id}
                if column.by_identifier
                else {"id": entity.id, "name": entity.label()[0]}
            )
        if column.by_identifier:
            return {"str": value.value.removeprefix(CODE)}
        return {
            "str": self._names(value.value).label if value.value.startswith(CODE) else value.value
        }

    def _literal(self, value: Literal) -> dict[str, Any]:
        number = _number(value)
        if number is not None:
            return {"int" if isinstance(number, int) else "float": number}
        if self._draft and value.language:
            return {"str": value.lexical, "lang": value.language}
        return {"str": value.lexical}


def _number(value: Literal) -> int | float | None:
    """Return the number of a literal, None for what JSON has no number for."""
    try:
        if value.datatype in _WHOLE:
            whole = int(value.lexical)
            return whole if abs(whole) < _LARGEST else None
        broken = float(value.lexical) if value.datatype in _BROKEN else nan
    except ValueError:
        return None
    return broken if isfinite(broken) else None


def _speaks(value: Node, language: str) -> bool:
    return not language or not isinstance(value, Literal) or value.language in ("", language)


def _meta(schema: Schema, column: Column) -> dict[str, Any]:
    if column.term is None:
        return {"id": column.id, "name": column.id}
    found: dict[str, Any] = {"id": column.id, "name": column.term.name}
    kinds = [schema.types[iri] for iri in column.term.ranges if iri in schema.types]
    return found | ({"type": {"id": kinds[0].id, "name": kinds[0].name}} if kinds else {})


def _read(schema: Schema, document: Any) -> tuple[list[str], list[Column]]:
    if not isinstance(document, Mapping):
        raise UsageError('An extension query is an object, {"ids": […], "properties": […]}.')
    for name in ("ids", "properties"):
        if not isinstance(document.get(name), list):
            raise UsageError(f"The extension query has no list {name}; send ids and properties.")
    ids, properties = document["ids"], document["properties"]
    for number, most, what in (
        (len(ids), MOST_THINGS, "things"),
        (len(properties), MOST_PROPERTIES, "properties"),
    ):
        if number > most:
            raise TooLargeError(f"The request has {number:,} {what}; send {most:,} at most.")
    if not all(isinstance(each, str) for each in ids):
        raise UsageError("A member of ids is no text; send the identifiers of things.")
    return list(dict.fromkeys(ids)), [_column(schema, each) for each in properties]


def _column(schema: Schema, document: Any) -> Column:
    if not isinstance(document, Mapping) or not isinstance(document.get("id"), str):
        raise UsageError('A member of properties has no id; send {"id": "iso3"}, for example.')
    identifier = document["id"]
    given = document.get("settings", {})
    if not isinstance(given, Mapping):
        raise UsageError(f"The settings of {quote(identifier)} are no object; send {{…}}.")
    limit = given.get("limit") or 0
    try:
        number = int(limit)
    except (TypeError, ValueError, OverflowError):
        number = -1
    if number < 0:
        raise UsageError(
            f"The limit of {quote(identifier)} is {quote(str(limit))}; it has to be 0 or more."
        )
    return Column(
        identifier,
        schema.property_of(identifier),
        number,
        given.get("content") == IDENTIFIER,
        str(given.get("language") or "").lower(),
    )
