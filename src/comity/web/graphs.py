"""The graph store: reading one graph or all of them (SPARQL 1.1 Graph Store HTTP Protocol §5.2)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from flask import Blueprint, Response

from comity.errors import NotFoundError, ParameterError, RefusedError, UsageError
from comity.store.engine import QueryRequest
from comity.store.formats import GRAPH_FORMATS
from comity.store.quoting import quote
from comity.store.terms import is_valid_iri
from comity.web.headers import entity_tag, not_modified, tagged
from comity.web.negotiation import choose
from comity.web.requests import Parameters, read_address
from comity.web.site import site

blueprint = Blueprint("graphs", __name__)

_WHOLE: Final = "CONSTRUCT WHERE { ?s ?p ?o }"


@blueprint.get("/graphs")
def read_graph() -> Response:
    """Return the statements of the graph that `default` or `graph=` names."""
    parameters = read_address()
    query = _query(parameters)
    offer = choose(GRAPH_FORMATS, of="a graph", parameters=parameters.values)
    graph = site()["graph"]
    tag = entity_tag(graph.fingerprint, query, offer.media_type)
    if unchanged := not_modified(tag):
        return unchanged
    content = graph.answer(query, offer)
    return tagged(Response(content, content_type=offer.content_type), tag)


@blueprint.route("/graphs", methods=["PUT", "POST", "DELETE", "PATCH"])
def write_graph() -> Response:
    """Refuse to change a graph."""
    raise RefusedError(
        "This server is read-only: its graphs change only with the files they come from.",
        reason="read_only",
    )


def _query(parameters: Parameters) -> QueryRequest:
    default = parameters.one("default")
    iri = parameters.one("graph")
    if (default is None) == (iri is None):
        raise UsageError("Name one graph: /graphs?default for all, or /graphs?graph= and its IRI.")
    if default is not None:
        if default:
            raise ParameterError(
                f"default={quote(default)} takes no value; ask for /graphs?default.",
                parameter="default",
                value=default,
            )
        return QueryRequest(_WHOLE)
    if iri is None or not is_valid_iri(iri):
        raise ParameterError(
            f"graph={quote(iri or '')} is not an absolute IRI; /sparql tells the graphs there are.",
            parameter="graph",
            value=iri or "",
        )
    known = site()["graph"].graphs()
    if iri not in known:
        near = tuple(get_close_matches(iri, known, n=3, cutoff=0.8))
        hint = (
            f"did you mean {' or '.join(near)}?" if near else "/sparql describes those there are."
        )
        raise NotFoundError(f"There is no graph {quote(iri)}; {hint}", suggestions=near)
    return QueryRequest(_WHOLE, default_graphs=(iri,))
