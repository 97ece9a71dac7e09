"""What a change is answered with: the commit as JSON, or why it was refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from flask import Response, request

from comity.services.violations import REPORT_PREFIXES, report_triples, whole_report
from comity.store.formats import GRAPH_FORMATS, Format
from comity.store.serializing import serialize_triples
from comity.web.negotiation import best

if TYPE_CHECKING:
    from comity.errors import UnprocessableError
    from comity.services.committing import Commit

_PROBLEM: Final = Format(
    "problem", "application/problem+json", "json", (), also=("application/json",)
)
_JSON: Final = "application/json"


def committed(commit: Commit, status: int = 200, *, location: str | None = None) -> Response:
    """Return the answer to a change that was kept."""
    document: dict[str, Any] = {
        "commit": commit.number,
        "hash": commit.hash,
        "added": commit.added,
        "removed": commit.removed,
        "normalised": list(commit.normalised),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    response = Response(text + "\n", status, content_type=_JSON)
    response.headers["Comity-Commit"] = str(commit.number)
    response.headers["Cache-Control"] = "no-store"
    if location is not None:
        response.headers["Location"] = location
    return response


def nothing_done(commit: Commit) -> Response:
    """Return the answer to a request without content; `commit` is the last one there is."""
    response = Response(status=204)
    response.headers.pop("Content-Type", None)
    response.headers["Comity-Commit"] = str(commit.number)
    response.headers["Cache-Control"] = "no-store"
    return response


def violation_report(error: UnprocessableError) -> Response | None:
    """Return the `sh:ValidationReport` if the client would rather have RDF, else None."""
    offer = best(request.headers.get("Accept"), (_PROBLEM, *GRAPH_FORMATS))
    if offer is None or offer is _PROBLEM:
        return None
    if error.report:
        triples = whole_report(error.report, error.findings)
    else:
        triples = report_triples(error.findings)
    content = serialize_triples(triples, offer, REPORT_PREFIXES)
    response = Response(content, error.status, content_type=offer.content_type)
    response.headers["Cache-Control"] = "no-store"
    return response
