"""The tokens of a SPARQL text, exactly as SPARQL 1.1 §19.8 cuts them.

Everything that changes a query here (binding a value, adding a time condition, paging) works on
tokens and never on raw text: a name inside a string, an IRI or a comment is not that name. White
space and comments are tokens too, so that joining the texts gives back what went in.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import QuerySyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_FIRST = f"{_BASE}_"
_NEXT = f"{_FIRST}\\-0-9\u00b7\u0300-\u036f\u203f\u2040"
_PREFIX = rf"[{_BASE}](?:[{_NEXT}.]*[{_NEXT}])?"
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_FIRST}:0-9]|{_ESCAPE})(?:(?:[{_NEXT}.:]|{_ESCAPE})*(?:[{_NEXT}:]|{_ESCAPE}))?"

_KINDS: Final[tuple[tuple[str, str], ...]] = (
    ("space", r"[ \t\r\n]+"),
    ("comment", r"#[^\r\n]*"),
    ("iri", r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'),
    ("string", r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''|" + r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'),
    ("string", r"'(?:[^'\\\r\n]|\\.)*'|" + r'"(?:[^"\\\r\n]|\\.)*"'),
    ("variable", rf"[?$][{_FIRST}0-9][{_FIRST}0-9\u00b7\u0300-\u036f\u203f\u2040]*"),
    ("blank", rf"_:[{_FIRST}0-9](?:[{_NEXT}.]*[{_NEXT}])?"),
    ("name", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
    ("number", r"(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+"),
    ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("word", r"[A-Za-z][A-Za-z0-9_]*"),
    ("sign", r"\^\^|&&|\|\||<=|>=|!=|[{}()\[\].,;=<>+\-*/|^!?&~]"),
)
_KIND_OF: Final = {f"k{number}": kind for number, (kind, _) in enumerate(_KINDS)}


@cache
def _compiled(without: str = "") -> re.Pattern[str]:
    choices = [
        f"(?P<k{number}>{pattern})"
        for number, (kind, pattern) in enumerate(_KINDS)
        if kind != without
    ]
    return re.compile("|".join(choices), re.DOTALL)


@cache
def _prefix_run() -> re.Pattern[str]:
    return re.compile(rf"[{_BASE}][{_NEXT}.]*")


SILENT: Final = frozenset({"space", "comment"})


class Token(NamedTuple):
    """One token: its kind, its text, and where it starts (a code point from 0)."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword in capitals, or an empty text for anything that is no word."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its sign, or an empty text for anything else."""
        return self.text[1:] if self.kind == "variable" else ""


def tokenize(text: str) -> tuple[Token, ...]:
    """Return all tokens of a SPARQL text, white space and comments included.

    Raises QuerySyntaxError, with line and column, where no token begins: an unfinished string, an
    unfinished IRI, a character that SPARQL does not have.
    """
    whole, run_of_names = _compiled(), _prefix_run()  # compiled by who reads a text, in 10 ms
    tokens: list[Token] = []
    position = nameless = 0
    while position < len(text):
        # Up to `nameless` no colon follows, which is looked up once: `a.a.a...` stays linear.
        pattern = whole if position >= nameless else _compiled(without="name")
        found = pattern.match(text, position)
        if found is None:
            line, column = place(text, position)
            raise QuerySyntaxError(
                f"No SPARQL token begins with {text[position : position + 10]!r} "
                f"in line {line}, column {column}; close the string or IRI, or remove it.",
                line=line,
                column=column,
            )
        kind = _KIND_OF[found.lastgroup or ""]
        tokens.append(Token(kind, found.group(), position))
        if kind == "word" and position >= nameless and (run := run_of_names.match(text, position)):
            nameless = run.end()
        position = found.end()
    return tuple(tokens)


def spoken(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return the tokens that mean something: all but white space and comments."""
    return tuple(token for token in tokens if token.kind not in SILENT)


def place(text: str, position: int) -> tuple[int, int]:
    """Return line and column, both from 1, of a code point."""
    line = text.count("\n", 0, position) + 1
    return line, position - (text.rfind("\n", 0, position) + 1) + 1
