"""What OpenAPI says of answers: their types and headers, and each error as a component.

An operation lists its statuses; what stands here is common to all that give the same one. Some
errors can come from any address, since they are found before the address is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.services.citing import CSL
from comity.services.openapi_parameters import GRAPH_TYPES, HTML, JSON, QUADS_TYPES
from comity.services.problems import problem_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

PROBLEM_TYPE: Final = "application/problem+json"
EVERYWHERE: Final = ("400", "408", "413", "414", "431", "500", "501", "502", "503")

_REASONS: Final = {
    "400": "A parameter, query or body that cannot be; the detail says which and why.",
    "401": "A write without a token.",
    "403": "Something that this server never does, or that the token does not allow.",
    "404": "Nothing by this name.",
    "406": "No representation that Accept takes.",
    "408": "A body that did not come in time.",
    "410": "Withdrawn.",
    "412": "Not the graph that the client knew.",
    "413": "A body or an answer larger than the limit, or a query that needs too much memory.",
    "414": "An address longer than is read; the answer has no content.",
    "415": "A body of a type that is not read here.",
    "416": "A part that the file does not have.",
    "422": "A change that would break a shape; the findings say how.",
    "431": "Headers larger than the limit; far beyond it, the answer has no content.",
    "500": "A fault of the server; its log has more.",
    "501": "A transfer coding that this server does not have.",
    "502": "A remote store or another endpoint whose answer is none.",
    "503": "Not now: no place, or the time limit; Retry-After tells when.",
    "504": "Another endpoint, asked for SERVICE, did not answer in time.",
    "507": "No room to keep a change; nothing of it was kept.",
}
_SUCCESS: Final = {
    "200": "The answer.",
    "201": "A graph was made; Location names it if the server chose the name.",
    "204": "There was nothing to add.",
    "206": "The part that Range asks for.",
    "303": "The address of the description.",
    "304": "What the client holds is what there is.",
    "308": "The one address of this, with the codes in their order.",
}
_TEXT: Final[dict[str, Any]] = {"type": "string"}
HEADERS: Final[dict[str, dict[str, Any]]] = {
    name: {"description": description, "required": required, "schema": schema}
    for name, description, required, schema in (
        ("Comity-Commit", "The number of the commit.", True, {"type": "integer", "minimum": 0}),
        ("Comity-State", "The state of the data that a stream is about.", False, _TEXT),
        ("Comity-Truncated", "Sent when more rows follow.", False, {"const": "true"}),
        ("Content-Disposition", "The name of the file.", True, _TEXT),
        ("Content-Range", "Which part of the file it is.", True, _TEXT),
        ("ETag", "What If-None-Match takes, unless the answer may not be kept.", False, _TEXT),
        ("Link", "Other representations, the licence, the next rows (RFC 8288).", True, _TEXT),
        ("Location", "An address.", True, {"type": "string", "format": "uri-reference"}),
        ("Retry-After", "Seconds to wait.", True, {"type": "integer", "minimum": 1}),
        ("WWW-Authenticate", "The kind of token.", True, _TEXT),
        ("X-Request-ID", "The name of the request in the log.", True, _TEXT),
    )
}
_OF_STATUS: Final = {
    "206": ("Content-Range",),
    "303": ("Location",),
    "308": ("Location",),
    "401": ("WWW-Authenticate",),
    "416": ("Content-Range",),
    "503": ("Retry-After",),
}
_REDIRECTS: Final = frozenset({"303", "308"})


def answers(
    statuses: Iterable[str],
    produces: Iterable[str],
    errors: Iterable[str],
    *,
    headers: Iterable[str] = (),
    document: str = "",
) -> dict[str, dict[str, Any]]:
    """Return the responses of an operation.

    `statuses` are those of success, `headers` come with their content, and `document` is the schema
    of what is plain JSON.
    """
    statuses = tuple(statuses)
    kept = ("ETag",) if "304" in statuses else ()
    bodies = {media_type: _body(media_type, document) for media_type in produces}
    found = {}
    for status in statuses:
        own = _OF_STATUS.get(status, ())
        if status in _REDIRECTS:
            found[status] = _answer(_SUCCESS[status], own, {HTML: _TEXT})
        elif status == "204":
            found[status] = _answer(_SUCCESS[status], headers, {})
        elif status == "304":
            found[status] = _answer(_SUCCESS[status], kept, {})
        else:
            found[status] = _answer(_SUCCESS[status], (*kept, *own, *headers), bodies)
    if "201" in found:
        found["201"]["headers"]["Location"] = HEADERS["Location"] | {"required": False}
    for status in sorted({*errors, *EVERYWHERE}):
        found[status] = {"$ref": f"#/components/responses/Problem{status}"}
    return found


def problem_answers() -> dict[str, dict[str, Any]]:
    """Return the component of each error status, with the stable names that it may carry."""
    return {f"Problem{status}": _problem(status) for status in _REASONS}


def _problem(status: str) -> dict[str, Any]:
    if status == "414":  # refused by the layer below, which knows nothing of problems
        return {"description": _REASONS[status]}
    codes = [code for code, of in problem_codes().items() if of == int(status)]
    here = {"status": {"const": int(status)}, "code": {"enum": codes or ["http_error"]}}
    schema = {"allOf": [{"$ref": "#/components/schemas/Problem"}, {"properties": here}]}
    content: dict[str, dict[str, Any]] = {PROBLEM_TYPE: schema, HTML: _TEXT}
    if status == "422":
        content |= {name: _body(name, "") for name in (*GRAPH_TYPES, *QUADS_TYPES)}
    return _answer(_REASONS[status], _OF_STATUS.get(status, ()), content)


def _answer(
    description: str, headers: Iterable[str], content: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": description,
        "headers": {
            name: {"$ref": f"#/components/headers/{name}"} for name in ("X-Request-ID", *headers)
        },
    }
    if content:
        answer["content"] = {name: {"schema": schema} for name, schema in content.items()}
    return answer


def _body(media_type: str, document: str) -> dict[str, Any]:
    """Return the schema of a representation; JSON is described, all else is text or bytes."""
    if media_type == "application/sparql-results+json":
        return {"$ref": "#/components/schemas/SparqlResults"}
    if media_type == JSON:
        return {"$ref": f"#/components/schemas/{document}"} if document else {"type": "object"}
    if media_type == "application/ld+json":
        return {"type": ["object", "array"]}
    if media_type == CSL.media_type:
        return {"type": "array", "items": {"type": "object"}}
    if media_type == "application/zip":
        return {"contentMediaType": media_type}
    return {"type": "string"}
