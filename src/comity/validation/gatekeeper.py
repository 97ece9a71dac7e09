"""The gate in a process of its own, which can be killed when a change takes too long to judge.

The process holds the graph twice, for the shapes and for the checks. A change that passed is kept
as pending: whether it was committed shows in the state at the next question, so that nobody has to
tell. A process that died or fell out of step is started again from the state. With a bound on its
memory, as for what strangers send, it is shut in like a reader and gives way to everybody else.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final, Protocol

from comity.errors import DeadlineError, EngineError, MemoryLimitError
from comity.store import formats
from comity.store.framing import Head, receive, send
from comity.store.parsing import parse_document
from comity.store.sandbox import lock
from comity.store.serializing import serialize_quads
from comity.validation.findings import Rule, Severity
from comity.validation.incremental import Fault, Gate, Verdict
from comity.validation.queries import CheckQuery, read_checks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from comity.store.terms import Quad

CONTROL: Final = 0  # the socket stands in for standard input

_LOAD_SECONDS: Final = 30.0  # at least, whatever a change may take
_NICENESS: Final = 10


class Change(Protocol):
    """What is added and what is taken away."""

    @property
    def added(self) -> Sequence[Quad]:
        """The statements that come."""

    @property
    def removed(self) -> Sequence[Quad]:
        """The statements that go."""


class Statements(Protocol):
    """The state that a change is to be applied to."""

    def __contains__(self, quad: Quad) -> bool:
        """Tell whether a statement stands here."""

    def quads(self) -> Iterable[Quad]:
        """Return all statements."""


class Gatekeeper:
    """Judges changes one at a time; not for use from several threads at once."""

    def __init__(
        self,
        shapes: Sequence[Quad],
        checks: Path | None = None,
        *,
        own: bool = True,
        seconds: float = 30.0,
        memory_bytes: int = 0,
    ) -> None:
        """Judge by shapes and by the must-be-empty queries of a folder, in `seconds` at most.

        With `own` the shapes are those of the data, and stand in for any that the data hold.
        `memory_bytes` is what the process may take beside the graph, 0 for any. Raises DataError
        for a query whose header lacks a key.
        """
        self._shapes = tuple(shapes)
        self._own = own
        self._checks = tuple(read_checks(checks)) if checks else ()
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._pending: Change | None = None

    def check(self, state: Statements, change: Change) -> Verdict:
        """Tell what a change of the state would break.

        Raises DeadlineError when that takes too long, MemoryLimitError when it takes too much, and
        EngineError when the process cannot work.
        """
        channel = self._ready(state)
        head, _ = self._ask(
            channel,
            {"do": "check", "added": len(change.added)},
            _lines((*change.added, *change.removed)),
        )
        verdict = _verdict(head)
        self._pending = change if verdict.passes else None
        return verdict

    def examine(self, state: Statements) -> Verdict:
        """Tell all that the state breaks as it is; raises what `check` raises."""
        return _verdict(self._ask(self._ready(state), {"do": "examine", "added": 0}, b"")[0])

    def follow(self, change: Change) -> None:
        """Apply a change that the state has meanwhile; raises what `check` raises.

        Without a process there is nothing to do: it will start from the state.
        """
        if self._channel is not None:
            self._accept(self._channel, change)

    def kill(self) -> None:
        """Let a question under way fail; may be called from any thread."""
        process = self._process
        if process is not None:
            process.kill()

    def close(self) -> None:
        """End the process."""
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._channel = self._process = self._pending = None

    def _ready(self, state: Statements) -> socket.socket:
        """Return a channel to a process that holds the state."""
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._channel is None:
            return self._start(state)
        pending, self._pending = self._pending, None
        if pending is not None and _is_committed(state, pending):
            self._accept(self._channel, pending)
        return self._channel

    def _accept(self, channel: socket.socket, change: Change) -> None:
        self._ask(
            channel,
            {"do": "accept", "added": len(change.added)},
            _lines((*change.added, *change.removed)),
        )

    def _start(self, state: Statements) -> socket.socket:
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "comity.validation.gatekeeper"], stdin=theirs.fileno()
        )
        theirs.close()
        self._channel = ours
        send(
            ours,
            {
                "checks": [_record(each) for each in self._checks],
                "own": self._own,
                "memory_bytes": self._memory_bytes,
            },
            _lines(self._shapes),
        )
        seconds = max(self._seconds, _LOAD_SECONDS)
        self._ask(ours, {"do": "load"}, _lines(state.quads()), seconds)
        return ours

    def _ask(
        self, channel: socket.socket, head: Head, body: bytes, seconds: float = 0.0
    ) -> tuple[Head, bytes]:
        seconds = seconds or self._seconds
        with contextlib.suppress(OSError):  # a dead process shows when it is read from
            send(channel, head, body)
        poll = select.poll()
        poll.register(channel, select.POLLIN)
        if not poll.poll(seconds * 1000):
            self.close()
            raise DeadlineError(
                f"The change was not judged within {seconds:g} s and is not kept; "
                "send it in smaller parts.",
                retry_after=5,
            )
        answer, process = receive(channel), self._process
        if answer is not None and "memory" not in answer[0]:
            return answer
        self.close()
        if answer is None and process is not None and process.returncode != -signal.SIGABRT:
            raise EngineError("The process that validates changes ended; nothing was kept.")
        raise MemoryLimitError(
            "The change needs more memory to be judged than one may take; send it in smaller parts."
        )


def _verdict(head: Head) -> Verdict:
    return Verdict(
        tuple(
            Fault(**{**fault, "severity": Severity(fault["severity"])}) for fault in head["faults"]
        ),
        head["report"],
    )


def _is_committed(state: Statements, change: Change) -> bool:
    if change.added:
        return all(quad in state for quad in change.added)
    return all(quad not in state for quad in change.removed)


def _record(check: CheckQuery) -> list[str]:
    rule = check.rule
    return [rule.name, rule.severity.value, rule.asks, check.problem, check.solution, check.text]


def _check(name: str, severity: str, asks: str, *rest: str) -> CheckQuery:
    return CheckQuery(Rule(name, Severity(severity), asks), *rest)


def _lines(quads: Iterable[Quad]) -> bytes:
    return serialize_quads(quads, formats.N_QUADS)


def _quads(body: bytes) -> list[Quad]:
    return list(parse_document(body, formats.N_QUADS, name="a change"))


def main() -> None:
    """Hold the graph and judge changes until the client goes."""
    control = socket.socket(fileno=CONTROL)
    first, second = receive(control), receive(control)
    if first is None or second is None:
        return
    memory_bytes = first[0]["memory_bytes"]
    if memory_bytes:
        os.nice(_NICENESS)
    checks = [_check(*each) for each in first[0]["checks"]]
    gate = Gate(_quads(second[1]), _quads(first[1]), checks, own=first[0]["own"])
    if memory_bytes:
        lock(memory_bytes)
    send(control, {})
    while (message := receive(control)) is not None:
        try:
            answer = _answer(gate, *message)
        except (MemoryError, RecursionError):
            answer = {"memory": True}
        send(control, answer)


def _answer(gate: Gate, head: Head, body: bytes) -> Head:
    quads = _quads(body)
    added, removed = quads[: head["added"]], quads[head["added"] :]
    if head["do"] == "accept":
        gate.accept(added, removed)
        return {}
    verdict = gate.examine() if head["do"] == "examine" else gate.check(added, removed)
    return {"faults": [fault.record() for fault in verdict.faults], "report": verdict.report}


if __name__ == "__main__":
    with contextlib.suppress(ConnectionError):  # the client went while it was answered
        main()
