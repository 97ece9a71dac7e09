"""Citations of pages: in words on the page, and as files that reference managers take."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from flask import Response, request

from comity.errors import NotFoundError
from comity.model.licences import NAMES
from comity.model.terms import ID
from comity.services.citing import STYLES, Citation, say_citation, write_citation
from comity.services.licensing import LICENCES_GRAPH
from comity.services.pages.reading import read_names, rows
from comity.services.speech import ENGLISH, speaking
from comity.store.terms import Iri
from comity.web.dumps import record
from comity.web.headers import by_content
from comity.web.pages.context import graph, is_ours
from comity.web.pages.representing import Choice
from comity.web.presenting import absolute, path

PERIOD: Final = ("as_of", "from", "to")
_BY_SUFFIX: Final = {style.suffix: style for style in STYLES}


def period_query() -> str:
    """Return what a request asks of time, as the query of an address; empty if nothing."""
    given = [(name, request.args.get(name, "").strip()) for name in PERIOD]
    return urlencode([(name, value) for name, value in given if value])


def cite(iri: str, title: str, address: str, query: str = "") -> Citation:
    """Return the citation of a page at the present state of the data."""
    said = record()
    return Citation(
        key=f"comity-{iri.removeprefix(ID)}",
        title=title,
        collection=said.title,
        author=said.author,
        version=said.version,
        changed=said.modified,
        iri=iri,
        address=absolute(address) + (f"?{query}" if query else ""),
        fingerprint=graph().fingerprint,
        licence=_licence(iri) if is_ours() else "",
        filter=query,
    )


def _licence(iri: str) -> str:
    """Return the licences of the graphs in which a thing is told of, and the facts of a pair."""
    query = (
        f"SELECT DISTINCT ?licence {{ {{ GRAPH ?g {{ <{iri}> ?p ?o }} }} "
        f"UNION {{ GRAPH ?g {{ ?fact comity:dyad <{iri}> }} }} "
        f"GRAPH <{LICENCES_GRAPH}> {{ ?g dcterms:license ?licence }} }} ORDER BY ?licence"
    )
    found = [each.value for (each,) in rows(graph(), query) if isinstance(each, Iri)]
    return "; ".join(f"{NAMES[each]}, {each}" if each in NAMES else each for each in found)


def export_context(citation: Citation, address: str) -> dict[str, Any]:
    """Return what the menu of exports shows of a citation."""
    tail = f"?{citation.filter}" if citation.filter else ""
    return {
        "citation": say_citation(citation),
        "citations": [
            Choice(style.title, f"{path(address)}/cite.{style.suffix}{tail}", style.media_type)
            for style in STYLES
        ],
    }


def send_citation(iri: str, address: str, suffix: str, query: str = "") -> Response:
    """Return the citation of a page as a file, which is the same whoever reads it.

    Raises NotFoundError for a suffix that stands for no style.
    """
    style = _BY_SUFFIX.get(suffix)
    if style is None:
        raise NotFoundError(
            f"There is no citation by the suffix {suffix!r}; it can be {', '.join(_BY_SUFFIX)}."
        )
    with speaking(ENGLISH):
        title = read_names(graph(), [iri])(iri).label
    citation = cite(iri, title, address, query)
    response = Response(write_citation(citation, style), content_type=style.content_type)
    name = citation.key.encode("ascii", "ignore").decode()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return by_content(response)
