"""If-Match and `If-None-Match: *` of requests that change nothing (RFC 9110 §13.1).

Both can be judged only when the answer is there: a query that fails has no representation, and
neither condition is looked at (§13.2.1). A tag in If-None-Match is judged where the answer is
made, since it can spare the work.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import Response, request

from comity.errors import PreconditionError
from comity.web.headers import SAFE
from comity.web.problems import problem

if TYPE_CHECKING:
    from flask import Flask

_WITH_ANSWER: Final = frozenset(
    {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED}
)


def register(app: Flask) -> None:
    """Have an application judge the conditions of each answer."""
    app.after_request(_judge)


def _judge(response: Response) -> Response:
    if request.method not in SAFE or response.status_code not in _WITH_ANSWER:
        return response
    tag, is_weak = response.get_etag()
    wanted = request.if_match
    if wanted and not wanted.star_tag and (is_weak or tag is None or not wanted.is_strong(tag)):
        response.close()
        return problem(
            PreconditionError.status,
            PreconditionError.code,
            "This is not, byte for byte, what If-Match names; ask without it.",
        )
    if request.if_none_match.star_tag:
        response.status_code = HTTPStatus.NOT_MODIFIED
        response.headers.pop("Content-Range", None)
        response.close()
        response.set_data(b"")
        response.headers.pop("Content-Length", None)
    return response
