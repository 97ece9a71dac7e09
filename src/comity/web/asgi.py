"""The application behind the ASGI interface: what is slow waits here, where it holds no thread.

The adapter reads a request whole, within a size and a time, before a thread of the pool works on
it; it watches the connection meanwhile, so that a client that leaves ends its query; and it sends
the answer in parts, so that a client that does not read is let go. What it refuses by itself has
the shape of every other error. ASGI 3.0, HTTP connection scope.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from comity.errors import OverloadError, TooLargeError
from comity.web.headers import PRIVATE_PATHS, SECURITY
from comity.web.observing import REQUEST_ID, note, request_id
from comity.web.problems import MEDIA_TYPE, write_problem
from comity.web.wsgi_calls import header_of, make_environ, run

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from flask import Flask

    from comity.settings import Settings
    from comity.store.readers import Readers

    Scope = dict[str, Any]
    Message = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    Headers = list[tuple[bytes, bytes]]

# The engine parses by recursion, and a thread has 8 MB for that by default.
STACK_BYTES: Final = 64 * 1024 * 1024
MOST_HEADER_BYTES: Final = 32 * 1024

# Probes have threads of their own, so that they answer when all others are at work.
_PROBES: Final = ("/health/", "/metrics")
_PROBE_THREADS: Final = 2
_QUEUE_PER_THREAD: Final = 4
_PART_BYTES: Final = 256 * 1024
# What is read and thrown away behind the limit, so that a client that still sends can read why.
_LINGER_BYTES: Final = 16 * 1024 * 1024
_LINGER_SECONDS: Final = 5.0


class Refusal(Exception):  # noqa: N818 - it says what it is
    """A request that never reaches the application; its connection is closed."""

    def __init__(self, status: int, code: str, detail: str, retry_after: int | None = None) -> None:
        """Keep what the answer says."""
        super().__init__(detail)
        self.status = status
        self.code = code
        self.retry_after = retry_after


class ClientLeftError(Exception):
    """The client closed the connection."""


class Adapter:
    """A WSGI application as an ASGI one."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        readers: Readers,
        close: Callable[[], None] | None = None,
    ) -> None:
        """Take the application and its readers; `close` ends what ends with the server."""
        self._close = close or readers.close
        self.readers = readers
        self.is_closing = False
        self._app = app
        self._settings = settings
        self._at_work = 0
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
            _require_head(scope)
            body = await self._read(scope, receive)
            status, headers, content = await self._work(scope, body, receive)
        except Refusal as refusal:
            status, headers, content = _refused(scope, refusal, time.perf_counter() - began)
        except ClientLeftError:
            return
        if header_of(scope, b"transfer-encoding"):
            # RFC 9112 §6.1: what the length said beside it cannot be seen from here.
            headers.append((b"connection", b"close"))
        with contextlib.suppress(TimeoutError):  # what was declared did not come: it shows
            await self._send(send, status, headers, content, empty=scope["method"] == "HEAD")

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        """Return the body; raises Refusal beyond the limits of size and time."""
        limit = self._settings.max_body_bytes
        declared = int(header_of(scope, b"content-length") or 0)
        if declared > limit + _LINGER_BYTES:
            raise _too_large(limit)
        body = bytearray()
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                more = True
                while more and len(body) <= limit:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        # Of a broken chunk the connection is still there to hear this.
                        raise Refusal(400, "bad_request", "The body ended early or is malformed.")
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
        except TimeoutError:
            raise Refusal(
                408,
                "body_timeout",
                f"The body took longer than {self._settings.body_seconds:g} s; send it faster.",
            ) from None
        if len(body) > limit:
            await _discard(receive)
            raise _too_large(limit)
        return bytes(body)

    async def _work(
        self, scope: Scope, body: bytes, receive: Receive
    ) -> tuple[int, Headers, bytes]:
        """Return what the application answers; the query of a client that leaves is ended."""
        is_probe = scope["path"].startswith(_PROBES)
        if not is_probe and self._at_work >= self._settings.threads * (1 + _QUEUE_PER_THREAD):
            raise Refusal(
                OverloadError.status,
                OverloadError.code,
                "The server is busy with other requests; try again in a few seconds.",
                retry_after=2,
            )
        gone = threading.Event()
        watch = asyncio.ensure_future(_watch(receive, gone))
        self._at_work += not is_probe
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._probes if is_probe else self._pool,
                run,
                self._app,
                make_environ(scope, body, gone),
            )
        finally:
            self._at_work -= not is_probe
            watch.cancel()

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


def _started(threads: int, name: str) -> ThreadPoolExecutor:
    """Return a pool whose threads run, with the stack that is set at this moment."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
    together = threading.Barrier(threads + 1)
    for _ in range(threads):
        pool.submit(together.wait)
    together.wait()
    return pool


async def _watch(receive: Receive, gone: threading.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


async def _discard(receive: Receive) -> None:
    rest = _LINGER_BYTES
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            while rest > 0:
                message = await receive()
                rest -= len(message.get("body", b""))
                if not message.get("more_body"):
                    return


def _require_head(scope: Scope) -> None:
    """Refuse a request whose head cannot be, before anything of its body is read."""
    if scope["method"] == "CONNECT":
        raise Refusal(501, "not_implemented", "This server is no proxy; ask it for its own paths.")
    size = sum(len(name) + len(value) for name, value in scope["headers"])
    if size > MOST_HEADER_BYTES:
        raise Refusal(
            431,
            "headers_too_large",
            f"The headers are larger than {MOST_HEADER_BYTES:,} bytes; send fewer or shorter ones.",
        )
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if scope["http_version"] == "1.1" and (len(hosts) != 1 or not hosts[0]):
        raise Refusal(400, "bad_request", "HTTP/1.1 asks for one Host header; send it once.")
    coding = header_of(scope, b"transfer-encoding")
    if coding and coding.lower() != b"chunked":
        raise Refusal(501, "not_implemented", "The only transfer coding read here is chunked.")


def _too_large(limit: int) -> Refusal:
    return Refusal(
        TooLargeError.status,
        TooLargeError.code,
        f"The request body is larger than {limit:,} bytes; send less.",
    )


def _refused(scope: Scope, refusal: Refusal, seconds: float) -> tuple[int, Headers, bytes]:
    """Return the answer to a refused request, counted and logged."""
    content = write_problem(refusal.status, refusal.code, str(refusal))
    identity = request_id(header_of(scope, REQUEST_ID.lower().encode()).decode("latin-1"))
    note(
        identity=identity,
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("utf-8", "backslashreplace"),
        endpoint="refused",
        status=refusal.status,
        seconds=seconds,
        size=len(content),
    )
    fields = SECURITY | {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Length": str(len(content)),
        "Content-Type": MEDIA_TYPE,
        REQUEST_ID: identity,
    }
    if not scope["path"].startswith(PRIVATE_PATHS):
        fields["Access-Control-Allow-Origin"] = "*"
    if refusal.retry_after is not None:
        fields["Retry-After"] = str(refusal.retry_after)
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in fields.items()]
    return refusal.status, encoded, content
