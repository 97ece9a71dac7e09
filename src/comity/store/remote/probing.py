"""What a store elsewhere has to get right before anybody is answered from it.

There are stores that answer, and answer wrongly: their default graph is another one than is meant,
or what they say of true and false is a number. A few questions whose answers are known find that
out before it shows in the facts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import ResultTooLargeError, StoreReplyError
from comity.model.terms import XSD
from comity.store.answers import Boolean, Solutions
from comity.store.remote.record import RECORD
from comity.store.remote.replies import ROWS, answer_of
from comity.store.remote.watching import Watch

if TYPE_CHECKING:
    from comity.store.formats import Kind
    from comity.store.remote.client import Client

LARGEST: Final = 48_000_000  # bytes of an answer that the server itself asks for
_SOME: Final = "SELECT ?s { GRAPH ?g { ?s ?p ?o } FILTER(isIRI(?s)) } LIMIT 1"
_TERMS: Final = "SELECT ?x { VALUES ?x { true 'a'@en 7 } }"
_EXPECTED: Final = {f'"true"^^<{XSD}boolean>', '"a"@en', f'"7"^^<{XSD}integer>'}


class Asker:
    """Small questions of the server's own, each within a time."""

    def __init__(self, client: Client, seconds: float) -> None:
        """Ask by a client."""
        self._client = client
        self._seconds = seconds

    def rows(self, text: str) -> list[tuple[str | None, ...]]:
        """Return the rows of a SELECT as N-Triples terms; raises what asking raises."""
        answer = self._answer(text, "rows")
        return answer.rows() if isinstance(answer, Solutions) else []

    def truth(self, text: str) -> bool:
        """Return the answer to an ASK; raises what asking raises."""
        answer = self._answer(text, "truth")
        return isinstance(answer, Boolean) and bool(answer)

    def _answer(self, text: str, kind: Kind) -> object:
        watch = Watch(self._seconds)
        return answer_of(self._client.ask([("query", text)], ROWS, watch, LARGEST), kind)


def require_sound(asker: Asker) -> None:
    """Raise StoreReplyError for a store that gives terms or truth values other than they are."""
    try:
        found = {cell for row in asker.rows(_TERMS) for cell in row}
        is_sound = asker.truth("ASK {}") and not asker.truth("ASK { FILTER(false) }")
    except (StoreReplyError, ResultTooLargeError) as error:
        raise StoreReplyError(f"The remote store does not pass its test. {error}") from None
    if found != _EXPECTED or not is_sound:
        raise StoreReplyError(
            "The remote store gives true, 'a'@en and 7 back as "
            f"{', '.join(sorted(map(str, found))) or 'nothing'}: its answers would be wrong, so "
            "nothing is served from it."
        )


def require_union(asker: Asker, *, recorded: bool) -> None:
    """Raise StoreReplyError if what is in a named graph is not in the default graph."""
    for (thing,) in [(f"<{RECORD}>",)] if recorded else asker.rows(_SOME):
        if not asker.rows(f"SELECT ?p {{ {thing} ?p ?o }} LIMIT 1"):
            raise StoreReplyError(
                "The default graph of the remote store is not all its graphs together, as "
                "everything here expects; switch that on there (oxigraph serve "
                "--union-default-graph, tdb2:unionDefaultGraph true, query.all.graphs=true)."
            )
