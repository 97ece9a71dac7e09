"""Finding a thing by what people write: `/resolve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, jsonify, redirect, render_template, request

from comity.errors import NotFoundError, ParameterError
from comity.services.directories import directory
from comity.services.naming import ANYTHING, LONGEST_NAME, compact
from comity.services.pages.reading import read_names
from comity.services.pages.views import Name
from comity.services.resolve import resolve
from comity.services.speech import ENGLISH, language
from comity.web.negotiation import HTML, choose
from comity.web.pages.context import graph
from comity.web.pages.representing import PLAIN_JSON
from comity.web.presenting import href

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from comity.services.naming import Thing

blueprint = Blueprint("finding", __name__)
SEE_OTHER: Final = 303


@blueprint.get("/resolve")
def find() -> ResponseReturnValue:
    """Lead people to the one thing that a text names, or show the matches; tell programs the IRIs.

    Raises ParameterError for a text that is absent or too long, and to programs NotFoundError, with
    near matches, for one that names nothing.
    """
    text = request.args.get("q", "").strip()
    if not text or len(text) > LONGEST_NAME:
        raise ParameterError(
            f"Parameter q has to be a name or a code of 1 to {LONGEST_NAME} characters.",
            parameter="q",
            value=text[:80],
        )
    exact = _exact(text)
    if choose((PLAIN_JSON, HTML), of="the matches") is not HTML:
        if not exact:
            resolve(graph(), text)  # raises, with near matches
        return jsonify(query=text, matches=[_row(thing) for thing in exact])
    address = href(exact[0].iri) if len(exact) == 1 else None
    if address:
        return redirect(address, code=SEE_OTHER)
    near = () if exact else directory(graph(), ANYTHING).near(text)
    page = render_template("found.html", text=text, exact=_names(exact), near=_names(near))
    return page, 200 if exact else 404


def _exact(text: str) -> tuple[Thing, ...]:
    """Return the things that a text names, several where it names several."""
    try:
        return (resolve(graph(), text),)
    except NotFoundError:
        return directory(graph(), ANYTHING).find(text)


def _names(things: tuple[Thing, ...]) -> tuple[Name, ...]:
    """Return the names of things in the reader's language; the directory has them in English."""
    if language() == ENGLISH:
        return tuple(Name(thing.iri, thing.label) for thing in things)
    names = read_names(graph(), [thing.iri for thing in things])
    return tuple(names(thing.iri) for thing in things)


def _row(thing: Thing) -> dict[str, str]:
    return {
        "iri": thing.iri,
        "curie": compact(thing.iri),
        "label": thing.label,
        "code": thing.code,
    }
