"""A query with SERVICE as a text: which endpoints it names, and what of it goes where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from comity.errors import (
    QuerySyntaxError,
    QueryTooComplexError,
    ServiceDisabledError,
    ServiceUnsupportedError,
)
from comity.model.tokens import SILENT, place, tokenize
from comity.store.disarming import iri_of
from comity.store.federation.outline import read_outline
from comity.store.guard import refuse_excess
from comity.store.prologue import read_prologue, require_prefixes
from comity.store.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from comity.model.tokens import Token
    from comity.store.federation.elements import Element, Outline, Place
    from comity.store.prologue import Declaration, Prologue

MOST_CHARACTERS: Final = 20_000
MOST_SERVICES: Final = 8

_KEYWORD: Final = re.compile("service", re.IGNORECASE)
_ESCAPE: Final = re.compile(r"\\u|\\U")
_NO_NEWLINE: Final = re.compile(r"[^\r\n]")
_ALL: Final = frozenset({"SELECT", "DISTINCT", "REDUCED", "DESCRIBE"})
_FORMS: Final = frozenset({"ASK", "CONSTRUCT", "DESCRIBE", "SELECT"})
_PLAIN: Final = frozenset({"", "A", "TRUE", "FALSE"})


@dataclass(frozen=True)
class Federated:
    """A query with SERVICE; `endpoints` are the names of those it asks, one for each place."""

    text: str
    prologue: str
    outline: Outline
    endpoints: tuple[str, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where SERVICE stands, in the order of the text."""
        return self.outline.places

    @property
    def dataset(self) -> str:
        """The FROM clauses."""
        start, end = self.outline.dataset
        return self._joined(start, end)

    def source(self, service: Element) -> str:
        """Return a SERVICE as it is written."""
        return self.text[self._begin(service.start) : self._end(service.end)]

    def inside(self, service: Element) -> str:
        """Return what stands between the braces of a SERVICE, without comments."""
        opening, closing = service.braces
        return self._joined(opening + 1, closing)

    def is_plain(self, service: Element) -> bool:
        """Tell whether there are nothing but triples in it, which join with whatever is beside."""
        opening, closing = service.braces
        inner = self.outline.tokens[opening + 1 : closing]
        return all(token.word in _PLAIN and token.text not in "{}" for token in inner)

    def scope_query(self, service: Element) -> str:
        """Return a query without rows whose columns are what a SERVICE may bind (§18.2.1).

        Each character of the group stands where it stood, so that errors name its place.
        """
        first = self.outline.tokens[0].start
        opening, closing = service.braces
        start, group = self._begin(service.start), self._begin(opening)
        between = _blank(self.text[start + len("SELECT*") : group])
        head = self.text[:first] + _blank(self.text[first:start])
        return f"{head}SELECT*{between}{self.text[group : self._end(closing + 1)]} LIMIT 0"

    def used(self, service: Element) -> frozenset[str] | None:
        """Return the variables that stand outside of a SERVICE, or None if all are asked for."""
        tokens = self.outline.tokens
        around = (*range(service.start), *range(service.end, len(tokens)))
        if any(tokens[i].text == "*" and i and tokens[i - 1].word in _ALL for i in around):
            return None
        return frozenset(tokens[i].variable for i in around if tokens[i].variable)

    def replaced(self, texts: Sequence[str]) -> str:
        """Return the query with a text in the place of each SERVICE."""
        parts, last = [], 0
        for each, text in zip(self.places, texts, strict=True):
            service = each.service
            begin, end = self._begin(service.start), self._end(service.end)
            parts += [self.text[last:begin], _fitted(f" {text}", self.text[begin:end])]
            last = end
        return "".join((*parts, self.text[last:]))

    @cached_property
    def skeleton(self) -> str:
        """The query with no solutions in the place of each SERVICE."""
        return self.replaced(["VALUES(){}"] * len(self.places))

    def _begin(self, index: int) -> int:
        return self.outline.tokens[index].start

    def _end(self, index: int) -> int:
        token = self.outline.tokens[index - 1]
        return token.start + len(token.text)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The texts of the tokens of the outline, with a blank before where something stood.

        Never where there was none: `-1` is a number, `- 1` is not, and `IN (` is not `CONCAT(`.
        """
        ends = [0, *(token.start + len(token.text) for token in self.outline.tokens)]
        return tuple(
            f" {token.text}" if token.start > end else token.text
            for token, end in zip(self.outline.tokens, ends, strict=False)
        )

    def _joined(self, start: int, end: int) -> str:
        return "".join(self.parts[start:end])


def read_federated(text: str, allowed: Collection[str], base: str) -> Federated | None:
    """Return a query with SERVICE, or None for one without; `base` resolves its relative IRIs.

    Raises ServiceDisabledError for an endpoint that is not allowed or is a variable,
    ServiceUnsupportedError where SERVICE cannot be carried out, QueryTooComplexError for a text or
    a number of them beyond what is taken.
    """
    if not _KEYWORD.search(text):
        return None
    if len(text) > MOST_CHARACTERS:
        return None  # a reader reads it, and refuses the keyword
    try:
        tokens = tokenize(text)
    except QuerySyntaxError:
        return None  # a reader tells what is wrong
    if not any("SERVICE" in token.word for token in tokens):
        return None
    prologue = read_prologue(text, tokens)
    if prologue.end is None or tokens[prologue.end].word not in _FORMS:
        return None
    refuse_excess(tokens)
    require_prefixes(text, tokens, prologue)
    body = tokens[prologue.end :]
    outline = read_outline(text, [token for token in body if token.kind not in SILENT])
    if len(outline.places) > MOST_SERVICES:
        raise QueryTooComplexError(
            f"The query has {len(outline.places)} SERVICE, more than {MOST_SERVICES}; ask in "
            "several queries."
        )
    found = tuple(_endpoint(text, each, outline, prologue, base) for each in outline.places)
    for each, name in zip(outline.places, found, strict=True):
        _require_allowed(text, outline.tokens[each.service.name], name, allowed)
        _require_plain_text(text, outline, each.service)
    written = " ".join((f"BASE <{base}>", *(_declared(each) for each in prologue.declarations)))
    return Federated(text, written, outline, found)


def _declared(declaration: Declaration) -> str:
    if declaration.prefix is None:
        return f"BASE {declaration.iri}"
    return f"PREFIX {declaration.prefix}: {declaration.iri}"


def _endpoint(text: str, each: Place, outline: Outline, prologue: Prologue, base: str) -> str:
    token = outline.tokens[each.service.name]
    if token.kind in {"iri", "name"}:
        return iri_of(token, prologue, base)
    line, column = place(text, token.start)
    if token.kind == "variable":
        raise ServiceDisabledError(
            f"SERVICE {token.text} in line {line}, column {column} leaves open which endpoint is "
            "asked; name one of the list of this server by its IRI."
        )
    raise ServiceUnsupportedError(
        f"SERVICE in line {line}, column {column} names no endpoint; write its IRI.",
        line=line,
        column=column,
    )


def _require_allowed(text: str, token: Token, name: str, allowed: Collection[str]) -> None:
    if name in allowed:
        return
    line, column = place(text, token.start)
    raise ServiceDisabledError(
        f"SERVICE {quote(name)} in line {line}, column {column} is not asked by this server, which "
        f"asks {', '.join(allowed)} only; query that endpoint by itself and join the answers."
    )


def _require_plain_text(text: str, outline: Outline, service: Element) -> None:
    r"""Refuse what two endpoints may read in two ways: `\u` and nodes of the other side."""
    opening, closing = service.braces
    inner = outline.tokens[opening : closing + 1]
    outer = (*outline.tokens[: service.start], *outline.tokens[service.end :])
    shared = {each.text for each in outer if each.kind == "blank"}
    for token in inner:
        why = ""
        if _ESCAPE.search(token.text):
            why = "has an escape by number; write the character itself"
        elif token.kind == "blank" and token.text in shared:
            why = "is a node on both sides of SERVICE, which is none; use a variable"
        if why:
            line, column = place(text, token.start)
            raise ServiceUnsupportedError(
                f"{quote(token.text)} in line {line}, column {column} {why}.",
                line=line,
                column=column,
            )


def _blank(text: str) -> str:
    return _NO_NEWLINE.sub(" ", text)


def _fitted(text: str, original: str) -> str:
    """Return a text with blanks behind, so that what follows stays in its line."""
    blank = _blank(original)
    fits = "\n" not in blank[: len(text)] and "\r" not in blank[: len(text)]
    return f"{text} {blank[len(text) :]}" if fits else f"{text} {blank}"
