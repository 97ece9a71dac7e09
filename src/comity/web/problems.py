"""One shape for every error: RFC 9457 `application/problem+json`, or a page for browsers."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from flask import Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from comity.errors import (
    ComityError,
    EncodingError,
    MediaTypeError,
    MethodNotAllowedError,
    RangeError,
    RoleError,
    UnauthorizedError,
    UnavailableError,
    UnknownTokenError,
    UnprocessableError,
)
from comity.services.problems import TYPES
from comity.store.quoting import quote
from comity.web.changes import violation_report
from comity.web.nearby import near_pages, page_title
from comity.web.negotiation import wants_page

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue

MEDIA_TYPE: Final = "application/problem+json"

_TITLES: Final = {499: "Client Closed Request"}

# RFC 6750 §3; a request without a token is told no error.
_CHALLENGES: Final[dict[type[ComityError], str]] = {
    UnauthorizedError: 'Bearer realm="Comity"',
    UnknownTokenError: 'Bearer realm="Comity", error="invalid_token"',
    RoleError: 'Bearer realm="Comity", error="insufficient_scope"',
}

_CODES: Final = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    414: "uri_too_long",
    415: "unsupported_media_type",
}


def register(app: Flask) -> None:
    """Have an application answer each error in the one shape."""
    app.register_error_handler(ComityError, _deliberate)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _unforeseen)


def problem(status: int, code: str, detail: str, **members: Any) -> Response:
    """Return an error as a problem document, or as a page if the client prefers one.

    `code` is a stable name, `detail` one sentence with the remedy, `members` what a program may
    want to know beside it.
    """
    title = title_of(status)
    if wants_page():
        suggestions = members.pop("suggestions", [])
        page = render_template(
            "error.html",
            status=status,
            code=code,
            title=title,
            message=detail,
            suggestions=suggestions,
            page_title=page_title,
            details=members,
        )
        response = Response(page, status, mimetype="text/html")
    else:
        response = Response(
            write_problem(status, code, detail, **members), status, content_type=MEDIA_TYPE
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def write_problem(status: int, code: str, detail: str, **members: Any) -> bytes:
    """Return a problem document; its type is the stable name of the error."""
    document = {"type": TYPES + code, "title": title_of(status), "status": status, "code": code}
    document |= {"detail": detail} | members
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def title_of(status: int) -> str:
    """Return the phrase of a status."""
    return _TITLES.get(status) or HTTPStatus(status).phrase


def _deliberate(error: ComityError) -> Response:
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.logger.error("%s %s: %s", request.method, request.path, error)
    if isinstance(error, UnprocessableError) and (report := violation_report(error)):
        return report
    response = problem(error.status, error.code, str(error), **error.details())
    return with_remedy(response, error)


def with_remedy(response: Response, error: ComityError) -> Response:
    """Add the headers by which a program learns what to do about an error."""
    if isinstance(error, MethodNotAllowedError):
        response.headers["Allow"] = ", ".join(error.allowed)
    if isinstance(error, RangeError):
        response.headers["Content-Range"] = f"bytes */{error.size}"
    if isinstance(error, UnavailableError):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, MediaTypeError) and error.accepted:  # RFC 9110 §15.5.16
        response.headers["Accept"] = ", ".join(error.accepted)
        if request.method in {"POST", "QUERY"}:
            name = f"Accept-{request.method.capitalize()}"
            response.headers[name] = ", ".join(error.accepted)
    if isinstance(error, EncodingError):
        response.headers["Accept-Encoding"] = "identity"
    for kind, challenge in _CHALLENGES.items():
        if isinstance(error, kind):
            response.headers["WWW-Authenticate"] = challenge
    return response


def _of_http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return error.get_response(request.environ)  # a redirect, or what a view has made itself
    near = near_pages(request.path) if status == HTTPStatus.NOT_FOUND and wants_page() else ()
    members = {"suggestions": list(near)} if near else {}
    code = _CODES.get(status, "http_error")
    response = problem(status, code, _sentence(error, status), **members)
    if isinstance(error, MethodNotAllowed):
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return response


def _unforeseen(error: Exception) -> Response:
    current_app.logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return problem(
        500,
        "internal_error",
        "The server failed on this request; nothing was changed, and the fault is in its log.",
    )


def _sentence(error: HTTPException, status: int) -> str:
    if status == HTTPStatus.NOT_FOUND:
        return f"There is nothing at {quote(request.path)}; begin at / or look in /openapi.json."
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return f"{request.path} does not take {request.method}; it takes {allowed}."
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        limit = current_app.config["MAX_CONTENT_LENGTH"]
        return f"The request body is larger than {limit:,} bytes; send less."
    return (error.description or HTTPStatus(status).description).splitlines()[0]
