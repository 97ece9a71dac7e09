"""A client that costs little: it shares the processors with what it measures.

One thread serves all connections. Each keeps one request under way, written beforehand as bytes;
answers are read up to their end and not looked into, but for the status. That answers are right is
found out apart from that, by `fetch`.
"""

from __future__ import annotations

import http.client
import selectors
import socket
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from peers.figures import Round

if TYPE_CHECKING:
    from collections.abc import Callable

JSON: Final = "application/sparql-results+json"
PATIENCE: Final = 30.0
"""Seconds that one answer is waited for; longer ones are failures."""
_PART: Final = 1 << 18


def fetch(address: str, text: str, patience: float = PATIENCE) -> tuple[int, bytes]:
    """Return the status and the answer to one query; status 0 where none came."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=patience)
    try:
        connection.request("GET", f"{place.path}?query={quote(text)}", headers={"Accept": JSON})
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def load(address: str, texts: Callable[[], str], clients: int, seconds: float) -> Round:
    """Ask a server by some clients at once for a while, each after its last answer.

    The round ends when the time is over and every request under way has its answer.
    """
    place = urlsplit(address)
    begun = time.perf_counter()
    until = begun + seconds
    times: list[float] = []
    failures = size = 0
    with selectors.DefaultSelector() as selector:
        lines = [_Line(place.hostname or "", place.port or 80) for _ in range(clients)]
        for line in lines:
            line.ask(selector, _request(place.path, place.netloc, texts()))
        busy = len(lines)
        while busy:
            for key, _ in selector.select(timeout=1.0):
                line = key.data
                if not line.read():
                    continue
                now = time.perf_counter()
                size += line.size
                if line.status == HTTPStatus.OK and now - line.begun <= PATIENCE:
                    times.append(now - line.begun)
                else:
                    failures += 1
                if now < until:
                    line.ask(selector, _request(place.path, place.netloc, texts()))
                else:
                    line.close(selector)
                    busy -= 1
            late = time.perf_counter() - PATIENCE
            for line in lines:
                if line.is_busy and line.begun < late:
                    failures += 1
                    line.close(selector)
                    busy -= 1
    return Round(tuple(times), time.perf_counter() - begun, failures, size)


def _request(path: str, host: str, text: str) -> bytes:
    return (
        f"GET {path}?query={quote(text)} HTTP/1.1\r\nHost: {host}\r\nAccept: {JSON}\r\n\r\n"
    ).encode()


class _Line:
    """One connection and what is read of the answer that comes on it."""

    def __init__(self, host: str, port: int) -> None:
        self._place = host, port
        self._socket: socket.socket | None = None
        self.status = self.size = 0
        self.begun = 0.0
        self.is_busy = False
        self._reset()

    def ask(self, selector: selectors.BaseSelector, request: bytes) -> None:
        """Send a request, on a new connection if there is none."""
        self._reset()
        self.begun = time.perf_counter()
        self.is_busy = True
        if self._socket is not None and self._is_closing:
            self.close(selector)
            self.is_busy = True
        for _ in range(2):
            if self._socket is None:
                self._socket = socket.create_connection(self._place, timeout=PATIENCE)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(self._socket, selectors.EVENT_READ, self)
            try:
                self._socket.sendall(request)
            except OSError:
                self.close(selector)
                self.is_busy = True
            else:
                return

    def close(self, selector: selectors.BaseSelector) -> None:
        """Close the connection."""
        self.is_busy = False
        if self._socket is not None:
            selector.unregister(self._socket)
            self._socket.close()
            self._socket = None

    def _reset(self) -> None:
        self.status = self.size = 0
        self._buffer = bytearray()
        self._rest: int | None = None  # bytes of the body, or of the chunk, that are to come
        self._is_chunked = self._has_head = False
        self._is_closing = getattr(self, "_is_closing", False) and self._socket is not None

    def read(self) -> bool:
        """Read what has come; tell whether the answer is at its end."""
        if self._socket is None:
            return False
        try:
            part = self._socket.recv(_PART)
        except OSError:
            part = b""
        if not part:
            self._is_closing = True
            if self._rest is not None or not self._has_head:
                self.status = 0  # it was cut
            return self.is_busy
        self.size += len(part)
        if self._has_head and not self._is_chunked:
            if self._rest is None:
                return False
            self._rest -= len(part)
            return self._rest <= 0
        self._buffer += part
        if not self._has_head and not self._read_head():
            return False
        return (
            self._read_chunks()
            if self._is_chunked
            else self._rest is not None and (self._rest <= 0)
        )

    def _read_head(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = bytes(self._buffer[:end]).lower()
        del self._buffer[: end + 4]
        self._has_head = True
        self.status = int(head[9:12])
        self._is_closing = b"\r\nconnection: close" in head
        self._is_chunked = b"\r\ntransfer-encoding: chunked" in head
        at = head.find(b"\r\ncontent-length:")
        if not self._is_chunked and at >= 0:
            self._rest = int(head[at + 17 :].split(b"\r\n", 1)[0]) - len(self._buffer)
        return True

    def _read_chunks(self) -> bool:
        """Take the chunks that are whole out of the buffer; tell whether the last one was there."""
        at, known = 0, len(self._buffer)
        while True:
            end = self._buffer.find(b"\r\n", at)
            if end < 0:
                break
            length = int(bytes(self._buffer[at:end]).split(b";")[0], 16)
            behind = end + 2 + length + 2
            if behind > known:
                break
            at = behind
            if not length:
                self._rest = None
                return True
        del self._buffer[:at]
        self._rest = 1
        return False
