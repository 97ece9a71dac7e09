"""Queries by GET that need nothing of Flask: no page, no condition, no body, an address of ours.

What such a query means is read and answered by the functions that the view of the endpoint calls.
Whatever is not as plain as that, and whatever is refused, the application answers. A short query
needs no thread either, as long as a reader is idle and answers in a moment.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from comity.errors import ComityError
from comity.store.framing import is_short_and_whole
from comity.store.readers import Readers
from comity.web.asking import prepare
from comity.web.caching import SPECIAL
from comity.web.exchange import Answer, fields_of, is_bare
from comity.web.headers import KEPT, OPEN, SECURITY, UNKEPT
from comity.web.negotiation import HTML
from comity.web.observing import REQUEST_ID, Account, note_unseen
from comity.web.proxies import HOST
from comity.web.requests import parse_address, query_of
from comity.web.site import KEY, Met
from comity.web.streaming import PARAMETER as STREAMING
from comity.web.wsgi_calls import make_environ, run

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from socket import socket

    from flask import Flask

    from comity.settings import Settings
    from comity.store.answering import Answering
    from comity.store.running import Running
    from comity.web.asking import Asked
    from comity.web.exchange import Scope

PATH: Final = "/sparql"
ENDPOINT: Final = "protocol.sparql"

# Bytes of an address: what is longer takes long to read, and is read only once, by the view.
_LONGEST: Final = 4_000
# And what is at most as long as this takes less time to read than to hand over to a thread.
_SHORT: Final = 1_500
_MOMENT_SECONDS: Final = 0.02  # for which an answer is waited for without a thread
_LET_TO_FLASK: Final = SPECIAL | {
    b"if-none-match",
    b"x-forwarded-host",
    b"x-forwarded-prefix",
    b"x-forwarded-proto",
}
_FIXED: Final = tuple(
    (name.lower().encode(), value.encode()) for name, value in (SECURITY | OPEN).items()
)


class Underway(NamedTuple):
    """A query that was prepared, since when, and how far it is.

    It is `running` if a reader has begun with it; `error` is what it has failed of.
    """

    asked: Asked
    tag: str | None
    began: float
    running: Running | None = None
    error: Exception | None = None


class Direct:
    """Answers requests: the plainest itself, and all others by the application."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        """Take the application and what it was made with."""
        self._app = app
        self._path = f"{urlsplit(settings.base).path.rstrip('/')}{PATH}".encode()

    async def at_once(self, scope: Scope) -> Answer | Underway | None:
        """Return the answer to a plain query if it is there in a moment, without any thread.

        Else return what `answer` has to go on with, None where nothing has begun.
        """
        if len(scope["query_string"]) > _SHORT or not isinstance(self._readers, Readers):
            return None
        underway = self._prepared(scope, None)
        if underway is None:
            return None
        asked = underway.asked
        running = self._readers.begin(asked.query, asked.offer, asked.seconds, asked.survey)
        if running is None:
            return underway
        try:
            await _readable(running.channel)
        except BaseException:
            running.abandon()
            raise
        if not is_short_and_whole(running.channel):
            return underway._replace(running=running)
        try:
            content = running.finish(None)
        except Exception as error:  # noqa: BLE001 - the view raises it again
            return underway._replace(error=error)
        return _answer(scope, underway, content)

    def answer(
        self, scope: Scope, body: bytes, gone: threading.Event, underway: Underway | None = None
    ) -> Answer:
        """Return the answer to a request that was read whole; `gone` is set when its client is."""
        underway = underway or (None if body else self._prepared(scope, gone.is_set))
        if underway is None:
            return run(self._app, make_environ(scope, body, gone))
        error = underway.error
        if error is None:
            try:
                content = self._finished(underway, gone)
            except Exception as raised:  # noqa: BLE001 - the view raises it again
                error = raised
            else:
                return _answer(scope, underway, content)
        return run(self._app, make_environ(scope, body, gone, Met(error, underway.began)))

    @property
    def _readers(self) -> Answering:
        readers: Answering = self._app.extensions[KEY]["readers"]
        return readers

    def _prepared(self, scope: Scope, gone: Callable[[], bool] | None) -> Underway | None:
        """Return the query of a request; None where the application has to say what it is."""
        began = time.perf_counter()
        if not self._is_plain(scope):
            return None
        accept = fields_of(scope).get(b"accept", b"").decode("latin-1")
        try:
            parameters = parse_address(scope["query_string"])
            query = query_of(parameters)
            if query is None or parameters.all(STREAMING):
                return None
            asked = prepare(self._readers, parameters, query, accept, gone)
            if asked.offer is HTML:
                return None
            return Underway(asked, asked.tag(self._readers), began)
        except ComityError:  # of a store that cannot be reached, too
            return None

    def _finished(self, underway: Underway, gone: threading.Event) -> bytes:
        if underway.running is not None:
            return underway.running.finish(gone.is_set)
        return underway.asked.answer(self._readers, gone.is_set)

    def _is_plain(self, scope: Scope) -> bool:
        fields = fields_of(scope)
        return (
            scope["raw_path"] == self._path
            and scope["method"] == "GET"
            and is_bare(scope)
            and len(scope["query_string"]) <= _LONGEST
            and _LET_TO_FLASK.isdisjoint(fields)
            and HOST.fullmatch(fields.get(b"host", b"").decode("latin-1")) is not None
        )


async def _readable(channel: socket) -> None:
    """Return when a channel can be read from, or a moment has passed."""
    loop, number = asyncio.get_running_loop(), channel.fileno()
    there = asyncio.Event()
    loop.add_reader(number, there.set)
    timer = loop.call_later(_MOMENT_SECONDS, there.set)
    try:
        await there.wait()
    finally:
        loop.remove_reader(number)
        timer.cancel()
        channel.setblocking(True)  # libuv lets no descriptor that it watches block


def _answer(scope: Scope, underway: Underway, content: bytes) -> Answer:
    tag = underway.tag
    account = Account.made(
        "GET",
        PATH,
        scope["query_string"].decode("utf-8", "backslashreplace"),
        endpoint=ENDPOINT,
        status=200,
        size=len(content),
    )
    identity = note_unseen(scope, account, time.perf_counter() - underway.began)
    headers = [
        (b"content-type", underway.asked.offer.content_type.encode()),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", (UNKEPT if tag is None else KEPT).encode()),
        *_FIXED,
        (REQUEST_ID.lower().encode(), identity.encode()),
    ]
    if tag is not None:
        headers.append((b"etag", f'W/"{tag}"'.encode()))
    if underway.asked.by_accept:
        headers.append((b"vary", b"Accept"))
    return Answer(200, headers, content, ENDPOINT)
