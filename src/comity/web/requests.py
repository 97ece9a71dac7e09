"""Reading a SPARQL request: which text, which dataset, which format; and nothing decoded twice.

SPARQL 1.1 Protocol §2.1 with the QUERY method beside POST. Everything must be UTF-8; what is not
is refused, never replaced.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote
from urllib.parse import quote as encode

from flask import request

from comity.errors import (
    EncodingError,
    MediaTypeError,
    ParameterError,
    TooLargeError,
    UsageError,
)
from comity.store.engine import QueryRequest
from comity.store.quoting import quote
from comity.store.updating import UpdateRequest
from comity.web.site import site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

# Where gunicorn, werkzeug and our own adapter put the address as it was sent.
SENT: Final = "RAW_URI"

_RESERVED: Final = "/:@!$&'()*+,;=~"
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]")
_ESCAPE: Final = re.compile("%([0-9A-Fa-f]{2})?")
_MOST_FIELDS: Final = 200
_SECONDS: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?|\.[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of a request by name, from the address and the form, in their order."""

    values: Mapping[str, Sequence[str]]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a parameter."""
        return tuple(self.values.get(name, ()))

    def one(self, name: str) -> str | None:
        """Return the value of a parameter, or None; raises UsageError if there are several."""
        values = self.all(name)
        if len(values) > 1:
            raise UsageError(f"The request has {len(values)} values of {name}=; send one.")
        return values[0] if values else None


def read_address() -> Parameters:
    """Return the parameters of the address; raises UsageError for what is not UTF-8."""
    return parse_address(request.query_string)


def parse_address(query: bytes) -> Parameters:
    """Return the parameters of an address's query; raises UsageError for what is not UTF-8."""
    return _decoded(query, "the address")


def read_operation() -> tuple[Parameters, QueryRequest | None]:
    """Return the parameters and the query of a request, None where it has none.

    Raises MediaTypeError for a body of another type, UsageError for two queries, for an update and
    for what is not UTF-8.
    """
    parameters = read_address()
    text = None
    if request.method not in {"GET", "HEAD"}:
        require_plain()
        if request.mimetype == QUERY:
            require_utf8(request.mimetype_params.get("charset"))
            text = _text(read_body())
        elif request.mimetype == FORM:
            require_utf8(request.mimetype_params.get("charset"))
            form = _decoded(read_body(), "the form")
            parameters = _merged(parameters, form)
        else:
            raise MediaTypeError(_wrong_type(), accepted=(QUERY, FORM))
    return parameters, query_of(parameters, text)


def read_seconds(parameters: Parameters) -> float | None:
    """Return the time limit that a request sets itself, None if it sets none.

    Raises ParameterError for what is no number of seconds above 0.
    """
    text = parameters.one("timeout")
    if text is None:
        return None
    if not _SECONDS.fullmatch(text) or float(text) == 0:
        raise ParameterError(
            f"timeout={quote(text)} is no number of seconds, such as 2 or 0.5.",
            parameter="timeout",
            value=text[:40],
        )
    return float(text)


def read_update() -> UpdateRequest:
    """Return the update of a request, from its body: in a form, or as the body itself.

    Raises MediaTypeError for a body of another type, UsageError for none or two updates, for a
    query beside it, for an update in the address and for what is not UTF-8.
    """
    address = read_address()
    require_plain()
    require_utf8(request.mimetype_params.get("charset"))
    if request.mimetype == UPDATE:
        form = Parameters({})
        texts: tuple[str, ...] = (_text(read_body()),)
    elif request.mimetype == FORM:
        form = _decoded(read_body(), "the form")
        texts = form.all("update")
    else:
        raise MediaTypeError(_wrong_update_type(), accepted=(UPDATE, FORM))
    parameters = _merged(address, form)
    if parameters.all("query"):
        raise UsageError("A query is no update; send it to /sparql, and alone.")
    if address.all("update"):
        raise UsageError("An update does not stand in the address; send it in the body.")
    if len(texts) != 1:
        raise UsageError(f"The request has {len(texts) or 'no'} updates; send one.")
    for name in ("default-graph-uri", "named-graph-uri"):
        if parameters.all(name):
            raise UsageError(f"{name}= belongs to a query; an update takes using-graph-uri=.")
    default = parameters.all("using-graph-uri")
    named = parameters.all("using-named-graph-uri")
    if not default and not named:
        return UpdateRequest(texts[0])
    return UpdateRequest(texts[0], default, named)


def read_form() -> Parameters:
    """Return the fields of a form; raises UsageError for what is not UTF-8."""
    require_utf8(request.mimetype_params.get("charset"))
    return _decoded(read_body(), "the form")


def path_as_sent() -> str:
    """Return the path of the request as the client wrote it, without the prefix of a proxy.

    An escape stays one where decoding would name another resource, as of `%2F` it would: only what
    RFC 3986 §6.2.2 holds equal is spelled in one way.
    """
    sent = str(request.environ.get(SENT, "")).partition("?")[0]
    for at, sign in enumerate(sent):
        if sign == "/" and unquote(sent[at:]) == request.path:
            return _ESCAPE.sub(_normal, encode(sent[at:], safe=f"{_RESERVED}%"))
    return encode(request.path, safe=_RESERVED)


def _normal(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "%25"
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def require_plain() -> None:
    """Raise EncodingError for a body that is compressed."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise EncodingError("Content-Encoding is not read here; send the body as it is.")


def read_body() -> bytes:
    """Return the body of a request; raises TooLargeError for one above the limit.

    A body without a declared length is cut at the limit by the layer below, in silence: hence one
    byte more is let through, and seen here.
    """
    limit = site()["settings"].max_body_bytes
    request.max_content_length = limit + 1
    body = request.get_data(cache=True, parse_form_data=False)
    if len(body) > limit:
        raise TooLargeError(f"The request body is larger than {limit:,} bytes; send less.")
    return body


def query_of(parameters: Parameters, direct: str | None = None) -> QueryRequest | None:
    """Return the query that parameters and a body ask, None where there is none.

    `direct` is a query that is the body itself. Raises UsageError for two queries and an update.
    """
    if parameters.all("update"):
        raise UsageError("An update is no query; send it by POST to /update, and alone.")
    texts = (*parameters.all("query"), *(() if direct is None else (direct,)))
    if len(texts) > 1:
        raise UsageError(f"The request has {len(texts)} queries; send one.")
    if not texts:
        return None
    default = parameters.all("default-graph-uri")
    named = parameters.all("named-graph-uri")
    if not default and not named:
        return QueryRequest(texts[0])
    return QueryRequest(texts[0], default, named)


def _merged(one: Parameters, other: Parameters) -> Parameters:
    names = dict.fromkeys((*one.values, *other.values))
    return Parameters({name: (*one.all(name), *other.all(name)) for name in names})


def _decoded(encoded: bytes, where: str) -> Parameters:
    try:
        pairs = parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError:
        raise UsageError(f"What {where} holds is not UTF-8; encode it as UTF-8.") from None
    except ValueError:
        raise UsageError(f"There are more than {_MOST_FIELDS} fields in {where}.") from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return Parameters(values)


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"Byte {error.start} of the query is not UTF-8; send UTF-8.") from None


def require_utf8(charset: str | None) -> None:
    """Raise MediaTypeError for a charset other than UTF-8; without one it is UTF-8."""
    charset = "utf-8" if charset is None else charset
    if charset.lower().replace("_", "-") not in {"utf-8", "utf8"}:
        raise MediaTypeError(f"The charset {quote(charset)} is not read here; send UTF-8.")


def _wrong_update_type() -> str:
    if request.mimetype == QUERY:
        return f"{QUERY} is not read at /update; send a query to /sparql."
    had = f"has the type {quote(request.mimetype)}" if request.mimetype else "has no Content-Type"
    return f"The body {had}; send an update as {UPDATE}, or as update= in {FORM}."


def _wrong_type() -> str:
    if request.mimetype == UPDATE:
        return f"{UPDATE} is not read at /sparql; send an update by POST to /update."
    had = f"has the type {quote(request.mimetype)}" if request.mimetype else "has no Content-Type"
    return f"The body {had}; send a query as {QUERY}, or as query= in {FORM}."
