"""Where a remote store is: the address for queries, the one for graphs, and what opens both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, urlsplit

from comity.errors import UsageError
from comity.store.remote.credentials import NOBODY, Credentials

if TYPE_CHECKING:
    from comity.settings import Settings

# How an address for queries ends, and where graphs are then, as the makers lay their stores out.
_GRAPHS: Final = (
    (re.compile(r"(/repositories/[^/]+)$"), r"\1/rdf-graphs/service"),  # GraphDB, RDF4J
    (re.compile(r"^(/sparql)$"), "/sparql-graph-crud"),  # Virtuoso
    (re.compile(r"^/query$"), "/store"),  # Oxigraph
    (re.compile(r"^(/[^/]+)/(?:query|sparql)$"), r"\1/data"),  # Fuseki
    (re.compile(r"^(/[^/]+)$"), r"\1/data"),  # Fuseki, by its data set
)
_LIMIT: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*=[A-Za-z0-9.]*\{m?s\}[A-Za-z]*")


@dataclass(frozen=True)
class Place:
    """A remote store: absolute addresses without credentials, and these beside."""

    queries: str
    graphs: str
    credentials: Credentials = NOBODY
    limit: str = ""
    """How the store is told the time limit of a query, such as `timeout={s}`."""

    @classmethod
    def of(cls, settings: Settings) -> Place:
        """Return the place that settings name; raises what `read` raises."""
        return cls.read(
            settings.store,
            graphs=settings.store_graphs,
            file=settings.store_credentials,
            limit=settings.store_timeout,
        )

    @classmethod
    def read(cls, store: str, *, graphs: str = "", file: str = "", limit: str = "") -> Place:
        """Return the place that settings name; an address for graphs is guessed if there is none.

        Raises UsageError for what is no address, holds credentials, or would send them in clear,
        and what reading the file raises.
        """
        credentials = Credentials.load(Path(file)) if file else NOBODY
        parts = _parse("store", store)
        if graphs:
            _parse("store_graphs", graphs)
        for name, address in (("store", store), ("store_graphs", graphs)):
            if file and address and not _is_private(urlsplit(address)):
                raise UsageError(
                    f"The setting {name} is an address without TLS, and credentials would go in "
                    "clear; write https, or drop store_credentials."
                )
        if limit and not _LIMIT.fullmatch(limit):
            raise UsageError(
                f"store_timeout is {limit!r}; write a parameter with {{s}} or {{ms}} in its value, "
                "such as timeout={s}."
            )
        return cls(store, graphs or _guessed(parts), credentials, limit)


def _parse(name: str, address: str) -> SplitResult:
    """Return the parts of an address; no error repeats one that holds a password."""
    try:
        parts = urlsplit(address)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise UsageError(f"The setting {name} is no address; write http:// or https://.") from None
    if "@" in parts.netloc:
        raise UsageError(
            f"The setting {name} holds credentials, which addresses give away; put them into a "
            "file, one line user:password or a token, and name that in store_credentials."
        )
    if not valid or parts.query or parts.fragment or not address.isascii() or " " in address:
        raise UsageError(
            f"The setting {name} is {address!r}, which is no address of a store; write one such as "
            "https://graph.example.org/query, without ? and #."
        )
    return parts


def _guessed(parts: SplitResult) -> str:
    for shape, target in _GRAPHS:
        if shape.search(parts.path):
            return parts._replace(path=shape.sub(target, parts.path)).geturl()
    return ""


def _is_private(parts: SplitResult) -> bool:
    """Tell whether nobody between can read what is sent: by TLS, or as it never leaves here."""
    if parts.scheme == "https" or parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
