"""Servers as processes for the tests: started on a free port of loopback, and stopped well."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from comity.services import vetting
from comity.store.formats import TURTLE
from comity.store.serializing import serialize_triples
from tiny import TINY_QUADS

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60

# Without an end, or nearly: each adds three variables bound to all there is.
HEAVY = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(12)) + " }"
LIGHT = "ASK { ?s ?p 'AZE' }"


class Running(NamedTuple):
    """A server that answers."""

    process: subprocess.Popen[str]
    port: int
    line: str
    log: Path

    def ask(self, method, path, body=None, timeout=PATIENCE, **headers):
        """Return status, headers and body of one answer."""
        return ask(self.port, method, path, body, timeout, **headers)

    def query(self, text, **parameters):
        """Ask a query by GET, for JSON."""
        address = urlencode({"query": text, "format": "json", **parameters})
        return self.ask("GET", f"/sparql?{address}")

    def metrics(self) -> dict[str, float]:
        """Return the counters by name and labels."""
        lines = self.ask("GET", "/metrics")[2].decode().splitlines()
        return {
            name: float(value)
            for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")
        }

    def entries(self) -> list[dict[str, object]]:
        """Return the lines of the log so far; each of them is JSON."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def passed(root: Path) -> None:
    """Stamp a folder as checked: what the gate finds is tested elsewhere."""
    vetting._remember(root / ".cache/comity/passed", vetting._state(root))


def write_folder(root: Path) -> Path:
    """Write a repository with the tiny graph."""
    for name in ("ontology", "data/actors", "queries/catalogue"):
        (root / name).mkdir(parents=True)
    triples = [quad.triple for quad in TINY_QUADS]
    (root / "data/actors/states.ttl").write_bytes(serialize_triples(triples, TURTLE))
    return root


@contextmanager
def started(root: Path, *arguments, port, log=subprocess.PIPE, **environ):
    """Start the command, and leave nothing of it behind."""
    inherited = {name: value for name, value in os.environ.items() if name[:7] != "COMITY_"}
    given = {f"COMITY_{name.upper()}": str(value) for name, value in environ.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", str(port), *arguments],
        env=inherited | {"COMITY_ROOT": str(root)} | given,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.communicate(timeout=PATIENCE)


@contextmanager
def serving(root: Path, *arguments, **environ) -> Iterator[Running]:
    """Start a server and wait for its one line; stop it and look that it stopped well."""
    port = free_port()
    passed(root)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with (
            log.open("w", encoding="utf-8") as file,
            started(root, *arguments, port=port, log=file, **environ) as process,
        ):
            running = Running(process, port, process.stdout.readline(), log)
            yield running
            process.send_signal(signal.SIGTERM)
            out, _ = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (0, "")
        assert [entry for entry in running.entries() if "trace" in entry] == []


def eventually(is_true, seconds=20.0) -> bool:
    """Tell whether something becomes true in some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_true():
            return True
        time.sleep(0.05)
    return False


def ask(port, method, path, body=None, timeout=PATIENCE, **headers):
    """Return status, headers and body of one answer."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as connection:
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def connect(port) -> socket.socket:
    """Return a connection of one's own."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def exchange(port, data: bytes) -> bytes:
    """Send bytes and return everything that comes until the server closes the connection."""
    received = b""
    with connect(port) as channel, suppress(ConnectionError):
        channel.sendall(data)
        while part := channel.recv(65_536):
            received += part
    return received
