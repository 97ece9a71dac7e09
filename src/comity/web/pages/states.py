"""The relations of one state: `/state/AZE`, and the states that have some: `/state`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, redirect, render_template, request

from comity.model.terms import ID, NS
from comity.services.naming import LONGEST_NAME, Scope
from comity.services.pages.partners import OF_STATE, PER_STATE, read_partners, read_states
from comity.services.pages.partners_map import read_partners_map
from comity.services.pages.reading import local_name
from comity.services.resolve import resolve
from comity.services.running import run
from comity.web.headers import by_content
from comity.web.pages.context import can_ask, catalogue, graph
from comity.web.pages.mapping import world_behind
from comity.web.presenting import absolute, path

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("states", __name__)
blueprint.add_app_template_global(can_ask, "can_ask")

STATE: Final = Scope(of_class=f"{NS}State")
SEE_OTHER: Final = 303
PERMANENT: Final = 308


@blueprint.get("/state")
def index() -> ResponseReturnValue:
    """List the states with relations, or lead to the one that is named."""
    named = request.args.get("q", "").strip()[:LONGEST_NAME]
    if named:
        return redirect(path(f"/state/{_code(named)}"), code=SEE_OTHER)
    text = run(graph(), catalogue().get(PER_STATE), {}).bound.text
    page = render_template(
        "states.html", states=read_states(graph(), text), canonical=absolute("/state")
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/state/<name>")
def partners(name: str) -> ResponseReturnValue:
    """Show the partners of a state, on the map and as a table."""
    code = _code(name)
    if code != name:
        return redirect(path(f"/state/{code}"), code=PERMANENT)
    text = run(graph(), catalogue().get(OF_STATE), {"state": code}).bound.text
    drawn = read_partners_map(graph(), ID + code, text)
    page = render_template(
        "state.html",
        view=read_partners(graph(), ID + code, text),
        code=code,
        map=drawn,
        world=world_behind(drawn.centre) if drawn else None,
        canonical=absolute(f"/state/{code}"),
    )
    return by_content(Response(page, mimetype="text/html"))


def _code(text: str) -> str:
    """Return the code of the state that a text names; raises NotFoundError if it names none."""
    return local_name(resolve(graph(), text, STATE).iri)
