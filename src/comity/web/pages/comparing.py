"""Two relations side by side: `/compare`, which leads to `/compare/AZE-JPN/KOR-TUR`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, redirect, render_template, request

from comity.model.terms import ID, NS
from comity.services.naming import LONGEST_NAME, Scope
from comity.services.pages.comparing import read_comparison
from comity.services.pages.home import read_home
from comity.services.pages.reading import local_name, read_names
from comity.services.resolve import resolve
from comity.services.speech import gettext
from comity.web.headers import by_content
from comity.web.pages.context import graph
from comity.web.presenting import absolute, path

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

blueprint = Blueprint("comparing", __name__)

DYAD: Final = Scope(of_class=f"{NS}Dyad")
SEE_OTHER: Final = 303
PERMANENT: Final = 308


@blueprint.get("/compare")
def pick() -> ResponseReturnValue:
    """Lead to the page of two relations, or ask which; one may be chosen already."""
    given = [request.args.get(name, "").strip()[:LONGEST_NAME] for name in ("left", "right")]
    codes = [_code(text) if text else "" for text in given]
    if all(codes) and codes[0] != codes[1]:
        return redirect(path(f"/compare/{codes[0]}/{codes[1]}"), code=SEE_OTHER)
    fault = gettext("Both sides are the same relation; choose two.") if all(codes) else ""
    page = render_template(
        "compare.html",
        comparison=None,
        fault=fault,
        canonical=absolute("/compare"),
        **_choices(codes),
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/compare/<left>/<right>")
def compare(left: str, right: str) -> ResponseReturnValue:
    """Show two relations side by side, each named by its two states in either order."""
    codes = [_code(text) for text in (left, right)]
    if codes[0] == codes[1]:
        return redirect(path(f"/compare?left={codes[0]}"), code=SEE_OTHER)
    if [left, right] != codes:
        return redirect(path(f"/compare/{codes[0]}/{codes[1]}"), code=PERMANENT)
    view = read_comparison(graph(), ID + codes[0], ID + codes[1])
    page = render_template(
        "compare.html",
        comparison=view,
        fault="",
        canonical=absolute(f"/compare/{'/'.join(sorted(codes))}"),
        **_choices(codes),
    )
    return by_content(Response(page, mimetype="text/html"))


def _code(text: str) -> str:
    """Return the code of the relation that a text names; raises NotFoundError if it names none."""
    return local_name(resolve(graph(), text, DYAD).iri)


def _choices(codes: list[str]) -> dict[str, Any]:
    """Return the relations to choose from, those with the most facts, and the ones chosen."""
    home = read_home(graph())
    offered = {local_name(each.name.iri): each.name for each in home.relations}
    names = read_names(graph(), [ID + code for code in codes if code and code not in offered])
    offered |= {code: names(ID + code) for code in codes if code and code not in offered}
    return {
        "offered": sorted(offered.items(), key=lambda each: each[1].label),
        "is_all": home.held <= len(home.relations),
        "chosen": codes,
    }
