"""The process that holds a snapshot of the graph and forks readers of it.

It loads the snapshot once, has one thread and answers one client over its standard input, which is
a Unix socket: `spawn` forks a reader and hands over its channel, `reap` tells how one ended,
`apply` carries out a commit, which later readers have. A reader shares the memory of the graph, so
that a new one is ready within milliseconds; of a build on the disk it opens the store for itself.
When the client goes, the zygote goes, and with it every reader.

Nothing of the engine may draw a random number in the thread that forks: its generator would go on
in every reader from the same point, and two updates would make the same UUIDs and blank nodes. So
the engine works in threads of their own.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from comity.errors import ComityError
from comity.store.builds.layout import STORE
from comity.store.builds.manifest import read_manifest
from comity.store.engine import BASE, Graph, QueryRequest
from comity.store.evaluating import Evaluation
from comity.store.faults import record
from comity.store.formats import format_named
from comity.store.framing import Head, receive, send
from comity.store.merging import Graphs, merge
from comity.store.nursery import write_change
from comity.store.reading import Survey, read
from comity.store.sandbox import lock
from comity.store.updating import UpdateRequest, read_update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

CONTROL: Final = 0  # the socket stands in for standard input


def main() -> None:
    """Load the snapshot that the first message names, then serve until the client goes."""
    control = socket.socket(fileno=os.dup(CONTROL))
    first = receive(control)
    if first is None:
        return
    settings, _ = first
    path = Path(settings["snapshot"])
    if path.is_dir():
        # A build: each reader opens the store for itself, as one that is open cannot be shared.
        graphs, sizes = None, {}
        manifest = read_manifest(path)
        send(control, {"statements": manifest.held, "graphs": manifest.graphs})
    else:
        load = partial(_load, path, union=settings["union"], writable=settings["writable"])
        graphs, sizes, size = _apart(load)
        send(control, {"statements": size, "graphs": sizes})
    while (message := receive(control)) is not None:
        head, body = message
        if head["do"] == "reap":
            send(control, {"status": _reap(head["pid"])})
        elif head["do"] == "apply" and graphs is not None:  # a build never changes
            _apart(partial(_apply, graphs, sizes, body, head["added"]))
            send(
                control,
                {"statements": len(graphs.statements), "graphs": dict(sorted(sizes.items()))},
            )
        else:
            _spawn(control, graphs, settings)


def _load(snapshot: Path, *, union: bool, writable: bool) -> tuple[Graphs, dict[str, int], int]:
    """Return the graphs of a snapshot, the sizes of those with a name, by IRI, and that of all.

    A blank node keeps its name, by which commits speak of it; a plain load would rename it.
    """
    store = pyoxigraph.Store()
    quads = pyoxigraph.parse(path=str(snapshot), format=pyoxigraph.RdfFormat.N_QUADS)
    store.bulk_extend(quads)
    size, sizes = len(store), Graph(store, "").graphs()
    if union and not writable:
        merge(store)
    return Graphs(store, union=union and writable), sizes, size


def _apply(graphs: Graphs, sizes: dict[str, int], body: bytes, added: int) -> None:
    for graph, by in graphs.change(body, added).items():
        if isinstance(graph, pyoxigraph.NamedNode):
            sizes[graph.value] = sizes.get(graph.value, 0) + by
            if not sizes[graph.value]:
                del sizes[graph.value]


def _apart(work: Callable[[], Any]) -> Any:
    """Do some work in a thread of its own; what it raises ends the zygote."""
    done: list[Any] = []
    thread = threading.Thread(target=lambda: done.append(work()))
    thread.start()
    thread.join()
    return done[0]


def _spawn(control: socket.socket, graphs: Graphs | None, settings: Head) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        control.close()
        ours.close()
        os.close(CONTROL)
        _serve(theirs, graphs, settings)
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


def _serve(channel: socket.socket, graphs: Graphs | None, settings: Head) -> None:
    """Answer until the channel ends; this is all that a reader does."""
    if graphs is None:
        store = pyoxigraph.Store.read_only(str(Path(settings["snapshot"]) / STORE))
        graphs = Graphs(store, union=False)
    filtered = lock(settings["memory_bytes"])
    graph = _graph(graphs, settings)
    send(channel, {"filtered": filtered})
    while (message := receive(channel)) is not None:
        head, body = message
        try:
            if head["do"] == "apply":
                graphs.change(body, head["added"])
                graph = _graph(graphs, settings)
                continue
            answer = _answer(channel, graph, graphs, head)
        except ComityError as error:
            send(channel, {"error": record(error)})
        except MemoryError:
            send(channel, {"memory": True})
        else:
            send(channel, *answer)


def _graph(graphs: Graphs, settings: Head) -> Graph:
    """Return what is asked, as it is now: a graph takes it that its store does not change."""
    return Graph(graphs.asked, settings["fingerprint"], union=settings["union"], merged=True)


def _answer(channel: socket.socket, graph: Graph, graphs: Graphs, head: Head) -> tuple[Head, bytes]:
    """Return what a head asks for; the parts of a stream go before it."""
    if head["do"] == "update":
        return _evaluate(graphs.statements, head)
    if head["do"] == "survey":
        return read(head["text"], BASE).survey()._asdict(), b""
    if head["do"] == "begin":
        content, is_whole = graph.beginning(_request(head), head["limit"])
        return {"whole": is_whole}, content
    offer = format_named(head["format"])
    if head["do"] == "stream":
        graph.pour(_request(head), offer, partial(_pass_on, channel))
        return {}, b""
    survey = Survey(*head["survey"]) if "survey" in head else None
    return {}, graph.answer(_request(head), offer, head["limit"], survey)


def _pass_on(channel: socket.socket, part: bytes) -> None:
    try:
        send(channel, {"part": True}, part)
    except OSError:  # whoever asked has gone, and there is nobody to be told
        os._exit(0)


def _request(head: Head) -> QueryRequest:
    return QueryRequest(head["text"], _names(head["default_graphs"]), _names(head["named_graphs"]))


def _names(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


def _evaluate(store: Any, head: Head) -> tuple[Head, bytes]:
    """Carry out an update on this copy of the graph; return what it changed."""
    request = UpdateRequest(
        head["text"], _names(head["using_graphs"]), _names(head["using_named_graphs"])
    )
    evaluation = Evaluation(store, BASE, request)
    evaluation.run(read_update(request, BASE))
    added, removed = _lines(evaluation.added()), _lines(evaluation.removed())
    told = {
        "added": len(added),
        "normalised": evaluation.normalised,
    }
    return told, write_change(added, removed)


def _lines(quads: Iterable[Any]) -> list[str]:
    return [f"{quad} ." for quad in quads]


if __name__ == "__main__":
    # Nothing that a reader does may appear on the server's terminal.
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for good
    main()
