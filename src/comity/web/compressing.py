"""Text sent as zstd or gzip to those who take it, compressed once while the answer is kept.

Only what has no strong validator: that would have to be another one for the coded bytes (RFC 9110
§8.8.3.3). Nothing here is secret, so that no length gives anything away.
"""

from __future__ import annotations

import gzip
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import zstandard
from cachetools import LRUCache
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from comity.web.exchange import Answer, header_of

if TYPE_CHECKING:
    from comity.web.exchange import Scope

_WORTH_WHILE: Final = 1_000  # bytes from which it pays
_LEVEL: Final = 6
_ZSTD_LEVEL: Final = 9  # as long as gzip takes, and smaller
_SHARE: Final = 8  # one answer may take this part of what is kept
_TEXT: Final = (
    b"text/",
    b"application/json",
    b"application/ld+json",
    b"application/n-",
    b"application/problem+json",
    b"application/rdf+xml",
    b"application/sparql-results+",
    b"application/trig",
    b"image/svg+xml",
)
CODINGS: Final = ("zstd", "gzip")
"""What there is, the best first (RFC 8878, RFC 1952)."""


class Compressor:
    """Compresses answers, the same content only once; for use from many threads."""

    def __init__(self, limit: int) -> None:
        """Keep `limit` bytes of what was compressed."""
        self._kept: LRUCache[tuple[str, bytes], bytes] = LRUCache(limit, getsizeof=len)
        self._lock = threading.Lock()

    def encode(self, scope: Scope, answer: Answer) -> Answer:
        """Return an answer as the client takes it; every answer that may be coded says so."""
        if not _may_be_coded(answer):
            return answer._replace(headers=_varying(answer)) if _is_kept(answer) else answer
        headers = _varying(answer)
        coding = "" if scope["method"] == "HEAD" else _coding(scope)
        if not coding:
            return answer._replace(headers=headers)
        content = self._compressed(coding, answer.content)
        kept = [entry for entry in headers if entry[0] != b"content-length"]
        kept += [
            (b"content-encoding", coding.encode()),
            (b"content-length", str(len(content)).encode()),
        ]
        return answer._replace(headers=kept, content=content)

    def _compressed(self, coding: str, content: bytes) -> bytes:
        # The key is the content itself: Python counts the hash of a bytes object only once.
        key = coding, content
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = _compress(coding, content)
            if len(found) <= self._kept.maxsize // _SHARE:
                with self._lock:
                    self._kept[key] = found
        return found


def _may_be_coded(answer: Answer) -> bool:
    tag = answer.header(b"etag")
    return (
        answer.status != HTTPStatus.PARTIAL_CONTENT
        and _size(answer) >= _WORTH_WHILE
        and answer.header(b"content-type").startswith(_TEXT)
        and not answer.header(b"content-encoding")
        and (not tag or tag.startswith(b"W/"))
    )


def _is_kept(answer: Answer) -> bool:
    """Tell whether caches keep an answer: then 200 and 304 vary on the same (RFC 9110 §15.4.5).

    Of what a 304 stands for nobody knows here whether it is long enough to be coded.
    """
    return (
        answer.status in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}
        and answer.header(b"etag").startswith(b"W/")
        and not answer.header(b"content-encoding")
    )


def _size(answer: Answer) -> int:
    """Return the size of the content, also of that which an answer to HEAD stands for."""
    return int(answer.header(b"content-length") or len(answer.content))


def _compress(coding: str, content: bytes) -> bytes:
    if coding == "gzip":
        return gzip.compress(content, _LEVEL, mtime=0)
    return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(content)


def _coding(scope: Scope) -> str:
    """Return the coding that the client likes best (RFC 9110 §12.5.3), empty for none."""
    given = header_of(scope, b"accept-encoding").decode("latin-1")
    if not given:
        return ""
    accept = parse_accept_header(given, Accept)
    liked = max(CODINGS, key=lambda each: accept[each])  # of equals the first
    return liked if accept[liked] > 0 else ""


def _varying(answer: Answer) -> list[tuple[bytes, bytes]]:
    """Return the headers with Accept-Encoding among those that the answer varies on."""
    before = answer.header(b"vary")
    vary = before + b", Accept-Encoding" if before else b"Accept-Encoding"
    return [*(entry for entry in answer.headers if entry[0] != b"vary"), (b"vary", vary)]
