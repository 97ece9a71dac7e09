"""The readers of a store elsewhere: the same promises as those of this machine, kept over HTTP.

The text is read and judged here before it is sent, SERVICE and LOAD never leave. Places, time and
size are limited here, whatever the store does by itself; an answer is passed on wholly or not at
all. What the store goes on computing after its client has left is its own affair.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Final

from comity.errors import RefusedError
from comity.store.engine import BASE
from comity.store.flows import WholeFlow
from comity.store.formats import formats_for, require_format, streamed_for
from comity.store.lanes import LaneLimits, Lanes
from comity.store.readers import ReaderLimits
from comity.store.reading import Survey, read
from comity.store.remote.replies import ROWS, STATEMENTS, answer_of
from comity.store.remote.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.answers import Answer
    from comity.store.engine import QueryRequest
    from comity.store.formats import Format, Kind
    from comity.store.remote.client import Client, Reply
    from comity.store.remote.versions import Versions

# What relative IRIs are resolved against, in the same line as the text, so that lines stay.
_BASE: Final = f"BASE <{BASE}> "
_LONG_TEXT: Final = 4_000
_WIDTH: Final = 8  # bytes of SPARQL JSON for one of TSV, so that a beginning has enough rows


class RemoteReaders:
    """Queries of one kind of client, limited together, as `comity.store.answering.Served`."""

    def __init__(
        self,
        client: Client,
        versions: Versions,
        limits: ReaderLimits | None = None,
        lanes: LaneLimits | None = None,
    ) -> None:
        """Ask by a client, whose connections are closed by whoever made it."""
        self.limits = limits or ReaderLimits()
        self.lanes = Lanes(lanes)
        self.deaths: Counter[str] = Counter()
        self.client = client
        self._versions = versions
        self._end = threading.Event()

    @property
    def fingerprint(self) -> str:
        """The name of the state of the store; raises what asking for it raises."""
        return self._versions.now().state

    def close(self) -> None:
        """Let go whoever waits for the end."""
        self._end.set()

    def wait(self) -> None:
        """Return after `close`."""
        self._end.wait()

    def survey(
        self,
        text: str,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> Survey:
        """Return what has to be known of a text; see `Readers.survey`."""
        del gone, seconds
        if len(text) <= _LONG_TEXT:
            return read(text, BASE).survey()
        began = time.monotonic()
        ticket = self.lanes.enter(f"a text of {len(text).bit_length()} bits of length")
        try:
            return read(text, BASE).survey()._replace(seconds=time.monotonic() - began)
        finally:
            ticket.leave()

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format; see `Readers.answer`.

        Raises beside that StoreUnreachableError, StoreLoginError and StoreReplyError.
        """
        survey = survey or self.survey(request.text)
        require_format(offer, formats_for(survey.kind), of=f"the answer to {survey.form}")
        reply = self._ask(request, survey, gone, seconds)
        return self._read(reply, survey.kind).serialize(offer, self.limits.answer_bytes)

    def found(self, request: QueryRequest, survey: Survey) -> Answer:
        """Return the answer itself, for use here."""
        return self._read(self._ask(request, survey, None, None), survey.kind)

    def beginning(
        self,
        request: QueryRequest,
        limit: int,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> tuple[bytes, bool]:
        """Return the first lines of the answer within `limit` bytes; see `Readers.beginning`."""
        survey = survey or self.survey(request.text)
        limit = min(limit, self.limits.answer_bytes)
        most = min(limit * _WIDTH, self.limits.answer_bytes) if survey.kind == "rows" else None
        reply = self._ask(request, survey, gone, seconds, most)
        return self._read(reply, survey.kind).beginning(limit)

    @property
    def streams(self) -> bool:
        """Nothing more than `answer` gives: what a store says is judged whole."""
        return False

    def stream(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> WholeFlow:
        """Return the whole answer, which is there already; raises what `answer` raises."""
        survey = survey or self.survey(request.text)
        require_format(offer, streamed_for(survey.kind), of=f"the answer to {survey.form}")
        state = self.fingerprint
        return WholeFlow(self.answer(request, offer, gone, seconds, survey), state)

    def _ask(
        self,
        request: QueryRequest,
        survey: Survey,
        gone: Callable[[], bool] | None,
        seconds: float | None,
        most: int | None = None,
    ) -> Reply:
        if survey.names_dataset and request.default_graphs is None and request.named_graphs is None:
            # A store that was started with the union as its default graph may pass FROM over.
            raise RefusedError(
                "This server asks a store elsewhere that may pass over FROM; name the graphs with "
                "default-graph-uri and named-graph-uri instead."
            )
        limit = min(self.limits.seconds, seconds or self.limits.seconds)
        fields = [("query", _BASE + request.text)]
        fields += [("default-graph-uri", iri) for iri in request.default_graphs or ()]
        fields += [("named-graph-uri", iri) for iri in request.named_graphs or ()]
        accept = STATEMENTS if survey.kind == "graph" else ROWS
        ticket = self.lanes.enter(survey.shape, limit)
        try:
            return self.client.ask(
                fields,
                accept,
                Watch(limit, gone, ticket, spent=survey.seconds + ticket.charged),
                most or self.limits.answer_bytes,
                beginning=most is not None,
            )
        finally:
            ticket.leave()

    def _read(self, reply: Reply, kind: Kind) -> Answer:
        return answer_of(reply, kind, len(_BASE))
