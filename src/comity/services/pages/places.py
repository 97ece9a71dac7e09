"""The addresses of all pages on things, for those who want to read every one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from comity.model.terms import CODE, ID, NS
from comity.services.pages.reading import in_use, rows
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.store.engine import Graph

# parts of other things, told on the pages of those
_PARTS: Final = frozenset(f"{NS}{name}" for name in ("Claim", "Passage", "Amount", "Issue"))


def page_addresses(graph: Graph) -> tuple[str, ...]:
    """Return the paths of the pages on pairs, things, code lists and sources, sorted."""
    query = f"""
        SELECT DISTINCT ?s ?class WHERE {{
          ?s a ?class {in_use("s")}
          FILTER(STRSTARTS(STR(?s), "{ID}") || STRSTARTS(STR(?s), "{CODE}"))
        }}"""
    found: set[str] = set()
    for thing, kind in rows(graph, query):
        if isinstance(thing, Iri) and isinstance(kind, Iri) and kind.value not in _PARTS:
            found.add(_address(thing.value, kind.value))
    return tuple(sorted(found - {""}))


def _address(iri: str, kind: str) -> str:
    if iri.startswith(CODE):
        local = iri.removeprefix(CODE)
        return "" if "." in local else f"/vocabulary/{quote(local)}"
    local = quote(iri.removeprefix(ID), safe=".-_~")
    if kind == f"{NS}Dyad":
        return f"/pair/{local.replace('-', '/')}"
    if kind == f"{NS}Source":
        return f"/sources/{local.removeprefix('src.')}"
    return f"/doc/{local}"
