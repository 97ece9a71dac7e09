"""Where a query breaks: the first token after which no continuation is SPARQL.

The engine takes a keyword's length of text before it compares, so the place in its message lies up
to fourteen characters too far, and near the end of the text it lies anywhere. But it tells reliably
whether it got through a beginning: it then stops in what follows. So the beginnings are halved
until the first one that it does not get through.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.errors import QuerySyntaxError
from comity.model.tokens import SILENT, place
from comity.store.quoting import quote

if TYPE_CHECKING:
    from comity.store.reading import Reading

# Longer than any keyword, and closed by what no grammar takes: no beginning is ever run.
_STOP: Final = " " * 40 + "\0"
_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
# What the engine says of the rules beyond the grammar, and what that asks of the writer.
_RULES: Final = {
    "SELECT contains a variable that is unbound": "group by each variable of the SELECT, "
    "or aggregate it",
    "SELECT * is not authorized with GROUP BY": "name the variables of the SELECT beside GROUP BY",
    "Duplicated variable name": "name each variable of the SELECT once",
    "SELECT overrides an existing variable": "give the expression in the SELECT a name of its own",
    "VALUES clause rows": "give each row of VALUES as many values as variables, UNDEF for none",
    "IRI parsing failed": "make the IRI one by RFC 3987",
    "language tag parsing failed": "write a language tag such as @en",
    "should be a non negative integer": "give LIMIT and OFFSET a whole number below 2^64",
}
_LARGEST: Final = 100_000
_OPENING: Final = {"}": "{", ")": "(", "]": "["}


def diagnose(reading: Reading, message: str, base: str) -> QuerySyntaxError:
    """Return the error for a text that the engine did not parse, from the engine's message."""
    rule = next((words for sign, words in _RULES.items() if sign in message), "")
    broken = None if len(reading.text) > _LARGEST else _first_broken(reading, base)
    if broken is not None:
        return _at(reading, broken, rule)
    return _behind(reading, message, rule) if rule else _too_short(reading)


def _first_broken(reading: Reading, base: str) -> int | None:
    """Return the index of the token that cannot stand where it does; None if all can."""
    meaningful = [i for i, token in enumerate(reading.tokens) if token.kind not in SILENT]
    low, high = 0, len(meaningful)
    while low < high:
        middle = (low + high) // 2
        if _gets_through("".join(reading.parts[: meaningful[middle] + 1]), base):
            low = middle + 1
        else:
            high = middle
    return meaningful[low] if low < len(meaningful) else None


def _gets_through(beginning: str, base: str) -> bool:
    try:
        pyoxigraph.Store().query(beginning + _STOP, base_iri=base)
    except SyntaxError as error:
        found = _PLACE.match(str(error))
        if found is None:
            return False
        lines = (beginning + _STOP).split("\n")
        return (int(found[1]), int(found[2])) >= (len(lines), len(lines[-1]))
    return False


def _at(reading: Reading, index: int, rule: str) -> QuerySyntaxError:
    token = reading.tokens[index]
    line, column = place(reading.text, token.start)
    before = next((t for t in reversed(reading.tokens[:index]) if t.kind not in SILENT), None)
    after = f" after {quote(before.text)}" if before else ""
    remedy = rule or "put what is missing before it, or remove it"
    return QuerySyntaxError(
        f"{quote(token.text)} in line {line}, column {column} cannot stand{after}; {remedy}.",
        line=line,
        column=column,
    )


def _behind(reading: Reading, message: str, rule: str) -> QuerySyntaxError:
    line, column = _engine_place(reading, message)
    return QuerySyntaxError(
        f"The query breaks a rule of SPARQL before line {line}, column {column}; {rule}.",
        line=line,
        column=column,
    )


def _too_short(reading: Reading) -> QuerySyntaxError:
    line, column = place(reading.text, len(reading.text.rstrip()))
    open_signs = []
    for token in reading.tokens:
        if token.kind == "sign" and token.text in _OPENING.values():
            open_signs.append(token)
        elif token.kind == "sign" and token.text in _OPENING and open_signs:
            open_signs.pop()
    remedy = "complete it"
    if open_signs:
        opened = place(reading.text, open_signs[-1].start)
        remedy = f"close the {open_signs[-1].text!r} of line {opened[0]}, column {opened[1]}"
    return QuerySyntaxError(
        f"The query ends too early, in line {line}, column {column}; {remedy}.",
        line=line,
        column=column,
    )


def _engine_place(reading: Reading, message: str) -> tuple[int, int]:
    """Return the engine's place, kept inside the text as the client wrote it."""
    found = _PLACE.match(message)
    lines = reading.text.split("\n")
    line = min(int(found[1]), len(lines)) if found else len(lines)
    return line, min(int(found[2]) if found else 1, len(lines[line - 1]) + 1)
