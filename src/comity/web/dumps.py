"""Downloads, and the data set described: `/dumps/`, `/catalog`, `/.well-known/void`."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal
from flask import Blueprint, Response, render_template, request

from comity.errors import DataError, NotFoundError
from comity.model.licences import BY_SA, NAMES
from comity.model.terms import GRAPH, ID
from comity.services.catalog import (
    CRATE,
    CROISSANT,
    FOREIGN,
    describe_catalog,
    describe_content,
    describe_crate,
    describe_croissant,
    read_record,
    write_description,
)
from comity.services.catalog.crate import PROFILE
from comity.services.catalog.croissant import SPECIFICATION
from comity.services.catalog.statements import part
from comity.services.catalog.statistics import TARGETS
from comity.services.export import CSV_TABLES, EVERYTHING
from comity.services.export.context import dump_context
from comity.services.licensing import LICENCES_GRAPH, read_licences
from comity.services.pages.reading import read_names
from comity.services.speech import gettext, language
from comity.services.stored import StoredDump
from comity.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from comity.web.exchange import STREAM, Stream
from comity.web.headers import by_content
from comity.web.negotiation import HTML, choose
from comity.web.presenting import absolute, path
from comity.web.ranges import part_of, whole_of
from comity.web.signposting import DATASET, LINKSET, Link, header, landing, linkset
from comity.web.site import graph, holding, site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from comity.services.catalog.record import Record
    from comity.services.export import Dumps
    from comity.store.formats import Format
    from comity.store.terms import Triple

    # Describes the dumps; takes what is said of the data, and the address of the server.
    Describe = Callable[[Dumps, Record, str], list[Triple]]
    Descriptions = dict[tuple[str, str], bytes]

blueprint = Blueprint("dumps", __name__)

DATA: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
_BY_SUFFIX: Final = {offer.suffix: offer for offer in DATA}

CONTEXT: Final = "context.jsonld"
_MOST_DESCRIPTIONS: Final = 16
_TYPE: Final = Link(DATASET, "type")

_log: Final = logging.getLogger("comity.server")


def dumps() -> Dumps:
    """Return the dumps of what is served."""
    return holding().dumps


def record() -> Record:
    """Return what is said of the data as a whole."""
    if not dumps().material.is_ours:
        said = FOREIGN
    else:
        root = site()["settings"].root
        said = holding().once("record", lambda: _read_record(root))
    changed = holding().changed[: len("YYYY-MM-DD")]
    return replace(said, modified=changed or said.modified)


def _read_record(root: Path) -> Record:
    """Return the record of the repository; one without it is served all the same."""
    try:
        return read_record(root)
    except DataError as error:
        _log.warning("%s The data are described without it.", error)
        return FOREIGN


@blueprint.get("/dumps/")
def list_dumps() -> Response:
    """Show the files there are, and what they hold."""
    response = by_content(Response(_page(), mimetype="text/html"))
    response.headers["Link"] = header(_signposts())
    return response


@blueprint.get("/dumps/linkset.json")
def link_dumps() -> Response:
    """Send the links of the downloads as a set, which names every file."""
    content = linkset(absolute("/dumps/"), _signposts(everything=True))
    return by_content(Response(content, content_type=LINKSET))


@blueprint.get(f"/dumps/{CRATE}")
def send_crate() -> Response:
    """Send the downloads described as RO-Crate."""
    return _document("crate", describe_crate)


@blueprint.get(f"/dumps/{CROISSANT}")
def send_croissant() -> Response:
    """Send the tables described as Croissant."""
    return _document("croissant", describe_croissant)


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
    is_whole = isinstance(dump, StoredDump)
    if isinstance(dump, StoredDump):
        response = _streamed(dump)
    response.set_etag(dump.sha256)
    response.headers["Content-Disposition"] = f'attachment; filename="{dump.file}"'
    response.headers["Cache-Control"] = "no-cache"
    page = absolute("/dumps/")
    links = [Link(page, "collection", "text/html"), *_described()]
    if dumps().material.is_ours:
        links.append(Link(BY_SA, "license"))
    response.headers["Link"] = header([*links, Link(part(dump.name), "cite-as"), _TYPE])
    return whole_of(response) if is_whole else part_of(response)


def _signposts(*, everything: bool = False) -> list[Link]:
    """Return the links of the page of downloads: the files of all data, or all files."""
    found = dumps()
    names = found.names() if everything else [EVERYTHING]
    return landing(
        cite_as=part(EVERYTHING),
        items=[
            (absolute(f"/dumps/{name}.{offer.suffix}"), offer.media_type)
            for name in names
            for offer in found.offers(name)
        ],
        described_by=_described(),
        licence=BY_SA if found.material.is_ours else None,
        linkset=absolute("/dumps/linkset.json"),
    )


def _described() -> list[Link]:
    """Return the links to what describes the data set."""
    links = [
        Link(absolute(f"/catalog.{offer.suffix}"), "describedby", offer.media_type)
        for offer in (TURTLE, JSON_LD)
    ]
    links.append(Link(absolute("/.well-known/void"), "describedby", TURTLE.media_type))
    if record().released:  # neither is written without
        crate, croissant = absolute(f"/dumps/{CRATE}"), absolute(f"/dumps/{CROISSANT}")
        links.append(Link(crate, "describedby", JSON_LD.media_type, PROFILE))
        links.append(Link(croissant, "describedby", JSON_LD.media_type, SPECIFICATION))
    return links


def _streamed(dump: StoredDump) -> Response:
    """Return a dump that is read while it is sent; its header tells how much is to come."""
    response = Response(content_type=dump.offer.content_type)
    if STREAM in request.environ:
        request.environ[STREAM] = Stream(dump.size, dump.parts)
    elif request.method != "HEAD":
        response.response = dump.parts()
    response.headers["Content-Length"] = str(dump.size)
    return response


@blueprint.get("/catalog")
@blueprint.get("/catalog.<suffix>")
def catalog(suffix: str | None = None) -> Response:
    """Return the catalogue (DCAT), to people or as data."""
    offer = _offer(suffix, (*DATA, HTML), "the catalogue")
    if offer is HTML:
        return by_content(Response(_page(), mimetype="text/html"))
    return by_content(_data("catalogue", describe_catalog, offer))


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Return what the data hold (VoID)."""
    offer = _offer(None, DATA, "this description")
    return by_content(_data("content", _content, offer))


def _offer(suffix: str | None, offers: tuple[Format, ...], of: str) -> Format:
    if suffix is None:
        return choose(offers, of=of)
    if suffix not in _BY_SUFFIX:
        raise NotFoundError(
            f"There is no /catalog.{suffix}; the suffix can be {', '.join(_BY_SUFFIX)}."
        )
    return _BY_SUFFIX[suffix]


def _data(what: str, describe: Describe, offer: Format) -> Response:
    def write(address: str) -> bytes:
        material = dumps().material
        return write_description(describe(dumps(), record(), address), offer, material)

    return Response(_kept(f"{what}.{offer.suffix}", write), content_type=offer.content_type)


def _document(what: str, write: Callable[[Dumps, Record, str], bytes]) -> Response:
    content = _kept(what, lambda address: write(dumps(), record(), address))
    return by_content(Response(content, content_type=JSON_LD.media_type))


def _kept(what: str, write: Callable[[str], bytes]) -> bytes:
    """Return a description at the address of the request, made once in each state of the data."""
    # `Host` is whatever a client says: only a few addresses are kept.
    kept: Descriptions = holding().once("descriptions", dict)
    address = absolute("")
    key = (what, address)
    if key not in kept:
        if len(kept) >= _MOST_DESCRIPTIONS:
            kept.clear()
        kept[key] = holding().in_turn(lambda: write(address))
    return kept[key]


def _content(found: Dumps, said: Record, address: str) -> list[Triple]:
    return describe_content(found.material, said, address, found.statistics())


def _page() -> str:
    material = dumps().material
    statistics = holding().once("statistics", dumps().statistics)
    licences = read_licences(material.of_graph(LICENCES_GRAPH)) if material.is_ours else {}
    kinds = sorted(
        (iri for iri in statistics.classes if iri in material.ordering.classes),
        key=material.ordering.kind_key,
    )
    pairs = [name for name in dumps().names() if name != EVERYTHING]
    names = read_names(graph(), (*kinds, *(ID + pair for pair in pairs)))
    return render_template(
        "dumps.html",
        record=record(),
        ours=material.is_ours,
        datasets=[(EVERYTHING, None), *((pair, names(ID + pair)) for pair in pairs)],
        offers=[(offer.suffix, _title(offer)) for offer in dumps().offers(EVERYTHING)],
        statistics=statistics,
        counted=_counted,
        classes=[(names(iri), statistics.classes[iri]) for iri in kinds],
        links=[
            (TARGETS[name][0], predicate.rpartition("#")[2], links, (predicate, TARGETS[name][1]))
            for (name, predicate), links in statistics.links.items()
        ],
        graphs=[
            (iri, iri.removeprefix(GRAPH), size, licence, NAMES.get(licence, licence))
            for iri, size in statistics.graphs.items()
            for licence in (licences.get(iri, ""),)
        ],
        alternates=[
            (offer.media_type, path(f"/catalog.{offer.suffix}"), offer.title) for offer in DATA
        ],
    )


def _title(offer: Format) -> str:
    return gettext("CSV tables (zip)") if offer is CSV_TABLES else offer.title


def _counted(number: int) -> str:
    return format_decimal(number, locale=language())
