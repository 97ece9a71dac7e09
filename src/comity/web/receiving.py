"""What comes in over ASGI: a body, whole and within its limits of size and time."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

from comity.web.exchange import header_of
from comity.web.refusing import Refusal, too_large

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.web.exchange import Receive, Scope

# What is read and thrown away behind the limit, so that a client that still sends can read why.
_LINGER_BYTES: Final = 16 * 1024 * 1024
_LINGER_SECONDS: Final = 5.0
_QUIET_SECONDS: Final = 0.5  # after which nothing more is waited for


async def read_whole(scope: Scope, receive: Receive, settings: Settings) -> bytes:
    """Return the body of a request; raises Refusal beyond the limits of size and time."""
    limit = settings.max_body_bytes
    declared = int(header_of(scope, b"content-length") or 0)
    if declared > limit:
        if not header_of(scope, b"expect"):
            await _discard(receive)
        raise too_large(limit)
    body = bytearray()
    try:
        async with asyncio.timeout(settings.body_seconds):
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
            f"The body took longer than {settings.body_seconds:g} s; send it faster.",
        ) from None
    if len(body) > limit:
        await _discard(receive)
        raise too_large(limit)
    return bytes(body)


async def _discard(receive: Receive) -> None:
    rest = _LINGER_BYTES
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_LINGER_SECONDS):
            while rest > 0:
                message = await asyncio.wait_for(receive(), _QUIET_SECONDS)
                rest -= len(message.get("body", b""))
                if not message.get("more_body"):
                    return
