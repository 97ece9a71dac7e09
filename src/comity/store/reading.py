"""Reading a query before the engine does: its form, its dataset, and whether it may run at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import QuerySyntaxError
from comity.model.tokens import place, spoken, tokenize
from comity.store.disarming import disarm
from comity.store.formats import Kind  # noqa: TC001 - a field of a NamedTuple
from comity.store.guard import refuse_excess, refuse_remote, require_escapes
from comity.store.lanes import shape_of
from comity.store.prologue import read_prologue, require_prefixes
from comity.store.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.model.tokens import Token
    from comity.store.prologue import Prologue

_KINDS: Final[dict[str, Kind]] = {
    "SELECT": "rows",
    "ASK": "truth",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
_UPDATES: Final = frozenset(
    {"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"}
)
_MODIFIERS: Final = frozenset({"DISTINCT", "REDUCED"})
_VOLATILE: Final = frozenset({"NOW", "RAND", "STRUUID", "UUID"})


class Survey(NamedTuple):
    """What has to be known of a text before it is answered, and in how many seconds it was read.

    `shape` is the same for all texts that differ in their terms only; `names_dataset` tells of a
    FROM clause. `named` are the variables of `SELECT *` as the text first names them, since SPARQL
    1.1 §18.2.1 leaves their order open; there are none where it chooses columns. `rewritten` is
    what the engine is given for `text`, so that nobody has to read that again; None where somebody
    has to, and then there may be no `text` either.
    """

    form: str
    kind: Kind
    volatile: bool
    shape: str
    seconds: float = 0.0
    names_dataset: bool = False
    named: Sequence[str] = ()
    text: str = ""
    rewritten: str | None = None

    def spares(self, text: str) -> bool:
        """Tell whether a text, which has to be the one that was read, need not be read again."""
        return self.rewritten is not None and self.text == text


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is: the `form` it begins with, and what of it decides how it is run.

    `parts` are the texts for the engine, one for each token. `names_dataset` tells of a FROM
    clause, `volatile` of a function whose value differs from one call to the next.
    """

    text: str
    form: str
    prologue: Prologue
    tokens: tuple[Token, ...]
    parts: tuple[str, ...]
    names_dataset: bool
    volatile: bool

    @property
    def kind(self) -> Kind:
        """The kind of answer that the form gives."""
        return _KINDS[self.form]

    @property
    def rewritten(self) -> str:
        """The text for the engine."""
        return "".join(self.parts)

    def survey(self) -> Survey:
        """Return what has to be known before the text is answered."""
        return Survey(
            self.form,
            self.kind,
            self.volatile,
            shape_of(self.tokens),
            names_dataset=self.names_dataset,
            named=_named(self.tokens[self.prologue.end or 0 :]),
        )

    def full_survey(self) -> Survey:
        """Return the same with the text for the engine.

        A text with a dataset of its own is read again, as that dataset is made of its tokens.
        """
        survey = self.survey()
        if self.names_dataset:
            return survey
        return survey._replace(text=self.text, rewritten=self.rewritten)


def read(text: str, base: str) -> Reading:
    """Read a query text; `base` resolves its relative IRIs.

    Raises QuerySyntaxError for what is no query, RefusedError for SERVICE and LOAD, UsageError for
    more brackets, clauses or operators than the engine stands.
    """
    refuse_remote(text)
    tokens = tokenize(text)
    prologue = read_prologue(text, tokens)
    form = _form(text, None if prologue.end is None else tokens[prologue.end])
    refuse_excess(tokens)
    require_escapes(text, tokens)
    require_prefixes(text, tokens, prologue)
    words = {token.word for token in tokens}
    return Reading(
        text=text,
        form=form,
        prologue=prologue,
        tokens=tokens,
        parts=tuple(disarm(tokens, prologue, base)),
        names_dataset="FROM" in words,
        volatile=bool(words & _VOLATILE),
    )


def _named(tokens: tuple[Token, ...]) -> tuple[str, ...]:
    """Return the variables that a query without its prologue names, if it asks for all of them."""
    if tokens[0].word != "SELECT":
        return ()
    chosen = next((each for each in spoken(tokens[1:]) if each.word not in _MODIFIERS), None)
    if chosen is None or chosen.text != "*":
        return ()
    return tuple(dict.fromkeys(each.variable for each in tokens if each.variable))


def _form(text: str, first: Token | None) -> str:
    line, column = place(text, len(text) if first is None else first.start)
    if first is None:
        message = "The query is empty; begin with SELECT, ASK, CONSTRUCT or DESCRIBE."
    elif first.word in _KINDS:
        return first.word
    elif first.word in _UPDATES:
        message = f"{first.text} begins an update; ask a SELECT, ASK, CONSTRUCT or DESCRIBE here."
    else:
        message = (
            f"A query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, "
            f"not with {quote(first.text)} in line {line}, column {column}."
        )
    raise QuerySyntaxError(message, line=line, column=column)
