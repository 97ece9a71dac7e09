"""Headers that every answer carries: CORS, security, caching, and an exact Vary."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from flask import Response, g, request

from comity import __version__

if TYPE_CHECKING:
    from flask import Flask

# Paths that no script of another site may read: they change things, or will where that is allowed.
PRIVATE_PATHS: Final = ("/update",)
# Paths that may be read by them, but where these methods change things.
WRITABLE_PATHS: Final = ("/graphs",)
WRITES: Final = frozenset({"DELETE", "PATCH", "POST", "PUT"})
SAFE: Final = frozenset({"GET", "HEAD", "QUERY"})

_CORS_EXPOSED: Final = (
    "Allow, Comity-Commit, Comity-State, Comity-Truncated, Content-Disposition, Content-Range, "
    "ETag, Link, Location, Retry-After, X-Request-ID"
)
_CORS_ALLOWED: Final = (
    "Accept, Accept-Language, Cache-Control, Content-Type, If-Match, If-None-Match, If-Range, Range"
)
_CORS_SECONDS: Final = "86400"

# What says to caches whether they may keep an answer.
KEPT: Final = "no-cache"
UNKEPT: Final = "no-store"

# For answers that every site's scripts may read.
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": _CORS_EXPOSED,
}

SECURITY: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def register(app: Flask) -> None:
    """Have an application finish each of its answers."""
    app.after_request(_finish)


def vary_on(header: str) -> None:
    """Note that the answer depends on a request header."""
    g.setdefault("vary", set()).add(header)


def entity_tag(*parts: object) -> str:
    """Return an ETag for what `parts` determine.

    It goes out as a weak one where the engine answers, which may order rows without ORDER BY in
    another way next time: the same meaning, not the same bytes.
    """
    total = sha256(__version__.encode())
    for part in parts:
        text = repr(part).encode("utf-8", "backslashreplace")
        total.update(len(text).to_bytes(8, "big") + text)
    return total.hexdigest()[:32]


def not_modified(tag: str, *, weak: bool = True) -> Response | None:
    """Return 304 if the client of a safe request holds what `tag` names, else None.

    That it holds anything at all, `*`, is for `comity.web.conditions` to see: before the answer is
    made, nobody knows whether there is one.
    """
    if request.method not in SAFE:
        return None
    held = request.if_none_match
    if held.star_tag or not held.contains_weak(tag):
        return None
    return tagged(Response(status=304), tag, weak=weak)


def tagged(response: Response, tag: str, *, weak: bool = True) -> Response:
    """Return an answer with its ETag; caches may keep it and ask whether it still holds."""
    response.set_etag(tag, weak=weak)
    response.headers["Cache-Control"] = KEPT
    return response


def by_content(response: Response) -> Response:
    """Return an answer with an ETag made of its bytes, as 304 if the client holds it."""
    tag = entity_tag(response.get_data(), response.content_type)
    return not_modified(tag) or tagged(response, tag)


def _finish(response: Response) -> Response:
    for name, value in SECURITY.items():
        response.headers.setdefault(name, value)
    for header in sorted(g.get("vary", ())):
        response.vary.add(header)
    if not request.path.startswith(PRIVATE_PATHS) and not _is_write():
        response.headers.update(OPEN)
    if request.method == "OPTIONS" and response.status_code == 200:  # noqa: PLR2004
        _finish_options(response)
    if response.status_code == 304:  # noqa: PLR2004
        response.headers.pop("Content-Type", None)
    return response


def _is_write() -> bool:
    return request.method in WRITES and request.path.startswith(WRITABLE_PATHS)


def _finish_options(response: Response) -> None:
    """Make Flask's own answer to OPTIONS empty in name too, and answer a preflight."""
    response.status_code = 204
    response.headers.pop("Content-Type", None)
    if "Access-Control-Allow-Origin" in response.headers:
        allowed = response.headers.get("Allow", "").split(", ")
        refused = WRITES if request.path.startswith(WRITABLE_PATHS) else ()
        response.headers["Access-Control-Allow-Methods"] = ", ".join(
            method for method in allowed if method not in refused
        )
        response.headers["Access-Control-Allow-Headers"] = _CORS_ALLOWED
        response.headers["Access-Control-Max-Age"] = _CORS_SECONDS
