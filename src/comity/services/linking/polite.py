"""Documents of JSON from services that belong to others: one request at a time, with pauses.

No redirect is followed, no answer beyond a bound of bytes is read. Where a service says when to
come back (`Retry-After`), it is waited for as long, a few times.
"""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from comity import __version__
from comity.errors import ServiceFailedError, UsageError
from comity.model.terms import W3ID
from comity.store.quoting import reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAUSE: Final = 1.0
"""Seconds from the beginning of a request to that of the next one."""

_SECONDS: Final = 30.0
_MOST_BYTES: Final = 20_000_000
_ATTEMPTS: Final = 3
_LONGEST_WAIT: Final = 120
_OK: Final = 200
_NOT_FOUND: Final = 404
_LATER: Final = frozenset({429, 500, 502, 503, 504})


class Polite:
    """Whoever asks the services of others; it says who it is."""

    def __init__(
        self,
        about: str = "",
        pause: float = PAUSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Ask nobody yet; `about` is an address that tells whose program this is."""
        self._headers = {
            "User-Agent": f"comity/{__version__} (+{about or W3ID})",
            "Accept": "application/json",
        }
        self._pause = pause
        self._sleep = sleep
        self._last = -pause
        self._http = urllib3.PoolManager(retries=False)

    def close(self) -> None:
        """Close all connections."""
        self._http.clear()

    def get(self, address: str) -> Any:
        """Return a document, None if there is none by this address; raises ServiceFailedError."""
        return self._ask("GET", address, None, {})

    def post_form(self, address: str, fields: Mapping[str, str]) -> Any:
        """Return the answer to a form; raises ServiceFailedError."""
        body = urlencode(fields).encode()
        return self._ask(
            "POST", address, body, {"Content-Type": "application/x-www-form-urlencoded"}
        )

    def post_json(self, address: str, document: Any) -> Any:
        """Return the answer to a document; raises ServiceFailedError."""
        body = json.dumps(document).encode()
        return self._ask("POST", address, body, {"Content-Type": "application/json"})

    def _ask(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> Any:
        for attempt in range(1, _ATTEMPTS + 1):
            self._wait()
            try:
                status, after, content = self._send(method, address, body, headers)
            except (HTTPError, OSError) as error:
                if attempt == _ATTEMPTS:
                    raise _failed(address, f"cannot be reached ({reason_of(error)})") from None
                self._sleep(attempt * self._pause)
                continue
            if status == _OK:
                try:
                    return json.loads(content)
                except ValueError as error:
                    why = f"gives an answer that is no JSON ({reason_of(error)})"
                    raise _failed(address, why) from None
            if status == _NOT_FOUND and method == "GET":
                return None
            if status not in _LATER or attempt == _ATTEMPTS:
                redirect = ", a redirect, which is not followed" if status // 100 == 3 else ""  # noqa: PLR2004
                raise _failed(address, f"answers with status {status}{redirect}")
            seconds = int(after) if after.isdecimal() else attempt * self._pause
            self._sleep(min(seconds, _LONGEST_WAIT))
        raise _failed(address, "does not answer")

    def _send(
        self, method: str, address: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, str, bytes]:
        response = self._http.request(
            method,
            address,
            body=body,
            headers=self._headers | headers,
            redirect=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=10.0, read=_SECONDS),
        )
        try:
            content = bytearray()
            for part in response.stream(64 * 1024, decode_content=True):
                content += part
                if len(content) > _MOST_BYTES:
                    raise _failed(address, f"gives more than {_MOST_BYTES:,} bytes")
            return response.status, response.headers.get("Retry-After", ""), bytes(content)
        finally:
            response.close()

    def _wait(self) -> None:
        rest = self._last + self._pause - time.monotonic()
        if rest > 0:
            self._sleep(rest)
        self._last = time.monotonic()


def require_address(address: str) -> str:
    """Return an address of http or https; raises UsageError for anything else."""
    try:
        parts = urlsplit(address)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        valid = False
    if not valid or "@" in parts.netloc:
        raise UsageError(
            f"{address!r} is no address of a service; write http:// or https://, and no password."
        )
    return address


def _failed(address: str, why: str) -> ServiceFailedError:
    return ServiceFailedError(f"The service at {address[:200]} {why}; try again later.")
