"""What search engines and other crawlers read first."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from comity.errors import NotFoundError
from comity.services.pages.gaps import GAPS
from comity.services.pages.places import page_addresses
from comity.web.headers import by_content
from comity.web.pages.context import can_ask, catalogue, graph
from comity.web.presenting import absolute
from comity.web.site import holding, site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

blueprint = Blueprint("crawlers", __name__)

MOST: Final = 50_000  # addresses that one file may hold


@blueprint.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Tell crawlers what to leave alone: addresses that compute, not the pages."""
    lines = [
        "User-agent: *",
        "Disallow: /sparql?",
        "Disallow: /resolve?",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
def sitemap() -> ResponseReturnValue:
    """List the addresses of all pages; of more than one file holds, list the files."""
    addresses = _addresses()
    if len(addresses) <= MOST:
        return _write("urlset", "url", addresses)
    files = [f"/sitemaps/{number + 1}.xml" for number in range(ceil(len(addresses) / MOST))]
    return _write("sitemapindex", "sitemap", files)


@blueprint.get("/sitemaps/<int:number>.xml")
def sitemap_part(number: int) -> ResponseReturnValue:
    """List the addresses of one file of a sitemap in several."""
    part = _addresses()[max(number - 1, 0) * MOST : number * MOST]
    if not part:
        raise NotFoundError(f"There is no sitemap {number}; /sitemap.xml lists those there are.")
    return _write("urlset", "url", part)


def _addresses() -> list[str]:
    fixed = ["/", "/queries", "/ontology", "/vocabulary", "/shapes", "/sources", "/dumps/"]
    fixed += ["/panel/codebook", "/compare"]
    fixed += ["/changes"] if site()["history"] else []
    fixed += [f"/queries/{query.slug}" for query in catalogue().all()]
    things = holding().once("page addresses", lambda: page_addresses(graph()))
    if can_ask("relations-per-state", "partners-of-state", *GAPS):
        pairs = (address.split("/")[2:] for address in things if address.startswith("/pair/"))
        states = sorted({code for pair in pairs for code in pair})
        fixed += ["/gaps", "/state", *(f"/state/{code}" for code in states)]
    return [*fixed, *things]


def _write(root: str, entry: str, addresses: Iterable[str]) -> Response:
    """Return a document of sitemaps.org, protocol 0.9; the day is that of the last change."""
    day = holding().changed[: len("YYYY-MM-DD")]
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    entries = "".join(
        f"  <{entry}><loc>{escape(absolute(address))}</loc>{changed}</{entry}>\n"
        for address in addresses
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</{root}>\n'
    )
    return by_content(Response(content, mimetype="application/xml"))
