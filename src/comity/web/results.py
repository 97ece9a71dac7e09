"""The page of the SPARQL endpoint: the form, and answers as a table for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlencode

from flask import render_template

from comity.errors import QuerySyntaxError
from comity.model.terms import PREFIXES
from comity.services.results import cells_of
from comity.store.formats import GRAPH_FORMATS, RESULT_FORMATS, formats_for
from comity.store.rows import read_rows
from comity.web.negotiation import HTML
from comity.web.presenting import path
from comity.web.site import begin_stranger, graph, site

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.errors import ComityError
    from comity.services.results import Cell
    from comity.store.engine import QueryRequest
    from comity.store.formats import Kind
    from comity.store.reading import Survey
    from comity.store.terms import Term

EXAMPLE: Final = f"""\
PREFIX comity: <{PREFIXES["comity"]}>
PREFIX rdfs: <{PREFIXES["rdfs"]}>

SELECT ?visit ?label ?from ?to ?date {{
  ?visit a comity:Visit ;
    rdfs:label ?label ;
    comity:edtf ?date .
  OPTIONAL {{ ?visit comity:from ?from }}
  OPTIONAL {{ ?visit comity:to ?to }}
  FILTER(LANG(?label) = "en")
}}
ORDER BY ?date
"""


class Link(NamedTuple):
    """One way to have the same answer in another format."""

    label: str
    href: str


class Results(NamedTuple):
    """An answer for people; of the three kinds only one is filled.

    `rows` are at most as many as a page shows, `cells` what is shown of them, `total` is how many
    there are; unless it `is_whole`, there are more of them, or more lines of the graph.
    """

    kind: Kind
    links: Sequence[Link]
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Term | None]] = ()
    cells: Sequence[Sequence[Cell]] = ()
    total: int = 0
    truth: bool = False
    graph: str = ""
    is_whole: bool = True


def render_editor() -> str:
    """Return the page with the form and an example in it."""
    return _page(EXAMPLE)


def render_fault(query: QueryRequest, error: ComityError) -> str:
    """Return the page with the query as it came and what is wrong with it."""
    place = None
    if isinstance(error, QuerySyntaxError) and error.line is not None and error.column is not None:
        place = (error.line, error.column)
    return _page(query.text, error=str(error), code=error.code, place=place)


def render_results(
    survey: Survey, query: QueryRequest, most: int, seconds: float | None = None
) -> str:
    """Return the page with the query and its answer, cut after `most` rows by a visible line."""
    return _page(query.text, results=_results(survey, query, most, seconds))


def _page(
    text: str,
    *,
    results: Results | None = None,
    error: str = "",
    code: str = "",
    place: tuple[int, int] | None = None,
) -> str:
    return render_template(
        "sparql.html",
        text=text,
        lines=min(max(text.count("\n") + 2, 12), 40),
        results=results,
        error=error,
        code=code,
        place=place,
        row_formats=RESULT_FORMATS,
        graph_formats=GRAPH_FORMATS,
        prefixes=PREFIXES,
    )


def _places(columns: Sequence[str], named: Sequence[str]) -> list[int]:
    """Return where in a row the columns are that people read, one after the other.

    Those of `SELECT *` come as the query first names them; the front end
    (`frontend/src/editor/columns.ts`) orders them by the same rule.
    """
    first = {name: at for at, name in enumerate(named)}
    return sorted(range(len(columns)), key=lambda at: first.get(columns[at], len(first)))


def _results(survey: Survey, query: QueryRequest, most: int, seconds: float | None) -> Results:
    kind = survey.kind
    links = _links(query, kind)
    content, is_whole = begin_stranger(query, site()["settings"].page_bytes, seconds, survey)
    if kind == "graph":
        return Results(kind, links, graph=content.decode(), is_whole=is_whole)
    if kind == "truth":
        return Results(kind, links, truth=content.strip() == b"true")
    names, found = read_rows(content, most)
    total = content.count(b"\n") - 1
    order = _places(names, survey.named)
    columns = [names[at] for at in order]
    rows = [tuple(row[at] for at in order) for row in found]
    cells = cells_of(graph(), rows)
    return Results(kind, links, columns, rows, cells, total=total, is_whole=is_whole)


def _links(query: QueryRequest, kind: Kind) -> list[Link]:
    fields = [("query", query.text)]
    fields += [("default-graph-uri", iri) for iri in query.default_graphs or ()]
    fields += [("named-graph-uri", iri) for iri in query.named_graphs or ()]
    return [
        Link(offer.title, path(f"/sparql?{urlencode([*fields, ('format', offer.name)])}"))
        for offer in formats_for(kind)
        if offer is not HTML
    ]
