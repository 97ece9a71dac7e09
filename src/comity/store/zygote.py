"""The process that holds a snapshot of the graph and forks readers of it.

It loads the snapshot once, has one thread and answers one client over its standard input, which is
a Unix socket: `spawn` forks a reader and hands over its channel, `reap` tells how one ended. A
reader shares the memory of the graph, so that a new one is ready within milliseconds. When the
client goes, the zygote goes, and with it every reader.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Final

from comity.errors import ComityError
from comity.store.engine import Graph, QueryRequest
from comity.store.faults import record
from comity.store.formats import format_named
from comity.store.framing import Head, receive, send
from comity.store.sandbox import lock

CONTROL: Final = 0  # the socket stands in for standard input


def main() -> None:
    """Load the snapshot that the first message names, then serve until the client goes."""
    control = socket.socket(fileno=os.dup(CONTROL))
    first = receive(control)
    if first is None:
        return
    settings, _ = first
    graph = Graph.of_file(Path(settings["snapshot"]), settings["fingerprint"])
    send(control, {"statements": len(graph)})
    while (message := receive(control)) is not None:
        head, _ = message
        if head["do"] == "reap":
            send(control, {"status": _reap(head["pid"])})
        else:
            _spawn(control, graph, settings)


def _spawn(control: socket.socket, graph: Graph, settings: Head) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        control.close()
        ours.close()
        os.close(CONTROL)
        _read(theirs, graph, settings)
        os._exit(0)
    theirs.close()
    send(control, {"pid": pid})
    socket.send_fds(control, [b"r"], [ours.fileno()])
    ours.close()


def _reap(pid: int) -> int:
    """Return how a child ended: its exit status, or the negative number of its signal."""
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status)


def _read(channel: socket.socket, graph: Graph, settings: Head) -> None:
    """Answer queries until the channel ends; this is all that a reader does."""
    filtered = lock(settings["memory_bytes"])
    send(channel, {"filtered": filtered})
    while (message := receive(channel)) is not None:
        head, _ = message
        try:
            content = graph.answer(_request(head), format_named(head["format"]), head["limit"])
        except ComityError as error:
            send(channel, {"error": record(error)})
        except MemoryError:
            send(channel, {"memory": True})
        else:
            send(channel, {}, content)


def _request(head: Head) -> QueryRequest:
    def names(key: str) -> tuple[str, ...] | None:
        return None if head[key] is None else tuple(head[key])

    return QueryRequest(head["text"], names("default_graphs"), names("named_graphs"))


if __name__ == "__main__":
    # Nothing that a reader does may appear on the server's terminal.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for good
    main()
