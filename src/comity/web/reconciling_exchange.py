"""How reconciliation requests are read and answered: JSON, JSONP where it is safe, few at once."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any, Final

from flask import Response, current_app, request

from comity.errors import (
    DisconnectedError,
    MediaTypeError,
    OverloadError,
    ParameterError,
    RefusedError,
    UsageError,
)
from comity.store.quoting import quote
from comity.web.headers import by_content, vary_on
from comity.web.requests import read_body, require_plain, require_utf8
from comity.web.site import GONE, site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON: Final = "application/json"
SCRIPT: Final = "text/javascript"
# A name, or names joined by dots: nothing that could be more than the call of a function.
_CALLBACK: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*(?:\.[A-Za-z_$][A-Za-z0-9_$]*)*")
_LONGEST_CALLBACK: Final = 100
_PLACES: Final = "comity.reconciling"
# What ends a line of a script but not of JSON.
_SEPARATORS: Final = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "<": "\\u003c"})


def read_json(text: str, where: str) -> Any:
    """Return what a JSON text says; raises UsageError for what is none."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise UsageError(f"What {where} holds is nested too deep; send it flat.") from None
    except ValueError as error:
        at = f", at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsageError(f"What {where} holds is no JSON{at}; send a JSON object.") from None


def read_json_body() -> Any:
    """Return the JSON of the body; raises MediaTypeError for a body of another type."""
    require_plain()
    if request.mimetype != JSON:
        had = f"has the type {quote(request.mimetype)}" if request.mimetype else "has no type"
        raise MediaTypeError(f"The body {had}; send it as {JSON}.", accepted=(JSON,))
    require_utf8(request.mimetype_params.get("charset"))
    try:
        text = read_body().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"Byte {error.start} of the body is not UTF-8; send UTF-8.") from None
    return read_json(text, "the body")


def answered(document: dict[str, Any]) -> Response:
    """Return an answer as JSON, or as JSONP to a GET with `callback=` (0.1 and 0.2 §3.1).

    Raises ParameterError for a callback that is no name, and RefusedError for a page of this site,
    which needs no JSONP: whoever slipped an address into it could have it call a function.
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    callback = request.args.get("callback")
    if callback is None or request.method not in {"GET", "HEAD"}:
        return by_content(Response(text + "\n", mimetype=JSON))
    if len(callback) > _LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        raise ParameterError(
            f"callback={quote(callback)} names no function; send letters, digits, _ and dots.",
            parameter="callback",
            value=callback[:80],
        )
    vary_on("Sec-Fetch-Site")
    if request.headers.get("Sec-Fetch-Site", "").strip().lower() == "same-origin":
        raise RefusedError("A page of this site asks for JSON; leave callback= out.")
    script = f"/**/{callback}({text.translate(_SEPARATORS)});\n"
    response = Response(script, mimetype=SCRIPT)
    response.headers["Cache-Control"] = "no-store"
    return response


@contextmanager
def one_at_a_time() -> Iterator[Callable[[], None]]:
    """Hold one of the few places for work on batches; give what ends it when the client left.

    Raises OverloadError where no place is free soon, DisconnectedError from what is given.
    """
    settings = site()["settings"]
    places: BoundedSemaphore = current_app.extensions.setdefault(
        _PLACES, BoundedSemaphore(max(1, settings.slow_places))
    )
    if not places.acquire(timeout=settings.wait_seconds):
        raise OverloadError("Too many batches are being matched; try again, or send smaller ones.")
    try:
        yield _require_client
    finally:
        places.release()


def _require_client() -> None:
    event = request.environ.get(GONE)
    if event is not None and event.is_set():
        raise DisconnectedError("The client left before its queries were matched.")


def _refuse(constant: str) -> float:
    raise ValueError(constant)
