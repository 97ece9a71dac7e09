"""The stable names of all errors and what they mean: one table for all that tell of them."""

from __future__ import annotations

from typing import Final

from comity.errors import ComityError
from comity.model.terms import W3ID

TYPES: Final = f"{W3ID}problem/"

# What is refused before the application sees it, or by HTTP itself.
PROTOCOL: Final = {
    "body_timeout": 408,
    "headers_too_large": 431,
    "http_error": 400,
    "not_implemented": 501,
    "uri_too_long": 414,
}

# For the documentation, OpenAPI, and what is behind the address of a type (RFC 9457 §3.1.1).
MEANINGS: Final = {
    "bad_parameter": "`parameter` cannot take `value`; `suggestions` are near matches.",
    "bad_request": "The request cannot be read, or combines what does not go together.",
    "body_timeout": "The body did not come in time.",
    "busy": "No place to run in; `Retry-After` tells when to ask again.",
    "client_left": "Only in the log: the client left before the answer was ready.",
    "cross_site": "A page of another site sent the change.",
    "data_error": "A file of the graph cannot be read.",
    "doctype_refused": "RDF/XML with a document type declaration.",
    "document_syntax": "A body that is not the RDF that it says it is, with its `line`.",
    "engine_error": "A fault of the store.",
    "gone": "What had this name was withdrawn.",
    "headers_too_large": "The headers are larger than 32 kB, or more than 100.",
    "http_error": "Anything else that HTTP itself refuses.",
    "insufficient_role": "The role of the token does not allow this.",
    "internal_error": "A fault of the server; the log has it under the request's id.",
    "literal_not_kept": "A literal that the engine would turn into another datatype.",
    "load_disabled": "LOAD: this server fetches no document.",
    "memory_limit": "The query needed more memory than one may take.",
    "method_not_allowed": "The address does not take this method; `Allow` lists those it takes.",
    "not_acceptable": "No representation that Accept takes; `available` lists those there are.",
    "not_found": "Nothing has this name; `suggestions` are near matches.",
    "not_implemented": "A method or a transfer coding that this server does not have.",
    "precondition_failed": "What was to be changed is no longer as the client knew it.",
    "query_syntax": "SPARQL that does not parse, with `line` and `column`.",
    "query_timeout": "The query ran into the time limit; `Retry-After` tells when to ask again.",
    "query_too_complex": "A query nested deeper than the engine stands.",
    "range_not_satisfiable": "The file has no such part; `size` is the number of its bytes.",
    "read_only": "A change of a graph that this server only reads.",
    "refused": "Never done here, by a rule that has no name of its own.",
    "remote_context_refused": "JSON-LD whose context stands elsewhere.",
    "result_too_large": "Larger than an answer may be: nothing is sent; `stream=true` has it all.",
    "service_disabled": "SERVICE: this server asks no other endpoint, or not this one.",
    "service_failed": "The endpoint that SERVICE names gave no answer, or none that is one.",
    "service_timeout": "The endpoint that SERVICE names did not answer in time.",
    "service_too_large": "The answer of the endpoint that SERVICE names is larger than is taken.",
    "service_unsupported": "SERVICE where it cannot soundly be carried out, with `line`, `column`.",
    "shapes_fixed": "The graph holds shapes, which change with the deployment only.",
    "shapes_violated": "The change would break a shape; `findings` say which and how.",
    "storage_damaged": "The files of the store do not fit together; nothing is served from them.",
    "storage_full": "No room to keep the change; nothing of it was kept.",
    "store_login": "The remote store does not take this server's credentials.",
    "store_reply": "The remote store answered something that is no answer.",
    "store_unreachable": "The remote store cannot be asked; `Retry-After` tells when to try again.",
    "too_large": "The body or the text is larger than the limit.",
    "unauthorized": "A change without a token; `WWW-Authenticate` says which kind.",
    "unavailable": "Not now; `Retry-After` tells when to ask again.",
    "unknown_function": "The query calls a function that SPARQL does not have.",
    "unknown_token": "The token is not one of this server's.",
    "unsupported_media_type": "A body of a type or an encoding that is not read here.",
    "uri_too_long": "The address is too long; send the query by POST.",
}


def problem_codes() -> dict[str, int]:
    """Return the status of each stable name, sorted by status and name."""
    found = dict(PROTOCOL)
    classes: list[type[ComityError]] = [ComityError]
    while classes:
        known = classes.pop()
        found[known.code] = known.status
        classes += known.__subclasses__()
    return dict(sorted(found.items(), key=lambda entry: (entry[1], entry[0])))
