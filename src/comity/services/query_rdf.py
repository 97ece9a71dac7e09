"""Canned queries as RDF, so that the catalogue can itself be queried.

Each query is a `sh:SPARQLExecutable` in the manner of the SIB example queries: its text under
`sh:select` (or ask, construct, `spex:describe`), its question as `rdfs:comment`, `schema:keywords`,
`schema:target`, and `sh:prefixes` pointing to the project's one list of `sh:declare`. A parameter
is a `sh:Parameter` whose path ends in the name of its variable; the codes of a scheme are told by a
property shape on `skos:inScheme`. Every node has an IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES, RDF, RDFS, SKOS, W3ID, XSD
from comity.store.files import QUERIES_GRAPH
from comity.store.terms import Iri, Literal, Quad, Term, tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comity.model.query import CannedQuery, Parameter
    from comity.model.query_text import Form
    from comity.services.catalogue import Catalogue

TARGET: Final = f"{W3ID}sparql"

_SH: Final = PREFIXES["sh"]
_SCHEMA: Final = PREFIXES["schema"]
_DCTERMS: Final = PREFIXES["dcterms"]
_SPEX: Final = PREFIXES["spex"]
_FORMS: Final[dict[Form, tuple[str, str]]] = {
    "select": (f"{_SH}SPARQLSelectExecutable", f"{_SH}select"),
    "ask": (f"{_SH}SPARQLAskExecutable", f"{_SH}ask"),
    "construct": (f"{_SH}SPARQLConstructExecutable", f"{_SH}construct"),
    "describe": (f"{_SPEX}SPARQLDescribeExecutable", f"{_SPEX}describe"),
}
_DATATYPES: Final = {
    "date": f"{XSD}date",
    "integer": f"{XSD}integer",
    "string": f"{XSD}string",
    "language": f"{XSD}string",
}
_PERIOD: Final = {
    "as_of": ("as of", "Only facts that are certainly true on every day of this date."),
    "from": ("from", "Only facts that may overlap the time from the first day of this date."),
    "to": ("to", "Only facts that may overlap the time to the last day of this date."),
}


def catalogue_triples(catalogue: Catalogue) -> list[Quad]:
    """Return the whole catalogue as statements of the graph `graph:queries`."""
    return [quad for query in catalogue.all() for quad in query_triples(query)]


def query_triples(query: CannedQuery) -> list[Quad]:
    """Return one query as statements of the graph `graph:queries`."""
    return list(dict.fromkeys(_query(query)))


def _query(query: CannedQuery) -> Iterator[Quad]:
    executable, text = _FORMS[query.form]
    yield from _about(
        query.iri,
        (
            (f"{RDF}type", Iri(f"{_SH}SPARQLExecutable")),
            (f"{RDF}type", Iri(executable)),
            (f"{RDFS}label", tagged(query.summary, "en")),
            (f"{RDFS}comment", tagged(query.summary, "en")),
            (f"{_DCTERMS}identifier", Literal(query.slug)),
            (f"{_DCTERMS}description", tagged(query.description, "en")),
            (f"{_SH}prefixes", Iri(NS.removesuffix("#"))),
            (text, Literal(query.text)),
            (f"{_SCHEMA}target", Iri(TARGET)),
            *((f"{_SCHEMA}keywords", Literal(tag)) for tag in query.tags),
        ),
    )
    if query.license:
        yield from _about(query.iri, ((f"{_DCTERMS}license", Literal(query.license)),))
    for order, parameter in enumerate(query.parameters):
        yield from _parameter(query, parameter, order)
    for order, name in enumerate(query.period_names, len(query.parameters)):
        label, description = _PERIOD[name]
        yield from _node(query, name, name, order, label=label, description=description)
        yield from _about(
            f"{query.iri}#{name}", ((f"{_SH}datatype", Iri(f"{PREFIXES['edtf']}EDTF")),)
        )


def _parameter(query: CannedQuery, parameter: Parameter, order: int) -> Iterator[Quad]:
    iri = f"{query.iri}#{parameter.name}"
    yield from _node(
        query,
        parameter.name,
        parameter.variable,
        order,
        label=parameter.label,
        description=parameter.description,
        optional=not parameter.required,
    )
    if parameter.of_class:
        yield from _about(iri, ((f"{_SH}class", Iri(parameter.of_class)),))
    elif parameter.scheme:
        within = f"{iri}-scheme"
        yield from _about(
            iri,
            ((f"{_SH}class", Iri(f"{SKOS}Concept")), (f"{_SH}property", Iri(within))),
        )
        yield from _about(
            within,
            (
                (f"{RDF}type", Iri(f"{_SH}PropertyShape")),
                (f"{_SH}path", Iri(f"{SKOS}inScheme")),
                (f"{_SH}hasValue", Iri(parameter.scheme)),
            ),
        )
    else:
        yield from _about(iri, ((f"{_SH}datatype", Iri(_DATATYPES[parameter.type])),))
    if parameter.default:
        yield from _about(iri, ((f"{_SCHEMA}defaultValue", Literal(parameter.default)),))
    if parameter.sample:
        yield from _about(iri, ((f"{SKOS}example", Literal(parameter.sample)),))


def _node(
    query: CannedQuery,
    name: str,
    variable: str,
    order: int,
    *,
    label: str,
    description: str,
    optional: bool = True,
) -> Iterator[Quad]:
    """Yield what every parameter has; `variable` ends the path, as SHACL §5.2.1 wants it."""
    iri = f"{query.iri}#{name}"
    path = f"{query.iri}#path/{variable}"
    yield from _about(query.iri, ((f"{_SH}parameter", Iri(iri)),))
    yield from _about(
        iri,
        (
            (f"{RDF}type", Iri(f"{_SH}Parameter")),
            (f"{_SH}path", Iri(path)),
            (f"{_SH}name", tagged(label, "en")),
            (f"{_SH}description", tagged(description, "en")),
            (f"{_SH}optional", Literal(str(optional).lower(), f"{XSD}boolean")),
            (f"{_SH}order", Literal(str(order), f"{XSD}integer")),
            (f"{_DCTERMS}identifier", Literal(name)),
        ),
    )


def _about(subject: str, pairs: Iterable[tuple[str, Term]]) -> Iterator[Quad]:
    for predicate, value in pairs:
        yield Quad(Iri(subject), Iri(predicate), value, QUERIES_GRAPH)
