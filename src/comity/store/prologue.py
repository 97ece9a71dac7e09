"""The prologue of a query: BASE, PREFIX and VERSION declarations before the form's keyword."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import QuerySyntaxError
from comity.model.terms import PREFIXES
from comity.model.tokens import SILENT, place
from comity.store.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.tokens import Token

_ARGUMENTS: Final[dict[str, tuple[str, ...]]] = {
    "BASE": ("iri",),
    "PREFIX": ("name", "iri"),
    "VERSION": ("string",),
}
_HINTS: Final = {
    "BASE": "BASE takes an IRI in angle brackets",
    "PREFIX": "PREFIX takes a name that ends in ':' and an IRI in angle brackets",
    "VERSION": "VERSION takes a string",
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """A BASE (`prefix` is None) or PREFIX with its IRI as written, and where its tokens stand."""

    prefix: str | None
    iri: str
    indexes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prologue:
    """The declarations in order, and the index of the first token behind them, if there is one."""

    declarations: tuple[Declaration, ...]
    end: int | None

    @property
    def prefixes(self) -> tuple[Declaration, ...]:
        """The PREFIX declarations."""
        return tuple(each for each in self.declarations if each.prefix is not None)


def read_prologue(text: str, tokens: Sequence[Token]) -> Prologue:
    """Return the prologue of a text; raises QuerySyntaxError for a broken declaration."""
    meaningful = [index for index, token in enumerate(tokens) if token.kind not in SILENT]
    declarations = []
    position = 0
    while position < len(meaningful):
        word = tokens[meaningful[position]].word
        if word not in _ARGUMENTS:
            break
        size = len(_ARGUMENTS[word]) + 1
        indexes = tuple(meaningful[position : position + size])
        arguments = [tokens[index] for index in indexes[1:]]
        if not _fits(word, arguments):
            line, column = place(text, tokens[indexes[0]].start)
            raise QuerySyntaxError(
                f"{_HINTS[word]}; the one in line {line}, column {column} has something else.",
                line=line,
                column=column,
            )
        if word != "VERSION":
            prefix = None if word == "BASE" else arguments[0].text.removesuffix(":")
            declarations.append(Declaration(prefix, arguments[-1].text, indexes))
        position += size
    end = meaningful[position] if position < len(meaningful) else None
    return Prologue(tuple(declarations), end)


def require_prefixes(text: str, tokens: Sequence[Token], prologue: Prologue) -> None:
    """Raise QuerySyntaxError, with the line to add, for the first prefix that is not declared."""
    declared = {declaration.prefix for declaration in prologue.prefixes}
    for token in tokens[prologue.end or 0 :]:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared:
            line, column = place(text, token.start)
            raise QuerySyntaxError(
                f"The prefix of {quote(token.text)} in line {line}, column {column} is not "
                f"declared; put PREFIX {prefix[:40]}: <{PREFIXES.get(prefix, '…')}> at the top.",
                line=line,
                column=column,
            )


def _fits(word: str, arguments: Sequence[Token]) -> bool:
    kinds = tuple(token.kind for token in arguments)
    declared = (
        word != "PREFIX"
        or not arguments
        or arguments[0].text.find(":") == len(arguments[0].text) - 1
    )
    return kinds == _ARGUMENTS[word] and declared
