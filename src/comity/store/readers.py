"""Queries in processes that can be killed: the exact time limit that the engine does not have.

A query runs in a reader, forked by the zygote from one snapshot. At the limit, when the client has
gone, or when it has to make room, the reader is killed and another one forked. A reader that dies
by itself costs its own query and nothing else. The answer is taken whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter, deque
from dataclasses import dataclass
from hashlib import sha256
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Final

from comity.errors import (
    ComityError,
    DeadlineError,
    DisconnectedError,
    EngineError,
    MemoryLimitError,
    OverloadError,
    QueryTooComplexError,
)
from comity.model.tokens import spoken, tokenize
from comity.store.faults import revive
from comity.store.framing import Head, receive, send
from comity.store.lanes import LaneLimits, Lanes, Ticket

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.store.engine import QueryRequest
    from comity.store.formats import Format

_LOWEST_PRIORITY: Final = 19
_LOOK_SECONDS: Final = 0.1  # how often a running query is asked whether its client is still there
_BYTES: Final = 1
_STACK_DEATHS: Final = frozenset({-signal.SIGSEGV, -signal.SIGBUS})


@dataclass(frozen=True, kw_only=True)
class ReaderLimits:
    """What one query may take."""

    seconds: float = 10.0
    memory_bytes: int = 1_000_000_000
    answer_bytes: int = 48_000_000


@dataclass(slots=True)
class _Reader:
    pid: int
    channel: socket.socket


class Readers:
    """A pool of reader processes on one snapshot; safe to use from many threads."""

    def __init__(
        self,
        snapshot: Path,
        fingerprint: str,
        limits: ReaderLimits | None = None,
        lanes: LaneLimits | None = None,
    ) -> None:
        """Load the snapshot (N-Quads) into a zygote; raises EngineError if it cannot."""
        self.fingerprint = fingerprint
        self.limits = limits or ReaderLimits()
        self.lanes = Lanes(lanes)
        self.deaths: Counter[str] = Counter()
        self._idle: deque[_Reader] = deque()
        self._control_lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self._control = ours
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "comity.store.zygote"], stdin=theirs.fileno(), close_fds=True
        )
        theirs.close()
        send(
            ours,
            {
                "snapshot": str(snapshot),
                "fingerprint": fingerprint,
                "memory_bytes": self.limits.memory_bytes,
            },
        )
        ready = receive(ours)
        if ready is None:
            raise EngineError(f"The readers cannot load {snapshot}; see the lines above.")
        self.statements: int = ready[0]["statements"]
        for _ in range(self.lanes.limits.quick + self.lanes.limits.slow):
            self._idle.append(self._spawn())
        self._spent: SimpleQueue[_Reader | None] = SimpleQueue()
        self._undertaker = threading.Thread(target=self._bury, daemon=True)
        self._undertaker.start()

    def close(self) -> None:
        """End the zygote and every reader."""
        self._spent.put(None)
        self._undertaker.join()
        self._control.close()
        while self._idle:
            self._idle.pop().channel.close()
        self._zygote.wait()

    def answer(
        self, request: QueryRequest, offer: Format, gone: Callable[[], bool] | None = None
    ) -> bytes:
        """Return the whole answer in a format.

        `gone` tells whether the client has left. Raises what the engine raises, and DeadlineError
        at the time limit, OverloadError for want of a place, TooLargeError for an answer or a
        memory beyond the limit, QueryTooComplexError where the engine's stack ends.
        """
        ticket = self.lanes.enter(shape_of(request.text))
        try:
            reader = self._take()
            try:
                message = self._ask(reader, request, offer, ticket, gone)
            except BaseException:
                self._replace(reader, "killed")
                raise
            if message is None:
                raise self._post_mortem(reader)
            if ticket.slow:
                self._replace(reader, "slow")  # its priority cannot be raised again
            else:
                self._idle.append(reader)
        finally:
            ticket.leave()
        return _content(message)

    def _ask(
        self,
        reader: _Reader,
        request: QueryRequest,
        offer: Format,
        ticket: Ticket,
        gone: Callable[[], bool] | None,
    ) -> tuple[Head, bytes] | None:
        if ticket.slow:
            _renice(reader)
        with contextlib.suppress(OSError):  # a dead reader shows when it is read from
            send(reader.channel, _head(request, offer, self.limits.answer_bytes))
        poll = select.poll()
        poll.register(reader.channel, select.POLLIN)
        while True:
            rest = self.limits.seconds - ticket.seconds
            if not ticket.slow:
                rest = min(rest, self.lanes.limits.quick_seconds - ticket.seconds)
            if gone is not None:
                rest = min(rest, _LOOK_SECONDS)
            if poll.poll(max(rest, 0.0) * 1000):
                return receive(reader.channel)
            if ticket.seconds >= self.limits.seconds:
                raise DeadlineError(
                    f"The query ran into the limit of {self.limits.seconds:g} s; "
                    "narrow it, for instance by a relation, a class or a date.",
                    retry_after=10,
                )
            if gone is not None and gone():
                raise DisconnectedError("The client left before the answer was ready.")
            if not ticket.slow and ticket.seconds >= self.lanes.limits.quick_seconds:
                ticket.slow_down()
                _renice(reader)

    def _take(self) -> _Reader:
        try:
            return self._idle.pop()
        except IndexError:
            return self._spawn()

    def _spawn(self) -> _Reader:
        with self._control_lock:
            send(self._control, {"do": "spawn"})
            message = receive(self._control)
            if message is None:
                raise EngineError("The process that makes readers has ended; restart the server.")
            _, descriptors, _, _ = socket.recv_fds(self._control, _BYTES, 1)
        channel = socket.socket(fileno=descriptors[0])
        receive(channel)  # the word that it is locked in
        return _Reader(message[0]["pid"], channel)

    def _replace(self, reader: _Reader, why: str) -> None:
        """Kill a reader now; that it has gone is waited for elsewhere, as it may take a while."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(reader.pid, signal.SIGKILL)
        self.deaths[why] += 1
        self._spent.put(reader)

    def _bury(self) -> None:
        """Put a new reader in the place of each spent one."""
        while (reader := self._spent.get()) is not None:
            with contextlib.suppress(ComityError):
                self._idle.append(self._spawn())
                self._reap(reader)

    def _post_mortem(self, reader: _Reader) -> ComityError:
        status = self._reap(reader)
        self._idle.append(self._spawn())
        if status in _STACK_DEATHS:
            self.deaths["stack"] += 1
            return QueryTooComplexError(
                "The query is nested too deeply for the engine; write it with fewer brackets."
            )
        self.deaths["memory"] += 1
        return _out_of_memory()

    def _reap(self, reader: _Reader) -> int:
        reader.channel.close()
        with self._control_lock:
            send(self._control, {"do": "reap", "pid": reader.pid})
            message = receive(self._control)
        return int(message[0]["status"]) if message else 0


def shape_of(text: str) -> str:
    """Return a name for all queries that differ from this one in their terms only."""
    words = (
        token.word or (token.text if token.kind == "sign" else token.kind)
        for token in spoken(tokenize(text))
    )
    return sha256(" ".join(words).encode()).hexdigest()


def _head(request: QueryRequest, offer: Format, limit: int) -> Head:
    return {
        "text": request.text,
        "default_graphs": request.default_graphs,
        "named_graphs": request.named_graphs,
        "format": offer.name,
        "limit": limit,
    }


def _content(message: tuple[dict[str, Any], bytes]) -> bytes:
    head, body = message
    if "error" in head:
        raise revive(head["error"])
    if "memory" in head:
        raise _out_of_memory()
    return body


def _out_of_memory() -> MemoryLimitError:
    return MemoryLimitError("The query needs more memory than one query may take; narrow it.")


def _renice(reader: _Reader) -> None:
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, reader.pid, _LOWEST_PRIORITY)


__all__ = ["OverloadError", "ReaderLimits", "Readers", "shape_of"]
