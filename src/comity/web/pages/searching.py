"""Search: a page that lists what a text may mean, and the same as JSON for the search fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request

from comity.errors import ParameterError
from comity.model.terms import NS
from comity.services.pages.reading import read_names
from comity.services.pages.views import Name
from comity.services.resolve import compact
from comity.services.search import LONGEST_TEXT, MOST_MATCHES, search_index
from comity.services.speech import gettext, noted, told
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A match as it is shown; `matched` is the name by which it was found, if it is another."""

    name: Name
    href: str
    kind: Name
    matched: str
    language: str
    curie: str


@blueprint.get("/search")
def search() -> Response:
    """List what a text may mean; without one, show the form."""
    text = _text()
    hits = _hits(search_index(graph()).find(text)) if text else []
    page = render_template("search.html", text=text, hits=hits, most=MOST_MATCHES)
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/search.json")
def suggest() -> Response:
    """Give the likeliest things that the beginning of a text may mean."""
    text = _text()
    found = search_index(graph()).find(text, _most()) if text else []
    results = [
        {
            "iri": hit.name.iri,
            "curie": hit.curie,
            "label": hit.name.label,
            "kind": hit.kind.label,
            "href": hit.href,
            "matched": hit.matched,
            "language": hit.language,
        }
        for hit in _hits(found)
    ]
    return by_content(_json({"query": text, "results": results}))


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
    named = [(_name(match), match) for match in found]
    return [
        Hit(
            name=name,
            href=address,
            kind=_kind(match, names),
            matched="" if match.matched == name.label else match.matched,
            language=match.language,
            curie=compact(match.iri),
        )
        for name, match in named
        if (address := href(match.iri))
    ]


def _name(match: Match) -> Name:
    """Return the name of a match; that of a question is a message."""
    if match.kind == "Question":
        return Name(match.iri, told(match.label))
    return match.name


def _kind(match: Match, names: Names) -> Name:
    word = _WORDS.get(match.kind)
    return Name("", gettext(word)) if word else names(NS + match.kind)


def _json(document: dict[str, Any]) -> Response:
    from flask import json

    return Response(json.dumps(document, ensure_ascii=False) + "\n", mimetype="application/json")
