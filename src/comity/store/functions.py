"""Functions that the engine does not have: what calls one is told so, what does not is answered.

The engine gives up a query as soon as it sees the name of such a function. By SPARQL 1.1 §17.6 a
query may name one, and §17.2 asks for an error only where it is called. So each gets a stand-in
that remembers whether it was called; an answer for which that happened is never given.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any, Final

import pyoxigraph

from comity.errors import UnknownFunctionError
from comity.store.quoting import quote

_UNKNOWN: Final = re.compile(r"custom function <(.*)> is not supported")
_MOST: Final = 16  # names in one query; each costs the engine one more reading of it


class Functions:
    """The stand-ins of one query."""

    def __init__(self) -> None:
        """Stand in for nothing yet."""
        self._stand_ins: dict[Any, Any] = {}
        self._called: str | None = None

    def query(self, store: Any, text: str, **options: Any) -> Any:
        """Return what the store answers, with a stand-in for each function that it does not have.

        Raises UnknownFunctionError for more of them than any query needs, and what the engine does.
        """
        while True:
            if self._stand_ins:
                options["custom_functions"] = self._stand_ins
            try:
                return store.query(text, **options)
            except RuntimeError as error:
                found = _UNKNOWN.search(str(error))
                if found is None:
                    raise
                if len(self._stand_ins) == _MOST:
                    raise _unknown(found[1]) from None
                name = pyoxigraph.NamedNode(found[1])
                self._stand_ins[name] = partial(self._note, found[1])

    def require_none_called(self) -> None:
        """Raise UnknownFunctionError if the answer depends on a function that is not there."""
        if self._called is not None:
            raise _unknown(self._called)

    def _note(self, name: str, *_: Any) -> None:
        self._called = name


def _unknown(name: str) -> UnknownFunctionError:
    return UnknownFunctionError(
        f"The function {quote(name)} is not known here; use those of SPARQL 1.1 §17.4."
    )
