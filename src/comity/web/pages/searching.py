"""Search: a page that lists what a text may mean, and the same as JSON for the search fields."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request

from comity.errors import NotFoundError, ParameterError
from comity.model.terms import NS
from comity.services.directories import directory
from comity.services.naming import ANYTHING, compact
from comity.services.pages.reading import read_names
from comity.services.pages.views import Name
from comity.services.resolve import resolve
from comity.services.search import LONGEST_TEXT, MOST_MATCHES, search_index
from comity.services.speech import gettext, noted
from comity.web.headers import by_content
from comity.web.pages.context import graph
from comity.web.presenting import href

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.services.pages.reading import Names
    from comity.services.search import Match

blueprint = Blueprint("searching", __name__)

_FEW: Final = 8
_WORDS: Final = {
    "Code": noted("code"),
    "Question": noted("question"),
    "Term": noted("term of the ontology"),
}
_GROUPS: Final = {
    "Actor": noted("Relations, states, people, organizations and places"),
    "Agreement": noted("Agreements"),
    "Fact": noted("Other facts"),
    "Question": noted("Questions"),
    "Term": noted("Terms and codes"),
    "Source": noted("Sources"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A match as it is shown; `matched` is the name by which it was found, if it is another."""

    name: Name
    href: str
    kind: Name
    matched: str
    language: str
    curie: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """The matches of one sort, under its heading."""

    key: str
    title: str
    hits: tuple[Hit, ...]


@blueprint.get("/search")
def search() -> Response:
    """List what a text may mean, sort by sort; without one, show the form."""
    text = _text()
    hits = _hits(_find(text, MOST_MATCHES)) if text else []
    page = render_template(
        "search.html",
        text=text,
        number=len(hits),
        groups=_grouped(hits),
        near=_near(text) if text and not hits else (),
        most=MOST_MATCHES,
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/search.json")
def suggest() -> Response:
    """Give the likeliest things that the beginning of a text may mean."""
    text = _text()
    found = _find(text, _most()) if text else []
    results = [
        {
            "iri": hit.name.iri,
            "curie": hit.curie,
            "label": hit.name.label,
            "kind": hit.kind.label,
            "group": gettext(_GROUPS[hit.group]),
            "href": hit.href,
            "matched": hit.matched,
            "language": hit.language,
        }
        for hit in _hits(found)
    ]
    return by_content(_json({"query": text, "results": results}))


def _find(text: str, most: int) -> list[Match]:
    """Return what a text may mean: by its words, else as the name of a pair, an IRI, a code."""
    found = search_index(graph()).find(text, most)
    if found:
        return found
    try:
        thing = resolve(graph(), text)
    except NotFoundError:
        return []
    return search_index(graph()).of(thing.iri)


def _near(text: str) -> tuple[Name, ...]:
    """Return the things whose names are like a text."""
    iris = [thing.iri for thing in directory(graph(), ANYTHING).near(text)]
    names = read_names(graph(), iris)
    return tuple(names(iri) for iri in iris if href(iri))


def _grouped(hits: Sequence[Hit]) -> tuple[Group, ...]:
    return tuple(
        Group(key, gettext(_GROUPS[key]), tuple(found))
        for key, found in groupby(hits, key=lambda hit: hit.group)
    )


def _text() -> str:
    text = request.args.get("q", "").strip()
    if len(text) > LONGEST_TEXT:
        raise ParameterError(
            f"Parameter q has {len(text)} characters; a name has {LONGEST_TEXT} at most.",
            parameter="q",
            value=text[:80],
        )
    return text


def _most() -> int:
    text = request.args.get("limit", str(_FEW))
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= MOST_MATCHES:
        raise ParameterError(
            f"Parameter limit has to be a number from 1 to {MOST_MATCHES}.",
            parameter="limit",
            value=text[:80],
        )
    return int(text)


def _hits(found: Sequence[Match]) -> list[Hit]:
    classes = {match.kind: NS + match.kind for match in found if match.kind not in _WORDS}
    names = read_names(graph(), classes.values())
    return [
        Hit(
            name=match.name,
            href=address,
            kind=_kind(match, names),
            matched="" if match.matched == match.label else match.matched,
            language=match.language,
            curie=compact(match.iri),
            group=match.group,
        )
        for match in found
        if (address := href(match.iri))
    ]


def _kind(match: Match, names: Names) -> Name:
    word = _WORDS.get(match.kind)
    return Name("", gettext(word)) if word else names(NS + match.kind)


def _json(document: dict[str, Any]) -> Response:
    from flask import json

    return Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype="application/json")
