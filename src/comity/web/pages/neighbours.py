"""The neighbourhood of a thing: a page with the list of its neighbours, and the same as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, redirect, render_template

from comity.services.pages.neighbours import read_neighbourhood, whole_of
from comity.services.pages.reading import local_name
from comity.services.pages.thing import thing_iri
from comity.web.headers import by_content
from comity.web.pages.context import graph
from comity.web.presenting import absolute, graph_path, href, path

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from comity.services.pages.neighbours import Neighbour, Neighbourhood

blueprint = Blueprint("neighbours", __name__)
SEE_OTHER = 303


@blueprint.get("/doc/<local>/graph")
def neighbours(local: str) -> ResponseReturnValue:
    """List the neighbours of a thing; of a part, such as a claim, lead to the whole."""
    iri = thing_iri(graph(), local)
    whole = whole_of(graph(), iri)
    if whole != iri:
        return redirect(path(graph_path(whole)), code=SEE_OTHER)
    page = render_template(
        "neighbours.html",
        view=read_neighbourhood(graph(), iri),
        local=local_name(iri),
        canonical=absolute(graph_path(iri)),
        data=path(graph_path(iri) + ".json"),
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/doc/<local>/graph.json")
def neighbours_as_data(local: str) -> ResponseReturnValue:
    """Give a thing with its neighbours, and what joins them."""
    iri = thing_iri(graph(), local)
    whole = whole_of(graph(), iri)
    if whole != iri:
        return redirect(path(graph_path(whole) + ".json"), code=SEE_OTHER)
    document = _document(read_neighbourhood(graph(), iri))
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return by_content(Response(f"{text}\n", mimetype="application/json"))


def _document(view: Neighbourhood) -> dict[str, Any]:
    return {
        "thing": view.thing.name.iri,
        "nodes": [_node(each) for each in (view.thing, *view.neighbours)],
        "edges": [
            {
                "from": tie.subject,
                "to": tie.object,
                "property": tie.property.iri,
                "label": tie.property.label,
            }
            for tie in view.ties
        ],
    }


def _node(each: Neighbour) -> dict[str, str | None]:
    iri = each.name.iri
    return {
        "iri": iri,
        "label": each.name.label,
        "kind": ", ".join(kind.label for kind in each.kinds),
        "sort": each.sort,
        "when": each.when,
        "href": href(iri),
        "graph": path(graph_path(iri)),
    }
