"""Queries in processes that can be killed: the exact time limit that the engine does not have.

A query runs in a reader, forked by the zygote from one snapshot. At the limit, when the client has
gone, or when it has to make room, the reader is killed and another one forked. A reader that dies
by itself costs its own query and nothing else. The answer is taken whole or not at all, but for a
stream, which has a reader, a place and a limit of its own.
"""

from __future__ import annotations

import contextlib
import select
import signal
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import (
    ComityError,
    DeadlineError,
    DisconnectedError,
    QueryTooComplexError,
)
from comity.store.clocks import processor_seconds
from comity.store.engine import BASE
from comity.store.flows import ReaderFlow, Streams
from comity.store.formats import require_format, streamed_for
from comity.store.framing import Head, receive, send
from comity.store.lanes import LaneLimits, Lanes, Ticket
from comity.store.nursery import Nursery, Reader
from comity.store.reading import Survey, read
from comity.store.replies import Evaluated, cause_of_death, content, evaluated
from comity.store.running import Begun, Running, begin, is_there, renice, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.store.updating import UpdateRequest

_LOOK_SECONDS: Final = 0.1  # how often a running query is asked whether its client is still there
# Characters of a text that is read where it came in; at most a few milliseconds of work.
_LONG_TEXT: Final = 4_000
_ATTEMPTS: Final = 2
_BEHIND: Final = 16  # commits that an idle reader follows; one further behind is replaced


@dataclass(frozen=True, kw_only=True)
class ReaderLimits:
    """What one query may take."""

    seconds: float = 10.0
    memory_bytes: int = 1_000_000_000
    answer_bytes: int = 48_000_000
    stream_seconds: float = 600.0


class _Time(NamedTuple):
    """The seconds that a query may take, and how many of them are gone already."""

    most: float
    spent: float = 0.0


class Readers:
    """A pool of reader processes on one snapshot; safe to use from many threads."""

    def __init__(
        self,
        snapshot: Path,
        fingerprint: str,
        limits: ReaderLimits | None = None,
        lanes: LaneLimits | None = None,
        *,
        number: int = 0,
        union: bool = True,
        writable: bool = False,
    ) -> None:
        """Load the snapshot (N-Quads) of some commit, or the folder of a build.

        Raises EngineError if that fails.

        With `union` the default graph of queries is all graphs together. Only `writable` readers
        carry out updates and follow commits.
        """
        self.fingerprint = fingerprint
        self.limits = limits or ReaderLimits()
        self.lanes = Lanes(lanes)
        self.deaths: Counter[str] = Counter()
        self._idle: deque[Reader] = deque()
        self._changes: deque[tuple[int, int, bytes]] = deque(maxlen=_BEHIND)
        self._nursery = Nursery(
            snapshot,
            fingerprint,
            self.limits.memory_bytes,
            number,
            union=union,
            writable=writable,
        )
        for _ in range(self.lanes.limits.quick + self.lanes.limits.slow):
            self._idle.append(self._nursery.spawn())
        self._moving = threading.Lock()
        self._streams = Streams(
            self.lanes,
            bear=self._bear,
            retire=self._replace,
            bury=lambda reader: self._counted(self._nursery.reap(reader)),
        )
        self._spent: SimpleQueue[Reader | None] = SimpleQueue()
        self._undertaker = threading.Thread(target=self._bury, daemon=True)
        self._undertaker.start()

    @property
    def number(self) -> int:
        """The commit that every query from now on sees."""
        return self._nursery.number

    @property
    def statements(self) -> int:
        """The number of statements."""
        return self._nursery.statements

    def __len__(self) -> int:
        """Return the number of statements."""
        return self._nursery.statements

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph, by its IRI, sorted."""
        return dict(self._nursery.graphs)

    def close(self) -> None:
        """End the zygote and every reader."""
        self._spent.put(None)
        self._undertaker.join()
        while self._idle:
            self._idle.pop().channel.close()
        self._nursery.close()

    def wait(self) -> None:
        """Return when the zygote has ended, by `close` or by itself."""
        self._nursery.wait()

    def answer(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> bytes:
        """Return the whole answer in a format.

        `gone` tells whether the client has left, `seconds` is a time limit below the general one,
        `survey` is what `survey` has told of the text.
        Raises what the engine raises, and DeadlineError at the time limit, OverloadError for want
        of a place, TooLargeError for an answer or a memory beyond the limit, QueryTooComplexError
        where the engine's stack ends.
        """
        head = self._head(request, offer)
        return content(self._answer(request, head, gone, seconds, survey))

    def begin(
        self,
        request: QueryRequest,
        offer: Format,
        seconds: float | None,
        survey: Survey,
    ) -> Running | None:
        """Have an idle reader begin with a query that is expected to be short; never wait.

        Return None where there is no such reader or no place: then `answer` waits for them.
        """
        reader = self._take_idle()
        if reader is None:
            return None
        ticket = self.lanes.enter_at_once(survey.shape)
        if ticket is None:
            self._idle.append(reader)
            return None
        head = self._head(request, offer)
        limit = _Time(self._most(seconds), survey.seconds)
        begun = begin(reader, head)
        return Running(
            reader.channel,
            partial(self._finish, head, ticket, limit, begun),
            partial(self._abandon, reader, ticket),
        )

    def survey(
        self,
        text: str,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
    ) -> Survey:
        """Return what has to be known of a text; a long one is read by a reader, within the limits.

        Raises what reading a text and what `answer` raises.
        """
        if len(text) <= _LONG_TEXT:
            return read(text, BASE).survey()
        began = time.monotonic()
        shape = f"a text of {len(text).bit_length()} bits of length"
        head, _ = self._run({"do": "survey", "text": text}, shape, gone, _Time(self._most(seconds)))
        content((head, b""))
        return Survey(**head | {"seconds": time.monotonic() - began})

    def beginning(
        self,
        request: QueryRequest,
        limit: int,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> tuple[bytes, bool]:
        """Return the first lines of the answer within `limit` bytes, and whether these are all.

        Rows and truth values come as TSV, a graph as Turtle. Raises what `answer` raises.
        """
        head = {"do": "begin", "limit": min(limit, self.limits.answer_bytes), **told(request)}
        message = self._answer(request, head, gone, seconds, survey)
        body = content(message)
        return body, bool(message[0]["whole"])

    @property
    def streams(self) -> bool:
        """Whether answers of any size are given, as streams."""
        return self.lanes.limits.streams > 0

    def stream(
        self,
        request: QueryRequest,
        offer: Format,
        gone: Callable[[], bool] | None = None,
        seconds: float | None = None,
        survey: Survey | None = None,
    ) -> ReaderFlow:
        """Return the whole answer as it is made, of any size; whoever has it closes it.

        Its first part is there, or all of it. Raises what `answer` raises but TooLargeError for an
        answer, and RefusedError where there are no places for streams.
        """
        survey = survey or self.survey(request.text, gone, seconds)
        require_format(offer, streamed_for(survey.kind), of=f"the answer to {survey.form}")
        head = {"do": "stream", "format": offer.name, **told(request)}
        most = min(self.limits.stream_seconds, seconds or self.limits.stream_seconds)
        return self._streams.open(head, most, survey.seconds, gone)

    def _bear(self) -> tuple[Reader, str]:
        """Return a new reader and the name of the state that it has, at the lowest priority."""
        with self._moving:
            reader, state = self._nursery.spawn(), self.fingerprint
        renice(reader)
        return reader, state

    def _answer(
        self,
        request: QueryRequest,
        head: Head,
        gone: Callable[[], bool] | None,
        seconds: float | None,
        survey: Survey | None,
    ) -> tuple[Head, bytes]:
        survey = survey or self.survey(request.text, gone, seconds)
        return self._run(head, survey.shape, gone, _Time(self._most(seconds), survey.seconds))

    def _head(self, request: QueryRequest, offer: Format) -> Head:
        limit = self.limits.answer_bytes
        return {"do": "query", "format": offer.name, "limit": limit, **told(request)}

    def _finish(
        self,
        head: Head,
        ticket: Ticket,
        limit: _Time,
        begun: Begun,
        gone: Callable[[], bool] | None,
    ) -> bytes:
        try:
            return content(self._work(head, ticket, gone, limit, begun))
        finally:
            ticket.leave()

    def _abandon(self, reader: Reader, ticket: Ticket) -> None:
        self._replace(reader, "killed")
        ticket.leave()

    def _most(self, seconds: float | None) -> float:
        return min(self.limits.seconds, seconds or self.limits.seconds)

    def _run(
        self,
        head: Head,
        shape: str,
        gone: Callable[[], bool] | None,
        limit: _Time,
    ) -> tuple[Head, bytes]:
        """Have a reader work on what a head says, and return what it says."""
        ticket = self.lanes.enter(shape)
        try:
            return self._work(head, ticket, gone, limit)
        finally:
            ticket.leave()

    def _work(
        self,
        head: Head,
        ticket: Ticket,
        gone: Callable[[], bool] | None,
        limit: _Time,
        begun: Begun | None = None,
    ) -> tuple[Head, bytes]:
        """Have one reader after the other work on what a head says; `begun` is the first."""
        status = 0
        for _ in range(_ATTEMPTS):
            reader = begun.reader if begun else self._take()
            try:
                if ticket.slow:
                    renice(reader)
                message = self._await(begun or begin(reader, head), ticket, gone, limit)
            except BaseException:
                self._replace(reader, "killed")
                raise
            if message is not None:
                if ticket.slow:
                    self._replace(reader, "slow")  # its priority cannot be raised again
                else:
                    self._idle.append(reader)
                return message
            begun = None
            status = self._bury_now(reader)
            if status != -signal.SIGKILL:  # whoever kills a reader may have meant another query
                break
        raise self._counted(status)

    def apply(
        self, added: Sequence[str], removed: Sequence[str], number: int, fingerprint: str
    ) -> None:
        """Carry out a commit, given as lines in the engine's forms.

        Every query that comes after this has returned sees it; a running one keeps its snapshot.
        Raises EngineError when the zygote has ended.
        """
        with self._moving:
            body = self._nursery.apply(added, removed, number)
            self._changes.append((number, len(added), body))
            self.fingerprint = fingerprint

    def evaluate(self, request: UpdateRequest) -> Evaluated:
        """Carry out an update on a private copy and return what it changes; nothing stays of it.

        Raises what reading and carrying out an update raise, and what `answer` raises at a limit.
        """
        head = {
            "do": "update",
            "text": request.text,
            "using_graphs": request.using_graphs,
            "using_named_graphs": request.using_named_graphs,
        }
        reader = self._nursery.spawn()
        with contextlib.suppress(OSError):
            send(reader.channel, head)
        poll = select.poll()
        poll.register(reader.channel, select.POLLIN)
        if not poll.poll(self.limits.seconds * 1000):
            self._replace(reader, "killed")
            raise DeadlineError(
                f"The update ran into the limit of {self.limits.seconds:g} s and nothing of it "
                "was kept; change less at a time.",
                retry_after=10,
            )
        message = receive(reader.channel)
        if message is None:
            raise self._counted(self._nursery.reap(reader))
        self._replace(reader, "update")  # its copy of the graph is no longer that of the others
        return evaluated(message)

    def _await(
        self,
        begun: Begun,
        ticket: Ticket,
        gone: Callable[[], bool] | None,
        limit: _Time,
    ) -> tuple[Head, bytes] | None:
        reader, used_before = begun
        poll = select.poll()
        poll.register(reader.channel, select.POLLIN)
        while True:
            rest = limit.most - limit.spent - ticket.seconds
            if not ticket.slow:
                rest = min(rest, ticket.quick_rest())
            if gone is not None:
                rest = min(rest, _LOOK_SECONDS)
            if poll.poll(max(rest, 0.0) * 1000):
                message = receive(reader.channel)
                ticket.used = processor_seconds(reader.pid) - used_before
                return message
            ticket.used = processor_seconds(reader.pid) - used_before
            if limit.spent + ticket.seconds >= limit.most:
                raise DeadlineError(
                    f"The query ran into the limit of {limit.most:g} s; "
                    "narrow it, for instance by a relation, a class or a date.",
                    retry_after=10,
                )
            if gone is not None and gone():
                raise DisconnectedError("The client left before the answer was ready.")
            if not ticket.slow and ticket.quick_rest() <= 0:
                ticket.slow_down()
                renice(reader)

    def _take(self) -> Reader:
        """Return a reader of the newest commit."""
        while True:
            try:
                reader = self._idle.pop()
            except IndexError:
                return self._nursery.spawn()
            if not is_there(reader):
                self._replace(reader, "gone")
            elif self._follows(reader):
                return reader
            else:
                self._replace(reader, "old")

    def _take_idle(self) -> Reader | None:
        """Return a reader of the newest commit if one is at hand that is there already."""
        try:
            reader = self._idle.pop()
        except IndexError:
            return None
        if reader.number == self.number and is_there(reader):
            return reader
        self._idle.append(reader)
        return None

    def _follows(self, reader: Reader) -> bool:
        """Bring a reader to the newest commit; tell whether it is there."""
        if reader.number == self.number:
            return True
        missing = [change for change in tuple(self._changes) if change[0] > reader.number]
        if not missing or missing[0][0] != reader.number + 1:
            return False
        try:
            for number, added, body in missing:
                send(reader.channel, {"do": "apply", "added": added}, body)
                reader.number = number
        except OSError:
            return False
        return True

    def _replace(self, reader: Reader, why: str) -> None:
        """Kill a reader now; that it has gone is waited for elsewhere, as it may take a while."""
        reader.kill()
        self.deaths[why] += 1
        self._spent.put(reader)

    def _bury(self) -> None:
        """See spent readers off, and keep as many idle ones as there are places."""
        places = self.lanes.limits.quick + self.lanes.limits.slow
        while (reader := self._spent.get()) is not None:
            with contextlib.suppress(ComityError):
                if len(self._idle) < places:
                    self._idle.append(self._nursery.spawn())
                self._nursery.reap(reader)

    def _bury_now(self, reader: Reader) -> int:
        """Return how a reader ended, and have another one in its place."""
        status = self._nursery.reap(reader)
        with contextlib.suppress(ComityError):
            self._idle.append(self._nursery.spawn())
        return status

    def _counted(self, status: int) -> ComityError:
        """Return the error for a reader that ended by itself, counted."""
        cause = cause_of_death(status)
        self.deaths["stack" if isinstance(cause, QueryTooComplexError) else "memory"] += 1
        return cause
