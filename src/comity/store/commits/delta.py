"""What a change adds and takes away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comity.store.terms import Quad


@dataclass(frozen=True, slots=True)
class Delta:
    """Statements added and removed; none is in both."""

    added: tuple[Quad, ...] = ()
    removed: tuple[Quad, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.added or self.removed)

    def __len__(self) -> int:
        """Return how many statements change."""
        return len(self.added) + len(self.removed)
