"""The SPARQL endpoint: queries by GET, POST and QUERY; without one, what the endpoint is.

SPARQL 1.1 Protocol and Service Description. The order of the checks is the order of the answers: a
request that cannot be read is 400, 413 or 415; a text that is no query is 400 with its place; a
keyword that is switched off is 403; a form that no acceptable format can carry is 406. Only then
the engine runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from comity.errors import ComityError, UsageError
from comity.services.description import SERVICE_PREFIXES, describe_service
from comity.store.formats import GRAPH_FORMATS, spellings, streamed_for
from comity.store.serializing import serialize_triples
from comity.web.asking import prepare
from comity.web.headers import UNKEPT, by_content, not_modified, tagged, vary_on
from comity.web.negotiation import FORMAT_PARAMETERS, HTML, choose, is_named, wants_page
from comity.web.presenting import absolute
from comity.web.problems import with_remedy
from comity.web.requests import Parameters, read_operation, read_seconds
from comity.web.results import render_editor, render_fault, render_results
from comity.web.site import MET, gone, graph, site, survey_stranger
from comity.web.streaming import PARAMETER, is_streamed, stream_stranger, telling_of_streams

if TYPE_CHECKING:
    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.web.asking import Asked

blueprint = Blueprint("protocol", __name__)


@blueprint.route("/sparql", methods=["GET", "POST", "QUERY"])
def sparql() -> Response:
    """Answer a query, or tell what the service is."""
    parameters, query = read_operation()
    if query is None:
        return _without_query(parameters)
    try:
        return _answer(parameters, query)
    except ComityError as error:
        if not _by_people(parameters):
            raise
        page = Response(render_fault(query, error), error.status, mimetype=HTML.media_type)
        return with_remedy(page, error)


def _by_people(parameters: Parameters) -> bool:
    """Tell whether the answer goes to a page: by `format=html`, as the form sends it, or Accept."""
    named = [value for name in FORMAT_PARAMETERS for value in parameters.all(name)]
    return all(value.lower() in spellings(HTML) for value in named) if named else wants_page()


def _answer(parameters: Parameters, query: QueryRequest) -> Response:
    seconds = read_seconds(parameters)
    if is_streamed(parameters.one(PARAMETER)):
        survey = survey_stranger(query.text, seconds)
        offers = streamed_for(survey.kind)
        what = f"the streamed answer to {survey.form}"
        offer = choose(offers, of=what, parameters=parameters.values)
        return stream_stranger(query, offer, seconds, survey)
    if not is_named(parameters.values):
        vary_on("Accept")
    accept = request.headers.get("Accept")
    asked = prepare(site()["readers"], parameters, query, accept, gone())
    with telling_of_streams(asked.survey.kind):
        return _answer_whole(asked)


def _answer_whole(asked: Asked) -> Response:
    readers = site()["readers"]
    if asked.offer is HTML:
        most = site()["settings"].max_form_rows
        page = render_results(asked.survey, asked.query, most, asked.seconds)
        response = Response(page, mimetype=HTML.media_type)
        return _unkept(response) if asked.survey.volatile else by_content(response)
    if met := request.environ.get(MET):
        raise met.error
    tag = asked.tag(readers)
    if tag is None:
        return _unkept(_carry(asked.answer(readers, gone()), asked.offer))
    return not_modified(tag) or tagged(_carry(asked.answer(readers, gone()), asked.offer), tag)


def _without_query(parameters: Parameters) -> Response:
    if request.method not in {"GET", "HEAD"}:
        raise UsageError("The request has no query; send it as query= or as the body itself.")
    for name in parameters.values:
        if name not in FORMAT_PARAMETERS:
            raise UsageError(
                f"The address has {name[:40]}= but no query; send the query as query=."
            )
    offer = choose(
        (*GRAPH_FORMATS, HTML), of="the service description", parameters=parameters.values
    )
    if offer is HTML:
        return by_content(Response(render_editor(), mimetype=HTML.media_type))
    committer = site()["committer"]
    sizes = graph().graphs() if committer is None else committer.state.graphs()
    size = len(graph()) if committer is None else len(committer.state)
    union = site()["source"].union
    triples = describe_service(
        absolute("/sparql"),
        sizes,
        size=size if union else size - sum(sizes.values()),
        described_at=absolute("/.well-known/void"),
        union=union,
        update_endpoint=None if committer is None else absolute("/update"),
        federates=site()["endpoints"] is not None,
    )
    return by_content(_carry(serialize_triples(triples, offer, SERVICE_PREFIXES), offer))


def _unkept(response: Response) -> Response:
    """Return what would be another answer the next time."""
    response.headers["Cache-Control"] = UNKEPT
    return response


def _carry(content: bytes, offer: Format) -> Response:
    return Response(content, content_type=offer.content_type)
