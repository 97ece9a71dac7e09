"""Reading the RDF that a client sends: one document, or several as multipart/form-data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import request
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from comity.errors import MediaTypeError, UsageError
from comity.store.formats import GRAPH_FORMATS
from comity.store.quoting import quote
from comity.store.uploads import UPLOAD_FORMATS
from comity.web.requests import read_body, require_plain, require_utf8
from comity.web.site import site

if TYPE_CHECKING:
    from comity.store.formats import Format
    from comity.store.terms import Triple

_MULTIPART: Final = "multipart/form-data"
_MOST_PARTS: Final = 100
_TYPES: Final = {
    name: offer
    for offer in UPLOAD_FORMATS
    for name in (offer.media_type, *(each for each in offer.also if each.endswith("x-turtle")))
}
_SUFFIXES: Final = {offer.suffix: offer for offer in UPLOAD_FORMATS}
_SEVERAL: Final = {offer.media_type for offer in GRAPH_FORMATS} - set(_TYPES)


def read_document(base: str) -> list[Triple]:
    """Return the statements of the body; relative IRIs are resolved against `base`.

    Raises MediaTypeError for a body of another type, and what reading a document raises.
    """
    require_plain()
    if not request.mimetype and is_bodiless():
        return []
    if request.mimetype == _MULTIPART:
        parts = _parts(read_body())
    else:
        require_utf8(request.mimetype_params.get("charset"))
        parts = [(_format(request.mimetype), read_body())]
    intake = site()["intake"]
    return [triple for offer, content in parts for triple in intake.read(content, offer, base)]


def is_bodiless() -> bool:
    """Tell whether a POST has no content, not even an empty document's."""
    return request.method == "POST" and not read_body()


def _format(media_type: str) -> Format:
    if media_type in _TYPES:
        return _TYPES[media_type]
    types = tuple(offer.media_type for offer in UPLOAD_FORMATS)
    listed, accepted = ", ".join(types), (*types, _MULTIPART)
    if media_type in _SEVERAL:
        raise MediaTypeError(
            f"{media_type} carries several graphs, and this is one; send {listed}.",
            accepted=accepted,
        )
    had = f"has the type {quote(media_type)}" if media_type else "has no Content-Type"
    raise MediaTypeError(
        f"The document {had}; send {listed}, or several as {_MULTIPART}.", accepted=accepted
    )


def _parts(body: bytes) -> list[tuple[Format, bytes]]:
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise UsageError(f"The {_MULTIPART} names no boundary; write it behind Content-Type.")
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"), max_parts=_MOST_PARTS)
    decoder.receive_data(body)
    decoder.receive_data(None)
    parts: list[tuple[Format, bytearray]] = []
    try:
        while not isinstance(event := decoder.next_event(), (Epilogue, NeedData)):
            if isinstance(event, (Field, File)):
                parts.append((_format_of_part(event), bytearray()))
            elif isinstance(event, Data):
                parts[-1][1].extend(event.data)
    except ValueError:
        raise UsageError(f"The {_MULTIPART} cannot be taken apart; check its boundary.") from None
    if not parts:
        raise UsageError(f"The {_MULTIPART} has no part; send one for each document.")
    return [(offer, bytes(content)) for offer, content in parts]


def _format_of_part(part: Field | File) -> Format:
    media_type, options = parse_options_header(part.headers.get("Content-Type", ""))
    require_utf8(options.get("charset"))
    if not media_type and isinstance(part, File):
        suffix = (part.filename or "").rpartition(".")[2].lower()
        if suffix in _SUFFIXES:
            return _SUFFIXES[suffix]
    return _format(media_type)
