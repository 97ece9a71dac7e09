"""What the settings say of the limits of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.store.lanes import LaneLimits
from comity.store.readers import ReaderLimits

if TYPE_CHECKING:
    from comity.settings import Settings


def reader_limits(settings: Settings) -> ReaderLimits:
    """Return what one query may take."""
    return ReaderLimits(
        seconds=settings.query_seconds,
        memory_bytes=settings.query_memory_bytes,
        answer_bytes=settings.answer_bytes,
        stream_seconds=settings.stream_seconds,
    )


def lane_limits(settings: Settings) -> LaneLimits:
    """Return how many queries may run and wait."""
    return LaneLimits(
        quick=settings.quick_places,
        slow=settings.slow_places,
        streams=settings.stream_places,
        wait_seconds=settings.wait_seconds,
    )
