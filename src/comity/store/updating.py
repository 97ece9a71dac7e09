"""Reading an update before the engine does: its operations, what it may not do, its literals.

A request is cut into operations at token level, so that each can be carried out by itself and be
named when it fails. What the engine would reach out for never gets to it: LOAD is refused, or, when
SILENT, fails silently; SERVICE is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph

from comity.errors import ComityError, QuerySyntaxError, RefusedError, UsageError
from comity.model.tokens import SILENT, place, tokenize
from comity.store.answers import engine_faults
from comity.store.disarming import disarm
from comity.store.guard import refuse_excess, refuse_remote, require_escapes
from comity.store.prologue import Prologue, read_prologue, require_prefixes
from comity.store.quoting import quote
from comity.store.terms import is_valid_iri

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comity.model.tokens import Token
    from comity.store.prologue import Declaration

# The second of these fails before anything else is done, and the engine reads all before it begins.
_PARSE_ONLY: Final = "CREATE GRAPH <urn:x:parse>; CREATE GRAPH <urn:x:parse>; "
_FORMS: Final = frozenset(
    {"INSERT", "DELETE", "WITH", "CREATE", "CLEAR", "DROP", "ADD", "COPY", "MOVE"}
)
_LONGEST: Final = 120
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """An update text and the dataset that the request names for its WHERE, None for the store."""

    text: str
    using_graphs: tuple[str, ...] | None = None
    using_named_graphs: tuple[str, ...] | None = None

    @property
    def names_dataset(self) -> bool:
        """Tell whether the request names a dataset."""
        return self.using_graphs is not None or self.using_named_graphs is not None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: `name` is its first keyword, `prologue` the text that must stand before it.

    `tokens` are those that mean something; `parts` are their texts for the engine, each with a
    space before it where there was one.
    """

    name: str
    prologue: str
    tokens: tuple[Token, ...]
    parts: tuple[str, ...]

    def has(self, word: str) -> bool:
        """Tell whether a keyword stands in it outside of any brackets."""
        return any(token.word == word for token in _outside(self.tokens))


def read_update(request: UpdateRequest, base: str) -> list[Operation]:
    """Return the operations of an update; `base` resolves its relative IRIs.

    Raises QuerySyntaxError for what is no update, RefusedError for SERVICE and LOAD, UsageError for
    more than the engine stands, and for a dataset named both in the text and in the request.
    """
    text = request.text
    tokens = tokenize(text)
    pieces = [(piece, _is_silent_load(piece)) for piece in _pieces(tokens)]
    try:
        refuse_remote(" ; ".join(_joined(piece) for piece, skipped in pieces if not skipped))
    except RefusedError:
        _require_syntax_of_all(text, tokens, base)  # what is no update is that first of all
        raise
    refuse_excess(tokens)
    require_escapes(text, tokens)
    operations = []
    prologue = ""
    declarations: tuple[Declaration, ...] = ()
    for piece, skipped in pieces:
        own = read_prologue(text, piece)
        body = piece[own.end :] if own.end is not None else ()
        head = piece[: own.end] if own.end is not None else piece
        known = Prologue(declarations + own.declarations, 0)
        prologue += "".join(disarm(head, Prologue(own.declarations, None), base)) + "\n"
        declarations = tuple(_without_place(each) for each in known.declarations)
        if skipped or not body:
            continue
        _require_form(text, body[0])
        require_prefixes(text, body, known)
        parts = disarm(body, Prologue(declarations, 0), base)
        meant = [index for index, token in enumerate(body) if token.kind not in SILENT]
        operation = Operation(
            body[0].word,
            prologue,
            tuple(body[index] for index in meant),
            tuple(_spaced(body, parts, index) for index in meant),
        )
        _require_one_dataset(request, operation)
        _require_syntax(text, operation, base)
        operations.append(operation)
    _require_own_labels(text, operations)
    return operations


def _spaced(body: Sequence[Token], parts: Sequence[str], index: int) -> str:
    # Never where there was none: "-1" is a number, "- 1" is not.
    return f" {parts[index]}" if index and body[index - 1].kind in SILENT else parts[index]


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Yield the tokens between semicolons that stand outside of any brackets."""
    depth = begin = 0
    for index, token in enumerate(tokens):
        if token.kind == "sign":
            depth += (token.text in "{([") - (token.text in "})]")
            if token.text == ";" and depth == 0:
                yield tuple(tokens[begin:index])
                begin = index + 1
    yield tuple(tokens[begin:])


def _outside(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        if token.kind == "sign":
            depth += (token.text in "{([") - (token.text in "})]")
        elif depth == 0:
            yield token


def _joined(tokens: Sequence[Token]) -> str:
    # A comment is closed by the end of its line only.
    return "".join(token.text for token in tokens) + "\n"


def _require_form(text: str, first: Token) -> None:
    if first.word not in _FORMS:
        line, column = place(text, first.start)
        raise QuerySyntaxError(
            f"{quote(first.text)} in line {line}, column {column} begins no update; "
            "begin with INSERT, DELETE, WITH, CREATE, CLEAR, DROP, ADD, COPY or MOVE.",
            line=line,
            column=column,
        )


def _is_silent_load(piece: Sequence[Token]) -> bool:
    words = [token.word for token in _outside(piece) if token.kind not in SILENT]
    return any(words[at : at + 2] == ["LOAD", "SILENT"] for at in range(len(words)))


def _without_place(declaration: Declaration) -> Declaration:
    return type(declaration)(declaration.prefix, declaration.iri, ())


def _require_one_dataset(request: UpdateRequest, operation: Operation) -> None:
    if request.names_dataset and (operation.has("USING") or operation.has("WITH")):
        raise UsageError(
            "The update names its dataset with USING or WITH and the request names one too; "
            "leave out using-graph-uri and using-named-graph-uri, or the clauses."
        )
    for iri in (*(request.using_graphs or ()), *(request.using_named_graphs or ())):
        if not is_valid_iri(iri):
            raise UsageError(
                f"{quote(iri)} is no absolute IRI; name the graphs of the request by theirs."
            )


def _require_syntax(text: str, operation: Operation, base: str) -> None:
    """Raise QuerySyntaxError if the engine does not parse an operation; nothing of it is run."""
    before = operation.prologue + _PARSE_ONLY
    try:
        with engine_faults():
            pyoxigraph.Store().update(before + "".join(operation.parts), base_iri=base)
    except SyntaxError as error:
        message = error.msg
    except ComityError:
        return  # the failure that was asked for
    found = _PLACE.match(message)
    line, column = place(text, _position(operation, len(before), before, found))
    reason = " ".join((found[3] if found else message).split())
    shown = reason if len(reason) <= _LONGEST else "something else is expected"
    raise QuerySyntaxError(
        f"The update does not parse near line {line}, column {column}: {shown}; "
        "see SPARQL 1.1 Update §3 for what may stand there.",
        line=line,
        column=column,
    )


def _require_syntax_of_all(text: str, tokens: Sequence[Token], base: str) -> None:
    """Raise QuerySyntaxError if the engine does not parse a whole request; nothing of it is run."""
    end = read_prologue(text, tokens).end
    begin = len(text) if end is None else tokens[end].start
    try:
        with engine_faults():
            whole = text[:begin] + _PARSE_ONLY + text[begin:]
            pyoxigraph.Store().update(whole, base_iri=base)
    except SyntaxError as error:
        line, column = place(text, begin)
        if found := _PLACE.match(error.msg):
            shift = len(_PARSE_ONLY) if int(found[1]) == line else 0
            line, column = int(found[1]), max(int(found[2]) - shift, 1)
        raise QuerySyntaxError(
            f"The update does not parse near line {line}, column {column}; "
            "see SPARQL 1.1 Update §3 for what may stand there.",
            line=line,
            column=column,
        ) from None
    except ComityError:
        return  # the failure that was asked for


def _position(operation: Operation, skipped: int, before: str, found: re.Match[str] | None) -> int:
    """Return the place in the client's text of the place in the engine's message."""
    last = operation.tokens[-1]
    if found is None:
        return last.start
    lines = (before + "".join(operation.parts)).split("\n")
    offset = sum(len(line) + 1 for line in lines[: int(found[1]) - 1]) + int(found[2]) - 1 - skipped
    for token, part in zip(operation.tokens, operation.parts, strict=True):
        if offset < len(part):
            return token.start
        offset -= len(part)
    return last.start + len(last.text)


def _require_own_labels(text: str, operations: Sequence[Operation]) -> None:
    """Raise QuerySyntaxError for a blank node label in the data of two operations (§19.6)."""
    used: set[str] = set()
    for operation in operations:
        if operation.name != "INSERT" or operation.tokens[1].word != "DATA":
            continue
        labels = {token.text: token for token in operation.tokens if token.kind == "blank"}
        for label in sorted(used & set(labels)):
            line, column = place(text, labels[label].start)
            raise QuerySyntaxError(
                f"{label} in line {line}, column {column} stands in an earlier INSERT DATA too, "
                "and would be another node; give it another label.",
                line=line,
                column=column,
            )
        used |= set(labels)
