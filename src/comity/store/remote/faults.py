"""What went wrong at a remote store, told as an error of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.errors import (
    ComityError,
    DeadlineError,
    EngineError,
    OverloadError,
    QuerySyntaxError,
    StoreLoginError,
    StoreReplyError,
    StoreUnreachableError,
    TooLargeError,
)

if TYPE_CHECKING:
    from comity.store.remote.client import Reply

_LONGEST: Final = 300
_SHORTLY: Final = 5  # seconds, where the store names none
_PLACE: Final = re.compile(r"\bline (\d+),? col(?:umn)? ?(\d+)|\bat (\d+):(\d+)")
_LATE: Final = re.compile(
    r"tim(?:ed?|e)[ -]?out|operation has been cancelled|execution time .{0,40} exceeds",
    re.IGNORECASE,
)
_SERVER_ERROR: Final = 500


def fault_of(reply: Reply, before: int = 0) -> ComityError:
    """Return the error that a status other than 200 stands for (RFC 9110 §15).

    `before` is how many characters were put before the text of the query.
    """
    status, said = reply.status, _said(reply)
    if is_late(reply):
        return _late()
    match status:
        case 400:
            return _syntax(said, before)
        case 401 | 403 | 407:
            fault: ComityError = StoreLoginError(
                f"The remote store does not let this server in ({status}); whoever runs it has to "
                "look at its credentials."
            )
        case 413 | 414:
            fault = TooLargeError("The query is longer than the remote store takes; shorten it.")
        case 429:
            fault = OverloadError(
                "The remote store is busy; try again in a few seconds.",
                retry_after=reply.retry_after or _SHORTLY,
            )
        case 502 | 503 | 504:
            fault = StoreUnreachableError(
                "The remote store is not there for now; try again in a moment.",
                retry_after=reply.retry_after or _SHORTLY,
            )
        case _ if status >= _SERVER_ERROR:
            fault = EngineError(f"The remote store could not answer: {said or status}.")
        case _:
            redirect = ", a redirect, which is not followed" if status // 100 == 3 else ""  # noqa: PLR2004
            fault = StoreReplyError(
                f"The remote store answers with status {status}{redirect}; whoever runs this "
                "server has to look at its address."
            )
    return fault


def is_late(reply: Reply) -> bool:
    """Tell whether a status other than 200 means that the time was over."""
    if reply.status >= _SERVER_ERROR:
        return _LATE.search(_said(reply)) is not None
    return reply.status == 408  # noqa: PLR2004


def tells_of_time(body: bytes) -> bool:
    """Tell whether a body that breaks off says that the time was over."""
    return _LATE.search(body[-_LONGEST:].decode("utf-8", "replace")) is not None


def malformed(reply: Reply, error: Exception) -> ComityError:
    """Return the error for a body that does not parse: the end of the time, or no answer at all."""
    if tells_of_time(reply.body):
        return _late()
    return StoreReplyError(
        f"The answer of the remote store does not parse ({_line(str(error))}); nothing of it is "
        "passed on."
    )


def _late() -> DeadlineError:
    return DeadlineError(
        "The query ran into the time limit of the remote store; narrow it, for instance by a "
        "relation, a class or a date.",
        retry_after=10,
    )


def _syntax(said: str, before: int) -> QuerySyntaxError:
    """Return the engine's sentence; what stands before the text shifts its first line."""
    line = column = None
    if found := _PLACE.search(said):
        line, column = (int(found[1] or found[3]), int(found[2] or found[4]))
        column = max(1, column - before) if line == 1 else column
    place = f" in line {line}, column {column}" if line else ""
    said = _PLACE.sub("", said).strip(" ,.:") if found else said.rstrip(".")
    return QuerySyntaxError(
        f"The remote store does not take the query{place}: {said or 'it does not say why'}.",
        line=line,
        column=column,
    )


def _said(reply: Reply) -> str:
    """Return the first paragraph of a text for people; of pages nothing is repeated."""
    if reply.media_type in {"text/html", "application/xhtml+xml"}:
        return ""
    text = reply.body[: 4 * _LONGEST].decode("utf-8", "replace")
    return _line(re.split(r"\n\s*\n", text.strip())[0])


def _line(text: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in text)
    return " ".join(printable.split())[:_LONGEST].rstrip(".")
