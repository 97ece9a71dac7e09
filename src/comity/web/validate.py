"""`/validate`: a document judged as if it were added here; nothing is kept, no token is asked for.

JSON for programs, a `sh:ValidationReport` (SHACL §3.6) as RDF, and a page with a form for people.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request

from comity.errors import ComityError, MediaTypeError, ParameterError, UsageError
from comity.services.speech import gettext, noted
from comity.services.violations import REPORT_PREFIXES, whole_report
from comity.store.formats import GRAPH_FORMATS, TURTLE, spellings
from comity.store.quoting import quote
from comity.store.serializing import serialize_triples
from comity.store.uploads import UPLOAD_FORMATS
from comity.web.documents import read_document
from comity.web.headers import by_content
from comity.web.negotiation import HTML, choose
from comity.web.pages.representing import PLAIN_JSON
from comity.web.presenting import absolute
from comity.web.problems import with_remedy
from comity.web.requests import FORM, Parameters, read_address, read_form, require_plain
from comity.web.site import site

if TYPE_CHECKING:
    from comity.services.validating import Judgement
    from comity.store.formats import Format
    from comity.store.terms import Triple

blueprint = Blueprint("validate", __name__)

NO_RULES: Final = noted("No shapes are loaded here, so nothing was judged.")
_OFFERS: Final = (PLAIN_JSON, *GRAPH_FORMATS, HTML)


@blueprint.get("/validate")
def show_form() -> Response:
    """Show the form."""
    choose((HTML,), of="the form", parameters=read_address().values)
    return by_content(Response(_page(Parameters({})), mimetype=HTML.media_type))


@blueprint.post("/validate")
def validate() -> Response:
    """Tell what the document of the request would break."""
    offer = choose(_OFFERS, of="the findings", parameters=read_address().values)
    form = Parameters({})
    try:
        require_plain()
        if request.mimetype == FORM:
            form = read_form()
        judgement = site()["validator"].validate(_document(form))
        response = _answer(judgement, offer, form)
    except ComityError as error:
        if offer is not HTML:
            raise
        page = Response(_page(form, error=error), error.status, mimetype=HTML.media_type)
        response = with_remedy(page, error)
    response.headers["Cache-Control"] = "no-store"
    return response


def _document(form: Parameters) -> list[Triple]:
    base = absolute("/validate")
    if request.mimetype != FORM:
        try:
            return read_document(base)
        except MediaTypeError as error:
            error.accepted = (*error.accepted, FORM) if error.accepted else ()
            raise
    text = form.one("document")
    if text is None:
        raise UsageError("The form has no document; send it as document=, and its format=.")
    return site()["intake"].read(text.encode(), _format(form), base)


def _format(form: Parameters) -> Format:
    name = form.one("format") or TURTLE.name
    for offer in UPLOAD_FORMATS:
        if name.lower() in spellings(offer):
            return offer
    names = tuple(offer.name for offer in UPLOAD_FORMATS)
    raise ParameterError(
        f"format={quote(name)} is no format of a document; it can be {', '.join(names)}.",
        parameter="format",
        value=name[:80],
        suggestions=names,
    )


def _answer(judgement: Judgement, offer: Format, form: Parameters) -> Response:
    if offer is HTML:
        return Response(_page(form, judgement), mimetype=HTML.media_type)
    if offer is not PLAIN_JSON:
        triples = whole_report(judgement.report, judgement.findings)
        content = serialize_triples(triples, offer, REPORT_PREFIXES)
        return Response(content, content_type=offer.content_type)
    document: dict[str, Any] = {
        "conforms": judgement.conforms,
        "accepted": judgement.accepted,
        "statements": judgement.statements,
        "findings": list(judgement.findings),
    }
    if not judgement.has_rules:
        document["note"] = NO_RULES
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return Response(text + "\n", content_type=offer.content_type)


def _page(
    form: Parameters, judgement: Judgement | None = None, *, error: ComityError | None = None
) -> str:
    given = "".join(form.all("format")[:1]).lower()
    return render_template(
        "validate.html",
        text="".join(form.all("document")[:1]),
        formats=UPLOAD_FORMATS,
        chosen=next((each for each in UPLOAD_FORMATS if given in spellings(each)), TURTLE),
        judgement=judgement,
        note="" if judgement is None or judgement.has_rules else gettext(NO_RULES),
        most=site()["settings"].max_form_rows,
        error=error,
    )
