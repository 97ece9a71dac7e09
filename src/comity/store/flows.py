"""Answers that are read while they are sent: each part when it is asked for, and no sooner.

A reader works on the answer and stops where nobody takes what it has written: what is on its way
is one part here, one in the reader, and what the kernel keeps of a socket. It is killed at the time
limit, when its client has gone, and when whoever has the flow closes it.
"""

from __future__ import annotations

import contextlib
import select
import threading
import time
from math import inf
from typing import TYPE_CHECKING

from comity.errors import ComityError, DeadlineError, DisconnectedError, EngineError
from comity.store.framing import Head, receive, send
from comity.store.pouring import PART_BYTES
from comity.store.replies import content
from comity.store.running import LOOK_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.lanes import Lanes
    from comity.store.nursery import Reader


class WholeFlow:
    """An answer that was made before it is read."""

    def __init__(self, answer: bytes, state: str) -> None:
        """Take the answer and the name of the state of the data that it is about."""
        self.state = state
        self._answer = answer
        self._at = 0

    @property
    def rest(self) -> float:
        """The seconds that are left: without an end."""
        return inf

    def read(self) -> bytes:
        """Return the next part; empty at the end of the whole."""
        part = self._answer[self._at : self._at + PART_BYTES]
        self._at += len(part)
        return part

    def close(self) -> None:
        """Do nothing: there is nothing behind it."""


class ReaderFlow:
    """An answer that a reader of its own is working on."""

    def __init__(
        self,
        reader: Reader,
        state: str,
        *,
        most: float,
        spent: float,
        gone: Callable[[], bool] | None,
        retire: Callable[[Reader, str], None],
        bury: Callable[[Reader], ComityError],
    ) -> None:
        """Take a reader of the data in a state; of `most` seconds some are `spent` already.

        `gone` tells whether the client has left, `retire` kills a reader, `bury` tells what one
        died of that ended by itself.
        """
        self.state = state
        self._reader: Reader | None = reader
        self._channel = reader.channel
        self._most = most
        self._until = time.monotonic() + most - spent
        self._gone = gone
        self._retire = retire
        self._bury = bury
        self._lock = threading.Lock()
        self._first: bytes | None = None
        self._is_whole = False

    @property
    def rest(self) -> float:
        """The seconds that are left until the limit."""
        return max(self._until - time.monotonic(), 0.0)

    def begin(self, head: Head) -> None:
        """Have the reader work on what a head says, until there is a part or no more to come.

        Raises what `read` raises: nothing of the answer is on its way yet.
        """
        with contextlib.suppress(OSError):  # a dead reader shows when it is read from
            send(self._channel, head)
        self._first = self.read()

    def read(self) -> bytes:
        """Return the next part; empty when the answer has come whole.

        Raises what the engine raises, DeadlineError at the time limit, DisconnectedError when the
        client has gone, and what the reader died of. What came before is then only a beginning.
        """
        if self._first is not None:
            part, self._first = self._first, None
            return part
        if self._is_whole:
            return b""
        self._wait()
        try:
            message = receive(self._channel)
        except OSError:  # closed meanwhile
            message = None
        if message is None:
            raise self._cause()
        if "part" in message[0]:
            return message[1]
        content(message)
        self._is_whole = True
        return b""

    def close(self) -> None:
        """End the reader, whatever it is doing; for use from any thread, and more than once."""
        reader = self._taken()
        if reader is not None:
            self._retire(reader, "stream" if self._is_whole else "killed")

    def _wait(self) -> None:
        """Wait until there is something to read."""
        poll = select.poll()
        try:
            poll.register(self._channel, select.POLLIN)
        except ValueError:  # closed meanwhile
            return
        while True:
            if self.rest <= 0:
                raise DeadlineError(
                    f"The answer was not there in the limit of {self._most:g} s for streams; "
                    "narrow the query, or ask for a part of it at a time.",
                    retry_after=10,
                )
            if self._gone is not None and self._gone():
                raise DisconnectedError("The client left before the answer was whole.")
            if poll.poll(min(self.rest, LOOK_SECONDS) * 1000):
                return

    def _cause(self) -> ComityError:
        reader = self._taken()
        if reader is None:
            return EngineError("The answer was given up while it was read; ask again.")
        return self._bury(reader)

    def _taken(self) -> Reader | None:
        with self._lock:
            reader, self._reader = self._reader, None
            return reader


class Streams:
    """The flows of one pool of readers, as many as there are places for them."""

    def __init__(
        self,
        lanes: Lanes,
        *,
        bear: Callable[[], tuple[Reader, str]],
        retire: Callable[[Reader, str], None],
        bury: Callable[[Reader], ComityError],
    ) -> None:
        """Take the lanes, what makes a reader and names its state, and what ends one."""
        self._lanes = lanes
        self._bear = bear
        self._retire = retire
        self._bury = bury

    def open(
        self, head: Head, most: float, spent: float, gone: Callable[[], bool] | None
    ) -> ReaderFlow:
        """Return the answer to what a head says, begun; its place is free when its reader ends.

        Raises what `enter_stream` and `ReaderFlow.begin` raise.
        """
        self._lanes.enter_stream()
        try:
            reader, state = self._bear()
        except BaseException:
            self._lanes.streams.give()
            raise
        flow = ReaderFlow(
            reader,
            state,
            most=most,
            spent=spent,
            gone=gone,
            retire=self._end,
            bury=self._see_off,
        )
        try:
            flow.begin(head)
        except BaseException:
            flow.close()
            raise
        return flow

    def _end(self, reader: Reader, why: str) -> None:
        self._retire(reader, why)
        self._lanes.streams.give()

    def _see_off(self, reader: Reader) -> ComityError:
        self._lanes.streams.give()
        return self._bury(reader)
