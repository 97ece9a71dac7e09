"""A real server on loopback, for tests that speak HTTP to one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS = 60


@contextmanager
def serving(root: Path, *arguments: str) -> Iterator[str]:
    """Serve a repository on a free port of loopback; yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", str(port), *arguments],
        env={**os.environ, "COMITY_ROOT": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE_SECONDS)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"{address}/health/ready", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"the server at {address} did not get ready")
