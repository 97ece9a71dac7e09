"""The order of the columns of `SELECT *`, which SPARQL 1.1 §18.2.1 leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.tokens import spoken, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

_SELECT: Final = "SELECT"
_MODIFIERS: Final = frozenset({"DISTINCT", "REDUCED"})


def order_of(text: str, columns: Sequence[str]) -> list[int]:
    """Return where in a row the columns are that people read, one after the other.

    Those of `SELECT *` come as the query first names them; columns that a query chooses stay in
    its order. The front end (`frontend/src/editor/columns.ts`) orders them by the same rule.

    Raises QuerySyntaxError for a text that is no query.
    """
    tokens = spoken(tokenize(text))
    places = list(range(len(columns)))
    chosen = next((at for at, token in enumerate(tokens) if token.word == _SELECT), len(tokens))
    after = [token for token in tokens[chosen + 1 :] if token.word not in _MODIFIERS]
    if not after or after[0].text != "*":
        return places
    named = list(dict.fromkeys(token.variable for token in after if token.variable))
    first = {name: at for at, name in enumerate(named)}
    return sorted(places, key=lambda at: first.get(columns[at], len(named)))
