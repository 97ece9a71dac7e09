"""Changes: evaluated apart, judged by the gate, kept on the disk, and only then to be seen.

One change at a time. What fails anywhere on the way leaves everything as it was.
"""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol
from uuid import uuid4

from comity.errors import (
    EngineError,
    NotFoundError,
    OverloadError,
    ShapesFixedError,
    TooLargeError,
    UnprocessableError,
)
from comity.store.evaluating import LARGEST_TERM
from comity.store.terms import BlankNode, Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from comity.store.commits.delta import Delta
    from comity.store.commits.log import Commit as LoggedCommit
    from comity.store.commits.record import Record
    from comity.store.commits.state import State, StateView
    from comity.store.replies import Evaluated
    from comity.store.terms import Term
    from comity.store.updating import UpdateRequest

    # What a change depends on: raises an error if the state is not the one that was meant.
    Check = Callable[[StateView], object]

_log: Final = logging.getLogger(__name__)

WAIT_SECONDS: Final = 5.0
MOST_WAITING: Final = 24  # changes; each holds a thread of the server


class Finding(Protocol):
    """One thing that a change would break."""

    message: str

    def record(self) -> dict[str, object]:
        """Return the finding as data."""


class Verdict(Protocol):
    """What a gate says of a change."""

    @property
    def passes(self) -> bool:
        """Whether the change may be kept."""

    @property
    def faults(self) -> Sequence[Any]:
        """What it would break, one record each."""

    @property
    def report(self) -> str:
        """The `sh:ValidationReport` in N-Triples, empty if there is none."""


class Gate(Protocol):
    """Whatever judges changes."""

    def check(self, state: StateView, change: Delta, /) -> Verdict:
        """Tell what a change of a state would break."""

    def close(self) -> None:
        """End what it runs."""


class Evaluators(Protocol):
    """Whatever evaluates updates and answers queries: `comity.store.readers.Readers`."""

    def evaluate(self, request: UpdateRequest) -> Evaluated:
        """Return what an update changes."""

    def apply(
        self, added: Sequence[str], removed: Sequence[str], number: int, fingerprint: str
    ) -> None:
        """Let every query from now on see a commit."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What was kept of a change: how many statements, and which literals in another form.

    `number` and `hash` are those of the newest commit, an older one if nothing changed.
    """

    number: int
    hash: str
    added: int
    removed: int
    normalised: tuple[dict[str, str], ...] = ()


class Committer:
    """The one way to change a store; safe to use from many threads."""

    def __init__(
        self,
        record: Record,
        readers: Evaluators,
        gate: Gate | None = None,
        *,
        fixed: str | None = None,
    ) -> None:
        """Change a record that is open; the readers hold its snapshot and are brought up to date.

        Without a gate every change is accepted. `fixed` is how the names of the graphs begin that
        hold the shapes of the deployment, and that nobody changes here.
        """
        self._record = record
        self._fixed = fixed
        self._readers = readers
        self._gate = gate
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(MOST_WAITING)
        readers.apply(*record.since(), record.number, record.fingerprint)

    @property
    def state(self) -> State:
        """The statements as they were written."""
        return self._record.state

    @property
    def number(self) -> int:
        """The number of the last commit."""
        return self._record.number

    @property
    def fingerprint(self) -> str:
        """A name for the state of the data."""
        return self._record.fingerprint

    @property
    def changed(self) -> str:
        """When the last commit was, as an ISO 8601 text; empty before the first."""
        return self._record.changed

    @property
    def made(self) -> str:
        """When the store was made, as RFC 3339."""
        return self._record.made

    def commit(self, number: int) -> LoggedCommit:
        """Return a commit by its number, from 1 to the last one, as the log has it."""
        return self._record.log.commit(number)

    def snapshot(self, most: int) -> tuple[int, list[str] | None]:
        """Return the number of the last commit and the lines of its state, None if above `most`."""
        with self._exclusively():
            lines = self.state.lines() if len(self.state) <= most else None
            return self.number, lines

    def recent(self, number: int = 20) -> list[dict[str, Any]]:
        """Return the last commits, the newest first: number, when, who, message, counts, hash."""
        with self._exclusively():
            return [commit.summary() for commit in self._record.log.recent(number)]

    def update(self, request: UpdateRequest, who: str, message: str = "") -> Commit:
        """Carry out a SPARQL update, all of it or nothing.

        Raises what `Readers.evaluate` raises, UnprocessableError for what the gate refuses,
        StorageFullError if the disk does not take it, OverloadError when others take too long.
        """
        with self._exclusively():
            evaluated = self._readers.evaluate(request)
            normalised = tuple(
                {"written": written, "kept": kept}
                for written, kept in sorted(evaluated.normalised.items())
            )
            return self._keep(self.state.raw(evaluated.delta), who, message, normalised)

    def put_graph(
        self,
        graph: str | None,
        quads: Iterable[Quad],
        who: str,
        message: str = "",
        *,
        check: Check | None = None,
    ) -> Commit:
        """Replace a graph, the default graph for None; raises what `update` and `check` raise."""
        coming = _own(quads, graph)
        with self._exclusively(check):
            delta = self.state.real(coming, self.state.quads(graph or ""))
            return self._keep(delta, who, message)

    def post_graph(
        self,
        graph: str | None,
        quads: Iterable[Quad],
        who: str,
        message: str = "",
        *,
        check: Check | None = None,
    ) -> Commit:
        """Add to a graph, the default graph for None; raises what `update` and `check` raise."""
        coming = _own(quads, graph)
        with self._exclusively(check):
            return self._keep(self.state.real(coming, ()), who, message)

    def delete_graph(
        self, graph: str | None, who: str, message: str = "", *, check: Check | None = None
    ) -> Commit:
        """Remove a graph, or empty the default graph for None.

        Raises NotFoundError for a graph that is not there, and what `update` and `check` raise.
        """
        with self._exclusively(check):
            if not self.state.has_graph(graph or ""):
                raise NotFoundError(f"There is no graph <{graph}>; see the list of graphs.")
            return self._keep(self.state.real((), self.state.quads(graph or "")), who, message)

    def judge_by(self, gate: Gate | None, *, fixed: str | None = None) -> None:
        """Let another gate judge from the next change on; raises OverloadError as `update` does."""
        with self._exclusively():
            before, self._gate, self._fixed = self._gate, gate, fixed
        if before is not None:
            before.close()

    def close(self) -> None:
        """Wait for the change under way, write a checkpoint and close the store and the gate."""
        with self._lock:
            self._record.close()
            if self._gate is not None:
                self._gate.close()

    def _keep(
        self, delta: Delta, who: str, message: str, normalised: tuple[dict[str, str], ...] = ()
    ) -> Commit:
        if not delta:
            return Commit(self.number, self._record.log.hash, 0, 0, normalised)
        self._require_shapes(delta)
        self._judge(delta)
        commit, added, removed = self._record.commit(delta, who=who, message=message)
        try:
            self._readers.apply(added, removed, commit.number, self.fingerprint)
        except EngineError as error:  # it is on the disk, and there after the next start
            _log.error("commit %d cannot be seen yet: %s", commit.number, error)
        return Commit(
            commit.number, commit.hash, len(commit.added), len(commit.removed), normalised
        )

    def _require_shapes(self, delta: Delta) -> None:
        """Raise ShapesFixedError for a change of the graphs of shapes."""
        for quad in (*delta.added, *delta.removed):
            if self._fixed is not None and quad.graph.startswith(self._fixed):
                raise ShapesFixedError(
                    f"The graph <{quad.graph}> holds shapes, which no request changes; change "
                    "their file in the deployment and load it anew with SIGHUP."
                )

    def _judge(self, delta: Delta) -> None:
        """Raise UnprocessableError for a change that the gate refuses."""
        if self._gate is None:
            return
        verdict = self._gate.check(self.state, delta)
        if verdict.passes:
            return
        findings = tuple(fault.record() for fault in verdict.faults)
        first = str(findings[0].get("message", "")) if findings else ""
        more = f" There are {len(findings) - 1} more." if len(findings) > 1 else ""
        raise UnprocessableError(
            f"The change breaks a rule and nothing of it was kept: {first}{more}",
            findings=tuple({"focus": each.get("entity", ""), **each} for each in findings),
            report=verdict.report,
        )

    @contextmanager
    def _exclusively(self, check: Check | None = None) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise _busy()
        try:
            is_ours = self._lock.acquire(timeout=WAIT_SECONDS)
        finally:
            self._turns.release()
        if not is_ours:
            raise _busy()
        try:
            if check is not None:
                check(self.state)
            yield
        finally:
            self._lock.release()


def _busy() -> OverloadError:
    return OverloadError(
        "Other changes are still being worked on; try again in a moment.", retry_after=5
    )


def _own(quads: Iterable[Quad], graph: str | None) -> list[Quad]:
    """Return statements in a graph, their blank nodes under names that nobody else has.

    Raises TooLargeError for a term beyond all measure.
    """
    names: dict[str, BlankNode] = {}

    def own(term: Term) -> Any:
        if isinstance(term, BlankNode):
            # In the form that the engine gives: 32 hexadecimal digits, the first a letter.
            return names.setdefault(term.id, BlankNode(f"b{uuid4().hex[1:]}"))
        text = getattr(term, "lexical", "") or getattr(term, "value", "")
        if len(text) > LARGEST_TERM:
            raise TooLargeError(
                f"A term of {len(text):,} characters is longer than {LARGEST_TERM:,}; cut it."
            )
        return term

    return [
        Quad(own(quad.subject), quad.predicate, own(quad.object), graph or "") for quad in quads
    ]
