"""Running a canned query: values bound, rows paged, nothing cut in silence.

Every SELECT takes `limit` and `offset`. Whether more rows follow is never guessed: one row beyond
the limit is asked for, and an answer that stops before the end says so and names the next offset.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from comity.errors import ParameterError
from comity.model.query_parts import PAGING_NAMES
from comity.services.binding import Bound, bound
from comity.services.selecting import select
from comity.store.formats import Format, Kind, formats_for, require_format

if TYPE_CHECKING:
    from collections.abc import Mapping

    from comity.model.query import CannedQuery
    from comity.model.query_text import Form
    from comity.store.engine import Graph
    from comity.store.terms import Term

KINDS: Final[dict[Form, Kind]] = {
    "select": "rows",
    "ask": "truth",
    "construct": "graph",
    "describe": "graph",
}
MAX_LIMIT: Final = 1_000_000

_WHOLE: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class Answer:
    """The answer to a canned query with its values; what is read of it is asked when it is read.

    `values` are those given, without paging; `limit` is None when all rows are wanted.
    """

    graph: Graph
    query: CannedQuery
    values: dict[str, str]
    bound: Bound
    limit: int | None
    offset: int

    @property
    def kind(self) -> Kind:
        """Whether rows, a truth value or a graph come out."""
        return KINDS[self.query.form]

    @property
    def text(self) -> str:
        """The SPARQL text that is run, with its values and its page."""
        return self._page(self.limit, self.offset)

    @cached_property
    def rows(self) -> list[tuple[Term | None, ...]]:
        """The rows of this page as terms."""
        return self._fetched[: self.limit]

    @property
    def truncated(self) -> bool:
        """Whether rows follow behind this page."""
        if self.limit is None:
            return False
        if "_fetched" in self.__dict__:
            return len(self._fetched) > self.limit
        return self._follows

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None when this one is the last."""
        return self.offset + (self.limit or 0) if self.truncated else None

    @property
    def truth(self) -> bool:
        """The truth value of an ASK."""
        return bool(self.graph.query(self.text))

    def serialize(self, offer: Format) -> bytes:
        """Return this page in a format; raises NotAcceptableError if that cannot carry it."""
        require_format(offer, formats_for(self.kind), of=f"the answer of {self.query.slug}")
        return self.graph.query(self.text).serialize(offer)

    @cached_property
    def _fetched(self) -> list[tuple[Term | None, ...]]:
        one_more = None if self.limit is None else self.limit + 1
        return select(self.graph, self._page(one_more, self.offset))

    @cached_property
    def _follows(self) -> bool:
        return bool(select(self.graph, self._page(1, self.offset + (self.limit or 0))))

    def _page(self, limit: int | None, offset: int) -> str:
        """Return the bound text with a page behind it; the text itself has none at its end."""
        lines = [self.bound.text.rstrip("\n")]
        if limit is not None:
            lines.append(f"LIMIT {limit}")
        if offset:
            lines.append(f"OFFSET {offset}")
        return "\n".join(lines) + "\n"


def run(
    graph: Graph, query: CannedQuery, values: Mapping[str, str], *, most: int | None = None
) -> Answer:
    """Return the answer of a query to the values given, paging among them.

    `most` is the limit where the values name none. Raises ParameterError for a value that cannot
    be; whatever the engine finds wrong is raised when the answer is read.
    """
    paging = {name: values[name] for name in PAGING_NAMES if values.get(name)}
    given = {name: text for name, text in values.items() if name not in PAGING_NAMES and text}
    if paging and query.form != "select":
        name, value = next(iter(paging.items()))
        raise ParameterError(
            f"Parameter {name}: {query.slug} gives no rows that could be paged; leave it out.",
            parameter=name,
            value=value,
        )
    limit = _whole("limit", paging.get("limit"), 1, MAX_LIMIT)
    return Answer(
        graph=graph,
        query=query,
        values=given,
        bound=bound(query, given, graph),
        limit=(most if query.form == "select" else None) if limit is None else limit,
        offset=_whole("offset", paging.get("offset"), 0, 10**9) or 0,
    )


def _whole(name: str, text: str | None, least: int, most: int) -> int | None:
    if text is None:
        return None
    if _WHOLE.fullmatch(text) and least <= int(text) <= most:
        return int(text)
    raise ParameterError(
        f"Parameter {name}: {text!r} is refused; write a whole number from {least} to {most}.",
        parameter=name,
        value=text,
    )
