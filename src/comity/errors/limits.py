"""What is too much, or too much for now."""

from __future__ import annotations

from comity.errors.base import ComityError


class TooLargeError(ComityError):
    """More bytes, rows or depth than the limit allows."""

    status = 413
    code = "too_large"


class ResultTooLargeError(TooLargeError):
    """An answer larger than one may be."""

    code = "result_too_large"


class ServiceTooLargeError(ResultTooLargeError):
    """An answer of another endpoint, larger than one that SERVICE takes in."""

    code = "service_too_large"


class MemoryLimitError(TooLargeError):
    """A query that needs more memory than one may take."""

    code = "memory_limit"


class DisconnectedError(ComityError):
    """A client that left before the answer was ready; nobody reads this one."""

    status = 499
    code = "client_left"


class UnavailableError(ComityError):
    """Not now; `retry_after` is the number of seconds to wait."""

    status = 503
    code = "unavailable"

    def __init__(self, message: str, *, retry_after: int = 5) -> None:
        """Keep the seconds to wait."""
        super().__init__(message)
        self.retry_after = retry_after

    def details(self) -> dict[str, object]:
        """Return the seconds to wait."""
        return {"retry_after": self.retry_after}


class StoreUnreachableError(UnavailableError):
    """A remote store that does not answer, or holds what is being replaced."""

    code = "store_unreachable"


class OverloadError(UnavailableError):
    """No place to run in."""

    code = "busy"


class DeadlineError(UnavailableError):
    """A query that ran into the time limit."""

    code = "query_timeout"


class StorageFullError(ComityError):
    """No room to keep a change; nothing of it was kept."""

    status = 507
    code = "storage_full"
