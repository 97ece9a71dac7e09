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
import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from comity.errors import (
    DeadlineError,
)
from comity.store.engine import BASE
from comity.store.flows import ReaderFlow, Streams
from comity.store.formats import require_format, streamed_for
from comity.store.framing import Head, receive, send
from comity.store.lanes import LaneLimits, Lanes, Ticket
from comity.store.nursery import Nursery, Reader
from comity.store.reading import Survey, read
from comity.store.replies import Evaluated, content, evaluated
from comity.store.running import (
    Begun,
    CrowdedOutError,
    Limit,
    Running,
    begin,
    renice,
    told,
    wait_for,
)
from comity.store.stock import Stock

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.store.updating import UpdateRequest

# Characters of a text that is read where it came in; at most a few milliseconds of work.
_LONG_TEXT: Final = 4_000
_ATTEMPTS: Final = 2


@dataclass(frozen=True, kw_only=True)
class ReaderLimits:
    """What one query may take."""

    seconds: float = 10.0
    memory_bytes: int = 1_000_000_000
    answer_bytes: int = 48_000_000
    stream_seconds: float = 600.0


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
        self.limits = limits or ReaderLimits()
        self.lanes = Lanes(lanes)
        nursery = Nursery(
            snapshot,
            fingerprint,
            self.limits.memory_bytes,
            number,
            union=union,
            writable=writable,
        )
        self._stock = Stock(nursery, fingerprint, self.lanes.limits.quick + self.lanes.limits.slow)
        self._streams = Streams(
            self.lanes,
            bear=self._stock.bear,
            retire=self._stock.replace,
            bury=self._stock.bury,
        )

    @property
    def fingerprint(self) -> str:
        """The name of the state that every query from now on sees."""
        return self._stock.fingerprint

    @property
    def number(self) -> int:
        """The commit that every query from now on sees."""
        return self._stock.nursery.number

    @property
    def statements(self) -> int:
        """The number of statements."""
        return self._stock.nursery.statements

    @property
    def deaths(self) -> Counter[str]:
        """How many readers have ended, by why."""
        return self._stock.deaths

    def __len__(self) -> int:
        """Return the number of statements."""
        return self.statements

    def graphs(self) -> dict[str, int]:
        """Return the number of statements in each named graph, by its IRI, sorted."""
        return dict(self._stock.nursery.graphs)

    def close(self) -> None:
        """End the zygote and every reader."""
        self._stock.close()

    def wait(self) -> None:
        """Return when the zygote has ended, by `close` or by itself."""
        self._stock.nursery.wait()

    def apply(
        self, added: Sequence[str], removed: Sequence[str], number: int, fingerprint: str
    ) -> None:
        """Carry out a commit, given as lines in the engine's forms.

        Every query that comes after this has returned sees it; a running one keeps its snapshot.
        Raises EngineError when the zygote has ended.
        """
        self._stock.apply(added, removed, number, fingerprint)

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
        survey = survey or self.survey(request.text, gone, seconds)
        head = self._head(request, offer, survey)
        return content(self._run(head, survey.shape, gone, self._limit(seconds, survey)))

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
        reader = self._stock.take_idle()
        if reader is None:
            return None
        ticket = self.lanes.enter_at_once(survey.shape)
        if ticket is None:
            self._stock.give(reader)
            return None
        head = self._head(request, offer, survey)
        limit = self._limit(seconds, survey)
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
            return read(text, BASE).full_survey()
        began = time.monotonic()
        shape = f"a text of {len(text).bit_length()} bits of length"
        head, _ = self._run({"do": "survey", "text": text}, shape, gone, Limit(self._most(seconds)))
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
        survey = survey or self.survey(request.text, gone, seconds)
        head = {"do": "begin", "limit": min(limit, self.limits.answer_bytes), **told(request)}
        message = self._run(head, survey.shape, gone, self._limit(seconds, survey))
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

    def _head(self, request: QueryRequest, offer: Format, survey: Survey) -> Head:
        head = {"do": "query", "format": offer.name, "limit": self.limits.answer_bytes}
        known = {"survey": survey} if survey.spares(request.text) else {}
        return head | told(request) | known

    def _finish(
        self,
        head: Head,
        ticket: Ticket,
        limit: Limit,
        begun: Begun,
        gone: Callable[[], bool] | None,
    ) -> bytes:
        try:
            return content(self._work(head, ticket, gone, limit, begun))
        finally:
            ticket.leave()

    def _abandon(self, reader: Reader, ticket: Ticket) -> None:
        self._stock.replace(reader, "killed")
        ticket.leave()

    def _limit(self, seconds: float | None, survey: Survey) -> Limit:
        return Limit(self._most(seconds), survey.seconds)

    def _most(self, seconds: float | None) -> float:
        return min(self.limits.seconds, seconds or self.limits.seconds)

    def _run(
        self,
        head: Head,
        shape: str,
        gone: Callable[[], bool] | None,
        limit: Limit,
    ) -> tuple[Head, bytes]:
        """Have a reader work on what a head says, and return what it says."""
        ticket = self.lanes.enter(shape, limit.most)
        try:
            return self._work(head, ticket, gone, limit)
        finally:
            ticket.leave()

    def _work(
        self,
        head: Head,
        ticket: Ticket,
        gone: Callable[[], bool] | None,
        limit: Limit,
        begun: Begun | None = None,
    ) -> tuple[Head, bytes]:
        """Have one reader after the other work on what a head says; `begun` is the first."""
        status = attempts = 0
        while attempts < _ATTEMPTS:
            reader = begun.reader if begun else self._stock.take()
            try:
                if ticket.slow:
                    renice(reader)
                message = wait_for(begun or begin(reader, head), ticket, gone, limit)
            except CrowdedOutError:
                begun = None
                self._stock.replace(reader, "crowded")
                ticket.line_up(limit.most - limit.spent - ticket.elapsed)
                continue
            except BaseException:
                self._stock.replace(reader, "killed")
                raise
            if message is not None:
                if ticket.slow:
                    self._stock.replace(reader, "slow")  # its priority cannot be raised again
                else:
                    self._stock.give(reader)
                return message
            begun = None
            attempts += 1
            status = self._stock.bury_now(reader)
            if status != -signal.SIGKILL:  # whoever kills a reader may have meant another query
                break
        raise self._stock.counted(status)

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
        reader = self._stock.nursery.spawn()
        with contextlib.suppress(OSError):
            send(reader.channel, head)
        poll = select.poll()
        poll.register(reader.channel, select.POLLIN)
        if not poll.poll(self.limits.seconds * 1000):
            self._stock.replace(reader, "killed")
            raise DeadlineError(
                f"The update ran into the limit of {self.limits.seconds:g} s and nothing of it "
                "was kept; change less at a time.",
                retry_after=10,
            )
        message = receive(reader.channel)
        if message is None:
            raise self._stock.bury(reader)
        # Its copy of the graph is no longer that of the others.
        self._stock.replace(reader, "update")
        return evaluated(message)
