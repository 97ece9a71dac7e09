"""Whole answers, kept for as long as the data stay as they are: most requests never reach Flask.

What an answer may depend on is in its key: the state of the data, the address, and the headers
that RFC 9111 §4.1 lets a cache choose by. So nothing has to be invalidated; what belongs to an
older state is not asked for again and falls out. Requests for the same answer at the same time
wait for one of them to be worked on.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cachetools import LRUCache
from werkzeug.http import parse_etags

from comity.web.exchange import Answer, fields_of, header_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from comity.web.exchange import Scope
    from comity.web.ready import Ready

# All that an answer may vary on; one that names another header is not kept.
_CHOOSING: Final = (b"accept", b"accept-language")
_FORWARDED: Final = (b"x-forwarded-host", b"x-forwarded-prefix", b"x-forwarded-proto")
# With one of these, a request is for something else than the whole answer.
SPECIAL: Final = frozenset(
    {
        b"authorization",
        b"if-match",
        b"if-modified-since",
        b"if-range",
        b"if-unmodified-since",
        b"range",
    }
)
_OVERHEAD: Final = 1_000  # bytes that an entry takes beside what is in it
READY_BYTES: Final = 64 * 1024  # the content of an answer whose forms are kept as well
_SHARE: Final = 8  # one answer may take this part of the whole
_DESCRIBING: Final = frozenset({b"content-length", b"content-type"})
# What befell one client, or a fault that may not befall the next.
_PERSONAL: Final = frozenset({499, HTTPStatus.INTERNAL_SERVER_ERROR})

Key = tuple[Any, ...]


class Found(NamedTuple):
    """An answer and where it comes from: `made` for this request, `kept`, or `shared`."""

    answer: Answer
    how: str


class Kept(NamedTuple):
    """An answer that is kept, and the forms in which it went out, by what chose among them."""

    answer: Answer
    forms: dict[Key, Ready]

    @property
    def is_small(self) -> bool:
        """Tell whether its forms are kept: then there is memory for them."""
        return len(self.answer.content) <= READY_BYTES


class Answers:
    """The answers to GET and HEAD; for use from one event loop."""

    def __init__(self, limit: int, state: Callable[[], str], *, forwarded: bool = False) -> None:
        """Keep `limit` bytes of answers to questions about the state that `state` names.

        With `forwarded`, addresses may depend on what a trusted proxy says.
        """
        self._kept: LRUCache[Key, Kept] = LRUCache(limit, getsizeof=_size)
        self._state = state
        self._forwarded = forwarded
        self._names = (b"host", *_CHOOSING, *(_FORWARDED if forwarded else ()))
        self._under_way: dict[Key, asyncio.Future[Answer | None]] = {}

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return int(self._kept.currsize)

    def find(self, scope: Scope) -> Kept | None:
        """Return what is kept for a request without a body, None where nothing is."""
        return self._kept.get(self._key(scope)) if _may_be_kept(scope) else None

    async def get(self, scope: Scope, make: Callable[[], Awaitable[Answer]]) -> Found:
        """Return the answer to a request without a body: one that is there, or what `make` gives.

        Raises what `make` raises.
        """
        if not _may_be_kept(scope):
            return Found(await make(), "made")
        key = self._key(scope)
        kept = self._kept.get(key)
        if kept is not None:
            return Found(revalidated(kept.answer, scope), "kept")
        if scope["method"] == "HEAD":
            return Found(await make(), "made")
        condition = header_of(scope, b"if-none-match")
        return await self._alone(key, (*key, condition), make)

    async def _alone(self, key: Key, name: Key, make: Callable[[], Awaitable[Answer]]) -> Found:
        """Return the answer of whoever asks the same already, or make it for all who will."""
        if name in self._under_way:
            shared = await asyncio.shield(self._under_way[name])
            return Found(await make(), "made") if shared is None else Found(shared, "shared")
        future = self._under_way[name] = asyncio.get_running_loop().create_future()
        answer = None
        try:
            answer = await make()
        finally:
            del self._under_way[name]
            future.set_result(answer if answer is not None and _may_share(answer) else None)
        if answer.status == HTTPStatus.OK and _lasts(answer) and self._state() == key[0]:
            self._keep(key, answer)
        return Found(answer, "made")

    def _keep(self, key: Key, answer: Answer) -> None:
        kept = Kept(answer, {})
        if _size(kept) * _SHARE <= self._kept.maxsize:
            self._kept[key] = kept

    def _key(self, scope: Scope) -> Key:
        fields = fields_of(scope)
        headers = tuple(map(fields.get, self._names))
        client = (scope["client"][0],) if self._forwarded else ()
        return self._state(), scope["raw_path"], scope["query_string"], *headers, *client


def _may_be_kept(scope: Scope) -> bool:
    return scope["method"] in {"GET", "HEAD"} and SPECIAL.isdisjoint(fields_of(scope))


def _may_share(answer: Answer) -> bool:
    """Tell whether those who ask the same meanwhile may have this answer."""
    if answer.status >= HTTPStatus.BAD_REQUEST:
        return answer.status not in _PERSONAL
    return _lasts(answer)


def _lasts(answer: Answer) -> bool:
    """Tell whether an answer holds until the data change."""
    varies = {name.strip().lower() for name in answer.header(b"vary").split(b",")} - {b""}
    return (
        answer.header(b"cache-control") == b"no-cache"
        and bool(answer.header(b"etag"))
        and varies <= set(_CHOOSING)
    )


def revalidated(answer: Answer, scope: Scope) -> Answer:
    """Return an answer, as 304 if the client holds it (RFC 9110 §13.1.2)."""
    condition = header_of(scope, b"if-none-match").decode("latin-1")
    tag = answer.header(b"etag").decode("latin-1").removeprefix("W/").strip('"')
    if not parse_etags(condition).contains_weak(tag):
        return answer
    headers = [entry for entry in answer.headers if entry[0] not in _DESCRIBING]
    return Answer(HTTPStatus.NOT_MODIFIED, headers, b"", answer.endpoint)


def _size(kept: Kept) -> int:
    answer = kept.answer
    headers = sum(len(name) + len(value) for name, value in answer.headers)
    # Text takes about half of its bytes in each coding; of two codings there is one content each.
    content = len(answer.content) * (2 if kept.is_small else 1)
    return content + headers + _OVERHEAD
