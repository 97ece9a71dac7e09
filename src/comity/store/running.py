"""One query with one reader: how it begins, and what has to be done with it thereafter."""

from __future__ import annotations

import contextlib
import os
import select
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.errors import DeadlineError, DisconnectedError
from comity.store.clocks import processor_seconds
from comity.store.framing import receive, send

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from comity.store.engine import QueryRequest
    from comity.store.framing import Head
    from comity.store.lanes import Ticket
    from comity.store.nursery import Reader

_LOWEST_PRIORITY: Final = 19
LOOK_SECONDS: Final = 0.1  # how often a running query is asked whether its client is still there


class CrowdedOutError(Exception):
    """A query is no short one, and there is no place for a long one at this moment."""


class Limit(NamedTuple):
    """The seconds that a query may take, and how many of them are gone already."""

    most: float
    spent: float = 0.0


class Running(NamedTuple):
    """A query that a reader has begun with; one of `finish` and `abandon` has to be called.

    `channel` can be read from when the answer comes. `finish` waits for it as `Readers.answer`
    does, which takes no time where `framing.is_short_and_whole` says so of the channel.
    """

    channel: socket.socket
    finish: Callable[[Callable[[], bool] | None], bytes]
    abandon: Callable[[], None]


class Begun(NamedTuple):
    """A reader that has its query, and the processor time that it had used before."""

    reader: Reader
    used: float


def begin(reader: Reader, head: Head) -> Begun:
    """Send a reader what it has to do."""
    with contextlib.suppress(OSError):  # a dead reader shows when it is read from
        send(reader.channel, head)
    return Begun(reader, processor_seconds(reader.pid))


def told(request: QueryRequest) -> Head:
    """Return what a head says of a query."""
    return {
        "text": request.text,
        "default_graphs": request.default_graphs,
        "named_graphs": request.named_graphs,
    }


def is_there(reader: Reader) -> bool:
    """Tell whether an idle reader still runs; one that ended says so at its channel."""
    poll = select.poll()
    poll.register(reader.channel, select.POLLIN)
    return not poll.poll(0)


def renice(reader: Reader) -> None:
    """Have a reader work only when nobody else does."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, reader.pid, _LOWEST_PRIORITY)


def wait_for(
    begun: Begun,
    ticket: Ticket,
    gone: Callable[[], bool] | None,
    limit: Limit,
) -> tuple[Head, bytes] | None:
    """Return what a reader says in the end; None if it ended by itself.

    The query moves over to the slow lane when it was in the quick one for long enough. Raises
    CrowdedOutError where there is no place, DeadlineError at the limit, and DisconnectedError when
    `gone` tells that the client has left.
    """
    reader, used_before = begun
    poll = select.poll()
    poll.register(reader.channel, select.POLLIN)
    while True:
        rest = limit.most - limit.spent - ticket.elapsed
        if not ticket.slow:
            rest = min(rest, ticket.quick_rest())
        if gone is not None:
            rest = min(rest, LOOK_SECONDS)
        if poll.poll(max(rest, 0.0) * 1000):
            message = receive(reader.channel)
            ticket.used = processor_seconds(reader.pid) - used_before
            return message
        ticket.used = processor_seconds(reader.pid) - used_before
        if limit.spent + ticket.elapsed >= limit.most:
            waited = f", {ticket.charged:.1f} s of it in line" if ticket.charged else ""
            raise DeadlineError(
                f"The query ran into the limit of {limit.most:g} s{waited}; "
                "narrow it, for instance by a relation, a class or a date.",
                retry_after=10,
            )
        if gone is not None and gone():
            raise DisconnectedError("The client left before the answer was ready.")
        if not ticket.slow and ticket.quick_rest() <= 0:
            if not ticket.slow_down():
                raise CrowdedOutError
            renice(reader)
