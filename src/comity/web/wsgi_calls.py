"""One call of a WSGI application for one request of ASGI that was read whole."""

from __future__ import annotations

import contextlib
import sys
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from comity.web.exchange import STREAM, Answer, header_of
from comity.web.observing import ENDPOINT
from comity.web.requests import SENT
from comity.web.site import GONE, MET

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from flask import Flask

    from comity.web.exchange import Scope
    from comity.web.site import Met


def make_environ(
    scope: Scope, body: bytes, gone: threading.Event, met: Met | None = None
) -> dict[str, Any]:
    """Return the WSGI environment (PEP 3333) of a request that was read whole.

    `met` is what its query has met already: it is not asked a second time.
    """
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        SENT: scope["raw_path"].decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": scope["server"][0],
        "SERVER_PORT": str(scope["server"][1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        GONE: gone,
        MET: met,
        STREAM: None,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper().replace("-", "_")
        if b"_" in raw or name in {"CONTENT_LENGTH", "TRANSFER_ENCODING"}:
            continue  # X_A and X-A would be one; and the body is here already, whole
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    if not environ.get("HTTP_HOST", "-"):
        del environ["HTTP_HOST"]
    if body or header_of(scope, b"content-length"):
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def run(app: Flask, environ: dict[str, Any]) -> Answer:
    """Return what the application answers, whole."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []

    def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[..., object]:
        begun[:] = [(status, headers)]
        return lambda _: None

    parts = app(environ, start)
    try:
        content = b"".join(parts)
    finally:
        with contextlib.suppress(AttributeError):
            parts.close()  # type: ignore[attr-defined]
    status, headers = begun[0]
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    endpoint = environ.get(ENDPOINT, "none")
    stream = environ.get(STREAM)
    if stream is not None and int(status[:3]) != HTTPStatus.OK:  # another answer took its place
        stream.close()
        stream = None
    return Answer(int(status[:3]), encoded, content, endpoint, stream)
