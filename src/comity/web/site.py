"""What one application serves, set once when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypedDict, cast

from flask import current_app, request

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.services.catalogue import Catalogue
    from comity.services.committing import Committer
    from comity.services.tokens import Tokens
    from comity.settings import Settings
    from comity.store.engine import Graph, QueryRequest
    from comity.store.formats import Format
    from comity.store.intake import Intake

KEY: Final = "comity"

# Where the server's adapter tells that the client has left: a threading.Event.
GONE: Final = "comity.gone"


class Untrusted(Protocol):
    """Whatever answers the queries of strangers, such as `comity.store.readers.Readers`."""

    @property
    def fingerprint(self) -> str:
        """A name for the state of the data."""

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> bytes:
        """Return the whole answer in a format; see `Readers.answer`."""


class InProcess:
    """A graph in this process in the place of readers: for tests, and where nobody is a stranger.

    Nothing is limited here: neither the time of a query nor its memory.
    """

    def __init__(self, graph: Graph) -> None:
        """Answer from a graph."""
        self._graph = graph

    @property
    def fingerprint(self) -> str:
        """A name for the state of the data."""
        return self._graph.fingerprint

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> bytes:
        """Return the whole answer in a format."""
        del gone, seconds
        return self._graph.answer(request, offer)


class Site(TypedDict):
    """The settings, the graph, the canned queries, and who answers the queries of strangers.

    `graph` is for texts of our own; a text that came with a request goes to `readers`, a document
    to `intake`. `committer` makes changes for those who hold one of `tokens`; without both the
    server is read-only.
    """

    settings: Settings
    graph: Graph
    catalogue: Catalogue
    readers: Untrusted
    committer: Committer | None
    tokens: Tokens | None
    intake: Intake


def site() -> Site:
    """Return what the application that answers the request serves."""
    return cast("Site", current_app.extensions[KEY])


def answer_stranger(query: QueryRequest, offer: Format, seconds: float | None = None) -> bytes:
    """Return the answer to a query that came with the request, until its client leaves.

    `seconds` is a time limit below the general one. Raises what `Readers.answer` raises.
    """
    gone = request.environ.get(GONE)
    return site()["readers"].answer(query, offer, None if gone is None else gone.is_set, seconds)
