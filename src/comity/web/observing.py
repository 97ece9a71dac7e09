"""Every request counted, logged and named, whether the application or the adapter answered it."""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import g, request

from comity.web.exchange import header_of
from comity.web.logs import log_request, logs_requests, shorten
from comity.web.metrics import count_request
from comity.web.site import MET

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    return given if given and _WELL_FORMED.fullmatch(given) else os.urandom(16).hex()


class Account(NamedTuple):
    """What is counted and logged of all requests for one thing that get the same answer.

    There are no `members` where requests are not logged.
    """

    endpoint: str
    method: str
    status: int
    size: int
    members: Mapping[str, str]

    @classmethod
    def of(cls, scope: Scope, endpoint: str, status: int, size: int) -> Account:
        """Return the account of a request that the application has not seen.

        `size` is that of the answer in bytes.
        """
        query = scope["query_string"].decode("utf-8", "backslashreplace")
        return cls.made(
            scope["method"], scope["path"], query, endpoint=endpoint, status=status, size=size
        )

    @classmethod
    def made(
        cls, method: str, path: str, query: str, *, endpoint: str, status: int, size: int
    ) -> Account:
        """Return the account of a request for a path and with a query."""
        members: Mapping[str, str] = {}
        if logs_requests():
            members = {
                "method": shorten(method[:40]),
                "path": shorten(path),
                "query": shorten(query),
            }
        return cls(endpoint, method if method in _METHODS else "other", status, size, members)

    def note(self, identity: str, seconds: float) -> None:
        """Count and log one request that was answered."""
        count_request(self.endpoint, self.method, self.status, seconds)
        log_request(
            request=identity,
            **self.members,
            status=self.status,
            seconds=round(seconds, 4),
            bytes=self.size,
        )


def note_unseen(scope: Scope, account: Account, seconds: float) -> str:
    """Count and log an answer that the application has not seen; return the request's id."""
    identity = request_id(header_of(scope, REQUEST_ID.lower().encode()).decode("latin-1"))
    account.note(identity, seconds)
    return identity


def _begin() -> None:
    met = request.environ.get(MET)
    g.began = met.began if met else time.perf_counter()
    g.request_id = request_id(request.headers.get(REQUEST_ID))


def _finish(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    request.environ[ENDPOINT] = endpoint = request.endpoint or "none"
    account = Account.made(
        request.method,
        request.path,
        request.query_string.decode("utf-8", "backslashreplace"),
        endpoint=endpoint,
        status=response.status_code,
        size=response.calculate_content_length() or 0,
    )
    account.note(g.request_id, time.perf_counter() - g.began)
    return response
