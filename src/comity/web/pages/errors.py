"""What the type of a problem document means: `/problem/` and the stable name of the error."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template

from comity.errors import NotFoundError
from comity.services.problems import MEANINGS, TYPES, problem_codes
from comity.web.headers import by_content
from comity.web.negotiation import HTML, choose
from comity.web.pages.representing import PLAIN_JSON
from comity.web.presenting import coded
from comity.web.problems import title_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("errors", __name__)


@blueprint.get("/problem/<code>")
def describe_problem(code: str) -> ResponseReturnValue:
    """Tell what an error means (RFC 9457 §3.1.1)."""
    statuses = problem_codes()
    if code not in statuses:
        raise NotFoundError(
            f"There is no error by the name {code!r}; /openapi.json lists those there are.",
            suggestions=tuple(f"/problem/{each}" for each in get_close_matches(code, statuses)),
        )
    status, meaning = statuses[code], MEANINGS[code]
    told = {"type": TYPES + code, "title": title_of(status), "status": status, "code": code}
    if choose((PLAIN_JSON, HTML), of="what the error means") is not HTML:
        text = json.dumps(told | {"meaning": meaning.replace("`", "")}, indent=2)
        return by_content(Response(f"{text}\n", mimetype="application/json"))
    page = render_template(
        "problem.html",
        iri=told["type"],
        code=code,
        status=status,
        title=told["title"],
        meaning=coded(meaning),
        others=[each for each, of in statuses.items() if of == status and each != code],
    )
    return by_content(Response(page, mimetype="text/html"))
