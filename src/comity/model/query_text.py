"""What the tokens of a SPARQL query tell without a parser: form, projection, variables, paging.

The engine stays the judge of whether a text is SPARQL; here only so much is read as the header's
promises need: which columns come out, where a parameter may stand, where conditions may be added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from comity.model.tokens import Token, place, spoken, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator

Form = Literal["select", "ask", "construct", "describe"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)

PARAMETER_SIGN: Final = "_"
_TIME_MARKER: Final = re.compile(r"#\s*time:\s*[?$](?P<variable>\w+)\s*")


@dataclass(frozen=True)
class Spot:
    """A name and the line (from 1) where it stands."""

    name: str
    line: int


@dataclass(frozen=True)
class QueryText:
    """The reading of one SPARQL text.

    `projected` is None for `SELECT *` and for the other forms. `misplaced` are parameters where no
    term may stand: in a projection, behind AS, in the head of VALUES. `outer` are the keywords of
    the outermost level, behind the form.
    """

    form: Form | None
    projected: tuple[Spot, ...] | None
    variables: tuple[Spot, ...]
    misplaced: tuple[Spot, ...]
    markers: tuple[Spot, ...]
    outer: frozenset[str]

    @property
    def parameters(self) -> tuple[Spot, ...]:
        """The variables that stand for a parameter, without the leading `_`, once each."""
        first: dict[str, Spot] = {}
        for spot in self.variables:
            if spot.name.startswith(PARAMETER_SIGN):
                name = spot.name.removeprefix(PARAMETER_SIGN)
                first.setdefault(name, Spot(name, spot.line))
        return tuple(first.values())


def read_query(text: str) -> QueryText:
    """Read a SPARQL text; raises QuerySyntaxError where it does not even fall into tokens."""
    everything = tokenize(text)
    tokens = spoken(everything)

    def spot(token: Token, name: str) -> Spot:
        return Spot(name, place(text, token.start)[0])

    start = _form_position(tokens)
    form = None if start is None else _form(tokens[start])
    head = [] if start is None else list(_projection(tokens, start + 1))
    starred = any(token.text == "*" for token in head)
    columns = tuple(spot(token, token.variable) for token in head if token.variable)
    return QueryText(
        form=form,
        projected=columns if form == "select" and not starred else None,
        variables=tuple(spot(token, token.variable) for token in tokens if token.variable),
        misplaced=tuple(
            spot(token, token.variable.removeprefix(PARAMETER_SIGN))
            for token in _termless(tokens)
            if token.variable.startswith(PARAMETER_SIGN)
        ),
        markers=tuple(
            spot(token, marker)
            for token, depth in with_depth(everything)
            if depth > 0 and (marker := time_marker(token))
        ),
        outer=frozenset(
            token.word for token, depth in with_depth(tokens[start or 0 :]) if depth == 0
        ),
    )


def time_marker(token: Token) -> str:
    """Return the variable of a comment `# time: ?variable`, or an empty text."""
    found = _TIME_MARKER.fullmatch(token.text) if token.kind == "comment" else None
    return found["variable"] if found else ""


def with_depth(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, int]]:
    """Yield each token with the number of braces that are open around it."""
    depth = 0
    for token in tokens:
        depth -= token.text == "}"
        yield token, depth
        depth += token.text == "{"


def _form_position(tokens: tuple[Token, ...]) -> int | None:
    """Return where the form's keyword stands, behind BASE and PREFIX; None if there is none."""
    position = 0
    while position < len(tokens) and tokens[position].word in {"BASE", "PREFIX"}:
        position += 2 if tokens[position].word == "BASE" else 3
    found = position < len(tokens) and tokens[position].word.lower() in FORMS
    return position if found else None


def _form(token: Token) -> Form:
    return next(form for form in FORMS if form == token.word.lower())


def _projection(tokens: tuple[Token, ...], position: int) -> Iterator[Token]:
    """Yield the variables that a SELECT puts out, and `*`, up to WHERE, FROM or a brace."""
    depth = 0
    for index in range(position, len(tokens)):
        token = tokens[index]
        if depth == 0 and (token.text == "{" or token.word in {"WHERE", "FROM"}):
            return
        depth += (token.text == "(") - (token.text == ")")
        named = depth == 1 and tokens[index - 1].word == "AS" and token.variable
        if named or (depth == 0 and (token.variable or token.text == "*")):
            yield token


def _termless(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the variables that stand where the grammar takes a variable only."""
    for index, token in enumerate(tokens):
        if token.word == "SELECT":
            yield from _projection(tokens, index + 1)
        elif token.word == "AS" or (token.word == "VALUES" and tokens[index + 1].text != "("):
            yield from tokens[index + 1 : index + 2]
        elif token.word == "VALUES":
            for other in tokens[index + 2 :]:
                if not other.variable:
                    break
                yield other
