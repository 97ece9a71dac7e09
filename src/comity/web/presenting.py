"""What the templates call: addresses for IRIs, words for bounds, the main navigation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import quote, urlsplit

from flask import request
from markupsafe import Markup, escape

from comity.model.terms import CODE, GRAPH, ID, NS, PREFIXES, QUERY, SHAPE, W3ID
from comity.services.pages.dates import is_machine_date
from comity.services.pages.wording import say_number
from comity.services.speech import gettext, noted, pgettext
from comity.web.language import public, root
from comity.web.site import site

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from comity.services.pages.views import Fact, Name, Time

_CODE: Final = re.compile("`([^`]+)`")
_DYAD: Final = re.compile(r"[A-Z]{3}-[A-Z]{3}")
_PASSAGE: Final = re.compile(r"src\.(.+)\.s\d+")
_SOURCE: Final = re.compile(r"src\.((?!.*\.(?:claim|issue)\.).+)")

# label, path, and the other paths on which the entry is the current one
_NAVIGATION: Final = (
    (noted("Relations"), "/", ("/pair/", "/compare", "/state", "/gaps")),
    (noted("Questions"), "/queries", ("/queries/",)),
    ("SPARQL", "/sparql", ()),
    (noted("Ontology"), "/ontology", ("/shapes",)),
    (noted("Vocabularies"), "/vocabulary", ("/vocabulary/",)),
    (noted("Sources"), "/sources", ("/sources/",)),
    (noted("Downloads"), "/dumps/", ()),
)


class Entry(NamedTuple):
    """One entry of the main navigation; `current` is `page`, `true` (a page below it) or empty."""

    label: str
    href: str
    current: str


def path(absolute: str) -> str:
    """Return a path of this server behind the prefix under which a proxy may have put it.

    That of a page goes on in the language that the present address names.
    """
    return f"{root() if absolute.startswith('/static/') else request.script_root}{absolute}"


def href(iri: str | None) -> str | None:
    """Return the address at which a page tells more of an IRI, or None if there is none.

    Our own IRIs become paths of this server; of others only http and https are links.
    """
    if iri is None:
        return None
    local = _own_path(iri)
    if local is not None:
        return path(local)
    parts = urlsplit(iri)
    return iri if parts.scheme in {"http", "https"} and parts.netloc else None


def place_of(iri: str) -> str | None:
    """Return the path of the page on an IRI of ours, without prefix or language."""
    return _own_path(iri)


def graph_path(iri: str) -> str:
    """Return the path, on this server, of the page with the neighbours of a thing of ours."""
    return f"/doc/{_quote(iri.removeprefix(ID))}/graph"


def absolute(address: str) -> str:
    """Return the public address of a path of this server, which names no language."""
    return f"{public()}{address}"


def curie(iri: str) -> str:
    """Return an IRI in its short form, or the IRI itself where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and re.fullmatch(r"[\w.-]+", local):
            return f"{prefix}:{local}"
    return iri


def marked(thing: Name | Fact) -> str:
    """Return the label of a thing; one that is not in the reader's language is marked so."""
    if not thing.language:
        return thing.label
    return Markup('<span lang="{}" class="fallback">{}</span>').format(thing.language, thing.label)


def coded(text: str, is_question: Callable[[str], bool] | None = None) -> str:
    """Return a sentence with what stands between backticks as code; a question becomes a link."""

    def marked_up(found: re.Match[str]) -> str:
        if is_question and is_question(found[1]):
            return f'<a href="{path(f"/queries/{_quote(found[1])}")}"><code>{found[1]}</code></a>'
        return f"<code>{found[1]}</code>"

    return Markup(_CODE.sub(marked_up, str(escape(text))))  # noqa: S704 - escaped


def anchor(iri: str) -> str:
    """Return the fragment by which a page points to the entry of an IRI."""
    return re.split(r"[/#]", iri)[-1]


def bounds(time: Time) -> str:
    """Return the literal and its bounds, for the title of a date."""
    if time.earliest is None and time.latest is None:
        return gettext("%(date)s: no bounds", date=time.edtf)
    return gettext(
        "%(date)s: from %(earliest)s to %(latest)s",
        date=time.edtf,
        earliest=time.earliest or pgettext("an end of a span", "open"),
        latest=time.latest or pgettext("an end of a span", "open"),
    )


def suggested(text: str) -> str | None:
    """Return the address behind a near match: a path, an IRI, or a search for the words."""
    if text.startswith("/") and not text.startswith("//"):
        return path(text)
    if urlsplit(text).scheme in {"http", "https"}:
        return href(text)
    return path(f"/resolve?q={quote(text, safe='')}")


def navigation() -> list[Entry]:
    """Return the main navigation with the entry of the present page marked."""
    here = request.path
    return [
        Entry(
            gettext(label),
            path(target),
            "page" if here == target else "true" if here.startswith(below or ("\0",)) else "",
        )
        for label, target, below in _NAVIGATION
    ]


def follows_changes() -> bool:
    """Tell whether this server knows earlier states, so that there are feeds of changes."""
    return site()["history"] is not None


def register(app: Flask) -> None:
    """Give the templates of an application the functions of this module."""
    from jinja2 import StrictUndefined

    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.tests["html_time"] = is_machine_date
    functions: dict[str, Any] = {
        "absolute": absolute,
        "anchor": anchor,
        "bounds": bounds,
        "coded": coded,
        "curie": curie,
        "graph_path": graph_path,
        "follows_changes": follows_changes,
        "href": href,
        "in_figures": lambda number: say_number(str(number)),
        "marked": marked,
        "navigation": navigation,
        "path": path,
        "suggested": suggested,
    }
    app.jinja_env.globals.update(functions)


@lru_cache(maxsize=65_536)
def _own_path(iri: str) -> str | None:
    if iri.startswith(ID):
        return _thing_path(iri.removeprefix(ID))
    if iri.startswith(CODE):
        scheme, dot, _ = (local := iri.removeprefix(CODE)).partition(".")
        return f"/vocabulary/{_quote(scheme)}" + (f"#{_quote(local)}" if dot else "")
    for namespace, base in ((NS, "/ontology#"), (SHAPE, "/shapes#"), (QUERY, "/queries/")):
        if iri.startswith(namespace):
            return base + _quote(iri.removeprefix(namespace))
    if iri == NS.removesuffix("#") or iri.startswith(f"{W3ID}ns/"):
        return "/ontology"
    if iri.startswith(GRAPH):
        return f"/graph/{quote(iri.removeprefix(GRAPH), safe='/.-_~')}"
    return None


def _thing_path(local: str) -> str:
    if _DYAD.fullmatch(local):
        return f"/pair/{local.replace('-', '/')}"
    if passage := _PASSAGE.fullmatch(local):
        return f"/sources/{_quote(passage[1])}#{_quote(local)}"
    if source := _SOURCE.fullmatch(local):
        return f"/sources/{_quote(source[1])}"
    return f"/doc/{_quote(local)}"


def _quote(text: str) -> str:
    return quote(text, safe=".-_~")
