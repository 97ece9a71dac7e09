"""What OpenAPI says of changes: the page, the feeds, the patches."""

from __future__ import annotations

from typing import Final

from comity.services.openapi_operations import KEPT, Operation
from comity.services.openapi_parameters import IF_NONE_MATCH, in_path

_ATOM: Final = ("application/atom+xml",)

CHANGES: Final = (
    Operation(
        "/changes",
        "changes",
        "A page of what changed between the states of the data that are kept",
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
    ),
    Operation(
        "/changes.atom",
        "changes",
        "A feed of what changed, pair by pair",
        _ATOM,
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
        errors=("404",),
    ),
    Operation(
        "/pair/{first}/{second}/changes.atom",
        "changes",
        "A feed of the facts of one relation that came, went or changed",
        _ATOM,
        parameters=(
            in_path("first", "A state, by code or name.", "AZE"),
            in_path("second", "The other state.", "JPN"),
            IF_NONE_MATCH,
        ),
        statuses=(*KEPT, "308"),
        errors=("404",),
    ),
    Operation(
        "/queries/{slug}.atom",
        "changes",
        "A feed of the rows of a canned query that came and went; it takes the query's parameters",
        _ATOM,
        parameters=(
            in_path("slug", "The name of a query that gives rows.", "visits"),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("404",),
    ),
    Operation(
        "/changes/{old}..{new}.rdfp",
        "changes",
        "What leads from one state that is kept to another, as RDF Patch",
        ("application/rdf-patch",),
        parameters=(
            in_path("old", "A build by its id, or a commit by its number.", "0"),
            in_path("new", "The other one.", "1"),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("404",),
        headers=("Content-Disposition",),
    ),
)
