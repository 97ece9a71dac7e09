"""Things, codes and graphs by their IRIs: redirects to their descriptions, and these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, redirect, render_template

from comity.errors import NotFoundError
from comity.model.licences import BY_SA
from comity.model.terms import GRAPH
from comity.services.pages.graphs import graph_content, thing_triples, write_graph
from comity.services.pages.map import read_thing_map
from comity.services.pages.schema_org import describe_for_crawlers
from comity.services.pages.thing import is_thing, read_thing, thing_iri
from comity.services.pages.vocabularies import has_concept
from comity.store.files import QUERIES_GRAPH
from comity.store.formats import TURTLE
from comity.web.pages.citing import cite, export_context, send_citation
from comity.web.pages.context import graph, material, own_root
from comity.web.pages.mapping import map_context
from comity.web.pages.representing import Resource, choices, represent, send_linkset, split_suffix
from comity.web.presenting import absolute, path

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("things", __name__)
SEE_OTHER: Final = 303


@blueprint.get("/id/<local>")
def identify(local: str) -> ResponseReturnValue:
    """Lead from a thing to its description."""
    name, suffix = _thing(local)
    thing_iri(graph(), name)
    return _see_other(f"/doc/{name}" + (f".{suffix}" if suffix else ""))


@blueprint.get("/doc/<local>")
def describe(local: str) -> ResponseReturnValue:
    """Show all that is said of a thing, to people or as data."""
    name, suffix = _thing(local)
    return represent(_resource(name), suffix)


@blueprint.get("/doc/<local>/linkset.json")
def link_thing(local: str) -> ResponseReturnValue:
    """Send the links of a thing's description as a set."""
    return send_linkset(_resource(local))


def _resource(name: str) -> Resource:
    iri = thing_iri(graph(), name)
    address = f"/doc/{name}"
    return Resource(
        address=address,
        page=lambda: render_template("doc.html", **_context(iri, address)),
        data=lambda offer: write_graph(thing_triples(graph(), material(), iri), material(), offer),
        cite_as=iri,
        license=BY_SA,
        linkset=True,
    )


@blueprint.get("/doc/<local>/cite.<suffix>")
def cite_thing(local: str, suffix: str) -> ResponseReturnValue:
    """Send the citation of a thing's description as a file."""
    iri = thing_iri(graph(), local)
    return send_citation(iri, f"/doc/{local}", suffix)


@blueprint.get("/code/<local>")
def identify_code(local: str) -> ResponseReturnValue:
    """Lead from a code or a code list to the page on the list."""
    name, suffix = split_suffix(local, lambda each: has_concept(graph(), each))
    if not has_concept(graph(), name):
        raise NotFoundError(f"There is no code {name!r}; /vocabulary lists the code lists.")
    scheme, dot, _ = name.partition(".")
    if suffix:
        return _see_other(f"/vocabulary/{scheme}.{suffix}")
    return _see_other(f"/vocabulary/{scheme}" + (f"#{name}" if dot else ""))


@blueprint.get("/graph/<path:name>")
def named_graph(name: str) -> ResponseReturnValue:
    """Lead from a named graph to its Turtle file, or send that."""
    stem = name.removesuffix(".ttl")
    if GRAPH + stem == QUERIES_GRAPH:
        return _see_other("/queries.ttl")
    content = graph_content(material(), own_root(), stem)
    if stem == name:
        return _see_other(f"/graph/{name}.ttl")
    return Response(content, content_type=TURTLE.content_type)


def _thing(local: str) -> tuple[str, str | None]:
    return split_suffix(local, lambda name: is_thing(graph(), name))


def _context(iri: str, address: str) -> dict[str, Any]:
    thing = read_thing(graph(), iri, own_root())
    return {
        "thing": thing,
        "described": describe_for_crawlers(graph(), thing, absolute(address)),
        "canonical": absolute(address),
        "alternates": choices(address),
        **export_context(cite(iri, thing.name.label, address), address),
        **map_context(read_thing_map(graph(), iri)),
    }


def _see_other(address: str) -> ResponseReturnValue:
    return redirect(path(address), code=SEE_OTHER)
