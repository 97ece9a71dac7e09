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
from comity.store.formats import GRAPH_FORMATS, formats_for, spellings, streamed_for
from comity.store.serializing import serialize_triples
from comity.web.headers import by_content, entity_tag, not_modified, tagged
from comity.web.negotiation import FORMAT_PARAMETERS, HTML, choose, wants_page
from comity.web.presenting import absolute
from comity.web.problems import with_remedy
from comity.web.requests import Parameters, read_operation, read_seconds
from comity.web.results import render_editor, render_fault, render_results
from comity.web.site import answer_stranger, graph, site, survey_stranger
from comity.web.streaming import PARAMETER, is_streamed, stream_stranger, telling_of_streams

if TYPE_CHECKING:
    from comity.store.engine import QueryRequest
    from comity.store.formats import Format
    from comity.store.reading import Survey

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
    streamed = is_streamed(parameters.one(PARAMETER))
    survey = survey_stranger(query.text, seconds)
    if streamed:
        offers = streamed_for(survey.kind)
        what = f"the streamed answer to {survey.form}"
        offer = choose(offers, of=what, parameters=parameters.values)
        return stream_stranger(query, offer, seconds, survey)
    with telling_of_streams(survey.kind):
        return _answer_whole(parameters, query, seconds, survey)


def _answer_whole(
    parameters: Parameters, query: QueryRequest, seconds: float | None, survey: Survey
) -> Response:
    offer = choose(
        (*formats_for(survey.kind), HTML),
        of=f"the answer to {survey.form}",
        parameters=parameters.values,
    )
    if offer is HTML:
        page = render_results(survey, query, site()["settings"].max_form_rows, seconds)
        response = Response(page, mimetype=HTML.media_type)
        return _unkept(response) if survey.volatile else by_content(response)
    if survey.volatile:
        return _unkept(_carry(answer_stranger(query, offer, seconds, survey), offer))
    tag = entity_tag(site()["readers"].fingerprint, query, offer.media_type)
    return not_modified(tag) or tagged(
        _carry(answer_stranger(query, offer, seconds, survey), offer), tag
    )


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
    response.headers["Cache-Control"] = "no-store"
    return response


def _carry(content: bytes, offer: Format) -> Response:
    return Response(content, content_type=offer.content_type)
