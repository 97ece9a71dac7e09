"""What went wrong on our side or beyond it, never the client's."""

from __future__ import annotations

from comity.errors.base import ComityError


class StorageDamagedError(ComityError):
    """A store whose files do not fit together, so that nothing is served from it."""

    code = "storage_damaged"


class DataError(ComityError):
    """A file of the graph that cannot be read; `path` is relative to the root, `line` from 1."""

    code = "data_error"

    def __init__(self, message: str, *, path: str, line: int | None = None) -> None:
        """Keep the place of the fault."""
        super().__init__(message)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """Return the message behind its place, as `path:line: message`."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {super().__str__()}"


class EngineError(ComityError):
    """A fault of the store itself, never of the request."""

    code = "engine_error"


class StoreReplyError(ComityError):
    """A remote store whose answer is none, or not one to this server."""

    status = 502
    code = "store_reply"


class StoreLoginError(StoreReplyError):
    """A remote store that does not take the credentials of this server."""

    code = "store_login"


class ServiceFailedError(ComityError):
    """A service of others, as SERVICE names one, that gave no answer, or none that is one."""

    status = 502
    code = "service_failed"


class ServiceTimeoutError(ComityError):
    """An endpoint that SERVICE names and that did not answer in time."""

    status = 504
    code = "service_timeout"
