"""Requests to a remote store: connections kept open, each request within its time and size.

Nothing follows a redirect. A query is asked again when the connection failed, and when the store
itself says when to come back (`Retry-After`); what changes a store is sent once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from comity import __version__
from comity.errors import ComityError, ResultTooLargeError, StoreUnreachableError
from comity.store.remote.watching import Watch, Watchers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from urllib3 import BaseHTTPResponse
    from urllib3.connectionpool import HTTPConnectionPool

    from comity.store.remote.addresses import Place

C = TypeVar("C", bound="Client")

AGENT: Final = f"comity/{__version__}"

_CONNECT_SECONDS: Final = 5.0
_PART_BYTES: Final = 64 * 1024
_PAUSES: Final = (0.05, 0.3)  # in seconds, before a query is asked once more
_FOR_NOW: Final = frozenset({502, 503, 504})
_FORM: Final = "application/x-www-form-urlencoded"
_MOST_SECONDS: Final = 3_600

_log: Final = logging.getLogger("comity.store")
_here: Final = threading.local()


class _Watched(HTTPConnection):
    def getresponse(self) -> Any:
        _here.watch.take(self.sock)
        return super().getresponse()


class _WatchedTls(HTTPSConnection):
    def getresponse(self) -> Any:
        _here.watch.take(self.sock)
        return super().getresponse()


@dataclass(frozen=True)
class Reply:
    """What came back: the names of `headers` are in lower case.

    `is_whole` is false for the beginning of a larger body; `is_counted` tells whether HTTP itself
    would have noticed a body that was cut.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool = True
    is_counted: bool = True

    @property
    def media_type(self) -> str:
        """The media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def retry_after(self) -> int | None:
        """The seconds after which to come back, if the store names them."""
        text = self.headers.get("retry-after", "").strip()
        return min(int(text), _MOST_SECONDS) if text.isdecimal() else None


@dataclass(frozen=True)
class _Request:
    method: str
    address: str
    headers: Mapping[str, str]
    body: Any


class _BrokenError(Exception):
    """A request that got no answer; `reason` is why."""


class Client:
    """The connections to one store; safe to use from many threads."""

    def __init__(self, place: Place, connections: int = 16, agent: str = "") -> None:
        """Connect with the first request; as many connections stay open as given.

        `agent` is who asks, as `User-Agent` says it.
        """
        self.place = place
        self.agent = agent or AGENT
        self.outcomes: Counter[str] = Counter()
        self._connections = connections
        self._watchers = Watchers()
        self._pools: dict[str, HTTPConnectionPool] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close all connections that are idle."""
        with self._lock:
            pools = tuple(self._pools.values())
        for pool in pools:
            pool.close()

    def ask(
        self,
        fields: Iterable[tuple[str, str]],
        accept: str,
        watch: Watch,
        limit: int,
        *,
        beginning: bool = False,
    ) -> Reply:
        """Return the reply to a query, by POST of a form (SPARQL 1.1 Protocol §2.1.2).

        Raises what ends the watch, ResultTooLargeError beyond `limit` bytes unless the `beginning`
        will do, StoreUnreachableError.
        """
        form = [*fields, *self._time_limit(watch)]
        body = urlencode(form).encode()
        headers = {"Accept": accept, "Content-Type": _FORM}
        request = _Request("POST", self.place.queries, headers, body)
        pauses = iter(_PAUSES)
        with self._watchers.looking(watch):
            while True:
                pause = next(pauses, None)
                try:
                    reply = self._send(request, watch, limit, beginning=beginning)
                except _BrokenError as error:
                    if pause is None or watch.rest <= pause:
                        raise self._unreachable(error) from None
                else:
                    wait = reply.retry_after if reply.status in _FOR_NOW else None
                    if wait is None or pause is None or watch.rest <= wait:
                        self.outcomes["answered"] += 1
                        return reply
                    pause = max(pause, wait)
                self.outcomes["repeated"] += 1
                self._pause(pause, watch)

    def change(
        self, method: str, address: str, headers: Mapping[str, str], body: Any, seconds: float
    ) -> Reply:
        """Send what changes a store, once; raises what `ask` raises."""
        watch = Watch(seconds)
        with self._watchers.looking(watch):
            try:
                request = _Request(method, address, headers, body)
                return self._send(request, watch, _PART_BYTES)
            except _BrokenError as error:
                raise self._unreachable(error) from None

    def _time_limit(self, watch: Watch) -> list[tuple[str, str]]:
        name, _, value = self.place.limit.partition("=")
        if not name:
            return []
        milliseconds = max(1, int(watch.rest * 1000))
        seconds = -(-milliseconds // 1000)
        return [(name, value.replace("{ms}", str(milliseconds)).replace("{s}", str(seconds)))]

    def _send(
        self, request: _Request, watch: Watch, limit: int, *, beginning: bool = False
    ) -> Reply:
        watch.require()
        parts = urlsplit(request.address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        _here.watch = watch
        try:
            response = self._pool(request.address).urlopen(
                request.method,
                target,
                body=request.body,
                headers={**self._headers(), **request.headers},
                retries=False,
                redirect=False,
                preload_content=False,
                timeout=urllib3.Timeout(
                    connect=min(_CONNECT_SECONDS, watch.rest), read=watch.rest + 1
                ),
            )
            try:
                return self._read(response, watch, limit, beginning=beginning)
            except BaseException:
                response.close()
                raise
        except (HTTPError, OSError) as error:
            watch.require()
            raise _BrokenError(_reason(error)) from None
        finally:
            _here.watch = None

    def _read(
        self, response: BaseHTTPResponse, watch: Watch, limit: int, *, beginning: bool
    ) -> Reply:
        content, is_whole = bytearray(), True
        for part in response.stream(_PART_BYTES, decode_content=True):
            watch.require()
            content += part
            if len(content) > limit:
                response.close()
                if not beginning:
                    raise ResultTooLargeError(
                        f"The answer is larger than {limit:,} bytes; narrow the query, "
                        "or ask for it in pages with LIMIT and OFFSET."
                    )
                is_whole = False
                break
        watch.require()  # a socket that was shut looks like the end of a body without a length
        headers = {name.lower(): value for name, value in response.headers.items()}
        counted = "content-length" in headers or "chunked" in headers.get("transfer-encoding", "")
        response.release_conn()
        return Reply(response.status, headers, bytes(content), is_whole, counted)

    def _headers(self) -> dict[str, str]:
        return {
            "User-Agent": self.agent,
            "Accept-Encoding": "identity",
            **self.place.credentials.headers(),
        }

    def _pool(self, address: str) -> HTTPConnectionPool:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            if origin not in self._pools:
                pool = urllib3.connection_from_url(origin, maxsize=self._connections, block=False)
                pool.ConnectionCls = _WatchedTls if parts.scheme == "https" else _Watched
                self._pools[origin] = pool
            return self._pools[origin]

    def _pause(self, seconds: float, watch: Watch) -> None:
        until = time.monotonic() + seconds
        while (rest := until - time.monotonic()) > 0:
            watch.require()
            time.sleep(min(rest, 0.05))

    def _unreachable(self, error: _BrokenError) -> ComityError:
        self.outcomes["unreachable"] += 1
        _log.warning("The store at %s cannot be reached: %s.", self.place.queries, error)
        return StoreUnreachableError(
            "The remote store of this server cannot be reached; try again in a moment."
        )


def _reason(error: Exception) -> str:
    """Return why there was no answer, in one line without any header."""
    while isinstance(error, HTTPError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return " ".join(str(error).split())[:200] or type(error).__name__
