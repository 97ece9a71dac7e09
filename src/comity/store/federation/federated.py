"""Whatever answers queries, with SERVICE: it is asked here, and its rows stand in its place.

A reader has no sockets and never sees the keyword. In the process of the server the text is only
cut into tokens; whatever has to be understood of it, a reader tells. SPARQL 1.1 Federated Query.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, TypeVar

from comity.errors import QueryTooComplexError, ServiceDisabledError, UnavailableError
from comity.store.engine import BASE, QueryRequest
from comity.store.federation.asking import Asking
from comity.store.federation.text import MOST_CHARACTERS, Federated, read_federated

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.answering import Answering, Flow
    from comity.store.federation.endpoints import Endpoints
    from comity.store.formats import Format
    from comity.store.reading import Survey

T = TypeVar("T")

_ATTEMPTS: Final = 2  # where the data change while other endpoints are asked


class FederatedReaders:
    """Readers whose queries may ask the endpoints of a list."""

    def __init__(
        self, inner: Answering, endpoints: Endpoints, seconds: float, *, keeps_nodes: bool = True
    ) -> None:
        """Have all but SERVICE answered by others, within `seconds` for the whole.

        `keeps_nodes` tells whether BNODE with the same text is one node there in all rows.
        """
        self.inner = inner
        self.endpoints = endpoints
        self._seconds = seconds
        self._keeps_nodes = keeps_nodes

    @property
    def fingerprint(self) -> str:
        """A name for the state of the data here; endpoints may change meanwhile."""
        return self.inner.fingerprint

    def survey(
        self,
        text: str,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> Survey:
        """Return what has to be known of a text; see `Readers.survey`.

        Raises beside that what `read_federated` raises.
        """
        federated = self._read(text)
        if federated is None:
            try:
                return self.inner.survey(text, gone, seconds)
            except ServiceDisabledError:
                if len(text) <= MOST_CHARACTERS:
                    raise
                raise QueryTooComplexError(
                    f"A query with SERVICE may have {MOST_CHARACTERS:,} characters; this one has "
                    f"{len(text):,}."
                ) from None
        survey = self.inner.survey(federated.skeleton, gone, seconds)
        return survey._replace(volatile=True)

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format; see `Readers.answer` and `Endpoints.ask`."""
        return self._carry_out(
            request,
            gone,
            seconds,
            survey,
            lambda asked, known: self.inner.answer(asked, offer, gone, seconds, known),
        )

    def beginning(
        self,
        request: QueryRequest,
        limit: int,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> tuple[bytes, bool]:
        """Return the first lines of the answer, and whether these are all; see `Readers`."""
        return self._carry_out(
            request,
            gone,
            seconds,
            survey,
            lambda asked, known: self.inner.beginning(asked, limit, gone, seconds, known),
        )

    @property
    def streams(self) -> bool:
        """Whether `stream` gives more than `answer` does."""
        return self.inner.streams

    def stream(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> Flow:
        """Return the whole answer as it is made, once other endpoints have given theirs."""
        return self._carry_out(
            request,
            gone,
            seconds,
            survey,
            lambda asked, known: self.inner.stream(asked, offer, gone, seconds, known),
            drop=lambda flow: flow.close(),
        )

    def expanded(self, text: str) -> str:
        """Return a query with what each SERVICE gives in its place; raises what `answer` does."""
        federated = self._read(text)
        if federated is None:
            return text
        until = time.monotonic() + self._seconds
        return self._asking(QueryRequest(text), federated, until, None).expanded()

    def _asking(
        self,
        request: QueryRequest,
        federated: Federated,
        until: float,
        gone: Callable[[], bool] | None,
    ) -> Asking:
        return Asking(
            self.inner,
            self.endpoints,
            request,
            federated,
            until=until,
            gone=gone,
            keeps_nodes=self._keeps_nodes,
        )

    def _read(self, text: str) -> Federated | None:
        return read_federated(text, self.endpoints.names, BASE)

    def _carry_out(
        self,
        request: QueryRequest,
        gone: Callable[[], bool] | None,
        seconds: float | None,
        survey: Survey | None,
        work: Callable[[QueryRequest, Survey | None], T],
        *,
        drop: Callable[[T], None] = lambda _: None,
    ) -> T:
        federated = self._read(request.text)
        if federated is None:
            return work(request, survey)
        # What is known of the text holds for it with rows in the place of SERVICE as well.
        known = survey or self.inner.survey(federated.skeleton, gone, seconds)
        most = min(self._seconds, seconds or self._seconds)
        until = time.monotonic() + most
        for _ in range(_ATTEMPTS):
            state = self.fingerprint
            asking = self._asking(request, federated, until, gone)
            text = asking.expanded()
            asked = QueryRequest(text, request.default_graphs, request.named_graphs)
            found = work(asked, known._replace(seconds=most - asking.rest))
            if self.fingerprint == state:
                return found
            drop(found)
        raise UnavailableError(
            "The data changed while other endpoints were asked; ask again.", retry_after=1
        )
