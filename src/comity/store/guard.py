"""What never reaches the engine: SERVICE, LOAD, and texts that would overrun its stack.

This module reads a text as SPARQL 1.1 §19 does; what the engine itself may take for the keyword
SERVICE is the business of `comity.store.disarming`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import (
    LoadDisabledError,
    QuerySyntaxError,
    QueryTooComplexError,
    ServiceDisabledError,
)
from comity.model.tokens import place, spoken, tokenize
from comity.store.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.tokens import Token

# Measured against the engine on a stack of 2 MB, the smallest that a thread of the server has: it
# stands 200 nested calls, 400 clauses and 1,600 operators in a row, and dies of twice as many.
MAX_DEPTH: Final = 100
MAX_CLAUSES: Final = 300
MAX_OPERATORS: Final = 1_500

_CLAUSES: Final = frozenset({"BIND", "FILTER", "GRAPH", "LATERAL", "MINUS", "OPTIONAL", "UNION"})
_OPERATORS: Final = frozenset({"||", "&&", "+", "-", "*", "/", "|", "!", "^"})
_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_HEX: Final = "[0-9A-Fa-f]"
_STRING: Final = re.compile(
    r"""(?:[^\\]|\\[tbnrf"'\\]|"""
    rf"\\u(?![Dd][89A-Fa-f]){_HEX}{{4}}|"
    rf"\\U(?!0000[Dd][89A-Fa-f])00(?:0{_HEX}|10){_HEX}{{4}})*"
)
_REMOTE: Final = re.compile("service|load", re.IGNORECASE)


def refuse_remote(text: str) -> None:
    r"""Refuse a SPARQL text with the keyword SERVICE or LOAD, also when written as `\u0053ERVICE`.

    Strings, IRIs, comments, variables and prefixed names may hold the words. Raises
    ServiceDisabledError or LoadDisabledError.
    """
    for reading in {text, unescape(text)}:
        if _REMOTE.search(reading):
            for token in _tokens(reading):
                _refuse_keyword(token.word)


def refuse_excess(tokens: Sequence[Token]) -> None:
    """Raise QueryTooComplexError, naming the limit, for what would overrun the engine's stack."""
    depth = deepest = clauses = operators = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text in "{([") - (token.text in "})]")
            deepest = max(deepest, depth)
            operators += token.text in _OPERATORS
        clauses += token.word in _CLAUSES
    for number, limit, what in (
        (deepest, MAX_DEPTH, "levels of brackets"),
        (clauses, MAX_CLAUSES, "clauses such as OPTIONAL, FILTER and BIND"),
        (operators, MAX_OPERATORS, "operators"),
    ):
        if number > limit:
            raise QueryTooComplexError(
                f"The query has {number:,} {what}, more than {limit:,}; "
                "list values with VALUES or IN, or ask in several queries."
            )


def require_escapes(text: str, tokens: Sequence[Token]) -> None:
    r"""Raise QuerySyntaxError for the first string with an escape that SPARQL does not have.

    The engine would not take such a `'''` for the beginning of a string, and read on behind it.
    """
    for token in tokens:
        if token.kind == "string" and not _STRING.fullmatch(token.text):
            line, column = place(text, token.start)
            raise QuerySyntaxError(
                f"{quote(token.text)} in line {line}, column {column} has a wrong escape; "
                r"""write \t \b \n \r \f \" \' \\ or \u and four digits.""",
                line=line,
                column=column,
            )


def unescape(text: str) -> str:
    """Return a text with its code point escapes replaced, as SPARQL 1.1 §19.2 reads it."""
    return _CODE_POINT.sub(_character, text)


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    surrogate = 0xD800 <= number <= 0xDFFF  # noqa: PLR2004 - the range that Unicode keeps for UTF-16
    return found[0] if surrogate or number > 0x10FFFF else chr(number)  # noqa: PLR2004 - the last code point


def _tokens(text: str) -> tuple[Token, ...]:
    try:
        return spoken(tokenize(text))
    except QuerySyntaxError:
        return ()  # no SPARQL in this reading, hence no keyword


def _refuse_keyword(word: str) -> None:
    # The engine finds the keyword in longer words too, and SPARQL has no other word with it.
    if "SERVICE" in word:
        raise ServiceDisabledError(
            "SERVICE is switched off here, since nothing asks another endpoint in this place; "
            "query that endpoint by itself and join the answers."
        )
    if word == "LOAD":
        raise LoadDisabledError(
            "LOAD is switched off here, since this server never fetches a document; "
            "its graph changes only with its files."
        )
