"""What an error means, in the language of a page: the sentence that names the value is English.

Errors are raised where nobody knows who reads them, and programs compare their texts. So a page in
another language first says in its own what has befallen, by the stable name of the error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.speech import ENGLISH, gettext, language, noted

if TYPE_CHECKING:
    from flask import Flask

_FAULT: Final = noted("The server failed; nothing was changed.")
_OUTSIDE: Final = noted("The document refers to something outside itself, which is not fetched.")
_ENDPOINT: Final = noted("The endpoint that SERVICE names gave no answer that can be used.")
_STORE: Final = noted("The store behind this server cannot be asked at the moment.")

MEANT: Final = {
    "bad_parameter": noted("A value of the form or of the address cannot be read."),
    "bad_request": noted("The request cannot be read, or combines what does not go together."),
    "busy": noted("All places for queries are taken; try again in a moment."),
    "data_error": _FAULT,
    "doctype_refused": _OUTSIDE,
    "document_syntax": noted("The document is not well formed."),
    "engine_error": _FAULT,
    "gone": noted("What had this name was withdrawn."),
    "http_error": noted("The request cannot be answered."),
    "internal_error": _FAULT,
    "load_disabled": noted("This server fetches no documents from elsewhere."),
    "memory_limit": noted("The query needs more memory than one query may take."),
    "method_not_allowed": noted("This address does not take such a request."),
    "not_acceptable": noted("There is no answer in the format that was asked for."),
    "not_found": noted("There is nothing by this name."),
    "query_syntax": noted("The query is no SPARQL as it stands."),
    "query_timeout": noted("The query takes longer than a query may; narrow it, or try again."),
    "query_too_complex": noted("The query has too many parts, or they are nested too deeply."),
    "read_only": noted("This server only reads its graph; nothing can be changed here."),
    "refused": noted("That is never done here."),
    "remote_context_refused": _OUTSIDE,
    "result_too_large": noted("The answer is larger than what is sent at once."),
    "service_disabled": noted("This server does not ask the endpoint that SERVICE names."),
    "service_failed": _ENDPOINT,
    "service_timeout": _ENDPOINT,
    "service_too_large": _ENDPOINT,
    "service_unsupported": noted("SERVICE cannot be carried out in this place of the query."),
    "storage_damaged": _FAULT,
    "store_login": _STORE,
    "store_reply": _STORE,
    "store_unreachable": _STORE,
    "too_large": noted("What was sent is too large."),
    "unavailable": noted("The server cannot answer at the moment; try again soon."),
    "unknown_function": noted("The query calls a function that is not known here."),
    "unsupported_media_type": noted("What was sent has a type that is not read here."),
    "uri_too_long": noted("The address is too long."),
}
"""By the stable name of the error."""

UNSEEN: Final = frozenset(
    {
        "body_timeout",
        "client_left",
        "cross_site",
        "headers_too_large",
        "insufficient_role",
        "literal_not_kept",
        "not_implemented",
        "precondition_failed",
        "range_not_satisfiable",
        "shapes_fixed",
        "shapes_violated",
        "storage_full",
        "unauthorized",
        "unknown_token",
    }
)
"""What befalls programs alone: changes need a token, which no page sends."""


def register(app: Flask) -> None:
    """Have templates tell what errors mean."""
    app.jinja_env.globals.update(meant=meant, all_meant=all_meant)


def meant(code: str) -> str:
    """Return what an error means in the language of the page; empty in English, which says more."""
    return "" if language() == ENGLISH or code not in MEANT else gettext(MEANT[code])


def all_meant() -> dict[str, str]:
    """Return what all errors mean in the language of the page, by name; none in English."""
    return {} if language() == ENGLISH else {code: gettext(said) for code, said in MEANT.items()}
