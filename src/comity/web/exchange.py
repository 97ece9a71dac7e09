"""A request and its whole answer, as the adapter and what stands around it hand them on."""

from __future__ import annotations

from typing import Any, NamedTuple

Scope = dict[str, Any]
Headers = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """A whole answer, and the name of the view that gave it; header names are in lower case."""

    status: int
    headers: Headers
    content: bytes
    endpoint: str

    def header(self, wanted: bytes) -> bytes:
        """Return the value of a header, by its name in lower case; empty where there is none."""
        return next((value for name, value in self.headers if name == wanted), b"")


def header_of(scope: Scope, wanted: bytes) -> bytes:
    """Return the values of a header, by its name in lower case; empty where there is none."""
    return b",".join(value for name, value in scope["headers"] if name == wanted)
