"""What a reader process may not do: open a socket, run a program, grow without bound, outlive us.

The wall is the kernel's: resource limits, and a filter of system calls in classic BPF (seccomp(2),
mode 2) that answers EACCES. It is set by `ctypes`, since it is eight instructions long and a
library for it would bring a build of libseccomp. Where the kernel or the architecture has no such
filter, `lock` says so and the guard in front of the engine is all that stands.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import resource
import signal
import struct
from pathlib import Path
from typing import Final, NamedTuple

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_SECCOMP: Final = 22
_PR_SET_NO_NEW_PRIVS: Final = 38
_SECCOMP_MODE_FILTER: Final = 2

_LOAD_WORD: Final = 0x20
_JUMP_IF_EQUAL: Final = 0x15
_RETURN: Final = 0x06
_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | errno.EACCES
_OFFSET_OF_NUMBER: Final = 0
_OFFSET_OF_ARCHITECTURE: Final = 4

STACK_BYTES: Final = 64 * 1024 * 1024


class _Calls(NamedTuple):
    """The audit number of an architecture and its numbers of the calls that are refused."""

    architecture: int
    numbers: tuple[int, ...]


# socket, connect, bind, listen, ptrace, execve, execveat, io_uring_setup
_REFUSED: Final[dict[str, _Calls]] = {
    "x86_64": _Calls(0xC000003E, (41, 42, 49, 50, 101, 59, 322, 425)),
    "aarch64": _Calls(0xC00000B7, (198, 203, 200, 201, 117, 221, 281, 425)),
}


def lock(memory_bytes: int) -> bool:
    """Shut this process in for good; tell whether system calls are filtered too.

    `memory_bytes` is what the address space may still grow by.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    _lower(resource.RLIMIT_STACK, STACK_BYTES)
    _lower(resource.RLIMIT_AS, _address_space() + memory_bytes + STACK_BYTES)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return _filter(libc)


def end_with_parent(parent: int) -> None:
    """Have the kernel kill this process when the one that started it ends, whatever ended that."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the kernel knew
        os._exit(1)


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(limit, (value, value))


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def _filter(libc: ctypes.CDLL) -> bool:
    calls = _REFUSED.get(platform.machine())
    if calls is None or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    program = _program(calls)
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: a 16-bit length, padded to the pointer behind it.
    length = len(program) // 8
    header = ctypes.create_string_buffer(struct.pack("@HP", length, ctypes.addressof(code)))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def _program(calls: _Calls) -> bytes:
    """Return the filter: another architecture and the numbers listed are refused."""
    numbers = calls.numbers
    last = len(numbers)
    lines = [
        (_LOAD_WORD, 0, 0, _OFFSET_OF_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 0, last + 2, calls.architecture),
        (_LOAD_WORD, 0, 0, _OFFSET_OF_NUMBER),
        *((_JUMP_IF_EQUAL, last - index, 0, number) for index, number in enumerate(numbers)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
