"""What a server holds at one state of its data: the graph, the statements as written, the dumps.

Each is made when it is first asked for, one at a time, and kept as long as the state. A server
whose data change has a new holding for each state that somebody asks for; who still reads from an
older one goes on with that.
"""

from __future__ import annotations

from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from comity.services.export.dumps import Dumps
from comity.services.export.material import CORE, make_material
from comity.store.engine import Graph

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from pathlib import Path

    from comity.services.export.material import Material
    from comity.store.terms import Quad

T = TypeVar("T")


class Source(Protocol):
    """Where the holding of this moment comes from."""

    @property
    def union(self) -> bool:
        """Whether the default graph of queries is all graphs together."""

    def now(self) -> Holding:
        """Return what is held now."""


class Store(Protocol):
    """Data that change: `comity.services.committing.Committer`."""

    @property
    def state(self) -> Any:
        """The statements, told by `quads`."""

    @property
    def fingerprint(self) -> str:
        """A name for the state, which is new only after the statements are."""

    @property
    def changed(self) -> str:
        """When the last change was, empty if there was none."""


class Turns:
    """Who makes something next; shared by all holdings of a server."""

    def __init__(self) -> None:
        """Let the first begin."""
        self.statements = Lock()
        self.graph = Lock()
        self.exports = RLock()


class Holding:
    """What there is at one state of the data."""

    def __init__(
        self,
        statements: Callable[[], Iterable[Quad]],
        state: str,
        root: Path | None = None,
        *,
        union: bool = True,
        graph: Graph | None = None,
        changed: str = "",
        turns: Turns | None = None,
    ) -> None:
        """Take what returns the statements as written, and the name of the state.

        `root` is the repository whose layout exports keep; `changed` is when the data last were.
        """
        self.state = state
        self.changed = changed
        self._read = statements
        self._root = root
        self._union = union
        self._turns = turns or Turns()
        self._quads: tuple[Quad, ...] | None = None
        self._graph = graph
        self._kept: dict[Hashable, Any] = {}

    @property
    def statements(self) -> tuple[Quad, ...]:
        """All statements as written."""
        return self._statements()

    @property
    def graph(self) -> Graph:
        """The graph that canned queries and pages ask."""
        if self._graph is None:
            with self._turns.graph:
                if self._graph is None:
                    self._graph = Graph.of(self._statements(), self.state, union=self._union)
        return self._graph

    @property
    def material(self) -> Material:
        """The statements as written, which exports are made from."""
        return self.once("material", lambda: make_material(self._statements(), self._root))

    @property
    def dumps(self) -> Dumps:
        """The dumps of all this."""
        return self.once("dumps", lambda: Dumps(self.material, self._turns.exports))

    @property
    def is_ours(self) -> bool:
        """Whether the data are those of Comity, told by its ontology among them."""
        return CORE in self.graph.graphs()

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` returned for a key the first time."""
        if key not in self._kept:
            with self._turns.exports:
                if key not in self._kept:
                    self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def in_turn(self, make: Callable[[], T]) -> T:
        """Return what `make` returns when it is its turn; nothing is kept."""
        with self._turns.exports:
            return make()

    def _statements(self) -> tuple[Quad, ...]:
        with self._turns.statements:
            if self._quads is None:
                self._quads = tuple(self._read())
            return self._quads


class Held:
    """Data that stay as they are."""

    def __init__(self, holding: Holding) -> None:
        """Take the one holding there is."""
        self._holding = holding

    @property
    def union(self) -> bool:
        """Whether the default graph of queries is all graphs together."""
        return self._holding.graph.union

    def now(self) -> Holding:
        """Return the holding."""
        return self._holding


class Followed:
    """Data that change, seen from the first request after each change."""

    def __init__(self, store: Store, root: Path | None = None, *, union: bool = True) -> None:
        """Follow a store; nothing is made until it is asked for."""
        self._store = store
        self._root = root
        self.union = union
        self._turns = Turns()
        self._lock = Lock()
        self._newest: Holding | None = None

    def now(self) -> Holding:
        """Return the holding of the state that the store has now."""
        with self._lock:
            state = self._store.fingerprint
            if self._newest is None or self._newest.state != state:
                self._newest = Holding(
                    self._store.state.quads,
                    state,
                    self._root,
                    union=self.union,
                    changed=self._store.changed,
                    turns=self._turns,
                )
            return self._newest
