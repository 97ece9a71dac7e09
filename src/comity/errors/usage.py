"""What was asked cannot be: a wrong command, value, text or document."""

from __future__ import annotations

from comity.errors.base import ComityError


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


class ServiceUnsupportedError(QuerySyntaxError):
    """A SERVICE at a place where its answer cannot soundly be put; with line and column."""

    code = "service_unsupported"


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
