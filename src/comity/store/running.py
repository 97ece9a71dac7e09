"""One query with one reader: how it begins, and what has to be done with it thereafter."""

from __future__ import annotations

import contextlib
import os
import select
from typing import TYPE_CHECKING, Final, NamedTuple

from comity.store.clocks import processor_seconds
from comity.store.framing import send

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from comity.store.engine import QueryRequest
    from comity.store.framing import Head
    from comity.store.nursery import Reader

_LOWEST_PRIORITY: Final = 19


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
