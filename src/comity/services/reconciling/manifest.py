"""The manifest of the service: what it can do, and at which addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity import __version__
from comity.model.terms import ID, NS
from comity.services.reconciling.documents import default_types
from comity.services.reconciling.extending import settings
from comity.services.reconciling.index import left_out
from comity.services.reconciling.schema import identify, read_schema
from comity.services.speech import language

if TYPE_CHECKING:
    from comity.store.engine import Graph

DRAFT: Final = "1.0-draft"
VERSIONS: Final = ("0.1", "0.2")
NAME: Final = "Comity"
BATCH: Final = 500
"""Queries that a request had better hold."""
PREVIEW_WIDTH: Final = 420
PREVIEW_HEIGHT: Final = 260
_KINDS: Final = ("entity", "property", "type")


def manifest(graph: Graph, public: str, base: str) -> dict[str, Any]:
    """Return the manifest of versions 0.1 and 0.2.

    `public` is the public address of the server, `base` that of the service.
    """
    return {
        "versions": list(VERSIONS),
        **_common(graph, public),
        "identifierSpace": ID,
        "schemaSpace": NS,
        "view": {"url": f"{public}/id/{{{{id}}}}"},
        "suggest": {
            kind: {
                "service_url": base,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": base,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in _KINDS
        },
        "preview": {
            "url": f"{base}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/extend/propose"},
            "property_settings": settings(draft=False),
        },
    }


def draft_manifest(graph: Graph, public: str) -> dict[str, Any]:
    """Return the manifest of the draft of version 1.0, whose addresses go without saying."""
    return {
        "versions": [DRAFT],
        **_common(graph, public),
        "lang": language(),
        "view": {"url": f"{public}/id/{{id}}"},
        "suggest": dict.fromkeys(_KINDS, True),
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "extend": {"proposeProperties": True, "propertySettings": settings(draft=True)},
        "standardizedScore": True,
    }


def _common(graph: Graph, public: str) -> dict[str, Any]:
    return {
        "name": NAME,
        "documentation": f"{public}/openapi.json",
        "serviceVersion": __version__,
        "batchSize": BATCH,
        "defaultTypes": default_types(read_schema(graph)),
        **({"leftOut": [identify(iri) for iri in classes]} if (classes := left_out(graph)) else {}),
    }
