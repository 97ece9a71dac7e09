"""What the SPARQL endpoint is and can, in the W3C's vocabulary for that (SPARQL 1.1 SD).

The data behind it are described by VoID and DCAT elsewhere; `described_at` is where.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.model.terms import PREFIXES, RDFS, XSD
from comity.store import formats
from comity.store.terms import Iri, Literal, Triple, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
ENTAILMENT: Final = "http://www.w3.org/ns/entailment/"

# What the description is written with, beside the project's own prefixes.
SERVICE_PREFIXES: Final = {**PREFIXES, "sd": SD, "format": FORMATS, "ent": ENTAILMENT}

# The registry of unique IRIs for file formats, https://www.w3.org/ns/formats/.
_FORMAT_NAMES: Final = {
    formats.JSON: "SPARQL_Results_JSON",
    formats.XML: "SPARQL_Results_XML",
    formats.CSV: "SPARQL_Results_CSV",
    formats.TSV: "SPARQL_Results_TSV",
    formats.TURTLE: "Turtle",
    formats.JSON_LD: "JSON-LD",
    formats.N_TRIPLES: "N-Triples",
    formats.RDF_XML: "RDF_XML",
    formats.TRIG: "TriG",
    formats.N_QUADS: "N-Quads",
}

_TYPE: Final = Iri(f"{PREFIXES['rdf']}type")
_LABEL: Final = Iri(f"{RDFS}label")
_TRIPLES: Final = Iri(f"{PREFIXES['void']}triples")


def describe_service(
    endpoint: str,
    graphs: Mapping[str, int],
    *,
    size: int,
    described_at: str | None = None,
    union: bool = True,
    update_endpoint: str | None = None,
    federates: bool = False,
) -> list[Triple]:
    """Return the description of the service at an endpoint.

    `graphs` are the named graphs with their number of statements, `size` is that of the default
    graph, which is their union if `union` says so. A writable server takes updates at
    `update_endpoint`; one that `federates` carries out SERVICE.
    """
    service = Iri(f"{endpoint}#service")
    dataset = Iri(f"{endpoint}#dataset")
    return [
        Triple(service, _TYPE, _sd("Service")),
        Triple(service, _LABEL, tagged("SPARQL endpoint of Comity", "en")),
        Triple(service, _sd("endpoint"), Iri(endpoint)),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        *((Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),) if union else ()),
        *((Triple(service, _sd("feature"), _sd("BasicFederatedQuery")),) if federates else ()),
        Triple(service, _sd("defaultEntailmentRegime"), Iri(f"{ENTAILMENT}Simple")),
        *(
            Triple(service, _sd("resultFormat"), Iri(FORMATS + name))
            for name in _FORMAT_NAMES.values()
        ),
        Triple(service, _sd("defaultDataset"), dataset),
        *(() if described_at is None else (_see_also(dataset, described_at),)),
        *(() if update_endpoint is None else _updates(update_endpoint, endpoint, dataset)),
        *_dataset(dataset, endpoint, graphs, size),
    ]


def _updates(update_endpoint: str, endpoint: str, dataset: Iri) -> Iterator[Triple]:
    """Yield the description of what takes the updates; it has another address than the queries."""
    service = Iri(f"{endpoint}#update-service")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _LABEL, tagged("SPARQL update endpoint of Comity", "en"))
    yield Triple(service, _sd("endpoint"), Iri(update_endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    yield Triple(service, _sd("defaultEntailmentRegime"), Iri(f"{ENTAILMENT}Simple"))
    yield Triple(service, _sd("defaultDataset"), dataset)


def _dataset(dataset: Iri, endpoint: str, graphs: Mapping[str, int], size: int) -> Iterator[Triple]:
    default = Iri(f"{endpoint}#default-graph")
    named = [Iri(f"{endpoint}#named-{number}") for number in range(1, len(graphs) + 1)]
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from (Triple(dataset, _sd("namedGraph"), each) for each in named)
    yield Triple(default, _TYPE, _sd("Graph"))
    yield Triple(default, _TRIPLES, _number(size))
    for each, (graph, triples) in zip(named, graphs.items(), strict=True):
        content = Iri(each.value.replace("#named-", "#graph-"))
        yield Triple(each, _TYPE, _sd("NamedGraph"))
        yield Triple(each, _sd("name"), Iri(graph))
        yield Triple(each, _sd("graph"), content)
        yield Triple(content, _TYPE, _sd("Graph"))
        yield Triple(content, _TRIPLES, _number(triples))


def _see_also(dataset: Iri, described_at: str) -> Triple:
    return Triple(dataset, Iri(f"{RDFS}seeAlso"), Iri(described_at))


def _number(value: int) -> Literal:
    return Literal(str(value), f"{XSD}integer")


def _sd(name: str) -> Iri:
    return Iri(SD + name)
