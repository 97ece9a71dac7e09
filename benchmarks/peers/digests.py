"""Whether two answers say the same: their rows, in any order, and each value by what it means.

Engines write one value in several ways: 1.50 or 1.5, true or 1. So there are two digests, of what
is written and of what is meant; blank nodes have no name that two engines could share.
"""

from __future__ import annotations

import json
from decimal import Context, Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, Final, NamedTuple

XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_SIGNS: Final = ("negative", "nonNegative", "nonPositive", "positive")
_SIZES: Final = ("byte", "int", "long", "short")
_NUMBERS: Final = frozenset(
    XSD + name
    for name in (
        *("boolean", "decimal", "double", "float", "integer"),
        *(f"{sign}Integer" for sign in _SIGNS),
        *_SIZES,
        *(f"unsigned{size.capitalize()}" for size in _SIZES),
    )
)
# So many digits of a number count, as a sum of doubles depends on the order.
_ROUNDING: Final = Context(prec=12)
_TRUTHS: Final = {"true": "1", "false": "0"}

Term = dict[str, str]


class Digest(NamedTuple):
    """How many rows an answer has, and the digests of what is written and what is meant."""

    rows: int
    written: str
    meant: str


def digest_of(content: bytes) -> Digest:
    """Return the digest of an answer in SPARQL 1.1 Query Results JSON.

    The answer to ASK counts as one row. Raises ValueError for what is no such answer.
    """
    try:
        document = json.loads(content)
        if "boolean" in document:
            text = str(bool(document["boolean"]))
            return Digest(1, _hashed([text]), _hashed([text]))
        rows = document["results"]["bindings"]
        return Digest(
            len(rows),
            _hashed([_row(row, _written) for row in rows]),
            _hashed([_row(row, _meant) for row in rows]),
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"No answer in SPARQL JSON: {error!r}.") from None


def agreement(ours: Digest | None, theirs: Digest | None) -> str:
    """Return how two answers agree: `same`, `same values`, `same rows`, `differs` or `no answer`.

    Of `same rows` only the number is the same.
    """
    if ours is None or theirs is None:
        return "no answer"
    if ours.written == theirs.written:
        return "same"
    if ours.meant == theirs.meant:
        return "same values"
    return "same rows" if ours.rows == theirs.rows else "differs"


def _hashed(rows: list[str]) -> str:
    return sha256("\n".join(sorted(rows)).encode()).hexdigest()[:16]


def _row(row: dict[str, Term], read: Any) -> str:
    return json.dumps([[name, *read(row[name])] for name in sorted(row)], ensure_ascii=False)


def _written(term: Term) -> tuple[str, ...]:
    kind, value = term["type"].removeprefix("typed-"), term["value"]
    if kind == "bnode":
        return (kind,)
    datatype = term.get("datatype", "")
    if datatype == f"{XSD}string":
        datatype = ""
    return kind, value, datatype, term.get("xml:lang", "").lower()


def _meant(term: Term) -> tuple[str, ...]:
    kind, *rest = _written(term)
    if kind != "literal" or rest[1] not in _NUMBERS:
        return kind, *rest
    try:
        number = Decimal(_TRUTHS.get(rest[0], rest[0]))
    except InvalidOperation:
        return kind, *rest
    return kind, str(number.normalize(_ROUNDING))
