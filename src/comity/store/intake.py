"""Reading documents from outside in a process that may die of them.

One process, started with the first document, shut in as the readers of the graph are, and killed at
the time limit. Documents are read one after the other: writes are serial anyway.
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
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, DeadlineError, DocumentError, EngineError, MemoryLimitError
from comity.store import formats
from comity.store.faults import record, revive
from comity.store.formats import format_named
from comity.store.framing import Head, receive, send
from comity.store.parsing import parse_document
from comity.store.sandbox import lock
from comity.store.uploads import parse_upload

if TYPE_CHECKING:
    from comity.store.formats import Format
    from comity.store.terms import Triple

_STACK_DEATHS: Final = frozenset({-signal.SIGSEGV, -signal.SIGBUS})
_ATTEMPTS: Final = 2


class Intake:
    """The process that reads documents; safe to use from many threads."""

    def __init__(self, *, seconds: float = 10.0, memory_bytes: int = 500_000_000) -> None:
        """Set what one document may take; the process starts with the first one."""
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None

    def read(self, content: bytes, offer: Format, base: str) -> list[Triple]:
        """Return the statements of a document.

        Raises what `parse_upload` raises, DocumentError too for a document nested deeper than the
        parser stands, MemoryLimitError and DeadlineError for one that takes too much.
        """
        with self._lock:
            head, body = self._ask(content, offer, base)
        if "error" in head:
            raise revive(head["error"])
        if "memory" in head:
            raise _out_of_memory()
        return [quad.triple for quad in parse_document(body, formats.N_TRIPLES)]

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _ask(self, content: bytes, offer: Format, base: str) -> tuple[Head, bytes]:
        for attempt in range(_ATTEMPTS):
            channel = self._start()
            with contextlib.suppress(OSError):  # a dead process shows when it is read from
                send(channel, {"format": offer.name, "base": base}, content)
            readable, _, _ = select.select([channel], [], [], self._seconds)
            if not readable:
                self._end()
                raise DeadlineError(
                    f"Reading the document took more than {self._seconds:g} s; "
                    "send it in smaller parts.",
                    retry_after=10,
                )
            message = receive(channel)
            if message is not None:
                return message
            status = self._end()
            if status in _STACK_DEATHS:
                raise DocumentError(
                    f"The {offer.title} is nested deeper than it can be read; "
                    "put the inner things at the top and refer to them by name."
                )
            # A process ends with the thread that started it: then the document is not to blame.
            if status != -signal.SIGKILL or attempt:
                raise _out_of_memory()
        raise EngineError("The process that reads documents cannot be started; see the log.")

    def _start(self) -> socket.socket:
        if self._channel is not None and self._process is not None and self._process.poll() is None:
            return self._channel
        self._end()
        ours, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "comity.store.intake"],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
        )
        theirs.close()
        send(ours, {"memory_bytes": self._memory_bytes})
        self._channel = ours
        return ours

    def _end(self) -> int:
        """Kill the process if it still runs, and return how it ended."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is None:
            return 0
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._gone(self._process.wait(0.1))
        self._process.kill()
        return self._gone(self._process.wait())

    def _gone(self, status: int) -> int:
        self._process = None
        return status


def main() -> None:
    """Read documents until the client goes."""
    channel = socket.socket(fileno=os.dup(0))
    first = receive(channel)
    if first is None:
        return
    lock(first[0]["memory_bytes"])
    while (message := receive(channel)) is not None:
        head, content = message
        try:
            triples = parse_upload(content, format_named(head["format"]), head["base"])
            lines = "".join(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in triples)
        except ComityError as error:
            send(channel, {"error": record(error)})
        except (MemoryError, RecursionError):
            send(channel, {"memory": True})
        else:
            send(channel, {}, lines.encode())


def _out_of_memory() -> MemoryLimitError:
    return MemoryLimitError("The document needs more memory than one may take; send it in parts.")


if __name__ == "__main__":
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - open for good
    main()
