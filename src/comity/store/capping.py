"""Writing an answer into memory, up to a limit: all of it, or its beginning where that will do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import ResultTooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable


class _Capped:
    """A file for the engine to write to; it refuses what goes beyond the limit."""

    def __init__(self, limit: int) -> None:
        self.content = bytearray()
        self._limit = limit

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self.content += data
        if len(self.content) > self._limit:
            raise ResultTooLargeError(
                f"The answer is larger than {self._limit:,} bytes; narrow the query, "
                "or ask for it in pages with LIMIT and OFFSET."
            )
        return len(data)

    def flush(self) -> None:
        """Do nothing: there is nothing behind this file."""


def beginning(limit: int, write: Callable[..., bytes | None]) -> tuple[bytes, bool]:
    """Return the whole lines of what `write` gives within a limit, and whether that is all."""
    capped = _Capped(limit)
    try:
        write(output=capped)
    except ResultTooLargeError:
        return bytes(capped.content[: capped.content.rfind(b"\n", 0, limit) + 1]), False
    return bytes(capped.content), True


def within(limit: int | None, write: Callable[..., bytes | None]) -> bytes:
    """Return what `write` gives; with a limit, it writes to a file given as `output`.

    Raises ResultTooLargeError as soon as more than `limit` bytes come.
    """
    if limit is None:
        return bytes(write() or b"")
    capped = _Capped(limit)
    write(output=capped)
    return bytes(capped.content)
