"""Every request counted, logged and named, whether the application or the adapter answered it."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from flask import g, request

from comity.web.exchange import header_of
from comity.web.logs import log_request, shorten
from comity.web.metrics import count_request

if TYPE_CHECKING:
    from flask import Flask, Response

    from comity.web.exchange import Scope

REQUEST_ID: Final = "X-Request-ID"
# Where the adapter finds the name of the view that answered.
ENDPOINT: Final = "comity.endpoint"

_WELL_FORMED: Final = re.compile(r"[A-Za-z0-9._:=+/-]{1,128}")
_METHODS: Final = frozenset(
    {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE"}
)


def register(app: Flask) -> None:
    """Have an application name, count and log each of its answers."""
    app.before_request(_begin)
    app.after_request(_finish)  # registered first, so it runs last and sees the final answer


def request_id(given: str | None) -> str:
    """Return the id that the client or a proxy gave, if it is well formed, else a new one."""
    return given if given and _WELL_FORMED.fullmatch(given) else uuid4().hex


def note(
    *,
    identity: str,
    method: str,
    path: str,
    query: str,
    endpoint: str,
    status: int,
    seconds: float,
    size: int,
) -> None:
    """Count and log one answered request; `size` is that of the answer in bytes."""
    count_request(endpoint, method if method in _METHODS else "other", status, seconds)
    log_request(
        request=identity,
        method=shorten(method[:40]),
        path=shorten(path),
        query=shorten(query),
        status=status,
        seconds=round(seconds, 4),
        bytes=size,
    )


def note_unseen(scope: Scope, endpoint: str, status: int, seconds: float, size: int) -> str:
    """Count and log an answer that the application has not seen; return the request's id."""
    identity = request_id(header_of(scope, REQUEST_ID.lower().encode()).decode("latin-1"))
    note(
        identity=identity,
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("utf-8", "backslashreplace"),
        endpoint=endpoint,
        status=status,
        seconds=seconds,
        size=size,
    )
    return identity


def _begin() -> None:
    g.began = time.perf_counter()
    g.request_id = request_id(request.headers.get(REQUEST_ID))


def _finish(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    request.environ[ENDPOINT] = endpoint = request.endpoint or "none"
    note(
        identity=g.request_id,
        method=request.method,
        path=request.path,
        query=request.query_string.decode("utf-8", "backslashreplace"),
        endpoint=endpoint,
        status=response.status_code,
        seconds=time.perf_counter() - g.began,
        size=response.calculate_content_length() or 0,
    )
    return response
