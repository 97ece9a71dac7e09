"""Every error that Comity raises on purpose, in one tree.

ComityError
├── UsageError               400  a wrong command, option or combination
│   ├── ParameterError       400  a value that a parameter cannot take
│   ├── QuerySyntaxError     400  SPARQL that does not parse, with line and column
│   ├── UnknownFunctionError 400  a query that calls a function that SPARQL does not have
│   ├── DocumentError        400  a document that is not the RDF it says it is, with its line
│   │   ├── DoctypeError     400  RDF/XML with a document type declaration
│   │   └── RemoteContextError 400  JSON-LD with a context that stands elsewhere
│   └── QueryTooComplexError 400  a query nested deeper than the engine stands
├── UnauthorizedError        401  a write without a token
├── RefusedError             403  a request that this deployment never carries out
│   ├── ServiceDisabledError 403  a query that would ask another server
│   ├── LoadDisabledError    403  an update that would fetch a document
│   ├── ReadOnlyError        403  a change of a graph that this server only reads
│   ├── UnknownTokenError    403  a token that is not one of this server's
│   ├── RoleError            403  a token whose role does not allow this
│   └── CrossSiteError       403  a change that a page of another site sent
├── NotFoundError            404  a name that stands for nothing here
│   └── GoneError            410  a name that once stood for something
├── MethodNotAllowedError    405  a method that the resource does not have
├── NotAcceptableError       406  no representation that the client takes
├── PreconditionError        412  a change of what is no longer as the client knew it
├── TooLargeError            413  more than the limit allows
│   ├── ResultTooLargeError  413  an answer larger than one may be
│   └── MemoryLimitError     413  a query that needs more memory than one may take
├── MediaTypeError           415  a body of a type that is not read here
│   └── EncodingError        415  a body that is compressed
├── RangeError               416  a part that the file does not have
├── UnprocessableError       422  a change that would break a shape, with the findings
│   └── LiteralNotKeptError  422  a literal that would change its datatype
├── DisconnectedError        499  a client that left before the answer was ready
├── UnavailableError         503  for now, with the seconds to wait
│   ├── OverloadError        503  no place to run in
│   └── DeadlineError        503  a query that ran into the time limit
├── StorageFullError         507  no room to keep a change
├── DataError                500  a file of the graph that cannot be read, with path and line
├── StorageDamagedError      500  a store whose files do not fit together
└── EngineError              500  a fault of the store itself

A message is one sentence that names the thing, the value and the remedy. The floors below raise;
only the web and command-line floors turn an error into a status or an exit code.
"""

from __future__ import annotations

from typing import ClassVar


class ComityError(Exception):
    """Base of all deliberate errors; `status` is its HTTP status, `code` its stable name."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"

    def details(self) -> dict[str, object]:
        """Return the members that a problem document carries beside the message."""
        return {}


class UsageError(ComityError):
    """A command, option, path or combination that Comity does not have."""

    status = 400
    code = "bad_request"


class ParameterError(UsageError):
    """A value that a parameter cannot take, with near matches where there are any."""

    code = "bad_parameter"

    def __init__(
        self, message: str, *, parameter: str, value: str, suggestions: tuple[str, ...] = ()
    ) -> None:
        """Keep the parameter's name, the value as given, and up to three near matches."""
        super().__init__(message)
        self.parameter = parameter
        self.value = value
        self.suggestions = suggestions

    def details(self) -> dict[str, object]:
        """Return parameter, value and suggestions."""
        return {
            "parameter": self.parameter,
            "value": self.value,
            "suggestions": list(self.suggestions),
        }


class QuerySyntaxError(UsageError):
    """A SPARQL text that does not parse; `line` and `column` count from 1, or are None."""

    code = "query_syntax"

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        """Keep the place of the fault."""
        super().__init__(message)
        self.line = line
        self.column = column

    def details(self) -> dict[str, object]:
        """Return line and column where they are known."""
        return {k: v for k, v in (("line", self.line), ("column", self.column)) if v is not None}


class QueryTooComplexError(UsageError):
    """A query nested deeper than the engine stands."""

    code = "query_too_complex"


class UnknownFunctionError(UsageError):
    """A query that calls a function that SPARQL does not have."""

    code = "unknown_function"


class DocumentError(UsageError):
    """A document that is not the RDF it says it is; `line` counts from 1, or is None."""

    code = "document_syntax"

    def __init__(self, message: str, *, line: int | None = None) -> None:
        """Keep the place of the fault."""
        super().__init__(message)
        self.line = line

    def details(self) -> dict[str, object]:
        """Return the line where it is known."""
        return {} if self.line is None else {"line": self.line}


class DoctypeError(DocumentError):
    """RDF/XML with a document type declaration, which could name entities and files."""

    code = "doctype_refused"


class RemoteContextError(DocumentError):
    """JSON-LD with a context that stands elsewhere."""

    code = "remote_context_refused"


class UnauthorizedError(ComityError):
    """A write without a token."""

    status = 401
    code = "unauthorized"


class RefusedError(ComityError):
    """A request that this deployment never carries out."""

    status = 403
    code = "refused"


class ServiceDisabledError(RefusedError):
    """A query that would ask another server."""

    code = "service_disabled"


class LoadDisabledError(RefusedError):
    """An update that would fetch a document."""

    code = "load_disabled"


class ReadOnlyError(RefusedError):
    """A change of a graph that this server only reads."""

    code = "read_only"


class ShapesFixedError(RefusedError):
    """A change of the shapes, which come from the deployment and not from what is written."""

    code = "shapes_fixed"


class UnknownTokenError(RefusedError):
    """A token that is not one of this server's."""

    code = "unknown_token"


class RoleError(RefusedError):
    """A token whose role does not allow this."""

    code = "insufficient_role"


class CrossSiteError(RefusedError):
    """A change that a page of another site sent."""

    code = "cross_site"


class NotFoundError(ComityError):
    """A name that stands for nothing here, with near matches where there are any."""

    status = 404
    code = "not_found"

    def __init__(self, message: str, *, suggestions: tuple[str, ...] = ()) -> None:
        """Keep up to three near matches."""
        super().__init__(message)
        self.suggestions = suggestions

    def details(self) -> dict[str, object]:
        """Return the near matches."""
        return {"suggestions": list(self.suggestions)} if self.suggestions else {}


class GoneError(NotFoundError):
    """A name that once stood for something and was withdrawn."""

    status = 410
    code = "gone"


class MethodNotAllowedError(ComityError):
    """A method that the resource does not have; `allowed` lists those it has."""

    status = 405
    code = "method_not_allowed"

    def __init__(self, message: str, *, allowed: tuple[str, ...]) -> None:
        """Keep the methods that the resource has."""
        super().__init__(message)
        self.allowed = allowed

    def details(self) -> dict[str, object]:
        """Return the methods that the resource has."""
        return {"allowed": list(self.allowed)}


class NotAcceptableError(ComityError):
    """No representation that the client takes; `available` lists the media types there are."""

    status = 406
    code = "not_acceptable"

    def __init__(self, message: str, *, available: tuple[str, ...]) -> None:
        """Keep the media types that could be had."""
        super().__init__(message)
        self.available = available

    def details(self) -> dict[str, object]:
        """Return the media types that could be had."""
        return {"available": list(self.available)}


class PreconditionError(ComityError):
    """A change of what is no longer as the client knew it."""

    status = 412
    code = "precondition_failed"


class TooLargeError(ComityError):
    """More bytes, rows or depth than the limit allows."""

    status = 413
    code = "too_large"


class ResultTooLargeError(TooLargeError):
    """An answer larger than one may be."""

    code = "result_too_large"


class MemoryLimitError(TooLargeError):
    """A query that needs more memory than one may take."""

    code = "memory_limit"


class MediaTypeError(ComityError):
    """A body of a media type that is not read here; `accepted` lists those that are."""

    status = 415
    code = "unsupported_media_type"

    def __init__(self, message: str, *, accepted: tuple[str, ...] = ()) -> None:
        """Keep the media types that would be read."""
        super().__init__(message)
        self.accepted = accepted

    def details(self) -> dict[str, object]:
        """Return the media types that would be read."""
        return {"accepted": list(self.accepted)} if self.accepted else {}


class EncodingError(MediaTypeError):
    """A body that is compressed."""


class RangeError(ComityError):
    """A part that the file does not have; `size` is the number of its bytes."""

    status = 416
    code = "range_not_satisfiable"

    def __init__(self, message: str, *, size: int) -> None:
        """Keep the size of the file."""
        super().__init__(message)
        self.size = size

    def details(self) -> dict[str, object]:
        """Return the size of the file."""
        return {"size": self.size}


class UnprocessableError(ComityError):
    """A change that would break a shape or a check; `findings` say how, one record each."""

    status = 422
    code = "shapes_violated"

    def __init__(
        self, message: str, *, findings: tuple[dict[str, object], ...] = (), report: str = ""
    ) -> None:
        """Keep the findings, and the `sh:ValidationReport` in N-Triples where there is one."""
        super().__init__(message)
        self.findings = findings
        self.report = report

    def details(self) -> dict[str, object]:
        """Return the findings."""
        return {"findings": list(self.findings)}


class LiteralNotKeptError(UnprocessableError):
    """An update with a literal that the engine would turn into one of another datatype."""

    code = "literal_not_kept"


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
