"""Pre-bound variables for all focus nodes at once (SHACL §5.3.1 and appendix A).

SHACL lets a query be run once for each focus node, with `$this` bound everywhere in it: in nested
groups too, where SPARQL would not see it. The same answer comes from one run when every group
begins with a pattern that binds `$this` to each focus node, since all groups agree on it. What is
the same for all nodes, such as a parameter, takes the place of its variable.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.validation.compiled.errors import NotCompiledError, ShapesError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"{3}
        | '{3}(?:(?:'|'')?(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.\-]*:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*|@[\w-]+)
    | (?P<word>\w+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_REFUSED: Final = {
    "MINUS": "leave it out or write FILTER NOT EXISTS",
    "VALUES": "leave it out or write FILTER with IN",
    "SERVICE": "ask the graph itself",
}
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})
_AFTER_GROUP: Final = frozenset({"HAVING", "ORDER", "LIMIT", "OFFSET"})


class Token(NamedTuple):
    """A part of a query's text, and the spaces and comments before it."""

    kind: str
    text: str
    space: str = ""

    @property
    def word(self) -> str:
        """The keyword in capitals, empty for what is none."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The variable's name, empty for what is none."""
        return self.text[1:] if self.kind == "variable" else ""


class Query(NamedTuple):
    """A query whose groups bind the focus nodes; `one_by_one` if it holds for one node at a time.

    `prologue` is what stands before SELECT or ASK.
    """

    prologue: str
    text: str
    one_by_one: bool


def tokens(text: str) -> list[Token]:
    """Return the tokens of a query."""
    found, space = [], ""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "space":
            space += match.group()
        else:
            found.append(Token(match.lastgroup or "sign", match.group(), space))
            space = ""
    return found


def check(found: list[Token], bound: Collection[str]) -> None:
    """Raise ShapesError where a query does what pre-binding forbids (SHACL appendix A).

    `bound` are the variables that every nested SELECT has to hand on.
    """
    for number, token in enumerate(found):
        if token.word in _REFUSED:
            raise ShapesError(
                f"A query of the shapes has {token.word}, which SHACL forbids; "
                f"{_REFUSED[token.word]}."
            )
        after = found[number + 1].variable if number + 1 < len(found) else ""
        if token.word == "AS" and after in {*bound, "shapesGraph", "currentShape"}:
            raise ShapesError(
                f"A query of the shapes has AS ${after}, which is bound already; take another name."
            )
        if token.word == "SELECT" and number and found[number - 1].text == "{":
            names = {each.variable for each in _projection(found, number)}
            if missing := set(bound) - names:
                raise ShapesError(
                    f"A nested SELECT of the shapes leaves out ${min(missing)}; name it there."
                )


def bind(
    text: str,
    constants: Mapping[str, str],
    injected: str,
    bound: Collection[str],
    shapes_graph: str,
) -> Query:
    """Return a query that holds for all focus nodes.

    `constants` are the texts that stand for variables, `injected` is the pattern that binds the
    others, `bound` are the variables that it binds, `shapes_graph` is the one graph that GRAPH may
    name. Raises ShapesError for what SHACL forbids, NotCompiledError for what needs each node by
    itself.
    """
    found = tokens(text)
    check(found, {*bound, *(set(constants) - {"PATH", "shapesGraph", "currentShape"})})
    start = next((n for n, each in enumerate(found) if each.word in {"SELECT", "ASK"}), None)
    if start is None:
        raise ShapesError("A query of the shapes is neither SELECT nor ASK; write one of them.")
    _require_sets(found)
    parts = _Rewriter(found, constants, injected, shapes_graph).write(start)
    prologue = "".join(f"{each.space}{each.text}" for each in found[:start])
    one_by_one = any(each.word in {"LIMIT", "OFFSET"} for each in found)
    return Query(prologue, "".join(parts), one_by_one)


def _require_sets(found: list[Token]) -> None:
    """Raise NotCompiledError where an answer for all nodes is not the answers for each."""
    depth = 0
    open_: dict[int, bool] = {}  # by depth, whether a SELECT aggregates and is not grouped so far
    for number, token in enumerate(found):
        depth += (token.text == "{") - (token.text == "}")
        if token.word == "FROM":
            raise NotCompiledError("its query names a dataset")
        if token.word == "SELECT":
            _require_grouped(open_.pop(depth, False))
            words = takewhile(lambda word: word not in {"{", "WHERE"}, _words(found[number + 1 :]))
            open_[depth] = not _AGGREGATES.isdisjoint(words)
        elif token.word == "GROUP":
            if "this" not in {each.variable for each in _group(found, number)}:
                raise NotCompiledError("its query groups by something else than $this")
            open_[depth] = False
        elif token.word == "HAVING":
            _require_grouped("GROUP" not in _words(found[:number]))
    _require_grouped(any(open_.values()))


def _words(found: list[Token]) -> Iterator[str]:
    return (each.word or each.text for each in found)


def _require_grouped(lacks: bool) -> None:
    if lacks:
        raise NotCompiledError("its query aggregates without grouping by $this")


def _projection(found: list[Token], number: int) -> Iterator[Token]:
    """Yield the tokens between SELECT and its group that are not in parentheses."""
    depth = 0
    for token in found[number + 1 :]:
        if token.text == "{" or token.word == "WHERE":
            return
        depth += (token.text == "(") - (token.text == ")")
        if not depth:
            yield token


def _group(found: list[Token], number: int) -> Iterator[Token]:
    for token in found[number + 2 :]:
        if token.text == "}" or token.word in _AFTER_GROUP:
            return
        yield token


class _Rewriter:
    """Writes a query again, token by token."""

    def __init__(
        self, found: list[Token], constants: Mapping[str, str], injected: str, shapes_graph: str
    ) -> None:
        self._found = found
        self._constants = constants
        self._injected = injected
        self._shapes_graph = shapes_graph
        self._listing = False  # between SELECT or GROUP BY and what comes after the variables
        self._depth = 0

    def write(self, start: int) -> Iterator[str]:
        """Yield the text from the first SELECT or ASK on."""
        number = start
        if self._found[start].word == "SELECT":
            yield _select(self._found, start, self._at(start + 1))
            number += 1 + (self._at(start + 1).word in {"DISTINCT", "REDUCED"})
            self._listing = True
        while number < len(self._found):
            token = self._found[number]
            self._follow(token)
            if self._is_bound_constant(number):
                yield f"{token.space}(true)"
                number += 4
                continue
            yield self._written(number, token)
            if token.text == "{" and self._at(number + 1).word != "SELECT":
                yield f" {self._injected} "
            number += 1

    def _at(self, number: int) -> Token:
        return self._found[number] if number < len(self._found) else Token("sign", "")

    def _follow(self, token: Token) -> None:
        if token.word in {"SELECT", "GROUP"}:
            self._listing = True
        elif token.text in {"{", "}"} or token.word in {"WHERE", *_AFTER_GROUP}:
            self._listing = False
        self._depth += (token.text == "(") - (token.text == ")")

    def _is_bound_constant(self, number: int) -> bool:
        """Tell whether BOUND is asked of a variable that is replaced by a term."""
        return (
            self._found[number].word == "BOUND"
            and self._at(number + 1).text == "("
            and self._at(number + 2).variable in self._constants
        )

    def _written(self, number: int, token: Token) -> str:
        if token.word == "GRAPH":
            self._require_shapes_graph(self._at(number + 1))
        before = self._at(number - 1).variable in self._constants
        space = token.space or (" " if before else "")
        name = token.variable
        if name in self._constants:
            hidden = self._listing and not self._depth
            return space if hidden else f"{space}{self._constants[name]}"
        return f"{space}?{name}" if name else f"{space}{token.text}"

    def _require_shapes_graph(self, named: Token) -> None:
        name = self._constants.get(named.variable) if named.variable else named.text
        if name != self._shapes_graph:
            raise NotCompiledError("its query looks into named graphs")


def _select(found: list[Token], number: int, after: Token) -> str:
    names = {each.text for each in _projection(found, number)}
    keyword = f"SELECT {after.text}" if after.word in {"DISTINCT", "REDUCED"} else "SELECT"
    return keyword if names & {"*", "?this", "$this"} else f"{keyword} ?this"
