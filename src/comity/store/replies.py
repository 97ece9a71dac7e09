"""What comes back from a reader: an answer, a change, one of our errors, or a death."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from comity.errors import (
    ComityError,
    DataError,
    MemoryLimitError,
    QueryTooComplexError,
    UsageError,
)
from comity.store import formats
from comity.store.commits.delta import Delta
from comity.store.faults import revive
from comity.store.parsing import parse_document

if TYPE_CHECKING:
    from comity.store.terms import Quad

STACK_DEATHS: Final = frozenset({-signal.SIGSEGV, -signal.SIGBUS})


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What an update changes, in the engine's forms, and the literals it writes in another way."""

    delta: Delta
    normalised: dict[str, str]


def evaluated(message: tuple[dict[str, Any], bytes]) -> Evaluated:
    """Return the change that a reader tells of; raises what it met."""
    quads = _quads(content(message))
    number = message[0]["added"]
    return Evaluated(Delta(tuple(quads[:number]), tuple(quads[number:])), message[0]["normalised"])


def cause_of_death(status: int) -> ComityError:
    """Return the error for a reader that ended by itself with a status."""
    if status in STACK_DEATHS:
        return QueryTooComplexError(
            "The query is nested too deeply for the engine; write it with fewer brackets."
        )
    return _out_of_memory()


def content(message: tuple[dict[str, Any], bytes]) -> bytes:
    """Return the answer that a reader gives; raises what it met."""
    head, body = message
    if "error" in head:
        raise revive(head["error"])
    if "memory" in head:
        raise _out_of_memory()
    return body


def _quads(body: bytes) -> list[Quad]:
    try:
        return parse_document(body, formats.N_QUADS)
    except DataError as error:
        raise UsageError(f"The update makes what is not kept here: {error.args[0]}") from None


def _out_of_memory() -> MemoryLimitError:
    return MemoryLimitError("The query needs more memory than one query may take; narrow it.")
