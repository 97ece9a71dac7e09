"""What a store is to the floors above: whatever answers queries under limits, near or far.

Three things satisfy it: `comity.store.readers.Readers`, processes on this machine with a snapshot
or a build; `comity.store.remote.RemoteReaders`, any SPARQL 1.1 endpoint elsewhere; and for tests
`comity.web.site.InProcess`. `comity.store.distant.DistantGraph` makes of any of them the graph that
pages and canned queries ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.store.reading import Survey


class Answering(Protocol):
    """Whatever answers queries, those of strangers too: within its limits, wholly or not at all."""

    @property
    def fingerprint(self) -> str:
        """A name for the state of the data: the same name, the same answers."""

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format; see `Readers.answer`."""

    def survey(
        self,
        text: str,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> Survey:
        """Return what has to be known of a text before it is answered; see `Readers.survey`."""

    def beginning(
        self,
        request: QueryRequest,
        limit: int,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> tuple[bytes, bool]:
        """Return the first lines of the answer, and whether these are all; see `Readers`."""

    @property
    def streams(self) -> bool:
        """Whether `stream` gives more than `answer` does."""

    def stream(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> Flow:
        """Return the whole answer as it is made; see `Readers.stream`."""


class Flow(Protocol):
    """An answer that is read part by part, and closed by whoever reads it."""

    state: str
    """The name of the state of the data that it is about."""

    @property
    def rest(self) -> float:
        """The seconds that are left until its limit."""

    def read(self) -> bytes:
        """Return the next part; empty when the answer has come whole; see `ReaderFlow.read`."""

    def close(self) -> None:
        """End whatever works on it."""


class Served(Answering, Protocol):
    """What a server process answers from as long as it runs."""

    def close(self) -> None:
        """End all that it holds."""

    def wait(self) -> None:
        """Return when it has ended, by `close` or by itself."""
