"""Atom feeds (RFC 4287), written whole: what a feed and an entry must have is what their types ask.

Names are tag URIs (RFC 4151), which stay the same wherever a server is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote
from xml.etree import ElementTree as ET

ATOM: Final = "application/atom+xml"
SPACE: Final = "http://www.w3.org/2005/Atom"
_TAG: Final = "tag:w3id.org,2026:comity"
# What XML 1.0 §2.2 has no way to write.
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

ET.register_namespace("", SPACE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry; `content` is HTML, `href` the page on it, `patch` an RDF Patch of it."""

    name: str
    title: str
    updated: str
    href: str
    content: str
    patch: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at the address `self_href` with its page at `href`; times are those of RFC 3339."""

    name: str
    title: str
    subtitle: str
    updated: str
    self_href: str
    href: str
    author: str
    language: str
    licence: str
    entries: tuple[Entry, ...]


def tag_of(name: str) -> str:
    """Return the tag URI of a feed or entry."""
    return f"{_TAG}:{quote(name, safe='/:.-_~=&')}"


def write_feed(feed: Feed) -> bytes:
    """Return a feed as a document."""
    root = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": feed.language})
    _add(root, "id", tag_of(feed.name))
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    _add(ET.SubElement(root, _name("author")), "name", feed.author)
    _add(root, "link", rel="self", type=ATOM, href=feed.self_href)
    _add(root, "link", rel="alternate", type="text/html", href=feed.href)
    if feed.licence:
        _add(root, "link", rel="license", href=feed.licence)
    for entry in feed.entries:
        _add_entry(root, entry)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_entry(root: ET.Element, entry: Entry) -> None:
    element = ET.SubElement(root, _name("entry"))
    _add(element, "id", tag_of(entry.name))
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated)
    if entry.author:
        _add(ET.SubElement(element, _name("author")), "name", entry.author)
    _add(element, "link", rel="alternate", type="text/html", href=entry.href)
    if entry.patch:
        _add(element, "link", rel="enclosure", type="application/rdf-patch", href=entry.patch)
    _add(element, "content", entry.content, type="html")


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    element = ET.SubElement(parent, _name(name), attributes)
    if text:
        element.text = _ILLEGAL.sub("\ufffd", text)


def _name(local: str) -> str:
    return f"{{{SPACE}}}{local}"
