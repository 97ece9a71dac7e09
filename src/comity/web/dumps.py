"""Downloads, and the data set described: `/dumps/`, `/catalog`, `/.well-known/void`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app, render_template, request

from comity.errors import NotFoundError
from comity.model.licences import BY_SA, NAMES, licence_of
from comity.model.terms import GRAPH
from comity.services.catalog import (
    describe_catalog,
    describe_content,
    read_record,
    write_description,
)
from comity.services.catalog.statistics import TARGETS, count
from comity.services.export import DUMP_FORMATS, Dumps
from comity.services.export.context import dump_context
from comity.services.export.dumps import title_of
from comity.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from comity.web.headers import by_content
from comity.web.negotiation import HTML, choose
from comity.web.presenting import absolute, path
from comity.web.site import site

if TYPE_CHECKING:
    from comity.services.catalog.record import Record
    from comity.services.catalog.statistics import Statistics
    from comity.services.export import Material
    from comity.store.formats import Format

blueprint = Blueprint("dumps", __name__)

KEY: Final = "comity.dumps"
DATA: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_BY_SUFFIX: Final = {offer.suffix: offer for offer in DATA}

CONTEXT: Final = "context.jsonld"


def dumps() -> Dumps:
    """Return the dumps of the repository that is served."""
    found: Dumps = current_app.extensions.setdefault(KEY, Dumps(site()["settings"].root))
    return found


@blueprint.get("/dumps/")
def list_dumps() -> Response:
    """Show the files there are, and what they hold."""
    return by_content(Response(_page(), mimetype="text/html"))


@blueprint.get(f"/dumps/{CONTEXT}")
def send_context() -> Response:
    """Send the JSON-LD context by itself; every dump embeds it."""
    text = dump_context(dumps().material.context)
    return by_content(Response(text, content_type=JSON_LD.media_type))


@blueprint.get("/dumps/<file>")
def send_dump(file: str) -> Response:
    """Send a dump, or the part of it that a Range asks for."""
    dump = dumps().file(file)
    response = Response(dump.content, content_type=dump.offer.content_type)
    response.set_etag(dump.sha256)
    response.headers["Content-Disposition"] = f'attachment; filename="{dump.file}"'
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = (
        f'<{BY_SA}>; rel="license", <{absolute("/catalog")}>; rel="describedby"'
    )
    response.make_conditional(request, accept_ranges=True, complete_length=len(dump.content))
    return response


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalog(suffix: str | None = None) -> Response:
    """Return the catalogue (DCAT), to people or as data."""
    offer = _offer(suffix, (*DATA, HTML), "the catalogue")
    if offer is HTML:
        return by_content(Response(_page(), mimetype="text/html"))
    return by_content(_data(_catalog, offer))


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Return what the data hold (VoID)."""
    return by_content(_data(_content, _offer(None, DATA, "this description")))


def _offer(suffix: str | None, offers: tuple[Format, ...], of: str) -> Format:
    if suffix is None:
        return choose(offers, of=of)
    if suffix not in _BY_SUFFIX:
        raise NotFoundError(
            f"There is no /catalog.{suffix}; the suffix can be {', '.join(_BY_SUFFIX)}."
        )
    return _BY_SUFFIX[suffix]


def _data(describe: Any, offer: Format) -> Response:
    found = dumps()
    record = read_record(site()["settings"].root)
    content = describe(found, found.material, record, absolute(""), offer)
    return Response(content, content_type=offer.content_type)


@lru_cache(maxsize=16)
def _catalog(
    found: Dumps, material: Material, record: Record, address: str, offer: Format
) -> bytes:
    return write_description(describe_catalog(found, record, address), offer, material)


@lru_cache(maxsize=16)
def _content(
    found: Dumps, material: Material, record: Record, address: str, offer: Format
) -> bytes:
    del found
    return write_description(describe_content(material, record, address), offer, material)


@lru_cache(maxsize=2)
def _statistics(material: Material) -> Statistics:
    return count(material.quads)


def _page() -> str:
    material = dumps().material
    statistics = _statistics(material)
    kinds = sorted(
        (iri for iri in statistics.classes if iri in material.ordering.classes),
        key=material.ordering.kind_key,
    )
    return render_template(
        "dumps.html",
        record=read_record(site()["settings"].root),
        datasets=[(name, title_of(name, material)) for name in dumps().names()],
        offers=DUMP_FORMATS,
        statistics=statistics,
        classes=[(iri, material.ordering.names[iri], statistics.classes[iri]) for iri in kinds],
        links=[
            (TARGETS[name][0], predicate.rpartition("#")[2], links)
            for (name, predicate), links in statistics.links.items()
        ],
        graphs=[
            (graph.removeprefix(GRAPH), size, licence, NAMES[licence])
            for graph, size in statistics.graphs.items()
            for licence in (licence_of(graph.removeprefix(GRAPH)),)
        ],
        alternates=[
            (offer.media_type, path(f"/catalog.{offer.suffix}"), offer.title) for offer in DATA
        ],
    )
