"""What one application serves, set once when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict, cast

from flask import current_app, g, request

from comity.store.engine import BASE
from comity.store.flows import WholeFlow
from comity.store.reading import Survey, read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.services.catalogue import Catalogue
    from comity.services.changes.answers import Comparing
    from comity.services.changes.history import History
    from comity.services.committing import Committer
    from comity.services.holding import Holding, Source
    from comity.services.tokens import Tokens
    from comity.services.validating import Validator
    from comity.settings import Settings
    from comity.store.answering import Answering
    from comity.store.engine import Graph, QueryRequest
    from comity.store.federation import Endpoints
    from comity.store.formats import Format
    from comity.store.intake import Intake

KEY: Final = "comity"

# How often queries and rules were loaded anew, if ever: what was kept of before is of no use.
RELOADS: Final = "comity.reloads"

# Where the server's adapter tells that the client has left: a threading.Event.
GONE: Final = "comity.gone"
# And what the query of the request has met, if the adapter has asked it: a `Met`.
MET: Final = "comity.met"


class Met(NamedTuple):
    """What a query failed of, and when its request began (`time.perf_counter`)."""

    error: Exception
    began: float


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
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format."""
        del gone, seconds, survey
        return self._graph.answer(request, offer)

    def survey(
        self,
        text: str,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> Survey:
        """Return what has to be known of a text before it is answered."""
        del gone, seconds
        return read(text, BASE).survey()

    @property
    def streams(self) -> bool:
        """Nothing is limited here; `stream` gives what `answer` gives."""
        return True

    def stream(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> WholeFlow:
        """Return the whole answer, which is there already."""
        del gone, seconds, survey
        return WholeFlow(self._graph.answer(request, offer), self.fingerprint)

    def beginning(
        self,
        request: QueryRequest,
        limit: int,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> tuple[bytes, bool]:
        """Return the first lines of the answer, and whether these are all."""
        del gone, seconds, survey
        return self._graph.beginning(request, limit)


class Site(TypedDict):
    """The settings, the data, the canned queries, and who answers the queries of strangers.

    `source` is for texts of our own; a text that came with a request goes to `readers`, a document
    to `intake`, and to `validator` if it is only to be judged. `endpoints` are those that its
    SERVICE may ask, None where there are none. `committer` makes changes for those
    who hold one of `tokens`; without both the server is read-only. `history` knows earlier states
    and `comparing` the answers at these; a server of one state has neither.
    """

    settings: Settings
    source: Source
    catalogue: Catalogue
    readers: Answering
    endpoints: Endpoints | None
    committer: Committer | None
    tokens: Tokens | None
    intake: Intake
    validator: Validator
    history: History | None
    comparing: Comparing | None


def site() -> Site:
    """Return what the application that answers the request serves."""
    return cast("Site", current_app.extensions[KEY])


def holding() -> Holding:
    """Return what is held at the state of the data that the whole request is answered from."""
    if "holding" not in g:
        g.holding = site()["source"].now()
    return cast("Holding", g.holding)


def graph() -> Graph:
    """Return the graph that the whole request is answered from."""
    return holding().graph


def is_ours() -> bool:
    """Tell whether the data are those of Comity, whose licence and words are known."""
    settings = site()["settings"]
    return not (settings.data or settings.is_remote) or holding().is_ours


def own_root() -> Path | None:
    """Return the repository if it is what the data began with, None for data of others."""
    settings = site()["settings"]
    return None if settings.data else settings.root


def survey_stranger(text: str, seconds: float | None = None) -> Survey:
    """Return what has to be known of a text that came with the request before it is answered."""
    return site()["readers"].survey(text, gone(), seconds)


def answer_stranger(
    query: QueryRequest,
    offer: Format,
    seconds: float | None = None,
    survey: Survey | None = None,
) -> bytes:
    """Return the answer to a query that came with the request, until its client leaves.

    `seconds` is a time limit below the general one. Raises what `Readers.answer` raises.
    """
    return site()["readers"].answer(query, offer, gone(), seconds, survey)


def begin_stranger(
    query: QueryRequest,
    limit: int,
    seconds: float | None = None,
    survey: Survey | None = None,
) -> tuple[bytes, bool]:
    """Return the first lines of the answer, as `answer_stranger` does the whole."""
    return site()["readers"].beginning(query, limit, gone(), seconds, survey)


def gone() -> Callable[[], bool] | None:
    """Return what tells that the client has left, where the server knows."""
    event = request.environ.get(GONE)
    return None if event is None else event.is_set
