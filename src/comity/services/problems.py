"""The stable names of all errors, for the documentation and the OpenAPI document."""

from __future__ import annotations

from typing import Final

from comity.errors import ComityError

# What is refused before the application sees it, or by HTTP itself.
PROTOCOL: Final = {
    "body_timeout": 408,
    "headers_too_large": 431,
    "http_error": 400,
    "not_implemented": 501,
    "uri_too_long": 414,
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
