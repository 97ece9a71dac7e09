"""Taking a query apart as far as SERVICE needs: groups, their elements, and where SERVICE stands.

This reads SPARQL 1.1 §19.8 [52]-[68] by tokens. It is strict: what it does not know is refused, so
that a SERVICE is carried out only where its place in the algebra (§18.2.2.6) is certain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from comity.errors import ServiceUnsupportedError
from comity.model.tokens import place
from comity.store.federation.elements import Element, Group, Outline, Place, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.tokens import Token
    from comity.store.federation.elements import Kind

_NESTING: Final[dict[str, Kind]] = {"OPTIONAL": "optional", "MINUS": "minus"}
_VERBS: Final = frozenset({"A", "TRUE", "FALSE"})
_CLOSING: Final = {"(": ")", "{": "}"}


def read_outline(text: str, tokens: Sequence[Token]) -> Outline:
    """Return the outline of a query from its tokens behind the prologue, silent ones left out.

    Raises ServiceUnsupportedError for a SERVICE in an expression, in a GRAPH or in another SERVICE,
    and for what is no SPARQL 1.1.
    """
    reader = _Reader(text, tuple(tokens))
    dataset, where = reader.head()
    places = tuple(_places(where, ()))
    found = {place.service.start for place in places}
    for index, token in enumerate(tokens):
        if "SERVICE" in token.word and index not in found:
            reader.refuse(
                index,
                "stands in an expression, behind the pattern or in another SERVICE, where its "
                "answer cannot be put in place of it; write it into a group of the pattern",
            )
    return Outline(tuple(tokens), dataset, places)


def _places(group: Group, steps: tuple[Step, ...]) -> list[Place]:
    found = []
    for index, element in enumerate(group.elements):
        way = (*steps, Step(group, index))
        if element.kind == "service":
            found.append(Place(element, way))
        for inner in element.groups:
            found += _places(inner, way)
    return found


class _Reader:
    def __init__(self, text: str, tokens: tuple[Token, ...]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0

    def refuse(self, index: int, why: str) -> NoReturn:
        """Raise ServiceUnsupportedError that tells of a place."""
        token = self.tokens[min(index, len(self.tokens) - 1)]
        line, column = place(self.text, token.start)
        raise ServiceUnsupportedError(
            f"{token.text[:40]!r} in line {line}, column {column} {why}.", line=line, column=column
        )

    def head(self) -> tuple[tuple[int, int], Group]:
        """Return where FROM stands, and the pattern."""
        if self._word() == "CONSTRUCT" and self._text(1) == "{":
            self.at += 1
            self._skip()
        else:
            is_short = self._word() == "CONSTRUCT"
            self.at += 1
            if is_short:
                self.refuse(self.at, "begins a short CONSTRUCT, which takes no SERVICE")
        start = self._behind({"FROM", "WHERE", "{"})
        begin = self.at = start
        while self._text() and self._text() != "{" and self._word() != "WHERE":
            self.at += 1
        end = self.at
        self.at += self._word() == "WHERE"
        return (begin, end), self._group()

    def _behind(self, stops: set[str]) -> int:
        depth = 0
        for index in range(self.at, len(self.tokens)):
            token = self.tokens[index]
            if depth == 0 and (token.word in stops or token.text in stops):
                return index
            depth += (token.text == "(") - (token.text == ")")
        return self.refuse(len(self.tokens), "is the end of a query without a pattern")

    def _group(self) -> Group:
        if self._text() != "{":
            self.refuse(self.at, "stands where a group { … } belongs")
        self.at += 1
        if self._word() == "SELECT":
            return self._subselect()
        group = Group()
        while self._text() != "}":
            if not self._text():
                self.refuse(self.at, "is the end of a query with an open brace")
            group.elements.append(self._element())
        self.at += 1
        return group

    def _subselect(self) -> Group:
        start = self.at
        self.at = self._behind({"WHERE", "{"})
        self.at += self._word() == "WHERE"
        inner = self._group()
        while self._text() != "}":
            if self._text() in _CLOSING:
                self._skip()
            elif self._text():
                self.at += 1
            else:
                self.refuse(self.at, "is the end of a query with an open brace")
        element = Element("select", start, self.at, (inner,))
        self.at += 1
        return Group([element])

    def _element(self) -> Element:
        start = self.at
        if self._text() == "{":
            return self._union(start)
        readers = {
            "BIND": self._bind,
            "FILTER": self._filter,
            "GRAPH": self._graph,
            "MINUS": self._nested,
            "OPTIONAL": self._nested,
            "SERVICE": self._service,
            "VALUES": self._values,
        }
        return readers.get(self._word(), self._triples)(start)

    def _union(self, start: int) -> Element:
        groups = [self._group()]
        while self._word() == "UNION":
            self.at += 1
            groups.append(self._group())
        return Element("group", start, self.at, tuple(groups))

    def _nested(self, start: int) -> Element:
        kind = _NESTING[self._word()]
        self.at += 1
        group = self._group()
        return Element(kind, start, self.at, (group,))

    def _bind(self, start: int) -> Element:
        self.at += 1
        self._skip()
        return Element("bind", start, self.at)

    def _values(self, start: int) -> Element:
        self.at += 1
        if self._text() == "(":
            self._skip()
        else:
            self.at += 1
        self._skip()
        return Element("values", start, self.at)

    def _graph(self, start: int) -> Element:
        self.at += 2
        self._group()
        for token in self.tokens[start : self.at]:
            if "SERVICE" in token.word:
                self.refuse(start, "has a SERVICE in it, which knows no graph; close it before")
        return Element("graph", start, self.at)

    def _service(self, start: int) -> Element:
        self.at += 1
        silent = self._word() == "SILENT"
        self.at += silent
        name = self.at
        self.at += 1
        opening = self.at
        if self._text() != "{":
            self.refuse(self.at, "stands where the group { … } of SERVICE belongs")
        self._skip()
        inner = self.tokens[opening : self.at]
        for index, token in enumerate(inner):
            if "SERVICE" in token.word:
                self.refuse(
                    opening + index,
                    "stands in another SERVICE, and nobody is asked to ask a third one; write one "
                    "behind the other",
                )
        return Element(
            "service", start, self.at, silent=silent, name=name, braces=(opening, self.at - 1)
        )

    def _filter(self, start: int) -> Element:
        self.at += 1
        self.at += self._word() == "NOT"
        self.at += self._word() == "EXISTS" or self._text() != "("
        self._skip()
        return Element("filter", start, self.at)

    def _triples(self, start: int) -> Element:
        while self._text() not in {"{", "}", ""}:
            token = self.tokens[self.at]
            if token.kind == "word" and token.word not in _VERBS:
                if self.at == start or token.word not in {*_NESTING, *_STARTS}:
                    self.refuse(self.at, "is nothing that a query with SERVICE is read with here")
                break
            if token.text in {"<", ">", "~"}:
                self.refuse(self.at, "is of SPARQL 1.2, which goes with no SERVICE here")
            self.at += 1
        if self._text() == "{" and self._text(1) == "|":
            self.refuse(self.at, "is of SPARQL 1.2, which goes with no SERVICE here")
        return Element("triples", start, self.at)

    def _skip(self) -> None:
        """Go behind the bracket that closes the one that stands here."""
        opening = self._text()
        if opening not in _CLOSING:
            self.refuse(self.at, "stands where a bracket belongs")
        depth = 0
        for index in range(self.at, len(self.tokens)):
            depth += self.tokens[index].text == opening
            depth -= self.tokens[index].text == _CLOSING[opening]
            if depth == 0:
                self.at = index + 1
                return
        self.refuse(self.at, "is a bracket that nothing closes")

    def _text(self, ahead: int = 0) -> str:
        index = self.at + ahead
        return self.tokens[index].text if index < len(self.tokens) else ""

    def _word(self) -> str:
        return self.tokens[self.at].word if self.at < len(self.tokens) else ""


_STARTS: Final = frozenset({"GRAPH", "SERVICE", "FILTER", "BIND", "VALUES"})
