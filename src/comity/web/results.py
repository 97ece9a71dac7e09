"""The page of the SPARQL endpoint: the form, and answers as a table for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlencode

from flask import render_template

from comity.model.terms import PREFIXES
from comity.store import formats
from comity.store.formats import GRAPH_FORMATS, RESULT_FORMATS, formats_for
from comity.store.terms import STRING, BlankNode, Iri, Literal, tagged
from comity.web.negotiation import HTML
from comity.web.presenting import path
from comity.web.site import answer_stranger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.errors import ComityError
    from comity.store.engine import QueryRequest
    from comity.store.formats import Kind
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

    `rows` are at most as many as a page shows, `total` is how many there are.
    """

    kind: Kind
    links: Sequence[Link]
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Term | None]] = ()
    total: int = 0
    truth: bool = False
    graph: str = ""


def render_editor() -> str:
    """Return the page with the form and an example in it."""
    return _page(EXAMPLE)


def render_fault(query: QueryRequest, error: ComityError) -> str:
    """Return the page with the query as it came and what is wrong with it."""
    return _page(query.text, error=str(error))


def render_results(kind: Kind, query: QueryRequest, most: int, seconds: float | None = None) -> str:
    """Return the page with the query and its answer, cut after `most` rows by a visible line."""
    return _page(query.text, results=_results(kind, query, most, seconds))


def _page(text: str, *, results: Results | None = None, error: str = "") -> str:
    return render_template(
        "sparql.html",
        text=text,
        lines=min(max(text.count("\n") + 2, 12), 40),
        results=results,
        error=error,
        row_formats=RESULT_FORMATS,
        graph_formats=GRAPH_FORMATS,
        prefixes=PREFIXES,
    )


def _results(kind: Kind, query: QueryRequest, most: int, seconds: float | None) -> Results:
    links = _links(query, kind)
    if kind == "graph":
        return Results(kind, links, graph=answer_stranger(query, formats.TURTLE, seconds).decode())
    document: dict[str, Any] = json.loads(answer_stranger(query, formats.JSON, seconds))
    if kind == "truth":
        return Results(kind, links, truth=document["boolean"])
    columns: list[str] = document["head"]["vars"]
    bindings = document["results"]["bindings"]
    rows = [[_term(binding.get(column)) for column in columns] for binding in bindings[:most]]
    return Results(kind, links, columns, rows, total=len(bindings))


def _links(query: QueryRequest, kind: Kind) -> list[Link]:
    fields = [("query", query.text)]
    fields += [("default-graph-uri", iri) for iri in query.default_graphs or ()]
    fields += [("named-graph-uri", iri) for iri in query.named_graphs or ()]
    return [
        Link(offer.title, path(f"/sparql?{urlencode([*fields, ('format', offer.name)])}"))
        for offer in formats_for(kind)
        if offer is not HTML
    ]


def _term(binding: dict[str, Any] | None) -> Term | None:
    """Return the term of a binding of SPARQL 1.1 Results JSON §3.2."""
    if binding is None:
        return None
    value = binding["value"]
    if binding["type"] == "uri":
        return Iri(value)
    if binding["type"] == "bnode":
        return BlankNode(value)
    if binding["type"] == "triple":
        return Literal(" ".join(part.n3() for part in _parts(value)))
    if language := binding.get("xml:lang"):
        return tagged(value, language)
    return Literal(value, binding.get("datatype", STRING))


def _parts(triple: dict[str, Any]) -> Iterable[Term]:
    for place in ("subject", "predicate", "object"):
        term = _term(triple[place])
        if term is not None:
            yield term
