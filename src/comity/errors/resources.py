"""What is not there, not in that form, or not in that state."""

from __future__ import annotations

from comity.errors.base import ComityError


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
