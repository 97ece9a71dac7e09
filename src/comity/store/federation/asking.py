"""Carrying out each SERVICE of one query: what it may bind, what can matter, what the other says.

Of what an endpoint is asked for only those columns are taken that stand outside of the SERVICE,
each row as often as it comes. Where the variables of a SERVICE have few values in the pattern
around it, these are sent along in blocks; see `comity.store.federation.context` for why the answer
stays the same. A column is sent only if all its values are IRIs or plain strings: an unbound value
would bring rows twice, a node is no other side's, and of numbers engines keep their own spelling.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.errors import (
    DeadlineError,
    ServiceFailedError,
    ServiceTimeoutError,
    ServiceUnsupportedError,
)
from comity.store import formats
from comity.store.engine import QueryRequest
from comity.store.federation.context import context_of
from comity.store.federation.inlining import has_nodes, inline, is_writable, nothing, values
from comity.store.terms import STRING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from comity.store.answering import Answering
    from comity.store.federation.elements import Element, Place
    from comity.store.federation.endpoints import Endpoints
    from comity.store.federation.inlining import Row
    from comity.store.federation.text import Federated

MOST_BINDINGS: Final = 1_000
"""Combinations of values up to which they are sent along."""

_BLOCK: Final = 200  # of them in one request
_BLOCK_CHARACTERS: Final = 40_000


class Asking:
    """One query while it is asked; `until` is when its time is over, on the monotonic clock."""

    def __init__(
        self,
        inner: Answering,
        endpoints: Endpoints,
        request: QueryRequest,
        federated: Federated,
        *,
        until: float,
        gone: Callable[[], bool] | None,
        keeps_nodes: bool,
    ) -> None:
        """Take who answers the parts of the query here, and who those of SERVICE.

        `keeps_nodes` tells whether BNODE with the same text is one node there in all rows.
        """
        self._inner = inner
        self._endpoints = endpoints
        self._request = request
        self._federated = federated
        self._until = until
        self._gone = gone
        self._keeps_nodes = keeps_nodes

    @property
    def rest(self) -> float:
        """The seconds that are left; raises DeadlineError if there are none."""
        rest = self._until - time.monotonic()
        if rest <= 0:
            raise DeadlineError(
                "The query ran into its time limit while it waited for other endpoints; "
                "narrow what they are asked for.",
                retry_after=10,
            )
        return rest

    def expanded(self) -> str:
        """Return the query with the answer to each SERVICE in its place."""
        federated = self._federated
        parts = list(federated.parts)
        texts = []
        for each, endpoint in zip(federated.places, federated.endpoints, strict=True):
            text = self._answer(each, endpoint, parts)
            service = each.service
            parts[service.start : service.end] = [
                f" {text} ",
                *[""] * (service.end - service.start - 1),
            ]
            texts.append(text)
        return federated.replaced(texts)

    def _answer(self, place: Place, endpoint: str, parts: Sequence[str]) -> str:
        service = place.service
        scope = self._scope(service)
        used = self._federated.used(service)
        names = [name for name in scope if used is None or name in used]
        columns, candidates = self._candidates(place, names, parts)
        if columns and not candidates:
            return values(names, ())
        try:
            rows = self._ask(service, endpoint, names, columns, candidates)
        except (ServiceFailedError, ServiceTimeoutError):
            if not service.silent:
                raise
            return nothing(names)  # Federated Query §2.4
        return inline(names, rows)

    def _scope(self, service: Element) -> tuple[str, ...]:
        body = self._local(QueryRequest(self._federated.scope_query(service)))
        return tuple(json.loads(body)["head"].get("vars", ()))

    def _local(self, request: QueryRequest) -> bytes:
        return self._inner.answer(request, formats.JSON, self._gone, self.rest)

    def _candidates(
        self, place: Place, names: Sequence[str], parts: Sequence[str]
    ) -> tuple[list[str], list[Row]]:
        """Return variables and the values they have around; none if these are unknown or many."""
        context = context_of(place, self._federated.outline, parts)
        shared = [name for name in names if context and name in context.variables]
        if context is None or not shared:
            return [], []
        head = " ".join(f"?{name}" for name in shared)
        text = (
            f"{self._federated.prologue} SELECT DISTINCT {head} {self._federated.dataset} "
            f"WHERE {context.text} LIMIT {MOST_BINDINGS + 1}"
        )
        body = self._local(
            QueryRequest(text, self._request.default_graphs, self._request.named_graphs)
        )
        found: Any = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
        rows = [tuple(row) for row in found]
        if len(rows) > MOST_BINDINGS:
            return [], []
        sound = [i for i in range(len(shared)) if all(_is_sound(row[i]) for row in rows)]
        kept = dict.fromkeys(tuple(row[i] for i in sound) for row in rows)
        return [shared[i] for i in sound], list(kept)

    def _ask(
        self,
        service: Element,
        endpoint: str,
        names: Sequence[str],
        columns: Sequence[str],
        candidates: Sequence[Row],
    ) -> list[Row]:
        rows: list[Row] = []
        blocks = tuple(_blocks(columns, candidates))
        for block in blocks:
            text = self._question(service, names, block)
            found = self._endpoints.ask(endpoint, text, self.rest, self._gone)
            places = {name: index for index, name in enumerate(found.names)}
            rows += (
                tuple(row[places[name]] if name in places else None for name in names)
                for row in found.rows
            )
            self._endpoints.require_rows(endpoint, len(rows))
        if has_nodes(rows) and (len(blocks) > 1 or not self._keeps_nodes):
            raise ServiceUnsupportedError(
                f"The answer of {endpoint} to a SERVICE has blank nodes, and nobody can tell here "
                "which of them are the same; use the variables that have them inside of SERVICE "
                "only."
            )
        return rows

    def _question(self, service: Element, names: Sequence[str], block: str) -> str:
        """Return what an endpoint is asked."""
        head = " ".join(f"?{name}" for name in names) or "(1 AS ?solution)"
        inside = self._federated.inside(service)
        if block:
            is_plain = self._federated.is_plain(service)
            inside = f"{block} {inside}" if is_plain else f"{block} {{ {inside} }}"
        return f"{self._federated.prologue} SELECT {head} WHERE {{ {inside} }}"


def _is_sound(term: Any) -> bool:
    if isinstance(term, pyoxigraph.NamedNode):
        return is_writable(term)
    return isinstance(term, pyoxigraph.Literal) and term.datatype.value == STRING


def _blocks(columns: Sequence[str], candidates: Sequence[Row]) -> Iterator[str]:
    """Yield candidates as VALUES, a part at a time; an empty text if there are none to be sent."""
    if not columns:
        yield ""
        return
    block: list[Row] = []
    size = 0
    for row in candidates:
        length = sum(len(str(term)) for term in row)
        if block and (len(block) == _BLOCK or size + length > _BLOCK_CHARACTERS):
            yield values(columns, block)
            block, size = [], 0
        block.append(row)
        size += length
    yield values(columns, block)
