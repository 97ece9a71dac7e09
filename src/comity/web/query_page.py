"""The page of one canned query: its form, a page of its answer, and how to ask it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from comity.errors import ParameterError
from comity.services.asked import asked_values
from comity.services.behind import grounds_of
from comity.services.forms import fields, period_fields
from comity.services.results import table_of
from comity.services.running import KINDS, run
from comity.services.snippets import address, command, snippets
from comity.services.speech import told
from comity.store.formats import JSON, JSON_LD, N_TRIPLES, TURTLE, formats_for
from comity.web.explaining import editor
from comity.web.presenting import absolute, path

if TYPE_CHECKING:
    from collections.abc import Callable

    from comity.model.query import CannedQuery
    from comity.services.running import Answer
    from comity.store.engine import Graph

SHOWN_LINES: Final = 200  # lines of a graph on a page; the rest is behind the links


@dataclass
class PageView:
    """What the page shows; `shown` is the answer in the shape that its kind has."""

    graph: Graph
    query: CannedQuery
    values: dict[str, str] = field(default_factory=dict)
    answer: Answer | None = None
    error: ParameterError | None = None
    shown: dict[str, Any] = field(default_factory=dict)

    def context(self) -> dict[str, Any]:
        """Return the variables of the template."""
        asked = _samples(self.query) if self.error else self.values or _samples(self.query)
        nothing = {
            "table": None,
            "grounds": (),
            "truth": None,
            "graph_text": None,
            "graph_cut": False,
        }
        return (
            nothing
            | {
                "query": self.query,
                "summary": told(self.query.summary),
                "description": told(self.query.description),
                "tags": [(tag, told(tag.replace("-", " "))) for tag in self.query.tags],
                "columns": [(each.name, told(each.meaning)) for each in self.query.columns],
                "fields": fields(self.query, self.values, self.graph),
                "period": period_fields(self.query, self.values),
                "error": self.error,
                "answer": self.answer,
                "asked_values": self.answer and asked_values(self.query, self.values, self.graph),
                "formats": _formats(self.query, self.values),
                "descriptions": _descriptions(self.query),
                "snippets": snippets(absolute(""), self.query, asked),
                "command": command(self.query, asked),
                "feed": address(path(""), self.query, page_at(self.values, 0, None), ".atom"),
                "turns": _turns(self.answer),
                "sparql": _editor(self.answer),
                "data": _data(self.answer),
            }
            | self.shown
        )


def read_page(
    graph: Graph, query: CannedQuery, read_values: Callable[[], dict[str, str]], most: int
) -> PageView:
    """Return the view of a query's page, with at most `most` rows unless `limit` says otherwise.

    A value that is refused becomes the page's error, beside the form that it was typed into.
    """
    view = PageView(graph, query)
    try:
        view.values = read_values()
        if _is_answerable(query, view.values):
            view.answer = run(graph, query, view.values, most=most)
            view.shown = _shown(view.answer)
    except ParameterError as refused:
        view.error, view.answer = refused, None
    return view


def page_at(values: dict[str, str], offset: int, limit: int | None) -> dict[str, str]:
    """Return the parameters of the page of rows that begins at `offset`."""
    return {
        **values,
        "limit": str(limit) if limit else "",
        "offset": str(offset) if offset else "",
    }


def _is_answerable(query: CannedQuery, values: dict[str, str]) -> bool:
    """Tell whether to ask: not on the first view of a form whose needed values are not chosen."""
    return bool(values) or not any(parameter.required for parameter in query.parameters)


def _samples(query: CannedQuery) -> dict[str, str]:
    return {each.name: each.sample for each in query.parameters if each.required}


def _shown(answer: Answer) -> dict[str, Any]:
    if answer.kind == "rows":
        return {"table": table_of(answer), "grounds": grounds_of(answer)}
    if answer.kind == "truth":
        return {"truth": answer.truth}
    lines = answer.serialize(TURTLE).decode().splitlines()
    return {
        "graph_text": "\n".join(lines[:SHOWN_LINES]),
        "graph_cut": len(lines) > SHOWN_LINES,
    }


def _formats(query: CannedQuery, values: dict[str, str]) -> list[tuple[str, str]]:
    """Return title and address of the answer in each format: all rows, whatever page is shown."""
    return [
        (offer.title, address(path(""), query, page_at(values, 0, None), f".{offer.suffix}"))
        for offer in formats_for(KINDS[query.form])
    ]


def _descriptions(query: CannedQuery) -> list[tuple[str, str]]:
    if KINDS[query.form] == "graph":
        return []
    return [
        (offer.title, address(path(""), query, {}, f".{offer.suffix}"))
        for offer in (TURTLE, JSON_LD)
    ]


def _turns(answer: Answer | None) -> dict[str, str | None]:
    """Return the addresses of the rows before and behind, None where there are none."""
    if answer is None or answer.limit is None:
        return {}

    def at(offset: int) -> str:
        return address(path(""), answer.query, page_at(answer.values, offset, answer.limit))

    before = at(max(0, answer.offset - answer.limit)) if answer.offset else None
    behind = None if answer.next_offset is None else at(answer.next_offset)
    return {"previous": before, "next": behind} if before or behind else {}


def _data(answer: Answer | None) -> str | None:
    """Return the address of the same page of the answer as JSON, or of the graph as N-Triples."""
    if answer is None or answer.kind == "truth":
        return None
    if answer.kind == "graph":
        return address(path(""), answer.query, answer.values, f".{N_TRIPLES.suffix}")
    page = page_at(answer.values, answer.offset, answer.limit)
    return address(path(""), answer.query, page, f".{JSON.suffix}")


def _editor(answer: Answer | None) -> str | None:
    """Return the address of the SPARQL editor with the text that was asked."""
    if answer is None:
        return None
    return editor(answer.text)
