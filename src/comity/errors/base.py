"""What all deliberate errors have in common."""

from __future__ import annotations

from typing import ClassVar


class ComityError(Exception):
    """Base of all deliberate errors; `status` is its HTTP status, `code` its stable name."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def details(self) -> dict[str, object]:
        """Return the members that a problem document carries beside the message."""
        return {}
