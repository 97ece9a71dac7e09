"""A citation in which nothing is missing."""

from __future__ import annotations

from comity.services.citing import Citation

WHOLE = Citation(
    key="comity-AZE-JPN",
    title="Azerbaijan–Japan relations",
    collection="Comity",
    author="The Comity contributors",
    version="0.1.0",
    changed="2026-11-23",
    iri="https://w3id.org/comity/id/AZE-JPN",
    address="https://example.org/pair/AZE/JPN?from=2015&to=2016",
    fingerprint="f00d",
    licence="CC-BY-SA-4.0",
    filter="from=2015&to=2016",
)
