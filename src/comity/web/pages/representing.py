"""One resource, several representations: by suffix, by `format=`, by Accept.

A client that asks for HTML, as browsers do, gets the page; one that takes anything gets Turtle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from flask import Response, request

from comity.store.formats import JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from comity.web.headers import by_content, entity_tag, not_modified, tagged
from comity.web.negotiation import HTML, choose
from comity.web.pages.context import graph, is_ours
from comity.web.presenting import absolute, path
from comity.web.signposting import LINKSET, Link, header, landing, linkset, returning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PLAIN_JSON: Final = Format(
    "json", "application/json", "json", ("graph",), title="JSON", names=(), also=()
)
DATA: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
OFFERS: Final = (*DATA, HTML, PLAIN_JSON)
_BY_SUFFIX: Final = {offer.suffix: offer for offer in OFFERS}


class Choice(NamedTuple):
    """A representation to choose: its name for people, its address, its media type."""

    label: str
    href: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A page that is also there as data."""

    address: str
    """The path without suffix."""
    page: Callable[[], str]
    """Makes the HTML page."""
    data: Callable[[Format], bytes]
    """Makes the statements in a format for graphs."""
    cite_as: str | None = None
    """The IRI to cite, where it is not the address."""
    license: str | None = None
    """The licence of the statements."""
    also: tuple[Format, ...] = ()
    """Formats that `data` makes beside those of every page."""
    linkset: bool = False
    """Whether its links are there as a document too, at `/linkset.json` below its address."""


def split_suffix(
    name: str, exists: Callable[[str], bool], also: Sequence[Format] = ()
) -> tuple[str, str | None]:
    """Return a name and the suffix behind it; a suffix is one only when the rest names a thing.

    `also` are the formats that are there beside those of every page.
    """
    if exists(name):
        return name, None
    stem, _, suffix = name.rpartition(".")
    if suffix in _BY_SUFFIX.keys() | {each.suffix for each in also} and stem and exists(stem):
        return stem, suffix
    return name, None


def choices(address: str, query: str = "", also: Sequence[Format] = ()) -> list[Choice]:
    """Return the data representations of an address."""
    tail = f"?{query}" if query else ""
    return [
        Choice(offer.title, f"{path(address)}.{offer.suffix}{tail}", offer.media_type)
        for offer in (*DATA, PLAIN_JSON, *also)
    ]


def represent(resource: Resource, suffix: str | None) -> Response:
    """Return the representation that the request asks for.

    Raises NotAcceptableError if the client takes none, ParameterError for an unknown `format=`.
    """
    by_suffix = _BY_SUFFIX | {each.suffix: each for each in resource.also}
    offer = by_suffix[suffix] if suffix else choose((*OFFERS, *resource.also))
    if offer is HTML:
        response = by_content(Response(resource.page(), mimetype="text/html"))
    else:
        tag = entity_tag(graph().fingerprint, request.full_path, offer.media_type)
        response = not_modified(tag) or tagged(
            Response(resource.data(offer), content_type=offer.content_type), tag
        )
    links = _links(resource)
    if suffix and offer is not HTML:
        links += returning(absolute(resource.address))
    response.headers["Link"] = header(links)
    return response


def send_linkset(resource: Resource) -> Response:
    """Return the links of a resource as a document of their own."""
    content = linkset(absolute(resource.address), _links(resource))
    return by_content(Response(content, content_type=LINKSET))


def _links(resource: Resource) -> list[Link]:
    here = absolute(resource.address)
    data = [
        (f"{here}.{offer.suffix}", offer.media_type)
        for offer in (*DATA, PLAIN_JSON, *resource.also)
    ]
    return [
        Link(here, "canonical"),
        Link(f"{here}.html", "alternate", "text/html"),
        *(Link(address, "alternate", media_type) for address, media_type in data),
        *landing(
            cite_as=resource.cite_as or here,
            items=data if resource.linkset else (),
            described_by=[Link(f"{here}.ttl", "describedby", TURTLE.media_type)],
            licence=resource.license if is_ours() else None,
            linkset=f"{here}/linkset.json" if resource.linkset else None,
        ),
    ]
