"""Writing an answer part by part, so that it never stands in memory as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.store.xml import legal

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.store.formats import Format

PART_BYTES: Final = 256 * 1024

# How a character of three bytes begins that XML has no way to write: it is looked for whole.
_BEGUN: Final = (b"\xef\xbf", b"\xef")


class Outlet:
    """A file for the engine to write to; what is written goes on in parts that were looked at."""

    def __init__(
        self,
        offer: Format,
        hand_on: Callable[[bytes], None],
        require_sound: Callable[[], None],
    ) -> None:
        """Give parts of an answer in a format to `hand_on`, none of them empty.

        `require_sound` raises where what was written so far must not be given to anybody.
        """
        self._offer = offer
        self._hand_on = hand_on
        self._require_sound = require_sound
        self._held = bytearray()
        self._head: Callable[[bytes], bytes] | None = None

    def begin(self, head: Callable[[bytes], bytes]) -> None:
        """Have the first part changed by a function; it holds whatever an answer begins with."""
        self._head = head

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        self._held += data
        if len(self._held) >= PART_BYTES and (end := _complete(self._held)):
            self._pass_on(end)
        return len(data)

    def flush(self) -> None:
        """Do nothing: a part goes on when it is large enough."""

    def finish(self) -> None:
        """Give what is left; raises what `require_sound` raises."""
        self._pass_on(len(self._held))

    def _pass_on(self, end: int) -> None:
        self._require_sound()
        part = bytes(self._held[:end])
        del self._held[:end]
        if self._head is not None:
            part, self._head = self._head(part), None
        if part:
            self._hand_on(legal(part, self._offer))


def _complete(held: bytearray) -> int:
    """Return how many of the bytes can be looked at without those that follow."""
    return len(held) - next((len(begun) for begun in _BEGUN if held.endswith(begun)), 0)
