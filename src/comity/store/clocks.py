"""How much of a processor another process has used."""

from __future__ import annotations

import time
from typing import Final

# The kernel's number for the clock of a process: its id, inverted, and the kind of the clock.
_SHIFT: Final = 3
_SCHEDULED: Final = 2


def processor_seconds(pid: int) -> float:
    """Return the seconds of processor time that a process has used; 0 where nobody knows."""
    try:
        return time.clock_gettime((~pid << _SHIFT) | _SCHEDULED)
    except OSError:
        return 0.0
