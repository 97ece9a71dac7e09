"""Signposts for machines: typed links of a page, in its header and as a set.

The links are those of the FAIR Signposting Profile (signposting.org/FAIR): `cite-as`, `license`,
`describedby`, `type`, `author`, `item`, and back from files `collection` and `describes`. Level 1
puts them into the Link header (RFC 8288), level 2 into a document of its own (RFC 9264).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from comity.services.catalog.dcat import PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LINKSET: Final = "application/linkset+json"
ABOUT_PAGE: Final = "https://schema.org/AboutPage"
DATASET: Final = "https://schema.org/Dataset"


class Link(NamedTuple):
    """A link to an address by a relation; `type` is the media type of what is there."""

    href: str
    rel: str
    type: str = ""
    profile: str = ""


def landing(
    *,
    cite_as: str,
    items: Iterable[tuple[str, str]],
    described_by: Iterable[Link],
    licence: str | None = None,
    linkset: str | None = None,
) -> list[Link]:
    """Return the links of a page on a data set; `items` are its files and their media types.

    With a licence the data are those of the project, whose author is known.
    """
    links = [
        Link(cite_as, "cite-as"),
        Link(ABOUT_PAGE, "type"),
        Link(DATASET, "type"),
        *described_by,
        *(Link(href, "item", media_type) for href, media_type in items),
    ]
    if licence:
        links += [Link(licence, "license"), Link(PUBLISHER, "author")]
    if linkset:
        links.append(Link(linkset, "linkset", LINKSET))
    return links


def returning(page: str) -> list[Link]:
    """Return the links of a file back to the page of the data set that it belongs to."""
    return [Link(page, "collection", "text/html"), Link(page, "describes", "text/html")]


def header(links: Iterable[Link]) -> str:
    """Return the value of the Link header."""
    return ", ".join(
        f'<{link.href}>; rel="{link.rel}"'
        + (f'; type="{link.type}"' if link.type else "")
        + (f'; profile="{link.profile}"' if link.profile else "")
        for link in dict.fromkeys(links)
    )


def linkset(page: str, links: Sequence[Link]) -> bytes:
    """Return the set of a page's links, and of those of its files back to it (RFC 9264 §4.2)."""
    contexts: dict[str, list[Link]] = {page: [each for each in links if each.rel != "linkset"]}
    for link in links:
        if link.rel == "item":
            contexts.setdefault(link.href, []).append(Link(page, "collection", "text/html"))
        elif link.rel == "describedby":
            contexts.setdefault(link.href, []).append(Link(page, "describes", "text/html"))
    document = {"linkset": [_context(anchor, each) for anchor, each in contexts.items()]}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _context(anchor: str, links: Iterable[Link]) -> Mapping[str, Any]:
    found: dict[str, Any] = {"anchor": anchor}
    for link in links:
        target = {"href": link.href}
        if link.type:
            target["type"] = link.type
        if link.profile:
            target["profile"] = link.profile
        found.setdefault(link.rel, []).append(target)
    return found
