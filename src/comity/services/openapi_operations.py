"""How OpenAPI describes one method of one path, as a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from comity.services.citing import STYLES
from comity.services.openapi_parameters import (
    GRAPH_TYPES,
    HTML,
    IF_NONE_MATCH,
    JSON,
    QUADS_TYPES,
    format_of,
    in_path,
)

PAGE_TYPES: Final = (*GRAPH_TYPES, HTML)
RESOURCE_TYPES: Final = (*PAGE_TYPES, JSON)
STORED: Final = (*GRAPH_TYPES, *QUADS_TYPES)
ONCE: Final = ("200",)
KEPT: Final = ("200", "304")


@dataclass(frozen=True)
class Operation:
    """One method of one path: what it is for, what it takes, what it answers.

    `statuses` are those of success, `errors` those beside the ones that every address may give;
    `headers` come with the content, and `document` is the schema of what is plain JSON. `body` is
    what is taken, where the media types alone do not tell.
    """

    path: str
    tag: str
    summary: str
    produces: tuple[str, ...] = (HTML,)
    method: str = "get"
    parameters: tuple[dict[str, Any], ...] = ()
    consumes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ONCE
    errors: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    document: str = ""
    body: dict[str, Any] | None = None


def resource(
    path: str,
    tag: str,
    summary: str,
    *parameters: dict[str, Any],
    statuses: tuple[str, ...] = KEPT,
    errors: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Operation:
    """Return the row of a page that is there as data too, in the usual types and in others."""
    return Operation(
        path,
        tag,
        summary,
        (*RESOURCE_TYPES, *also),
        parameters=(*parameters, format_of(*PAGE_TYPES, *also), IF_NONE_MATCH),
        statuses=statuses,
        errors=("406", *errors),
        headers=("Link",),
    )


def citation(
    path: str,
    summary: str,
    *parameters: dict[str, Any],
    statuses: tuple[str, ...] = KEPT,
    errors: tuple[str, ...] = ("404",),
) -> Operation:
    """Return the row of the citation of a page, as a file."""
    style = in_path("suffix", "The style: bib, ris, or json for CSL-JSON.", "bib")
    return Operation(
        f"{path}/cite.{{suffix}}",
        "relations" if path.startswith("/pair") else "things",
        summary,
        tuple(each.media_type for each in STYLES),
        parameters=(*parameters, style, IF_NONE_MATCH),
        statuses=statuses,
        errors=errors,
        headers=("Content-Disposition",),
    )


def redirect(path: str, tag: str, summary: str, *parameters: dict[str, Any]) -> Operation:
    """Return the row of an address that leads to another."""
    errors = ("404",) if parameters else ()
    return Operation(
        path, tag, summary, (), parameters=parameters, statuses=("303",), errors=errors
    )
