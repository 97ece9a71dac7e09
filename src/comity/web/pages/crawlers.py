"""What search engines and other crawlers read first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flask import Blueprint, Response

from comity.services.pages.places import page_addresses
from comity.web.pages.context import catalogue, graph
from comity.web.presenting import absolute

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("crawlers", __name__)


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
    """List the addresses of all pages (sitemaps.org, protocol 0.9)."""
    fixed = ["/", "/queries", "/ontology", "/vocabulary", "/shapes", "/sources", "/dumps/"]
    fixed.append("/panel/codebook")
    fixed += [f"/queries/{query.slug}" for query in catalogue().all()]
    entries = "".join(
        f"  <url><loc>{escape(absolute(address))}</loc></url>\n"
        for address in (*fixed, *page_addresses(graph()))
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{entries}</urlset>\n"
    )
    return Response(content, mimetype="application/xml")
