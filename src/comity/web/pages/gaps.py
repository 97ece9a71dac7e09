"""What is not returned, uneven or missing between states: `/gaps`, of all or of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request

from comity.model.terms import NS
from comity.services.naming import LONGEST_NAME, Scope
from comity.services.pages.gaps import GAPS, Texts, read_gaps
from comity.services.pages.reading import local_name
from comity.services.resolve import resolve
from comity.services.running import run
from comity.web.headers import by_content
from comity.web.pages.context import catalogue, graph
from comity.web.presenting import absolute

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("gaps", __name__)

STATE: Final = Scope(of_class=f"{NS}State")


@blueprint.get("/gaps")
def gaps() -> ResponseReturnValue:
    """Show the three tables; raises NotFoundError for a name that is no state's."""
    named = request.args.get("state", "").strip()[:LONGEST_NAME]
    state = resolve(graph(), named, STATE).iri if named else ""
    texts = Texts(*(run(graph(), catalogue().get(slug), {}).bound.text for slug in GAPS))
    page = render_template(
        "gaps.html",
        gaps=read_gaps(graph(), texts, state),
        code=local_name(state) if state else "",
        slugs=GAPS,
        canonical=absolute("/gaps" + (f"?state={local_name(state)}" if state else "")),
    )
    return by_content(Response(page, mimetype="text/html"))
