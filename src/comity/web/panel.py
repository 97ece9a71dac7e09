"""The dyad-year panel: `/panel.csv`, `/panel.parquet`, and its codebook for people and programs.

The metadata of `/panel.csv` stands where the vocabulary for tabular data looks for it by default
(W3C, Metadata Vocabulary for Tabular Data and CSV on the Web §5.3): the address of the table with
`-metadata.json` behind it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request

from comity.errors import UnavailableError
from comity.services.panel.cells import NOTES
from comity.services.panel.codebook import write_codebook
from comity.services.panel.columns import columns_of
from comity.services.panel.csvw import describe
from comity.services.panel.graphs import read_left_out
from comity.services.panel.keeping import CSV, PARQUET, Panels
from comity.services.panel.measures import MEASURES, RULES
from comity.services.panel.query import counted_query
from comity.services.panel.selection import read_selection
from comity.store import formats
from comity.store.formats import Format
from comity.web.exchange import STREAM, Stream
from comity.web.explaining import editor
from comity.web.headers import by_content, entity_tag, not_modified, tagged
from comity.web.negotiation import FORMAT_PARAMETERS, HTML, choose
from comity.web.presenting import absolute, path
from comity.web.requests import read_address
from comity.web.site import gone, graph, holding, site

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from comity.services.panel.keeping import Made
    from comity.services.panel.selection import Selection

blueprint = Blueprint("panel", __name__)

PARQUET_FORMAT: Final = Format(
    "parquet", "application/vnd.apache.parquet", "parquet", (), title="Parquet"
)
CSVW: Final = "application/csvm+json"
MARKDOWN: Final = "text/markdown"

_PATIENCE_SECONDS: Final = 20.0  # that a table is waited for
_GLANCE_SECONDS: Final = 2.0  # that a codebook waits for what it covers


@blueprint.get("/panel")
def find() -> ResponseReturnValue:
    """Lead to the table or to the codebook, as the client asks for data or for a page."""
    offer = choose((formats.CSV, PARQUET_FORMAT, HTML), of="the panel")
    tail = _tail(_selection())
    if offer is HTML:
        return redirect(path(f"/panel/codebook{tail}"), code=303)
    return redirect(path(f"/panel.{offer.suffix}{tail}"), code=303)


@blueprint.get("/panel.csv")
def send_csv() -> Response:
    """Send the panel as CSV."""
    return _send(CSV, formats.CSV)


@blueprint.get("/panel.parquet")
def send_parquet() -> Response:
    """Send the panel as Parquet."""
    return _send(PARQUET, PARQUET_FORMAT)


@blueprint.get("/panel.csv-metadata.json")
def metadata() -> Response:
    """Describe the columns of the table (CSVW)."""
    selection = _selection()
    made = _made(selection)
    found = describe(
        selection,
        f"panel.csv{_tail(selection)}",
        build=graph().fingerprint,
        coverage=made.coverage if made else None,
        origins=made.origins if made else (),
    )
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return _told(Response(text, content_type=CSVW), made)


@blueprint.get("/panel/codebook.md")
def markdown() -> Response:
    """Tell what each column is, in Markdown."""
    selection = _selection()
    made = _made(selection)
    text = write_codebook(
        selection,
        made.coverage if made else None,
        made.origins if made else (),
        build=graph().fingerprint,
        left_out=read_left_out(graph()),
    )
    return _told(Response(text, content_type=f"{MARKDOWN}; charset=utf-8"), made)


@blueprint.get("/panel/codebook")
def codebook() -> Response:
    """Tell what each column is, and what it covers."""
    selection = _selection()
    made = _made(selection)
    tail = _tail(selection)
    page = render_template(
        "panel.html",
        selection=selection,
        columns=columns_of(selection),
        measures=selection.measures,
        every=MEASURES,
        rules=RULES,
        notes=NOTES,
        coverage=made.coverage if made else None,
        reasons={each.name: editor(counted_query(each)) for each in selection.measures},
        origins=made.origins if made else (),
        files=[
            ("CSV", path(f"/panel.csv{tail}"), formats.CSV.media_type),
            ("Parquet", path(f"/panel.parquet{tail}"), PARQUET_FORMAT.media_type),
            ("Markdown", path(f"/panel/codebook.md{tail}"), MARKDOWN),
            ("CSVW", path(f"/panel.csv-metadata.json{tail}"), CSVW),
        ],
    )
    return _told(Response(page, mimetype="text/html"), made)


def _selection() -> Selection:
    """Return what the address asks for."""
    given = read_address().values
    return read_selection({name: given[name] for name in given if name not in FORMAT_PARAMETERS})


def _tail(selection: Selection) -> str:
    """Return the end of an address that asks for the same part of the panel."""
    parameters = selection.parameters()
    return f"?{urlencode(parameters)}" if parameters else ""


def _panels() -> Panels:
    settings = site()["settings"]
    served = graph()
    return holding().once("panels", lambda: Panels(served, settings.panel_seconds))


def _made(selection: Selection) -> Made | None:
    """Return the panel that a codebook tells of, None while it is not made."""
    try:
        return _panels().get(selection, CSV, patience=_GLANCE_SECONDS, gone=gone())
    except UnavailableError:
        return None


def _told(response: Response, made: Made | None) -> Response:
    """Return a codebook, which nobody keeps before it tells what is covered."""
    if made is not None:
        return by_content(response)
    response.headers["Cache-Control"] = "no-store"
    return response


def _send(form: str, offer: Format) -> Response:
    selection = _selection()
    tag = entity_tag(graph().fingerprint, selection.parameters(), form)
    held = not_modified(tag)
    if held is not None:
        return held
    made = _panels().get(selection, form, patience=_PATIENCE_SECONDS, gone=gone())
    response = Response(content_type=offer.content_type)
    if STREAM in request.environ:
        request.environ[STREAM] = Stream(made.size, made.parts)
    elif request.method != "HEAD":
        response.response = made.parts()
    response.headers["Content-Length"] = str(made.size)
    response.headers["Content-Disposition"] = f'attachment; filename="panel.{offer.suffix}"'
    tail = _tail(selection)
    described = ", ".join(
        f'<{absolute(f"{place}{tail}")}>; rel="describedby"; type="{media_type}"'
        for place, media_type in (
            ("/panel.csv-metadata.json", CSVW),
            ("/panel/codebook.md", MARKDOWN),
            ("/panel/codebook", HTML.media_type),
        )
    )
    other = PARQUET_FORMAT if form == CSV else formats.CSV
    response.headers["Link"] = (
        f'{described}, <{absolute(f"/panel.{other.suffix}{tail}")}>; rel="alternate"; '
        f'type="{other.media_type}"'
    )
    response = tagged(response, tag)
    # Not as it stands elsewhere, so that the server keeps no file longer than the panels do.
    response.headers["Cache-Control"] = "public, no-cache"
    return response
