"""The first page, and the page on a pair of states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, get_template_attribute, redirect, render_template, request

from comity.errors import NotFoundError
from comity.model.licences import BY_SA
from comity.model.period import Period, read_period
from comity.model.terms import ID, NS
from comity.services.catalog import FOREIGN
from comity.services.catalogue import first_questions
from comity.services.directories import directory
from comity.services.export.pair_table import write_pair_table
from comity.services.naming import NEAR_MATCHES, Scope
from comity.services.once import once_for_each_language
from comity.services.pages.dyads import dyads_of, known_dyads
from comity.services.pages.graphs import write_pair
from comity.services.pages.home import read_home
from comity.services.pages.map import read_dyad_map
from comity.services.pages.pair import Asked, read_pair
from comity.services.resolve import resolve
from comity.store.formats import CSV
from comity.web.headers import by_content
from comity.web.nearby import near_pairs
from comity.web.pages.citing import cite, export_context, period_query, send_citation
from comity.web.pages.context import catalogue, graph, is_ours, material
from comity.web.pages.mapping import map_context
from comity.web.pages.representing import Resource, choices, represent, send_linkset, split_suffix
from comity.web.presenting import absolute, path

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue
    from markupsafe import Markup

    from comity.services.pages.home import Home
    from comity.services.pages.views import Fact
    from comity.store.engine import Graph
    from comity.store.formats import Format

MOST_FACTS: Final = 100
"""Facts that a list on the page of a pair has at the most, the latest ones."""

blueprint = Blueprint("relations", __name__)

STATE: Final = Scope(of_class=f"{NS}State")
TABLES: Final = (CSV,)
QUESTIONS: Final = 11
_FOREIGN: Final = {
    "name": FOREIGN.title,
    "description": FOREIGN.description,
}


@blueprint.get("/")
def home() -> Response:
    """Show the relations, the numbers and the ways in."""
    view = read_home(graph())
    queries = catalogue().all()
    page = render_template(
        "home.html",
        home=view,
        questions=first_questions(queries, QUESTIONS),
        question_count=len(queries),
        dataset=_dataset(view),
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/pair/<first>/<second>")
def pair(first: str, second: str) -> ResponseReturnValue:
    """Show all that is recorded of two states, to people or as data."""
    names = directory(graph(), STATE)
    second, suffix = split_suffix(second, lambda name: bool(names.find(name)), TABLES)
    ordered = ordered_codes(first, second)
    address = f"/pair/{'/'.join(ordered)}"
    if [first, second] != ordered:
        tail = (f".{suffix}" if suffix else "") + _query()
        return redirect(path(address + tail), code=308)
    dyad = f"{ID}{'-'.join(ordered)}"
    require_dyad(dyad, ordered)
    return represent(_resource(dyad, address), suffix)


@blueprint.get("/pair/<first>/<second>/linkset.json")
def link_pair(first: str, second: str) -> ResponseReturnValue:
    """Send the links of a pair's page as a set."""
    ordered = ordered_codes(first, second)
    address = f"/pair/{'/'.join(ordered)}"
    if [first, second] != ordered:
        return redirect(path(f"{address}/linkset.json"), code=308)
    dyad = f"{ID}{'-'.join(ordered)}"
    require_dyad(dyad, ordered)
    return send_linkset(_resource(dyad, address))


def _resource(dyad: str, address: str) -> Resource:
    return Resource(
        address=address,
        page=lambda: render_template("pair.html", **_pair_context(dyad, address)),
        data=lambda offer: _pair_data(dyad, offer),
        cite_as=dyad,
        license=BY_SA,
        also=TABLES,
        linkset=True,
    )


@blueprint.get("/pair/<first>/<second>/cite.<suffix>")
def cite_pair(first: str, second: str, suffix: str) -> ResponseReturnValue:
    """Send the citation of a pair's page as a file."""
    ordered = ordered_codes(first, second)
    address = f"/pair/{'/'.join(ordered)}"
    if [first, second] != ordered:
        return redirect(path(f"{address}/cite.{suffix}") + _query(), code=308)
    dyad = f"{ID}{'-'.join(ordered)}"
    require_dyad(dyad, ordered)
    read_period(request.args)
    return send_citation(dyad, address, suffix, period_query())


def ordered_codes(first: str, second: str) -> list[str]:
    """Return the codes of two states in the order of the pair's address."""
    try:
        return sorted(resolve(graph(), name, STATE).code for name in (first, second))
    except NotFoundError as error:
        pairs = near_pairs((first, second))
        raise NotFoundError(str(error), suggestions=(*pairs, *error.suggestions)) from None


def _pair_context(dyad: str, address: str) -> dict[str, Any]:
    period = read_period(request.args)
    view = read_pair(graph(), dyad, period)
    asked = Asked(
        as_of=request.args.get("as_of", ""),
        start=request.args.get("from", ""),
        end=request.args.get("to", ""),
        asked=not period.is_empty,
    )
    return {
        "pair": view,
        "most": MOST_FACTS,
        "table": path(f"{address}.csv"),
        "entries": _entries(graph(), dyad, path("")),
        "period": asked,
        "asked_of": period,
        "anchors": frozenset(fact.anchor for fact in (*view.timeline, *view.undated)),
        "canonical": absolute(address),
        "feed": f"{path(address)}/changes.atom",
        "alternates": choices(address, _query().removeprefix("?"), TABLES),
        **export_context(cite(dyad, view.name.label, address, period_query()), address),
        **map_context(read_dyad_map(graph(), dyad, period)),
    }


@once_for_each_language
def _entries(graph: Graph, dyad: str, _root: str) -> _Entries:
    """Return each fact of a dyad by its IRI as the page of the pair writes it, whatever the time.

    `_root` is the path that the links begin with.
    """
    view = read_pair(graph, dyad, Period())
    write = get_template_attribute("facts.html", "entry")
    return _Entries(write, {fact.iri: fact for fact in (*view.timeline, *view.undated)})


class _Entries(dict[str, "Markup"]):
    """Facts as written, each when it is first wanted."""

    def __init__(self, write: Callable[[Fact], Markup], facts: dict[str, Fact]) -> None:
        """Take what writes a fact, and the facts by their IRIs."""
        super().__init__()
        self._write = write
        self._facts = facts

    def __missing__(self, iri: str) -> Markup:
        written = self[iri] = self._write(self._facts[iri])
        return written


def _pair_data(dyad: str, offer: Format) -> bytes:
    if offer == CSV:
        return write_pair_table(material(), dyad.removeprefix(ID), read_period(request.args))
    return write_pair(material(), dyad.removeprefix(ID), read_period(request.args), offer)


def require_dyad(dyad: str, codes: list[str]) -> None:
    """Raise NotFoundError for a pair of which nothing is recorded."""
    if known_dyads(graph(), [dyad]):
        return
    near = dyads_of(graph(), [f"{ID}{code}" for code in codes], NEAR_MATCHES)
    raise NotFoundError(
        f"Nothing is recorded of the relations of {codes[0]} and {codes[1]} yet; "
        "the first page lists the pairs there are.",
        suggestions=tuple(f"/pair/{iri.removeprefix(ID).replace('-', '/')}" for iri in near),
    )


def _query() -> str:
    text = request.query_string.decode("ascii", "replace")
    return f"?{text}" if text else ""


def _dataset(view: Home) -> dict[str, Any]:
    """Return the schema.org record of the dataset, for the head of the first page."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": absolute("/"),
        **(_ours(view) if is_ours() else _FOREIGN),
        "url": absolute("/"),
        "isAccessibleForFree": True,
        "about": [relation.name.label for relation in view.relations],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media_type,
                "contentUrl": absolute(f"/dumps/comity.{suffix}"),
            }
            for media_type, suffix in (("text/turtle", "ttl"), ("application/ld+json", "jsonld"))
        ],
    }


def _ours(view: Home) -> dict[str, Any]:
    return {
        "name": "Comity: bilateral relations as linked data",
        "description": (
            "Agreements, visits, missions, aid, trade and other ties between pairs of states, "
            f"each traced to the passage that states it: {view.facts} facts, {view.claims} claims."
        ),
        "license": BY_SA,
        "keywords": ["bilateral relations", "diplomacy", "linked data", "provenance"],
        "creator": {"@type": "Organization", "name": "The Comity contributors"},
    }
