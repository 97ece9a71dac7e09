"""A part of a file, for those who take up a download again (RFC 9110 §14)."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import request

from comity.errors import RangeError

if TYPE_CHECKING:
    from flask import Response

# One part: several would come as multipart/byteranges, which nobody asks for who has lost a rest.
_RANGE: Final = re.compile(
    r"bytes[ \t]*=[ \t]*(?:([0-9]{1,18})-([0-9]{0,18})|-([0-9]{1,18}))[ \t]*", re.IGNORECASE
)


def part_of(response: Response) -> Response:
    """Return the part of an answer that the request asks for, or all of it.

    The answer has a strong tag. A unit, a method or a header that has no meaning here gives all of
    it (§14.2). Raises RangeError for a part that begins behind the end.
    """
    response.headers["Accept-Ranges"] = "bytes"
    tag = response.get_etag()[0] or ""
    held, wanted = request.if_none_match, request.if_match
    if not held.star_tag and held.contains_weak(tag):
        response.status_code = HTTPStatus.NOT_MODIFIED
        response.set_data(b"")
        response.headers.pop("Content-Length", None)
        return response
    if wanted and not wanted.star_tag and not wanted.is_strong(tag):
        return response  # which `comity.web.conditions` refuses
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or request.method != "GET" or not _is_held(tag):
        return response
    content = response.get_data()
    size = len(content)
    first, last, suffix = asked.groups()
    begin = max(0, size - int(suffix)) if suffix else int(first)
    end = min(int(last), size - 1) if last else size - 1
    if last and int(last) < begin:
        return response  # no range at all (§14.1.1)
    if begin >= size:
        raise RangeError(f"The file has {size:,} bytes; ask for a part of these.", size=size)
    response.status_code = HTTPStatus.PARTIAL_CONTENT
    response.set_data(content[begin : end + 1])
    response.headers["Content-Range"] = f"bytes {begin}-{end}/{size}"
    return response


def whole_of(response: Response) -> Response:
    """Return the whole of an answer of which no parts are sent, or word that the client has it."""
    response.headers["Accept-Ranges"] = "none"
    tag, held = response.get_etag()[0] or "", request.if_none_match
    if not held.star_tag and held.contains_weak(tag):
        response.status_code = HTTPStatus.NOT_MODIFIED
        response.set_data(b"")
        response.headers.pop("Content-Length", None)
    return response


def _is_held(tag: str) -> bool:
    """Tell whether the client has the beginning of this very file; a date says nothing of it."""
    given = request.headers.get("If-Range")
    return given is None or given.strip() == f'"{tag}"'
