"""A request and its whole answer, as the adapter and what stands around it hand them on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    import threading
    from collections.abc import Awaitable, Callable, Iterator

    from comity.web.streaming import Export

    Message = dict[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]

# Where a view puts a `Stream`, if whoever called it takes one: there is a key for it then.
STREAM: Final = "comity.stream"
# Where the headers of a request stand by their names, once somebody has looked for one of them.
_FIELDS: Final = "comity.fields"


class Stream(NamedTuple):
    """The content of an answer that is too large to be made at once; it can be read again."""

    size: int
    parts: Callable[[], Iterator[bytes]]

    def close(self) -> None:
        """Do nothing: nothing is held between two parts."""


class Answer(NamedTuple):
    """A whole answer, and the name of the view that gave it; header names are in lower case."""

    status: int
    headers: Headers
    content: bytes
    endpoint: str
    stream: Stream | Export | None = None

    @property
    def size(self) -> int:
        """The number of bytes of the content."""
        return len(self.content) if self.stream is None else self.stream.size

    def header(self, wanted: bytes) -> bytes:
        """Return the value of a header, by its name in lower case; empty where there is none."""
        return next((value for name, value in self.headers if name == wanted), b"")


async def watch(receive: Receive, gone: threading.Event) -> None:
    """Set an event when the client closes the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
    gone.set()


def fields_of(scope: Scope) -> dict[bytes, bytes]:
    """Return the headers of a request by their names in lower case, several of one name as one."""
    fields: dict[bytes, bytes] | None = scope.get(_FIELDS)
    if fields is None:
        fields = scope[_FIELDS] = {}
        for name, value in scope["headers"]:
            fields[name] = fields[name] + b"," + value if name in fields else value
    return fields


def header_of(scope: Scope, wanted: bytes) -> bytes:
    """Return the values of a header, by its name in lower case; empty where there is none."""
    return fields_of(scope).get(wanted, b"")


def is_bare(scope: Scope) -> bool:
    """Tell whether a request has no body: then it declares none (RFC 9112 §6.3)."""
    fields = fields_of(scope)
    return b"content-length" not in fields and b"transfer-encoding" not in fields
