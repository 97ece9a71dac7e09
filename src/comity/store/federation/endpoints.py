"""Asking the endpoints that SERVICE may name: one request each, within limits, answers kept.

Only the addresses of the list are ever asked, exactly as they stand there. A redirect is a fault.
An answer is taken whole or not at all, and is kept for a while within a bound of bytes.
"""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

import pyoxigraph
from cachetools import TTLCache

from comity.errors import (
    ComityError,
    DeadlineError,
    DisconnectedError,
    OverloadError,
    ResultTooLargeError,
    ServiceFailedError,
    ServiceTimeoutError,
    ServiceTooLargeError,
    UsageError,
)
from comity.store.federation.inlining import is_writable
from comity.store.quoting import quote, reason_of
from comity.store.remote.addresses import Place
from comity.store.remote.client import Client
from comity.store.remote.faults import is_late, tells_of_time
from comity.store.remote.replies import ROWS, patched, was_cut
from comity.store.remote.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from comity.store.federation.inlining import Row
    from comity.store.remote.client import Reply

_OVERHEAD: Final = 500  # bytes that an answer takes beside its body
_OK: Final = 200
_MEDIA_TYPES: Final = frozenset({"application/sparql-results+json", "application/json"})


@dataclass(frozen=True, kw_only=True)
class ServiceLimits:
    """What one SERVICE may take, how many run at once, and what is kept of their answers."""

    seconds: float = 5.0
    answer_bytes: int = 10_000_000
    rows: int = 10_000
    places: int = 4
    wait_seconds: float = 1.2
    cache_bytes: int = 16_000_000
    cache_seconds: float = 600.0


class Found(NamedTuple):
    """What an endpoint gave: the names of the columns and the rows."""

    names: tuple[str, ...]
    rows: list[Row]


class Endpoints:
    """The endpoints of the list; safe to use from many threads."""

    def __init__(
        self, places: Mapping[str, Place], limits: ServiceLimits | None = None, agent: str = ""
    ) -> None:
        """Take the place of each name that SERVICE may have, and who asks."""
        self.limits = limits or ServiceLimits()
        self.outcomes: Counter[str] = Counter()
        self._clients = {
            name: Client(place, connections=self.limits.places, agent=agent)
            for name, place in places.items()
        }
        self._free = threading.BoundedSemaphore(self.limits.places)
        self._kept: TTLCache[tuple[str, bytes], bytes] = TTLCache(
            self.limits.cache_bytes, self.limits.cache_seconds, getsizeof=_size
        )
        self._lock = threading.Lock()

    @classmethod
    def of(cls, text: str, limits: ServiceLimits, agent: str = "") -> Endpoints | None:
        """Return the endpoints that a setting lists, or None for none; raises UsageError."""
        return cls(read_places(text.split()), limits, agent) if text.split() else None

    @property
    def names(self) -> tuple[str, ...]:
        """What SERVICE may name, in the order of the list."""
        return tuple(self._clients)

    def close(self) -> None:
        """Close all connections that are idle."""
        for client in self._clients.values():
            client.close()

    def ask(
        self, name: str, text: str, seconds: float, gone: Callable[[], bool] | None = None
    ) -> Found:
        """Return the rows that an endpoint of the list gives for a SELECT.

        `seconds` is what is left of the query's own time. Raises ServiceFailedError and
        ServiceTimeoutError for what the endpoint does, ServiceTooLargeError for more than is taken,
        OverloadError if too many ask already, DisconnectedError.
        """
        key = name, sha256(text.encode()).digest()
        with self._lock:
            body = self._kept.get(key)
        if body is not None:
            self.outcomes["kept"] += 1
            return self._rows(name, body)
        body = self._fetch(name, text, min(seconds, self.limits.seconds), gone)
        found = self._rows(name, body)
        self.outcomes["answered"] += 1
        if _size(body) <= self.limits.cache_bytes:
            with self._lock:
                self._kept[key] = body
        return found

    def require_rows(self, name: str, number: int) -> None:
        """Raise ServiceTooLargeError for more rows than are taken, in however many answers."""
        if number > self.limits.rows:
            raise self._too_large(name, f"{self.limits.rows:,} rows")

    def _fetch(
        self, name: str, text: str, seconds: float, gone: Callable[[], bool] | None
    ) -> bytes:
        watch = Watch(seconds, gone)
        if not self._free.acquire(timeout=max(0.0, min(seconds, self.limits.wait_seconds))):
            raise OverloadError(
                "Too many queries ask other endpoints already; try again in a few seconds.",
                retry_after=2,
            )
        try:
            reply = self._clients[name].ask(
                [("query", text)], ROWS, watch, self.limits.answer_bytes
            )
        except DisconnectedError:
            raise
        except ResultTooLargeError:
            raise self._too_large(name, f"{self.limits.answer_bytes:,} bytes") from None
        except DeadlineError:
            raise self._late(name, f"{seconds:.3g} s") from None
        except ComityError:
            raise self._failed(name, "cannot be reached") from None
        finally:
            self._free.release()
        self._require(name, reply)
        return reply.body

    def _require(self, name: str, reply: Reply) -> None:
        if reply.status != _OK:
            if is_late(reply):
                raise self._late(name, "its own limit")
            redirects = reply.status // 100 == 3  # noqa: PLR2004 - RFC 9110 §15.4
            what = ", a redirect, which is not followed" if redirects else ""
            raise self._failed(name, f"answers with status {reply.status}{what}")
        if reply.media_type not in _MEDIA_TYPES:
            raise self._failed(name, f"answers with {quote(reply.media_type)}, not SPARQL JSON")
        if was_cut(reply):
            raise self._too_large(name, "what it gives at once: it left rows out")

    def _rows(self, name: str, body: bytes) -> Found:
        try:
            found = pyoxigraph.parse_query_results(
                patched(body), format=pyoxigraph.QueryResultsFormat.JSON
            )
            if not isinstance(found, pyoxigraph.QuerySolutions):
                del found  # the engine wants it dropped by this thread
                raise self._failed(name, "answers a SELECT with no rows but a truth value")
            names = tuple(variable.value for variable in found.variables)
            rows = []
            for solution in found:
                row = tuple(solution)
                if not all(term is None or is_writable(term) for term in row):
                    raise self._failed(name, "gives a term that SPARQL 1.1 cannot write")
                rows.append(row)
                self.require_rows(name, len(rows))
        except (SyntaxError, ValueError) as error:
            if tells_of_time(body):
                raise self._late(name, "its own limit") from None
            why = f"gives an answer that does not parse ({reason_of(error)})"
            raise self._failed(name, why) from None
        return Found(names, rows)

    def _failed(self, name: str, why: str) -> ServiceFailedError:
        self.outcomes["failed"] += 1
        return ServiceFailedError(
            f"The endpoint {name} that SERVICE names {why}; ask it by itself, or write SERVICE "
            "SILENT to go on without it."
        )

    def _late(self, name: str, limit: str) -> ServiceTimeoutError:
        self.outcomes["late"] += 1
        return ServiceTimeoutError(
            f"The endpoint {name} that SERVICE names did not answer within {limit}; narrow what it "
            "is asked for."
        )

    def _too_large(self, name: str, limit: str) -> ServiceTooLargeError:
        self.outcomes["too_large"] += 1
        return ServiceTooLargeError(
            f"The answer of {name} to a SERVICE is larger than {limit}; narrow it, or write before "
            "the SERVICE the triples that bind its variables."
        )


def read_places(addresses: Iterable[str]) -> dict[str, Place]:
    """Return the place of each address of a list.

    Raises UsageError for what is no address of http or https, or holds credentials.
    """
    found = {}
    for address in addresses:
        try:
            found[address] = Place.read(address)
        except UsageError as error:
            said = str(error).replace("The setting store", "An entry of services")
            raise UsageError(said) from None
    return found


def _size(body: bytes) -> int:
    return len(body) + _OVERHEAD
