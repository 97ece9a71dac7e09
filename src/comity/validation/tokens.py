"""Turtle cut into tokens that know their line, so that a finding can point to its place.

The engine decides what is Turtle; this reads the same text leniently and never gives up, because
a file with one slip must still be placed, line by line (RDF 1.1 Turtle, section 6.5).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is; `BAD` is text that no token of Turtle begins with, or that is not closed."""

    IRI = "iri"
    NAME = "name"
    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    WORD = "word"
    AT = "at"
    MARK = "mark"
    BAD = "bad"
    END = "end"


class Token(NamedTuple):
    """A token: its text as written, its line from 1, and whether it begins its line."""

    kind: Kind
    text: str
    line: int
    flush: bool
    """Whether it stands in the first column, where subjects and directives begin."""
    end_line: int


_ESCAPE: Final = r"\\[tbnrf\"'\\uU]"
_LOCAL_ESCAPE: Final = r"\\[_~.\-!$&'()*+,;=/?\#@%]"
_TOKEN: Final = re.compile(
    rf"""
      (?P<skip>   \s+ | \#[^\n]* )
    | (?P<iri>    <[^<>"\n]*> )
    | (?P<text>   \"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                | \"(?:[^"\\\n]|{_ESCAPE})*\" | '(?:[^'\\\n]|{_ESCAPE})*' )
    | (?P<at>     @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
    | (?P<blank>  _:[\w](?:[\w.\-]*[\w\-])? )
    | (?P<name>   (?:[^\W\d_](?:[\w.\-]*[\w\-])?)? :
                  (?:(?:[\w:%]|{_LOCAL_ESCAPE})(?:[\w:%.\-]|{_LOCAL_ESCAPE})*)? )
    | (?P<number> [+-]?(?:\d+(?:\.\d*)?|\.\d+)[eE][+-]?\d+ | [+-]?\d*\.\d+ | [+-]?\d+ )
    | (?P<word>   [^\W\d_]\w* )
    | (?P<mark>   \^\^ | [\[\]();,.] )
    | (?P<bad>    [<"'][^\n]* | . )
    """,
    re.VERBOSE | re.DOTALL,
)


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a Turtle text, closed by one `END` token on the last line."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    position, end_line = 0, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match is not None and match.lastgroup  # noqa: S101, PT018 - the last branch takes any
        start, position = match.span()
        if match.lastgroup == "skip":
            continue
        found = match.group()
        if match.lastgroup == "name" and found.endswith("."):
            found = found.rstrip(".")
            position = start + len(found)
        line = bisect_left(breaks, start) + 1
        end_line = line + found.count("\n")
        flush = start == 0 or text[start - 1] == "\n"
        yield Token(Kind(match.lastgroup), found, line, flush, end_line)
    yield Token(Kind.END, "", max(end_line, 1), flush=True, end_line=end_line)
