"""Turtle read into statements with their lines, going on after each fault.

A statement that cannot be read is reported and skipped, so that the rest of its file is still
checked and a slip in one place does not make the things of the whole file unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from comity.model.terms import RDF, XSD
from comity.store.terms import BlankNode, Iri, Literal, Term, tagged
from comity.validation.cursor import Cursor, Fault, UnreadableError, unescape, unreadable
from comity.validation.tokens import Kind, Token

TYPE: Final = f"{RDF}type"

_CLOSING: Final = {"[": "]", "(": ")"}
_BOOLEANS: Final = ("true", "false")


class Statement(NamedTuple):
    """One triple and where it stands: the line of its value and of its subject."""

    subject: str
    """An IRI, or `_:` and a label for a blank node."""
    predicate: str
    object: Term
    line: int
    subject_line: int


@dataclass(frozen=True)
class Reading:
    """What was read of a text."""

    statements: list[Statement]
    faults: list[Fault]
    declared: dict[str, tuple[str, int]]
    """Prefix to namespace and line."""
    repeated: list[tuple[str, int]]
    """Prefix and line of each declaration after the first."""
    used: dict[str, int]
    """Prefix to the line of its first use."""
    blanks: list[tuple[int, str]]
    """Line and first sign of every blank node as written."""


def read(text: str) -> Reading:
    """Return the statements, prefixes and faults of a Turtle text; never raises for its content."""
    return _Reader(text).run()


class _Reader(Cursor):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.statements: list[Statement] = []
        self.blanks: list[tuple[int, str]] = []
        self.subject = ("", 0)

    def run(self) -> Reading:
        while self.token.kind is not Kind.END:
            start = self.position
            try:
                self.read_statement()
            except UnreadableError as jump:
                if self.position == start:
                    self.take()
                if not self.faults or self.faults[-1].line != jump.fault.line:
                    self.faults.append(jump.fault)
                self.skip_to_next_subject()
        return Reading(
            *(self.statements, self.faults, self.declared, self.repeated, self.used, self.blanks)
        )

    # --- statements

    def read_statement(self) -> None:
        token = self.token
        keyword = token.text.lower()
        if token.kind is Kind.AT or (token.kind is Kind.WORD and keyword in {"prefix", "base"}):
            self.read_directive(keyword.lstrip("@"))
            return
        mark = (self.position, len(self.statements), len(self.faults))
        try:
            self.read_triples()
        except UnreadableError:
            if token.flush or not self.subject[1]:
                raise
            self.go_on_with_subject(*mark)

    def read_triples(self) -> None:
        token = self.token
        subject = self.read_subject()
        if not (self.at_mark(".") and token.text == "["):
            self.read_predicates(subject, token.line)
        self.subject = (subject, token.line)
        self.end_statement()

    def go_on_with_subject(self, position: int, statements: int, faults: int) -> None:
        """Read anew an indented line that makes no statement of its own: a `.` stood for a `;`."""
        self.position = position
        del self.statements[statements:]
        del self.faults[faults:]
        token, last = self.token, self.tokens[position - 1]
        self.report(
            last.line,
            f"The line ends with `.` but line {token.line} goes on with {token.text}; write `;`.",
            last.text,
        )
        self.read_predicates(*self.subject)
        self.end_statement()

    def read_directive(self, keyword: str) -> None:
        with_dot = self.take().kind is Kind.AT
        if keyword == "prefix":
            name = self.token
            if name.kind is not Kind.NAME or not name.text.endswith(":"):
                raise self.fail("the name of a prefix and a colon")
            self.take()
            if self.token.kind is not Kind.IRI:
                raise self.fail("the prefix's namespace in angle brackets")
            self.declare(name.text[:-1], self.iri(self.take()), name.line)
        elif keyword == "base" and self.token.kind is Kind.IRI:
            self.base = self.iri(self.take())
        else:
            raise self.fail("@prefix or a subject")
        if with_dot:
            self.end_statement()

    def end_statement(self) -> None:
        if self.at_mark("."):
            self.take()
        else:
            self.report_missing("`.`")

    # --- predicates and values

    def read_predicates(self, subject: str, subject_line: int) -> None:
        while True:
            predicate = self.read_predicate()
            self.read_values(subject, predicate, subject_line)
            if self.at_mark(".", "]") or self.token.kind is Kind.END:
                return
            if self.at_mark(";"):
                while self.at_mark(";"):
                    self.take()
                if self.at_mark(".", "]") or self.token.flush:
                    return
            elif self.token.flush or self.token.kind not in {Kind.NAME, Kind.IRI, Kind.WORD}:
                return  # the caller reports the missing full stop
            else:
                self.report_missing("`;`")

    def read_values(self, subject: str, predicate: str, subject_line: int) -> None:
        while True:
            line = self.token.line
            value = self.read_object()
            if subject and predicate and value is not None:
                self.statements.append(Statement(subject, predicate, value, line, subject_line))
            if not self.at_mark(","):
                return
            self.take()

    def read_subject(self) -> str:
        if self.token.kind in {Kind.IRI, Kind.NAME}:
            return self.read_name()
        if self.token.kind is Kind.BLANK or self.at_mark("[", "("):
            node = self.read_object()
            return f"_:{node.id}" if isinstance(node, BlankNode) else ""
        raise self.fail("a subject")

    def read_predicate(self) -> str:
        if self.token.kind is Kind.WORD and self.token.text == "a":
            self.take()
            return TYPE
        if self.token.kind in {Kind.IRI, Kind.NAME}:
            return self.read_name()
        raise self.fail("a property")

    def read_object(self) -> Term | None:
        token = self.token
        value: Term | None = None
        if token.kind in {Kind.IRI, Kind.NAME}:
            iri = self.read_name()
            value = Iri(iri) if iri else None
        elif token.kind is Kind.TEXT:
            value = self.read_literal()
        elif token.kind is Kind.NUMBER:
            value = number(self.take().text)
        elif token.kind is Kind.WORD and token.text in _BOOLEANS:
            value = Literal(self.take().text, f"{XSD}boolean")
        elif token.kind is Kind.BLANK:
            self.blanks.append((token.line, token.text))
            value = BlankNode(self.take().text[2:])
        elif self.at_mark("[", "("):
            value = self.read_nested(token)
        elif token.kind is Kind.BAD:
            self.report(token.line, unreadable(token), self.take().text)
        else:
            raise self.fail("a value")
        return value

    def read_name(self) -> str:
        token = self.take()
        return self.iri(token) if token.kind is Kind.IRI else self.name(token)

    def read_nested(self, opening: Token) -> BlankNode:
        """Read `[…]` or `(…)`; a list keeps its members as values of rdf:first and rdf:rest."""
        label = f"line{opening.line}.{self.position}"
        self.take()
        self.blanks.append((opening.line, opening.text))
        if opening.text == "(":
            self.read_list(label, opening.line)
        elif not self.at_mark("]"):
            self.read_predicates(f"_:{label}", opening.line)
        if not self.at_mark(_CLOSING[opening.text]):
            raise self.fail(f"`{_CLOSING[opening.text]}`")
        self.take()
        return BlankNode(label)

    def read_list(self, label: str, line: int) -> None:
        node, count = f"_:{label}", 0
        while not self.at_mark(")") and self.token.kind is not Kind.END:
            place = self.token.line
            value = self.read_object()
            if count:
                rest = BlankNode(f"{label}.{count}")
                self.statements.append(Statement(node, f"{RDF}rest", rest, place, line))
                node = f"_:{rest.id}"
            if value is not None:
                self.statements.append(Statement(node, f"{RDF}first", value, place, line))
            count += 1
        self.statements.append(Statement(node, f"{RDF}rest", Iri(f"{RDF}nil"), line, line))

    def read_literal(self) -> Literal:
        lexical = unquote(self.take().text)
        if self.token.kind is Kind.AT:
            return tagged(lexical, self.take().text[1:])
        if self.at_mark("^^"):
            self.take()
            if self.token.kind not in {Kind.IRI, Kind.NAME}:
                raise self.fail("a datatype")
            datatype = self.read_name()
            return Literal(lexical, datatype) if datatype else Literal(lexical)
        return Literal(lexical)


def number(text: str) -> Literal:
    """Return the literal of a number that is written without quotation marks."""
    kind = "double" if "e" in text.lower() else "decimal" if "." in text else "integer"
    return Literal(text, f"{XSD}{kind}")


def unquote(text: str) -> str:
    """Return the text between quotation marks, one or three of either kind."""
    width = 3 if text.startswith(('"""', "'''")) else 1
    return unescape(text[width:-width])
