"""Endpoints on loopback whose default graph a test fills."""

from __future__ import annotations

from urllib.parse import quote
from urllib.request import Request, urlopen

from comity.store.remote import Place

EXAMPLE = "http://example.org/"
PREFIXES = f"PREFIX : <{EXAMPLE}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\n"


class Endpoint:
    """An Oxigraph whose default graph is filled anew."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.place = Place.read(address)

    def fill(self, content: bytes | str, media_type: str = "text/turtle", graph: str = "") -> None:
        """Replace all that it holds in its default graph, or in a named one."""
        content = content.encode() if isinstance(content, str) else content
        which = f"graph={quote(graph)}" if graph else "default"
        store = f"{self.address.removesuffix('/query')}/store?{which}"
        headers = {"Content-Type": media_type}
        urlopen(Request(store, content, headers, method="PUT"), timeout=30).close()
