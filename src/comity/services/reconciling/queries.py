"""Queries as clients send them: those of versions 0.1 and 0.2, and those of the draft of 1.0.

Reconciliation Service API 0.2 §4.2 and §4.3, 1.0 draft §4. Both become the same conditions; what
the schema of the version does not allow is refused, and the message says where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from comity.errors import TooLargeError, UsageError
from comity.store.quoting import quote

MOST_QUERIES: Final = 10_000
"""Queries of one request."""
MOST_CANDIDATES: Final = 100
"""Candidates of one query; more are asked for in vain."""
CANDIDATES: Final = 10
"""Candidates of a query that sets no limit."""
_MOST_CONDITIONS: Final = 50
_MOST_VALUES: Final = 100
_LONGEST_KEY: Final = 200

NAME, IDENTIFIER, PROPERTY = "name", "id", "property"
STRICT: Final = ("any", "all", "should")
QUANTIFIERS: Final = ("any", "all", "none")
_FIELDS: Final = frozenset({"query", "type", "limit", "properties", "type_strict"})
_DRAFT_FIELDS: Final = frozenset({"type", "limit", "lang", "dir", "conditions"})


@dataclass(frozen=True, slots=True)
class Value:
    """A value to compare with: a text, or a thing by its identifier."""

    text: str
    is_thing: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """What a candidate should have: a name, an identifier, or a value of a property."""

    kind: str
    values: tuple[Value, ...]
    property: str = ""
    is_required: bool = False
    quantifier: str = "any"
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """One query; without types anything may be meant."""

    conditions: tuple[Condition, ...]
    types: tuple[str, ...] = ()
    strict: str = "any"
    limit: int = CANDIDATES

    def of(self, kind: str) -> tuple[Condition, ...]:
        """Return the conditions of a kind."""
        return tuple(each for each in self.conditions if each.kind == kind)


def read_batch(document: Any) -> dict[str, Query]:
    """Return the queries of version 0.1 or 0.2, by the names that the client gave them.

    Raises UsageError for what the schema of 0.2 does not allow, TooLargeError for too many.
    """
    batch = _object(document, "queries")
    _require_few(len(batch), MOST_QUERIES, "queries")
    return {name: _read(query, f"Query {_shown(name)}") for name, query in batch.items()}


def read_draft_batch(document: Any) -> tuple[Query, ...]:
    """Return the queries of the draft of version 1.0, in their order; raises as `read_batch`."""
    batch = _object(document, "the body")
    if "queries" not in batch:
        raise UsageError('The body has no member queries; send {"queries": [...]}.')
    queries = _list(batch["queries"], "queries")
    _require_few(len(queries), MOST_QUERIES, "queries")
    return tuple(_read_draft(query, f"Query {at}") for at, query in enumerate(queries))


def _read(document: Any, where: str) -> Query:
    query = _object(document, where)
    _require_known(query, _FIELDS, where)
    conditions = [_read_property(each, where) for each in _list(query.get("properties", []), where)]
    if "query" in query:
        text = _text(query["query"], "query", where)
        conditions.insert(0, Condition(NAME, (Value(text),)))
    _require_conditions(conditions, where, "query or a member properties")
    strict = query.get("type_strict", "any")
    if strict not in STRICT:
        raise _wrong(where, "type_strict", strict, f"one of {', '.join(STRICT)}")
    return Query(tuple(conditions), _types(query, where), strict, _limit(query, where))


def _read_property(document: Any, where: str) -> Condition:
    each = _object(document, f"{where}, a member of properties")
    for name in ("pid", "v"):
        if name not in each:
            raise UsageError(f"{where} has a property without {name}; send both pid and v.")
    return Condition(PROPERTY, _values(each["v"], where), _text(each["pid"], "pid", where))


def _read_draft(document: Any, where: str) -> Query:
    query = _object(document, where)
    _require_known(query, _DRAFT_FIELDS, where)
    conditions = [_condition(each, where) for each in _list(query.get("conditions", []), where)]
    _require_conditions(conditions, where, "conditions, with one or more of them")
    kind = query.get("type", "")
    types = (_text(kind, "type", where),) if kind != "" else ()
    for name in ("lang", "dir"):
        _text(query.get(name, ""), name, where)
    return Query(tuple(conditions), types, "any", _limit(query, where))


def _condition(document: Any, where: str) -> Condition:
    each = _object(document, f"{where}, a condition")
    kind = each.get("matchType")
    if kind not in (NAME, IDENTIFIER, PROPERTY):
        raise _wrong(where, "matchType", kind, "name, id or property")
    if "propertyValue" not in each:
        raise UsageError(f"{where} has a condition without propertyValue; send what to compare.")
    if kind == PROPERTY and "propertyId" not in each:
        raise UsageError(f"{where} has a condition on a property without propertyId; send it.")
    quantifier = each.get("matchQuantifier", "any")
    if quantifier not in QUANTIFIERS:
        raise _wrong(where, "matchQuantifier", quantifier, f"one of {', '.join(QUANTIFIERS)}")
    required = each.get("required", False)
    if not isinstance(required, bool):
        raise _wrong(where, "required", required, "true or false")
    return Condition(
        kind,
        _values(each["propertyValue"], where),
        _text(each.get("propertyId", ""), "propertyId", where),
        required,
        quantifier,
        _text(each.get("matchQualifier", ""), "matchQualifier", where),
    )


def _values(given: Any, where: str) -> tuple[Value, ...]:
    listed = given if isinstance(given, list) else [given]
    _require_few(len(listed), _MOST_VALUES, "values of one property")
    return tuple(_value(each, where) for each in listed)


def _value(given: Any, where: str) -> Value:
    if isinstance(given, bool):
        return Value("true" if given else "false")
    if isinstance(given, str | int | float):
        return Value(str(given))
    if isinstance(given, Mapping) and isinstance(given.get("id"), str):
        return Value(given["id"], is_thing=True)
    raise _wrong(where, "value", given, 'a text, a number, true, false, or {"id": …}')


def _types(query: Mapping[str, Any], where: str) -> tuple[str, ...]:
    given = query.get("type", [])
    listed = given if isinstance(given, list) else [given]
    _require_few(len(listed), _MOST_VALUES, "types")
    return tuple(kind for each in listed if (kind := _text(each, "type", where)))


def _limit(query: Mapping[str, Any], where: str) -> int:
    given = query.get("limit", CANDIDATES)
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < 2**53:
        raise _wrong(where, "limit", given, "a number above 0")
    return min(MOST_CANDIDATES, max(1, int(given)))


def _text(given: Any, name: str, where: str) -> str:
    if not isinstance(given, str):
        raise _wrong(where, name, given, "a text")
    return given


def _object(given: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise UsageError(f"{what[:1].upper()}{what[1:]}: there has to be an object, {{…}}.")
    return given


def _list(given: Any, what: str) -> Sequence[Any]:
    if not isinstance(given, list):
        raise UsageError(f"{what[:1].upper()}{what[1:]}: there has to be a list, […].")
    return given


def _require_known(query: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    for name in query:
        if name not in known:
            listed = ", ".join(sorted(known))
            raise UsageError(f"{where} has no member {_shown(name)}; it has {listed}.")


def _require_conditions(conditions: Sequence[Condition], where: str, what: str) -> None:
    if not conditions:
        raise UsageError(f"{where} asks for nothing; send a member {what}.")
    _require_few(len(conditions), _MOST_CONDITIONS, "conditions of one query")


def _require_few(number: int, most: int, what: str) -> None:
    if number > most:
        raise TooLargeError(f"The request has {number:,} {what}; send {most:,} at most.")


def _wrong(where: str, name: str, given: object, wanted: str) -> UsageError:
    return UsageError(f"{where} has {name} {_shown(str(given))}; it has to be {wanted}.")


def _shown(text: str) -> str:
    return quote(text[:_LONGEST_KEY])
