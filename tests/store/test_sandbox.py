"""What a reader process may not do, tried in a process that is locked in."""

from __future__ import annotations

import subprocess
import sys

import pytest

LOCKED = """
import os, socket, sys
from pathlib import Path
from comity.store.sandbox import lock
filtered = lock(200_000_000)
def attempt():
{attempt}
try:
    attempt()
except (OSError, MemoryError) as error:
    print(filtered, type(error).__name__)
else:
    print(filtered, "done")
"""


def tried(attempt):
    text = LOCKED.format(attempt="\n".join(f"    {line}" for line in attempt.splitlines()))
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=30
    )
    filtered, outcome = done.stdout.split()
    return filtered == "True", outcome


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_INET)",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
        "os.execv('/bin/true', ['true'])",
    ],
)
def test_no_socket_and_no_program(attempt):
    filtered, outcome = tried(attempt)
    if not filtered:
        pytest.skip("this kernel or architecture has no filter of system calls")

    assert outcome == "PermissionError"


def test_no_file_grows(tmp_path):
    path = tmp_path / "file"

    assert (
        tried(f"os.write(os.open({str(path)!r}, os.O_WRONLY | os.O_CREAT), b'x')")[1] == "OSError"
    )
    assert path.read_bytes() == b""


def test_memory_ends():
    assert tried("bytearray(400_000_000)")[1] == "MemoryError"
    assert tried("bytearray(50_000_000)")[1] == "done"


def test_what_a_reader_needs_goes_on():
    assert tried("Path('/proc/self/statm').read_text()")[1] == "done"
