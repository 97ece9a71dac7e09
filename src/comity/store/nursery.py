"""The server's side of the zygote: readers are born here, and their ends are told here."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.errors import EngineError
from comity.store.framing import receive, send

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_BYTES: Final = 1


@dataclass(slots=True)
class Reader:
    """A reader process, its channel, and the number of the commit whose graph it has."""

    pid: int
    channel: socket.socket
    number: int

    def kill(self) -> None:
        """Kill the process; that it has gone is another matter, see `Nursery.reap`."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)


class Nursery:
    """A zygote and the lock that lets one thread at a time speak with it."""

    def __init__(
        self,
        snapshot: Path,
        fingerprint: str,
        memory_bytes: int,
        number: int,
        *,
        union: bool = True,
        writable: bool = False,
    ) -> None:
        """Load a snapshot (N-Quads) of some commit, or the folder of a build.

        Only a `writable` one has updates and commits to carry out.
        Raises EngineError if the zygote cannot.
        """
        self.number = number
        self._lock = threading.Lock()
        ours, theirs = socket.socketpair()
        self._control = ours
        self._process = subprocess.Popen(
            [sys.executable, "-m", "comity.store.zygote"],
            stdin=theirs.fileno(),
            close_fds=True,
            start_new_session=True,  # Ctrl-C in a terminal is for the server, which drains first
        )
        theirs.close()
        settings = {
            "snapshot": str(snapshot),
            "fingerprint": fingerprint,
            "memory_bytes": memory_bytes,
            "union": union,
            "writable": writable,
        }
        with contextlib.suppress(OSError):
            send(ours, settings)
        ready = receive(ours)
        if ready is None:
            self.close()
            raise EngineError(f"The readers cannot load {snapshot}; see the lines above.")
        self.statements: int = ready[0]["statements"]
        self.graphs: dict[str, int] = ready[0]["graphs"]

    @property
    def pid(self) -> int:
        """The process of the zygote."""
        return self._process.pid

    def close(self) -> None:
        """End the zygote, and with it every reader."""
        self._control.close()
        self._process.wait()

    def wait(self) -> None:
        """Return when the zygote has ended."""
        self._process.wait()

    def spawn(self) -> Reader:
        """Return a new reader, locked in; raises EngineError when the zygote has ended."""
        with self._lock:
            try:
                send(self._control, {"do": "spawn"})
                message = receive(self._control)
                descriptors = (
                    socket.recv_fds(self._control, _BYTES, 1)[1] if message is not None else []
                )
            except OSError:
                message, descriptors = None, []
            number = self.number
        if message is None or not descriptors:
            raise EngineError("The process that makes readers has ended; restart the server.")
        channel = socket.socket(fileno=descriptors[0])
        receive(channel)  # the word that it is locked in
        return Reader(message[0]["pid"], channel, number)

    def reap(self, reader: Reader) -> int:
        """Wait for a reader that ends; return its exit status, negative for a signal."""
        reader.channel.close()
        with self._lock:
            try:
                send(self._control, {"do": "reap", "pid": reader.pid})
                message = receive(self._control)
            except OSError:
                message = None
        return int(message[0]["status"]) if message else 0

    def apply(self, added: Sequence[str], removed: Sequence[str], number: int) -> bytes:
        """Bring the zygote to the next commit; return what a reader needs to follow it.

        Raises EngineError when the zygote has ended.
        """
        with self._lock:
            try:
                body = write_change(added, removed)
                send(self._control, {"do": "apply", "added": len(added)}, body)
                message = receive(self._control)
            except OSError:
                message = None
            if message is None:
                raise EngineError("The process that makes readers has ended; restart the server.")
            self.number = number
            self.statements = message[0]["statements"]
            self.graphs = message[0]["graphs"]
        return body


def write_change(added: Sequence[str], removed: Sequence[str]) -> bytes:
    """Return the lines of a change as N-Quads, those added first."""
    return "".join(f"{line}\n" for line in (*added, *removed)).encode()
