"""Endpoints on loopback whose default graph a test fills."""

from __future__ import annotations

from urllib.request import Request, urlopen

from comity.store.remote import Place

EXAMPLE = "http://example.org/"
PREFIXES = f"PREFIX : <{EXAMPLE}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


class Endpoint:
    """An Oxigraph whose default graph is filled anew."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.place = Place.read(address)

    def fill(self, content: bytes | str, media_type: str = "text/turtle") -> None:
        """Replace all that it holds in its default graph."""
        content = content.encode() if isinstance(content, str) else content
        store = self.address.removesuffix("/query") + "/store?default"
        headers = {"Content-Type": media_type}
        urlopen(Request(store, content, headers, method="PUT"), timeout=30).close()
