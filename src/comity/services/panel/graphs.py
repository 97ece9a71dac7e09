"""The named graphs that a panel rests on: the licence of each, and the sources that it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.model.terms import CODE, GRAPH
from comity.services.panel.measures import MEASURES
from comity.services.panel.query import PROLOGUE
from comity.services.selecting import select
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.store.engine import Graph


@dataclass(frozen=True)
class Told:
    """A source: its IRI, its title in English, and its page, empty where it has none."""

    iri: str
    title: str
    page: str


@dataclass(frozen=True)
class Origin:
    """A named graph by the name that the column `graphs` has."""

    name: str
    licence: str
    """The IRI of its licence, empty if none is stated."""
    sources: tuple[Told, ...]


def read_origins(graph: Graph, names: Iterable[str]) -> list[Origin]:
    """Return what is told of some graphs, in the order of their names."""
    return [_origin(graph, name) for name in sorted(names)]


def read_left_out(graph: Graph) -> list[tuple[str, str]]:
    """Return the measures of observations that no column is of: code and English definition."""
    rows = select(
        graph,
        f"{PROLOGUE}SELECT ?code ?said {{ ?code skos:inScheme code:measure ; "
        'skos:definition ?said FILTER(LANG(?said) = "en") } ORDER BY ?code',
    )
    known = {measure.sort for measure in MEASURES}
    found = ((_value(code).removeprefix(CODE), _value(said)) for code, said in rows)
    return [each for each in found if each[0] not in known]


def _origin(graph: Graph, name: str) -> Origin:
    iri = name if "://" in name else f"{GRAPH}{name}"
    licences = select(graph, f"{PROLOGUE}SELECT ?l {{ <{iri}> dcterms:license ?l }} ORDER BY ?l")
    # A file of an import is a source in its own graph; a curated fact has claims with passages.
    own = f"GRAPH <{iri}> {{ ?source a comity:Source }}"
    rows = _sources(graph, own)
    if not rows:
        rows = _sources(
            graph,
            f"{{ SELECT DISTINCT ?source {{ GRAPH <{iri}> {{ ?claim comity:passage ?passage }} "
            "?passage <http://www.w3.org/ns/oa#hasSource> ?source } }",
        )
    return Origin(name, next((_value(each) for (each,) in licences), ""), tuple(rows))


def _sources(graph: Graph, pattern: str) -> list[Told]:
    rows = select(
        graph,
        f"{PROLOGUE}SELECT ?source ?title ?page {{ {pattern} ?source dcterms:title ?title "
        "OPTIONAL { ?source <http://xmlns.com/foaf/0.1/page> ?page } } ORDER BY ?source ?page",
    )
    found: dict[str, Told] = {}
    for source, title, page in rows:
        found.setdefault(_value(source), Told(_value(source), _value(title), _value(page)))
    return list(found.values())


def _value(term: object) -> str:
    if isinstance(term, Iri):
        return term.value
    return term.lexical if isinstance(term, Literal) else ""
