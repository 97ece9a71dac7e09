"""What a query gives: rows, a truth value or a graph, each written by the engine's serializer."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias, TypeVar

from comity.errors import EngineError, UsageError
from comity.store import formats
from comity.store.capping import beginning, within
from comity.store.pouring import Outlet
from comity.store.serializing import (
    begin_statements,
    pour_statements,
    result_format,
    serialize_statements,
)
from comity.store.terms import statement_of
from comity.store.xml import legal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from comity.store.formats import Format, Kind
    from comity.store.functions import Functions
    from comity.store.terms import Triple

T = TypeVar("T")


class _Answer:
    """An answer of the engine; it can be read once."""

    kind: ClassVar[Kind]

    def __init__(self, result: Any, functions: Functions) -> None:
        self._result = result
        self._functions = functions

    def pour(self, offer: Format, hand_on: Callable[[bytes], None]) -> None:
        """Give the answer to `hand_on` part by part; what comes last is not empty either.

        Raises NotAcceptableError for a format that cannot be written so, or a character that it
        cannot write, also when some parts are gone already; and what `_read` raises.
        """
        outlet = Outlet(offer, hand_on, self._functions.require_none_called)
        self._read(lambda: self._write(offer, outlet))
        outlet.finish()

    def _write(self, offer: Format, outlet: Outlet) -> None:
        self._result.serialize(output=outlet, format=result_format(offer))

    def _read(self, work: Callable[[], T]) -> T:
        with engine_faults():
            found = work()
        self._functions.require_none_called()
        return found


class Solutions(_Answer):
    """The rows of a SELECT."""

    kind = "rows"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the columns, without the question mark."""
        return tuple(variable.value for variable in self._result.variables)

    def serialize(self, offer: Format, limit: int | None = None) -> bytes:
        """Return all rows in one of the formats for rows.

        Raises ResultTooLargeError beyond `limit`, NotAcceptableError for a character that the
        format cannot write.
        """
        write = partial(self._result.serialize, format=result_format(offer))
        return self._read(lambda: legal(within(limit, write), offer))

    def beginning(self, limit: int) -> tuple[bytes, bool]:
        """Return the first rows as TSV, as many as have room, and whether these are all."""
        write = partial(self._result.serialize, format=result_format(formats.TSV))
        return self._read(lambda: beginning(limit, write))

    def rows(self) -> list[tuple[str | None, ...]]:
        """Return all rows as N-Triples terms, None where a variable is unbound.

        For small internal use; answers go out through `serialize`.
        """
        return self._read(
            lambda: [
                tuple(None if term is None else str(term) for term in row) for row in self._result
            ]
        )


class Boolean(_Answer):
    """The answer to an ASK."""

    kind = "truth"

    def __bool__(self) -> bool:
        """Return the answer."""
        return self._read(lambda: bool(self._result))

    def beginning(self, limit: int) -> tuple[bytes, bool]:
        """Return the answer as TSV, which is short."""
        return self.serialize(formats.TSV, limit), True

    def serialize(self, offer: Format, limit: int | None = None) -> bytes:
        """Return the answer in one of the formats for rows; ResultTooLargeError beyond `limit`."""
        write = partial(self._result.serialize, format=result_format(offer))
        return self._read(lambda: within(limit, write))


class Triples(_Answer):
    """The graph of a CONSTRUCT or DESCRIBE."""

    kind = "graph"

    def serialize(self, offer: Format, limit: int | None = None) -> bytes:
        """Return the graph in one of the formats for graphs; ResultTooLargeError beyond `limit`."""
        return self._read(lambda: serialize_statements(self._result, offer, limit=limit))

    def _write(self, offer: Format, outlet: Outlet) -> None:
        pour_statements(self._result, offer, outlet)

    def beginning(self, limit: int) -> tuple[bytes, bool]:
        """Return the first lines as Turtle, as many as have room, and whether these are all."""
        return self._read(lambda: begin_statements(self._result, limit))

    def triples(self) -> list[Triple]:
        """Return the statements as our own terms, for small internal use."""
        return self._read(lambda: [statement_of(statement) for statement in self._result])


Answer: TypeAlias = Solutions | Boolean | Triples


@contextmanager
def engine_faults() -> Iterator[None]:
    """Turn what the engine raises while it works into our errors; syntax errors pass."""
    try:
        yield
    except UnicodeError:
        raise UsageError(
            "The query holds half of a surrogate pair; send it as well-formed UTF-8."
        ) from None
    except (RuntimeError, OSError, ValueError, MemoryError) as error:
        raise EngineError(f"The store could not answer: {error}.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineError("The store failed on this query; ask it in another way.") from error
