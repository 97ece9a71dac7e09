"""Queries by GET that need nothing of Flask: no page, no condition, no body, an address of ours.

What such a query means is read and answered by the functions that the view of the endpoint calls.
Whatever is not as plain as that, and whatever is refused, the application answers.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from comity.errors import ComityError
from comity.web.asking import prepare
from comity.web.caching import SPECIAL
from comity.web.exchange import Answer, fields_of, is_bare
from comity.web.headers import KEPT, OPEN, SECURITY, UNKEPT
from comity.web.negotiation import HTML
from comity.web.observing import REQUEST_ID, Account, note_unseen
from comity.web.proxies import HOST
from comity.web.requests import parse_address, query_of
from comity.web.site import KEY
from comity.web.streaming import PARAMETER as STREAMING
from comity.web.wsgi_calls import make_environ, run

if TYPE_CHECKING:
    import threading

    from flask import Flask

    from comity.settings import Settings
    from comity.store.answering import Answering
    from comity.web.asking import Asked
    from comity.web.exchange import Scope

PATH: Final = "/sparql"
ENDPOINT: Final = "protocol.sparql"

# Bytes of an address: what is longer takes long to read, and is read only once, by the view.
_LONGEST: Final = 4_000
_LET_TO_FLASK: Final = SPECIAL | {
    b"if-none-match",
    b"x-forwarded-host",
    b"x-forwarded-prefix",
    b"x-forwarded-proto",
}
_FIXED: Final = tuple(
    (name.lower().encode(), value.encode()) for name, value in (SECURITY | OPEN).items()
)


class Direct:
    """Answers requests: the plainest itself, and all others by the application."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        """Take the application and what it was made with."""
        self._app = app
        self._path = f"{urlsplit(settings.base).path.rstrip('/')}{PATH}".encode()

    def answer(self, scope: Scope, body: bytes, gone: threading.Event) -> Answer:
        """Return the answer to a request that was read whole; `gone` is set when its client is."""
        began = time.perf_counter()
        met = None
        if self._is_plain(scope) and (asked := self._asked(scope, gone)) is not None:
            try:
                return _answer(scope, asked, self._readers, gone, began)
            except Exception as error:  # noqa: BLE001 - the view raises it again
                met = error
        return run(self._app, make_environ(scope, body, gone, met))

    @property
    def _readers(self) -> Answering:
        readers: Answering = self._app.extensions[KEY]["readers"]
        return readers

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

    def _asked(self, scope: Scope, gone: threading.Event) -> Asked | None:
        """Return the query of a request; None where the application has to say what it is."""
        accept = fields_of(scope).get(b"accept", b"").decode("latin-1")
        try:
            parameters = parse_address(scope["query_string"])
            query = query_of(parameters)
            if query is None or parameters.all(STREAMING):
                return None
            asked = prepare(self._readers, parameters, query, accept, gone.is_set)
        except ComityError:
            return None
        return None if asked.offer is HTML else asked


def _answer(
    scope: Scope, asked: Asked, readers: Answering, gone: threading.Event, began: float
) -> Answer:
    tag = asked.tag(readers)
    content = asked.answer(readers, gone.is_set)
    account = Account.made(
        "GET",
        PATH,
        scope["query_string"].decode("utf-8", "backslashreplace"),
        endpoint=ENDPOINT,
        status=200,
        size=len(content),
    )
    identity = note_unseen(scope, account, time.perf_counter() - began)
    headers = [
        (b"content-type", asked.offer.content_type.encode()),
        (b"content-length", b"%d" % len(content)),
        (b"cache-control", (UNKEPT if tag is None else KEPT).encode()),
        *_FIXED,
        (REQUEST_ID.lower().encode(), identity.encode()),
    ]
    if tag is not None:
        headers.append((b"etag", f'W/"{tag}"'.encode()))
    if asked.by_accept:
        headers.append((b"vary", b"Accept"))
    return Answer(200, headers, content, ENDPOINT)
