"""`stream=true`: the whole answer to a query, of any size, sent while it is made.

Until the first part is there everything is as ever: an error has its own status. From then on the
status is out, and what goes wrong is told by leaving the chunked body without its last chunk (RFC
9112 §8), which no client takes for a whole answer. HTTP/1.0 has no such mark: there the answer
comes whole, within its limit, or not at all.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from flask import Response, g, request

from comity.errors import (
    ComityError,
    DeadlineError,
    DisconnectedError,
    ParameterError,
    ResultTooLargeError,
)
from comity.store.formats import streamed_for
from comity.store.quoting import quote
from comity.web.exchange import STREAM, watch
from comity.web.headers import entity_tag, not_modified, tagged
from comity.web.logs import log_request, shorten
from comity.web.metrics import count_stream
from comity.web.site import GONE, gone, site

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from comity.store.answering import Flow
    from comity.store.engine import QueryRequest
    from comity.store.formats import Format, Kind
    from comity.store.reading import Survey
    from comity.web.exchange import Receive, Send

PARAMETER: Final = "stream"
STATE_HEADER: Final = "Comity-State"

# As WSGI and the server write it.
_WITHOUT_CHUNKS: Final = frozenset({"HTTP/1.0", "HTTP/1"})

_log: Final = logging.getLogger("comity.server")


class Export:
    """An answer on its way to one client: ended once, counted and logged when it is."""

    size = 0  # nobody knows

    def __init__(self, flow: Flow, gone: threading.Event | None, identity: str, path: str) -> None:
        """Take the answer, what is set when the client leaves, and whose answer it is."""
        self._flow = flow
        self._gone = gone
        self._identity = identity
        self._path = path
        self._began = time.perf_counter()
        self._sent = 0
        self._outcome = "left"  # unless somebody knows better
        self._is_begun = False
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        """Be what a WSGI server sends, and closes (PEP 3333)."""
        return self

    def __next__(self) -> bytes:
        """Return the next part; raises what reading it raises."""
        self._is_begun = True
        part = self._read()
        if not part:
            self._outcome = "whole"
            raise StopIteration
        self._sent += len(part)
        return part

    async def send(self, send: Send, receive: Receive, threads: Executor, seconds: float) -> None:
        """Send the parts and the end, or leave that out: then the server closes the connection.

        A thread waits for each part; the client has `seconds` to take it, and no longer than the
        answer has until its limit. It is watched meanwhile. Granian does so for ASGI; its RSGI
        ends every body well, and takes parts faster than the client does.
        """
        self._is_begun = True
        loop, rest = asyncio.get_running_loop(), self._flow.rest
        watching = asyncio.ensure_future(watch(receive, self._gone)) if self._gone else None
        try:
            while part := await loop.run_in_executor(threads, self._read):
                message = {"type": "http.response.body", "body": part, "more_body": True}
                rest = self._flow.rest
                async with asyncio.timeout(min(seconds, rest)):
                    await send(message)
                self._sent += len(part)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            self._outcome = "whole"
        except TimeoutError:
            # Which of the two it was is not read off the clock: a loop may be a moment early.
            self._outcome = "slow" if seconds < rest else "late"
        except ComityError:
            pass  # it is noted, and the client learns of it by the end that is not sent
        finally:
            if watching is not None:
                watching.cancel()

    def close(self) -> None:
        """End what works on the answer; the first time, tell how it went if it had begun."""
        self._flow.close()
        if self._is_closed or not self._is_begun:
            return
        self._is_closed = True
        count_stream(self._outcome, self._sent)
        log_request(
            request=self._identity,
            path=shorten(self._path),
            stream=self._outcome,
            seconds=round(time.perf_counter() - self._began, 4),
            bytes=self._sent,
        )

    def _read(self) -> bytes:
        try:
            return self._flow.read()
        except DisconnectedError:
            raise
        except DeadlineError:
            self._outcome = "late"
            raise
        except ComityError as error:
            self._outcome = "failed"
            _log.warning("The stream %s of %s ended early: %s", self._identity, self._path, error)
            raise


def is_streamed(text: str | None) -> bool:
    """Tell whether the value of the parameter asks for a stream, and the client can have one.

    Raises ParameterError for what is neither true nor false.
    """
    if text not in {None, "true", "false"}:
        raise ParameterError(
            f"{PARAMETER}={quote(text or '')} is neither true nor false; write {PARAMETER}=true.",
            parameter=PARAMETER,
            value=(text or "")[:40],
            suggestions=("true", "false"),
        )
    return text == "true" and request.environ.get("SERVER_PROTOCOL") not in _WITHOUT_CHUNKS


def stream_stranger(
    query: QueryRequest, offer: Format, seconds: float | None, survey: Survey
) -> Response:
    """Return the answer to a query while it is made, or 304 if the client holds it.

    Raises what `Readers.stream` raises.
    """
    readers = site()["readers"]
    if not survey.volatile:
        held = not_modified(entity_tag(readers.fingerprint, query, offer.media_type))
        if held is not None:
            return held
    flow = readers.stream(query, offer, gone(), seconds, survey)
    export = Export(flow, request.environ.get(GONE), g.request_id, request.path)
    parts: Iterator[bytes] = export
    if STREAM in request.environ:
        request.environ[STREAM], parts = export, iter(())
    # Neither read to be measured, nor of any length that could be told.
    response = Response(parts, content_type=offer.content_type, direct_passthrough=True)
    if not survey.volatile:
        tagged(response, entity_tag(flow.state, query, offer.media_type))
    response.headers["Cache-Control"] = "no-store"
    response.headers[STATE_HEADER] = flow.state
    return response


@contextmanager
def telling_of_streams(kind: Kind) -> Iterator[None]:
    """Have an answer that is too large for its limit refused with the way to have it all."""
    try:
        yield
    except ResultTooLargeError as error:
        if type(error) is not ResultTooLargeError or not site()["readers"].streams:
            raise
        names = " or ".join(offer.title for offer in streamed_for(kind))
        as_what = f" as {names}" if kind == "graph" else ""
        raise ResultTooLargeError(
            f"{str(error).removesuffix('.')}; with {PARAMETER}=true all of it comes{as_what}."
        ) from None
