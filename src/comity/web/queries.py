"""The canned queries: the catalogue, a page for each with its form, and the answers as data.

One address, `/queries/{slug}`, gives the page to browsers and the answer to programs; a suffix or
`format=` names the format outright. A SELECT comes as SPARQL JSON, XML, CSV or TSV, a CONSTRUCT or
DESCRIBE as a graph. Asked for RDF, a SELECT or ASK gives the description of the query itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, redirect, render_template, request

from comity.errors import NotFoundError, ParameterError
from comity.services.catalogue import group_by_tag
from comity.services.query_rdf import catalogue_triples, query_triples
from comity.services.running import KINDS, Answer, run
from comity.services.snippets import address
from comity.store.engine import QueryRequest
from comity.store.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Format,
    formats_for,
    require_format,
    streamed_for,
)
from comity.store.serializing import serialize_triples
from comity.web.headers import by_content, entity_tag, not_modified, tagged
from comity.web.negotiation import FORMAT_PARAMETERS, HTML, choose, wants_page
from comity.web.presenting import absolute, path
from comity.web.query_page import page_at, read_page
from comity.web.requests import read_address
from comity.web.site import graph, site, survey_stranger
from comity.web.streaming import PARAMETER, is_streamed, stream_stranger, telling_of_streams

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue

    from comity.model.query import CannedQuery
    from comity.store.terms import Quad

DESCRIPTIONS: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
TRUNCATED_HEADER: Final = "Comity-Truncated"


blueprint = Blueprint("queries", __name__)


@blueprint.get("/queries")
@blueprint.get("/queries.<suffix>")
def catalogue(suffix: str | None = None) -> Response:
    """Show the catalogue to people, or give all of it as RDF."""
    offer = _offer((*DESCRIPTIONS, HTML), suffix, "the catalogue", "/queries")
    known = site()["catalogue"]
    if offer is not HTML:
        return by_content(_rdf(catalogue_triples(known), offer))
    asked = request.args.get("q", "").strip()
    found = known.search(asked)
    page = render_template(
        "queries.html",
        asked=asked,
        groups=group_by_tag(found),
        found=len(found),
        total=len(known.all()),
        alternates=[(each.title, path(f"/queries.{each.suffix}")) for each in DESCRIPTIONS],
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/query/<name>")
def identify_query(name: str) -> ResponseReturnValue:
    """Lead from a query to its page and its description.

    The description of one whose answer is a graph itself stands in that of the catalogue.
    """
    slug, _, suffix = name.partition(".")
    query = find_query(slug)
    if not suffix and KINDS[query.form] == "graph" and not wants_page():
        return redirect(path("/queries"), code=303)
    return redirect(path(f"/queries/{name}"), code=303)


@blueprint.get("/queries/<name>")
def answer_query(name: str) -> Response:
    """Answer a query of the catalogue, or show its page; a suffix of the slug names a format."""
    slug, dot, suffix = name.partition(".")
    query = find_query(slug)
    offered = offers(query)
    offer = _offer(offered, suffix if dot else None, f"the answer of {slug}", f"/queries/{slug}")
    if offer is HTML:
        return _page(query)
    if offer not in formats_for(KINDS[query.form]):
        return by_content(_linked(_rdf(query_triples(query), offer), query, None))
    values = request_values()
    streamed = is_streamed(values.pop(PARAMETER, None))
    answer = run(graph(), query, values)
    if streamed:
        return _streamed(query, answer, offer)
    tag = entity_tag(graph().fingerprint, answer.text, offer.name)
    held = not_modified(tag)
    if held is not None:
        return held
    with telling_of_streams(answer.kind):
        content = answer.serialize(offer)
    response = Response(content, content_type=offer.content_type)
    return tagged(_linked(response, query, answer), tag)


def _streamed(query: CannedQuery, answer: Answer, offer: Format) -> Response:
    """Return an answer while it is made, by the readers of strangers: they have places for that."""
    require_format(offer, streamed_for(answer.kind), of=f"the streamed answer of {query.slug}")
    survey = survey_stranger(answer.text)
    response = stream_stranger(QueryRequest(answer.text), offer, None, survey)
    return _linked(response, query, answer)


def find_query(slug: str) -> CannedQuery:
    """Return a query by its slug; raises NotFoundError with the addresses of near ones."""
    try:
        return site()["catalogue"].get(slug)
    except NotFoundError as error:
        near = tuple(f"/queries/{each}" for each in error.suggestions)
        raise NotFoundError(str(error), suggestions=near) from None


def _page(query: CannedQuery) -> Response:
    most = site()["settings"].max_form_rows
    view = read_page(graph(), query, request_values, most)
    page = render_template("query.html", **view.context())
    status = view.error.status if view.error else 200
    response = _linked(Response(page, status, mimetype="text/html"), query, view.answer)
    return response if view.error else by_content(response)


def offers(query: CannedQuery) -> tuple[Format, ...]:
    """Return the formats of a query's address, the default for programs first."""
    carrying = formats_for(KINDS[query.form])
    descriptions = () if KINDS[query.form] == "graph" else DESCRIPTIONS
    return (*carrying, HTML, *descriptions)


def _offer(offered: tuple[Format, ...], suffix: str | None, of: str, at: str) -> Format:
    """Return the format that suffix, `format=` or Accept ask for, in this order."""
    if suffix is None:
        return choose(offered, of=of)
    for offer in offered:
        if suffix in {offer.suffix, *offer.names}:
            return offer
    listed = ", ".join(f".{offer.suffix}" for offer in offered)
    raise NotFoundError(f"{at} has no suffix .{suffix}; there are {listed}.")


def request_values() -> dict[str, str]:
    """Return the parameters of the request but for the format; each may be given once.

    Raises ParameterError for a parameter given twice, UsageError for an address not in UTF-8.
    """
    values = {}
    for name, given in read_address().values.items():
        if name in FORMAT_PARAMETERS:
            continue
        if len(given) > 1:
            raise ParameterError(
                f"Parameter {name} is given {len(given)} times; give it once.",
                parameter=name,
                value=given[1],
            )
        values[name] = given[0]
    return values


def _linked(response: Response, query: CannedQuery, answer: Answer | None) -> Response:
    """Add the links of RFC 8288: canonical, alternates, description, licence, next page."""
    plain = absolute(f"/queries/{query.slug}")
    links = [f'<{plain}>; rel="canonical"', f'<{query.iri}>; rel="cite-as"']
    for offer in offers(query):
        kind = (
            "describedby"
            if offer in DESCRIPTIONS and query.form in {"select", "ask"}
            else "alternate"
        )
        links.append(f'<{plain}.{offer.suffix}>; rel="{kind}"; type="{offer.media_type}"')
    if answer is not None and answer.next_offset is not None:
        tail = request.path.rpartition("/")[2].partition(".")[2]
        following = address(
            absolute(""),
            query,
            {
                **_asked(*FORMAT_PARAMETERS, PARAMETER),
                **page_at(answer.values, answer.next_offset, answer.limit),
            },
            f".{tail}" if tail else "",
        )
        links.append(f'<{following}>; rel="next"')
        response.headers[TRUNCATED_HEADER] = "true"
    response.headers["Link"] = ", ".join(links)
    return response


def _asked(*names: str) -> dict[str, str]:
    return {name: request.args[name] for name in names if name in request.args}


def _rdf(quads: Iterable[Quad], offer: Format) -> Response:
    content = serialize_triples((quad.triple for quad in quads), offer)
    return Response(content, content_type=offer.content_type)
