"""Our errors as data, so that one raised in a reader process is raised again in the server."""

from __future__ import annotations

from typing import Any, Final

from comity import errors
from comity.errors import ComityError, EngineError

_CLASSES: Final[dict[str, type[ComityError]]] = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, ComityError)
}


def record(error: ComityError) -> dict[str, Any]:
    """Return the class, the message and the details of an error, fit for JSON."""
    return {
        "class": type(error).__name__,
        "message": str(error.args[0]) if error.args else "",
        "details": error.details(),
    }


def revive(fault: dict[str, Any]) -> ComityError:
    """Return the error that `record` described; EngineError for what describes none."""
    found = _CLASSES.get(str(fault.get("class")))
    message = str(fault.get("message", ""))
    details = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in dict(fault.get("details", {})).items()
    }
    try:
        return found(message, **details) if found else EngineError(message)
    except TypeError:
        return EngineError(message)
