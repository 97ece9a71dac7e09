"""What the settings say of SERVICE: which endpoints queries may ask, and within which limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity import __version__
from comity.model.terms import W3ID

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.store.answering import Answering
    from comity.store.federation import Endpoints


def read_endpoints(settings: Settings) -> Endpoints | None:
    """Return the endpoints that SERVICE may ask, or None for none; raises UsageError."""
    if not settings.services.strip():
        return None  # and what asks others is not imported
    from comity.store.federation import Endpoints, ServiceLimits

    limits = ServiceLimits(
        seconds=settings.service_seconds,
        answer_bytes=settings.service_bytes,
        rows=settings.service_rows,
        places=settings.service_places,
        wait_seconds=settings.wait_seconds,
        cache_bytes=settings.service_cache_bytes,
        cache_seconds=settings.service_cache_seconds,
    )
    about = settings.base or W3ID
    return Endpoints.of(settings.services, limits, f"comity/{__version__} (+{about})")


def federated(settings: Settings, readers: Answering, endpoints: Endpoints | None) -> Answering:
    """Return readers whose queries may ask the endpoints, if there are any."""
    if endpoints is None:
        return readers
    from comity.store.federation import FederatedReaders

    return FederatedReaders(
        readers,
        endpoints,
        settings.query_seconds,
        keeps_nodes=not settings.is_remote,
    )
