"""Turtle that is plainly written, read a statement at a time instead of a token at a time.

What the engine takes for Turtle, and what uses nothing but names, IRIs and literals, is read here
in a fraction of the time that `reading` needs. Anything else makes it give up, and `reading` has
its turn; so do prefixes that mean something else than everywhere, so that files share their terms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, XSD
from comity.store.terms import Iri, Literal, tagged
from comity.validation.reading import TYPE, Reading, Statement, number, unquote

if TYPE_CHECKING:
    from comity.store.terms import Term

# All quantifiers that could give way do not, so that nothing is read in two ways.
_SPACE: Final = r"(?:\s+|\#[^\n]*)*+"
_IRI: Final = r"<[A-Za-z][\w.+-]*:[^<>\"{}|^`\\\s]*>"
_NAME: Final = r"[A-Za-z]\w*:[\w-]++(?:[.:]+[\w-]+)*+"
_TEXT: Final = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|\"(?!\"\")[^\"\\\n]*(?:\\.[^\"\\\n]*)*\""
)
_LITERAL: Final = (
    rf"(?:{_TEXT})(?:@[A-Za-z]++(?:-[A-Za-z0-9]+)*+|\^\^(?:{_NAME}|{_IRI}))?+"
    r"|[+-]?\d++(?:\.\d+)?+|(?:true|false)(?![\w:])"
)
_OBJECT: Final = rf"({_NAME}|{_IRI}|{_LITERAL}){_SPACE}(,|;(?:{_SPACE};)*(?:{_SPACE}\.)?|\.)"
_PREDICATE: Final = rf"(a(?=\s)|{_NAME}|{_IRI}){_SPACE}{_OBJECT}"
# What may follow the last sign of a statement: a full stop, a semicolon, a comma.
_NEXT: Final = {
    ".": re.compile(rf"{_SPACE}({_NAME}|{_IRI}){_SPACE}{_PREDICATE}", re.DOTALL),
    ";": re.compile(rf"{_SPACE}(){_PREDICATE}", re.DOTALL),
    ",": re.compile(rf"{_SPACE}()(){_OBJECT}", re.DOTALL),
}
_DIRECTIVE: Final = re.compile(rf"{_SPACE}@prefix\s+([A-Za-z]\w*):\s+<([^<>\\]*)>\s*\.")
_END: Final = re.compile(rf"{_SPACE}\Z")


class Words:
    """The terms of all files of a run by how they are written, so that each is made once."""

    def __init__(self) -> None:
        """Know none."""
        self._terms: dict[str, Term] = {}

    def term(self, raw: str) -> Term:
        """Return the term of a name, an IRI or a literal."""
        found = self._terms.get(raw)
        if found is None:
            found = self._terms[raw] = _term(raw)
        return found

    def iri(self, raw: str) -> str:
        """Return the IRI of a subject or property."""
        term = self.term(raw)
        return term.value if isinstance(term, Iri) else ""


def read_plain(text: str, words: Words) -> Reading | None:
    """Return what `read` would return for a text that the engine takes, None if it is not plain."""
    declared: dict[str, tuple[str, int]] = {}
    repeated: list[tuple[str, int]] = []
    position, line = 0, 1
    while match := _DIRECTIVE.match(text, position):
        prefix, space = match.groups()
        if PREFIXES.get(prefix) != space:
            return None
        line += text.count("\n", position, match.start(1))
        if prefix in declared:
            repeated.append((prefix, line))
        declared[prefix] = (space, line)
        line += text.count("\n", match.start(1), match.end())
        position = match.end()
    statements: list[Statement] = []
    seen: dict[str, int] = {}  # what is written, with its first line
    subject = predicate = ""
    subject_line, sign, of, iri = line, ".", words.term, words.iri
    while match := _NEXT[sign].match(text, position):
        subject_raw, predicate_raw, raw, signs = match.groups()
        if subject_raw:
            subject = iri(subject_raw)
            subject_line = line + text.count("\n", position, match.start(1))
            seen.setdefault(subject_raw, subject_line)
        if predicate_raw:
            predicate = TYPE if predicate_raw == "a" else iri(predicate_raw)
            if predicate_raw not in seen:
                seen[predicate_raw] = line + text.count("\n", position, match.start(2))
        start = match.start(3)
        line += text.count("\n", position, start)
        seen.setdefault(raw, line)
        statements.append(Statement(subject, predicate, of(raw), line, subject_line))
        position, sign = match.end(), signs[-1]
        line += text.count("\n", start, position)
    if sign != "." or not _END.match(text, position):
        return None
    return Reading(statements, [], declared, repeated, _used(seen), [])


def _term(raw: str) -> Term:
    if raw[0] == "<":
        return Iri(raw[1:-1])
    if raw[0] == '"':
        end = raw.rindex('"') + 1
        lexical, kind = unquote(raw[:end]), raw[end:]
        if kind.startswith("@"):
            return tagged(lexical, kind[1:])
        return Literal(lexical, _name(kind[2:])) if kind else Literal(lexical)
    if raw in {"true", "false"}:
        return Literal(raw, f"{XSD}boolean")
    return number(raw) if raw[0] in "+-0123456789" else Iri(_name(raw))


def _name(raw: str) -> str:
    if raw.startswith("<"):
        return raw[1:-1]
    prefix, _, local = raw.partition(":")
    return PREFIXES[prefix] + local


def _used(seen: dict[str, int]) -> dict[str, int]:
    used: dict[str, int] = {}
    for raw, line in seen.items():
        name = raw.rpartition("^^")[2] if raw[0] == '"' else raw
        if name[0] not in '<"' and ":" in name:
            used.setdefault(name.partition(":")[0], line)
    return used
