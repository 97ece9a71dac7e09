"""The application behind the ASGI interface: what is slow waits here, where it holds no thread.

The adapter reads a request whole, within a size and a time, before a thread of the pool works on
it; it watches the connection meanwhile, so that a client that leaves ends its query; and it sends
the answer in parts, so that a client that does not read is let go. What it refuses by itself has
the shape of every other error. A small answer that is kept goes out at once, and a plain query
that a reader answers in a moment needs no thread. ASGI 3.0, HTTP connection scope.
"""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from comity.errors import OverloadError
from comity.web.access import is_refused_unread
from comity.web.caching import Answers
from comity.web.compressing import Compressor
from comity.web.direct import Direct
from comity.web.exchange import Answer, header_of, is_bare, watch
from comity.web.metrics import count_answer
from comity.web.observing import REQUEST_ID, Account, note_unseen
from comity.web.ready import ready_form
from comity.web.receiving import read_whole
from comity.web.refusing import Refusal, refused, require_head
from comity.web.site import KEY, RELOADS
from comity.web.streaming import Export

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from comity.settings import Settings
    from comity.store.answering import Served
    from comity.web.caching import Found
    from comity.web.direct import Underway
    from comity.web.exchange import Headers, Receive, Scope, Send, Stream

# The engine parses by recursion, and a thread has 8 MB for that by default.
STACK_BYTES: Final = 64 * 1024 * 1024

# Probes have threads of their own, so that they answer when all others are at work.
_PROBES: Final = ("/health/", "/metrics")
_PROBE_THREADS: Final = 2
_QUEUE_PER_THREAD: Final = 4
_PART_BYTES: Final = 256 * 1024

_TOO_MANY_LARGE: Final = Refusal(
    OverloadError.status,
    OverloadError.code,
    "Too many large answers are on their way to slow readers; try again in a moment.",
    retry_after=5,
)


class Adapter:
    """A WSGI application as an ASGI one."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        readers: Served,
        close: Callable[[], None] | None = None,
        state: Callable[[], str] | None = None,
    ) -> None:
        """Take the application and its readers; `close` ends what ends with the server.

        `state` names the state of the data where that of the readers may have to be waited for.
        """
        self._close = close or readers.close
        self.readers = readers
        self.is_closing = False
        self._app = app
        self._direct = Direct(app, settings)
        self._settings = settings
        self._at_work = 0
        self._sending = 0  # bytes of the answers that are on their way
        self._prefix = urlsplit(settings.base).path.rstrip("/")
        known = state or (lambda: readers.fingerprint)
        self._answers = Answers(
            settings.cache_bytes,
            lambda: f"{known()} {app.extensions.get(RELOADS, 0)}",
            forwarded=bool(settings.trusted_proxies),
        )
        self._compressor = Compressor(settings.cache_bytes // 4)
        before = threading.stack_size(STACK_BYTES)
        self._pool = _started(settings.threads, "request")
        self._probes = _started(_PROBE_THREADS, "probe")
        threading.stack_size(before)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the server."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._exchange(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            kind = (await receive())["type"]
            if kind == "lifespan.shutdown":
                self._pool.shutdown(wait=False, cancel_futures=True)
                self._probes.shutdown(wait=False, cancel_futures=True)
                self.is_closing = True
                self._close()
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return

    async def _exchange(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        try:
            require_head(scope)
            if await self._is_answered(scope, send, began):
                return
            answer = await self._answer(scope, receive, began)
        except Refusal as refusal:
            answer = refused(scope, refusal, time.perf_counter() - began)
        if answer.stream is None:
            answer = await self._encoded(scope, answer)
        size = len(answer.content) if answer.stream is None else _PART_BYTES
        if size > _PART_BYTES and self._sending + size > self._settings.sending_bytes:
            answer = refused(scope, _TOO_MANY_LARGE, time.perf_counter() - began)
            size = len(answer.content)
        headers = answer.headers
        if header_of(scope, b"transfer-encoding") or self._is_unread(scope):
            # RFC 9112 §6.1: what the length said beside it cannot be seen from here.
            headers = [*headers, (b"connection", b"close")]
        self._sending += size
        try:
            is_empty = scope["method"] == "HEAD"
            if answer.stream is None or is_empty:
                await self._send(send, answer.status, headers, answer.content, empty=is_empty)
            elif isinstance(answer.stream, Export):
                start = {"type": "http.response.start", "status": answer.status, "headers": headers}
                await send(start)
                await answer.stream.send(send, receive, self._pool, self._settings.send_seconds)
            else:
                await self._send_stream(send, answer.status, headers, answer.stream)
        except TimeoutError:
            pass  # what was declared did not come: it shows
        finally:
            self._sending -= size
            if answer.stream is not None:
                answer.stream.close()

    async def _is_answered(self, scope: Scope, send: Send, began: float) -> bool:
        """Answer at once with what is small and kept, if there is that; tell whether there was."""
        kept = self._answers.find(scope) if is_bare(scope) else None
        if kept is None or not kept.is_small:
            return False
        ready = ready_form(scope, kept, self._compressor)
        count_answer("kept")
        identity = note_unseen(scope, ready.account, time.perf_counter() - began)
        headers = ready.headers_for(identity)
        await send({"type": "http.response.start", "status": ready.status, "headers": headers})
        await send({"type": "http.response.body", "body": ready.content})
        return True

    async def _answer(self, scope: Scope, receive: Receive, began: float) -> Answer:
        if self._is_unread(scope):
            return await self._work(scope, b"", receive)
        body = b"" if is_bare(scope) else await read_whole(scope, receive, self._settings)
        if body:
            return await self._work(scope, body, receive)
        found = await self._answers.get(scope, lambda: self._work(scope, b"", receive))
        count_answer(found.how)
        return found.answer if found.how == "made" else _told(scope, found, began)

    async def _encoded(self, scope: Scope, answer: Answer) -> Answer:
        """Return the answer compressed where the client takes that; the loop never waits for it."""
        if len(answer.content) <= _PART_BYTES:
            return self._compressor.encode(scope, answer)
        return await asyncio.get_running_loop().run_in_executor(
            self._pool, self._compressor.encode, scope, answer
        )

    def _is_unread(self, scope: Scope) -> bool:
        """Tell whether the body is none of the answer's business: it refuses a change."""
        path = scope["path"].removeprefix(self._prefix)
        authorization = header_of(scope, b"authorization").decode("latin-1")
        return is_refused_unread(self._app.extensions[KEY], scope["method"], path, authorization)

    async def _work(self, scope: Scope, body: bytes, receive: Receive) -> Answer:
        """Return what the application answers; the query of a client that leaves is ended."""
        is_probe = scope["path"].startswith(_PROBES)
        if not is_probe and self._at_work >= self._settings.threads * (1 + _QUEUE_PER_THREAD):
            raise Refusal(
                OverloadError.status,
                OverloadError.code,
                "The server is busy with other requests; try again in a few seconds.",
                retry_after=2,
            )
        self._at_work += not is_probe
        try:
            underway = None
            # What takes longer goes on in a thread, so there has to be one for it.
            if not body and self._at_work <= self._settings.threads:
                underway = await self._direct.at_once(scope)
            if isinstance(underway, Answer):
                return underway
            return await self._work_apart(scope, body, receive, underway)
        finally:
            self._at_work -= not is_probe

    async def _work_apart(
        self, scope: Scope, body: bytes, receive: Receive, underway: Underway | None
    ) -> Answer:
        """Return what a thread of the pool makes, while somebody watches over the connection."""
        gone = threading.Event()
        watcher = asyncio.ensure_future(watch(receive, gone))
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._probes if scope["path"].startswith(_PROBES) else self._pool,
                self._direct.answer,
                scope,
                body,
                gone,
                underway,
            )
        finally:
            watcher.cancel()

    async def _send(
        self, send: Send, status: int, headers: Headers, content: bytes, *, empty: bool
    ) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if empty or len(content) <= _PART_BYTES:
            await send({"type": "http.response.body", "body": b"" if empty else content})
            return
        for at in range(0, len(content), _PART_BYTES):
            part = content[at : at + _PART_BYTES]
            message = {"type": "http.response.body", "body": part, "more_body": True}
            async with asyncio.timeout(self._settings.send_seconds):
                await send(message)
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_stream(self, send: Send, status: int, headers: Headers, stream: Stream) -> None:
        """Send what is read part by part, each of which a thread of the pool reads."""
        await send({"type": "http.response.start", "status": status, "headers": headers})
        loop, parts = asyncio.get_running_loop(), stream.parts()
        while part := await loop.run_in_executor(self._pool, next, parts, b""):
            message = {"type": "http.response.body", "body": part, "more_body": True}
            async with asyncio.timeout(self._settings.send_seconds):
                await send(message)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _started(threads: int, name: str) -> ThreadPoolExecutor:
    """Return a pool whose threads run, with the stack that is set at this moment."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
    together = threading.Barrier(threads + 1)
    for _ in range(threads):
        pool.submit(together.wait)
    together.wait()
    return pool


def _told(scope: Scope, found: Found, began: float) -> Answer:
    """Return an answer that was made for another request, counted and logged for this one."""
    answer, seconds = found.answer, time.perf_counter() - began
    account = Account.of(scope, answer.endpoint, answer.status, answer.size)
    identity = note_unseen(scope, account, seconds)
    name = REQUEST_ID.lower().encode()
    headers = [entry for entry in answer.headers if entry[0] != name]
    return answer._replace(headers=[*headers, (name, identity.encode())])
