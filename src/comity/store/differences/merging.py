"""The difference of two sorted texts of N-Quads, in memory that does not grow with them.

Both are read part by part up to the last line that both have read so far, and what lies within is
compared as sets, which is many times faster than line by line.
"""

from __future__ import annotations

from bisect import bisect_right
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    # Whether the line was added (or removed), and the line with its end.
    Change = tuple[bool, bytes]


def changed_lines(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[Change]:
    """Yield what `new` has and `old` has not and the reverse, in the order of the lines.

    Both come in parts that end with a line; the lines are sorted by their bytes, each there once.
    """
    before, after = _Side(old), _Side(new)
    while before.fill() | after.fill():
        bound = min((side.lines[-1] for side in (before, after) if side.lines), default=b"")
        if not before.lines or not after.lines:  # one has ended
            bound = (before.lines or after.lines)[-1]
        left, right = before.take(bound), after.take(bound)
        if left == right:
            continue
        gone, come = set(left), set(right)
        found = [(line, False) for line in gone - come] + [(line, True) for line in come - gone]
        yield from ((added, line) for line, added in sorted(found))


class _Side:
    """One of the texts, with what was read and not yet compared."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = iter(parts)
        self.lines: list[bytes] = []

    def fill(self) -> bool:
        """Read on if nothing is left; tell whether there is anything."""
        while not self.lines:
            part = next(self._parts, None)
            if part is None:
                return False
            self.lines = BytesIO(part).readlines()  # which end with a line feed and nothing else
        return True

    def take(self, bound: bytes) -> list[bytes]:
        """Return the lines up to a bound, which are compared now."""
        at = bisect_right(self.lines, bound)
        taken, self.lines = self.lines[:at], self.lines[at:]
        return taken
