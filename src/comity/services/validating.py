"""Documents of strangers judged as additions to what is served, of which nothing is kept.

They have a gate of their own, so that nobody's change waits for them. It starts with the first
document, follows the commits and the rules, and is ended at the limits of time and memory.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import uuid4

from comity.errors import (
    DeadlineError,
    EngineError,
    MemoryLimitError,
    OverloadError,
    UnavailableError,
)
from comity.store.commits.delta import Delta
from comity.store.terms import Quad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from comity.services.holding import Source
    from comity.services.rules import Rules
    from comity.store.terms import Triple
    from comity.validation.gatekeeper import Gatekeeper
    from comity.validation.incremental import Verdict

MOST_WAITING: Final = 4  # documents; each holds a thread of the server
WAIT_SECONDS: Final = 5.0
JUDGE_SECONDS: Final = 20.0
MEMORY_BYTES: Final = 500_000_000  # beside the graph
_ATTEMPTS: Final = 2
_CLOSE_SECONDS: Final = 2.0


@dataclass(frozen=True)
class Judgement:
    """What would be found of a document if it were added.

    `accepted` tells whether a change with it would be kept, which a warning does not bar.
    """

    statements: int
    has_rules: bool = True
    accepted: bool = True
    findings: tuple[dict[str, object], ...] = ()
    report: str = ""

    @property
    def conforms(self) -> bool:
        """Whether nothing was found, as `sh:conforms` has it."""
        return not self.findings


class _Served(NamedTuple):
    """The statements that are served, in which a document never comes to stand."""

    statements: tuple[Quad, ...]

    def __contains__(self, quad: object) -> bool:
        return False

    def quads(self) -> tuple[Quad, ...]:
        return self.statements


class Validator:
    """Judges one document at a time; safe to use from many threads."""

    def __init__(
        self,
        source: Source,
        rules: Callable[[], Rules],
        *,
        seconds: float = JUDGE_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        """Judge additions to what a source holds; nothing is read or started before the first."""
        self._source = source
        self._rules = rules
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(MOST_WAITING)
        self._gate: Gatekeeper | None = None
        self._judged_by: Rules | None = None
        self._served = _Served(())
        self._closed = False

    def judge_by(self, rules: Rules) -> None:
        """Judge by other rules from the next document on."""
        self._rules = lambda: rules

    def validate(self, triples: Iterable[Triple]) -> Judgement:
        """Tell what a graph of these statements would break if it came to those that are served.

        Raises OverloadError when others take too long, DeadlineError and MemoryLimitError for a
        document that takes too much, and what reading the rules raises.
        """
        graph = uuid4().urn
        added = tuple(dict.fromkeys(Quad.of(triple, graph) for triple in triples))
        with self._exclusively():
            rules = self._rules()
            if not rules.shapes or not added:
                return Judgement(len(added), has_rules=bool(rules.shapes))
            verdict = self._judge(rules, Delta(added))
        return Judgement(
            len(added),
            accepted=verdict.passes,
            findings=tuple({"focus": fault.entity, **fault.record()} for fault in verdict.faults),
            report=verdict.report,
        )

    def close(self) -> None:
        """End the process, and what it is at."""
        self._closed = True
        if self._gate is not None:
            self._gate.kill()
        if self._lock.acquire(timeout=_CLOSE_SECONDS):
            self._drop()
            self._lock.release()

    def _judge(self, rules: Rules, change: Delta) -> Verdict:
        for attempt in range(_ATTEMPTS):
            try:
                gate = self._brought_up_to_date(rules)
                return gate.check(self._served, change)
            except DeadlineError:
                raise DeadlineError(
                    f"The document was not judged within {self._seconds:g} s; "
                    "send it in smaller parts.",
                    retry_after=10,
                ) from None
            except MemoryLimitError:
                raise MemoryLimitError(
                    "The document needs more memory to be judged than one may take; "
                    "send it in smaller parts."
                ) from None
            except EngineError:  # killed by somebody, or with the thread that started it
                self._require_open()
                if attempt + 1 == _ATTEMPTS:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _brought_up_to_date(self, rules: Rules) -> Gatekeeper:
        """Return the gate of these rules on what is served now."""
        before, self._served = self._served, _Served(self._source.now().statements)
        if self._gate is None or self._judged_by is not rules:
            self._drop()
            gate = rules.gate(seconds=self._seconds, memory_bytes=self._memory_bytes)
            if gate is None:
                raise EngineError("There are no shapes to judge by.")
            self._gate, self._judged_by = gate, rules
        elif before.statements is not self._served.statements:
            old, new = set(before.statements), set(self._served.statements)
            self._gate.follow(Delta(tuple(new - old), tuple(old - new)))
        return self._gate

    def _drop(self) -> None:
        gate, self._gate = self._gate, None
        if gate is not None:
            gate.close()

    def _require_open(self) -> None:
        if self._closed:
            raise UnavailableError("The server is ending; ask again in a moment.")

    @contextmanager
    def _exclusively(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise _busy()
        try:
            is_ours = self._lock.acquire(timeout=WAIT_SECONDS)
        finally:
            self._turns.release()
        if not is_ours:
            raise _busy()
        try:
            self._require_open()
            yield
        finally:
            self._lock.release()


def _busy() -> OverloadError:
    return OverloadError("Other documents are still being judged; try again soon.", retry_after=5)
