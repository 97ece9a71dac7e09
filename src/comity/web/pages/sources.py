"""The pages on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from comity.model.licences import BY_SA
from comity.model.terms import ID
from comity.services.pages.graphs import source_triples, write_graph
from comity.services.pages.sources import PREFIX, read_source, read_sources
from comity.services.pages.thing import is_thing
from comity.web.headers import by_content
from comity.web.pages.context import graph, material
from comity.web.pages.representing import Resource, choices, represent, split_suffix
from comity.web.presenting import absolute

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
def index() -> Response:
    """Show all sources."""
    page = render_template("sources.html", sources=read_sources(graph()))
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/sources/<name>")
def source(name: str) -> ResponseReturnValue:
    """Show a source, its passages and what comes from each."""
    local, suffix = split_suffix(name, lambda each: is_thing(graph(), PREFIX + each))
    view = read_source(graph(), local)
    address = f"/sources/{local}"
    iri = ID + PREFIX + local
    resource = Resource(
        address=address,
        page=lambda: render_template(
            "source.html",
            source=view,
            canonical=absolute(address),
            alternates=choices(address),
        ),
        data=lambda offer: write_graph(source_triples(material(), iri), material(), offer),
        cite_as=iri,
        license=BY_SA,
    )
    return represent(resource, suffix)
