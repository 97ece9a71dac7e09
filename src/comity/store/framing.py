"""Messages between the processes of the store: a head in JSON and a body of bytes.

On the wire: the length of the head and of the body as two 64-bit numbers, then both. Nothing is
pickled, so that a reader process that went wrong can send nothing that runs.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any, Final

_LENGTHS: Final = struct.Struct("!QQ")
_SHORT: Final = 16 * 1024  # bytes of a message that goes, and comes, in one piece

Head = dict[str, Any]


def send(channel: socket.socket, head: Head, body: bytes = b"") -> None:
    """Send one message whole; raises OSError when the other side has gone."""
    encoded = json.dumps(head).encode()
    begin = _LENGTHS.pack(len(encoded), len(body)) + encoded
    if len(body) <= _SHORT:
        channel.sendall(begin + body)
    else:
        channel.sendall(begin)
        channel.sendall(body)


def receive(channel: socket.socket) -> tuple[Head, bytes] | None:
    """Return the next message, or None at the end of the channel, also in mid-message."""
    lengths = _exactly(channel, _LENGTHS.size)
    if lengths is None:
        return None
    of_head, of_body = _LENGTHS.unpack(lengths)
    if of_head + of_body <= _SHORT:
        both = _exactly(channel, of_head + of_body)
        return None if both is None else (json.loads(both[:of_head]), both[of_head:])
    head = _exactly(channel, of_head)
    body = _exactly(channel, of_body) if head is not None else None
    if head is None or body is None:
        return None
    return json.loads(head), body


def is_short_and_whole(channel: socket.socket) -> bool:
    """Tell whether the next message is a short one and all there: receiving it takes no time."""
    try:
        waiting = channel.recv(_SHORT, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return False
    if len(waiting) < _LENGTHS.size:
        return False
    of_head, of_body = _LENGTHS.unpack_from(waiting)
    return len(waiting) == _LENGTHS.size + int(of_head) + int(of_body)


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts: list[bytes] = []
    while size:
        try:
            # All at once and without another copy, unless a signal comes in between.
            part = channel.recv(size, socket.MSG_WAITALL)
        except ConnectionError:
            return None
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
