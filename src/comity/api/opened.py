"""What `comity.open()` returns: a graph to ask, to walk, and to make panels of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from comity.api.answers import Answer
from comity.api.panels import PanelFrame
from comity.api.walking import find_pair
from comity.errors import UsageError
from comity.services.panel import read_selection
from comity.services.reaching import reach
from comity.services.running import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from comity.api.walking import Pair
    from comity.services.catalogue import Catalogue
    from comity.services.reaching import Reached
    from comity.store.engine import Graph


@dataclass(frozen=True)
class Question:
    """A canned query: what it asks, the parameters it takes, the columns it gives."""

    slug: str
    summary: str
    description: str
    parameters: tuple[str, ...]
    columns: tuple[str, ...]


class Questions(Mapping[str, Question]):
    """The canned queries, by their slug."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue."""
        self._catalogue = catalogue

    def __getitem__(self, slug: str) -> Question:
        """Return a question; raises KeyError for none."""
        for query in self._catalogue.all():
            if query.slug == slug:
                return Question(
                    slug,
                    query.summary,
                    query.description,
                    tuple(each.name for each in query.parameters),
                    tuple(each.name for each in query.columns),
                )
        raise KeyError(slug)

    def __iter__(self) -> Iterator[str]:
        """Yield the slugs."""
        return (query.slug for query in self._catalogue.all())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._catalogue.all())


class Comity:
    """An open graph, which nothing here changes; `close` or a `with` block lets it go."""

    def __init__(self, reached: Reached) -> None:
        """Take what was reached; see `comity.open`."""
        self._reached: Reached | None = reached

    @property
    def build(self) -> str:
        """A name for the state of the data: the same name, the same answers."""
        return self._graph.fingerprint

    @property
    def queries(self) -> Mapping[str, Question]:
        """The canned queries, by their slug."""
        return Questions(self._opened.catalogue)

    def ask(self, slug: str, /, **parameters: object) -> Answer:
        """Ask a canned query; an underscore behind a name is left out, as in `from_="1998"`.

        All rows are given unless `limit` is. Raises NotFoundError for an unknown query,
        ParameterError for an unknown parameter or a value that it cannot take.
        """
        query = self._opened.catalogue.get(slug)
        values = {
            name.removesuffix("_"): str(value)
            for name, value in parameters.items()
            if value is not None
        }
        return Answer(self._graph, run(self._graph, query, values).text)

    def sparql(self, text: str) -> Answer:
        """Ask any query; the prefixes have to be declared in it.

        Reading the answer raises QuerySyntaxError with line and column for a broken text.
        """
        return Answer(self._graph, text)

    def pair(self, one: str, other: str | None = None) -> Pair:
        """Return a pair, by the codes of its states in either order or in one, `AZE-JPN`.

        Raises NotFoundError if there is none.
        """
        return find_pair(self._graph, one, other)

    def panel(
        self,
        *,
        directed: bool = False,
        start: int | None = None,
        end: int | None = None,
        pairs: Sequence[str] = (),
        states: Sequence[str] = (),
        measures: Sequence[str] = (),
    ) -> PanelFrame:
        """Return the dyad-year panel, or the part of it between two years, of pairs or of measures.

        Raises ParameterError for a value that is none.
        """
        given = {
            "directed": ["true"] if directed else [],
            "from": [] if start is None else [f"{start:04}"],
            "to": [] if end is None else [f"{end:04}"],
            "pair": pairs,
            "state": states,
            "measure": measures,
        }
        return PanelFrame(self._graph, read_selection(given))

    def close(self) -> None:
        """Let the graph go; whatever is asked afterwards raises UsageError."""
        self._reached = None

    def __enter__(self) -> Self:
        """Return this."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the graph go."""
        self.close()

    def __repr__(self) -> str:
        """Return how large it is, and of which state."""
        if self._reached is None:
            return "<Comity: closed>"
        return f"<Comity: {len(self._graph):,} statements, {self.build[:12]}>"

    @property
    def _opened(self) -> Reached:
        if self._reached is None:
            raise UsageError("This graph is closed; open it again with comity.open().")
        return self._reached

    @property
    def _graph(self) -> Graph:
        return self._opened.graph


def open_source(source: str | PathLike[str] | None = None) -> Comity:
    """Return an open graph; see `comity.open`."""
    return Comity(reach(None if source is None else Path(source)))
