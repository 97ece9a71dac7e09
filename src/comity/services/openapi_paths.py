"""What OpenAPI says of the fixed paths: one row a path and method, for all that is no canned query.

The web floor publishes the rows whose path it serves; a test compares the two lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

HTML: Final = "text/html"
JSON: Final = "application/json"
TURTLE: Final = "text/turtle"
GRAPH_TYPES: Final = (TURTLE, "application/ld+json", "application/n-triples", "application/rdf+xml")
QUADS_TYPES: Final = ("application/trig", "application/n-quads")
ROW_TYPES: Final = (
    *("application/sparql-results+json", "application/sparql-results+xml"),
    *("text/csv", "text/tab-separated-values"),
)
PAGE_TYPES: Final = (HTML, *GRAPH_TYPES)


@dataclass(frozen=True)
class Operation:
    """One method of one path: what it is for, what it takes, what it answers."""

    path: str
    tag: str
    summary: str
    produces: tuple[str, ...] = PAGE_TYPES
    method: str = "get"
    parameters: tuple[dict[str, Any], ...] = ()
    consumes: tuple[str, ...] = ()
    success: str = "200"
    errors: tuple[str, ...] = ("406",)


def in_path(name: str, description: str, example: str) -> dict[str, Any]:
    """Return a parameter that stands in the path."""
    return _parameter(name, "path", description, example) | {"required": True}


def in_query(name: str, description: str, example: str, **more: Any) -> dict[str, Any]:
    """Return a parameter that stands behind the question mark."""
    return _parameter(name, "query", description, example) | more


def _parameter(name: str, where: str, description: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": where,
        "description": description,
        "schema": {"type": "string"},
        "examples": {"example": {"value": example}},
    }


FORMAT: Final = in_query("format", "A format by name or media type; wins over Accept.", "json")
_PERIOD: Final = (
    in_query("as_of", "Only what is certainly true on this EDTF date.", "2010-01-01"),
    in_query("from", "Only what may overlap the time from this EDTF date on.", "1998"),
    in_query("to", "Only what may overlap the time up to this EDTF date.", "2015-10"),
)
_QUERY: Final = in_query("query", "A SPARQL 1.1 query.", "SELECT * { ?s ?p ?o } LIMIT 1")
_DATASET: Final = tuple(
    in_query(name, description, "https://w3id.org/comity/graph/data/actors/states")
    | {"schema": {"type": "array", "items": {"type": "string", "format": "iri"}}}
    for name, description in (
        ("default-graph-uri", "A named graph that makes up the default graph; repeatable."),
        ("named-graph-uri", "A named graph that GRAPH may name; repeatable."),
    )
)
_GRAPH: Final = (
    in_query("graph", "The IRI of a named graph.", "https://w3id.org/comity/graph/ontology/core"),
    in_query("default", "Without a value: the union of all graphs.", "")
    | {"allowEmptyValue": True},
)
_LOCAL: Final = in_path("local", "A local name, with an optional suffix.", "AZE-JPN.visit.1998-02")
_GRAPHS: Final = (
    ("/graphs", "IRI", _GRAPH),
    ("/graphs/{local}", "address", (in_path("local", "The rest of its address.", "mine"),)),
)
_RDF_UPLOAD: Final = (*GRAPH_TYPES, "multipart/form-data")
_WRITE_ERRORS: Final = ("400", "401", "403", "404", "412", "413", "415", "422", "503", "507")
_SPARQL_TYPES: Final = (*ROW_TYPES, *GRAPH_TYPES, *QUADS_TYPES, HTML)

OPERATIONS: Final = (
    Operation("/", "relations", "The relations, and the ways in", (HTML,), errors=()),
    Operation(
        "/pair/{first}/{second}",
        "relations",
        "One relation: all that is recorded of two states",
        parameters=(
            in_path("first", "A state, by code or name.", "AZE"),
            in_path("second", "The other state, with an optional suffix.", "JPN"),
            *_PERIOD,
            FORMAT,
        ),
        errors=("400", "404", "406"),
    ),
    Operation(
        "/id/{local}",
        "things",
        "A thing: leads to its description",
        (),
        parameters=(_LOCAL,),
        success="303",
        errors=("404",),
    ),
    Operation(
        "/doc/{local}",
        "things",
        "The description of a thing",
        parameters=(_LOCAL, FORMAT),
        errors=("404", "406", "410"),
    ),
    Operation(
        "/code/{local}",
        "things",
        "A code or a code list: leads to its description",
        (),
        parameters=(in_path("local", "A scheme, or scheme and code.", "domain.energy"),),
        success="303",
        errors=("404",),
    ),
    Operation(
        "/graph/{name}",
        "things",
        "A named graph, as the file that it is",
        (TURTLE,),
        parameters=(in_path("name", "The path of the file, no suffix.", "data/actors/states"),),
        errors=("404",),
    ),
    Operation(
        "/resolve",
        "things",
        "From a name or a code to the thing that it stands for",
        (JSON, HTML),
        parameters=(in_query("q", "A label, code, IRI.", "Azerbaijan", required=True), FORMAT),
        errors=("400", "406"),
    ),
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query; without one, the description of the service",
        _SPARQL_TYPES,
        parameters=(_QUERY, *_DATASET, FORMAT),
        errors=("400", "403", "406"),
    ),
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query by POST, as a form or directly",
        _SPARQL_TYPES,
        method="post",
        parameters=_DATASET,
        consumes=("application/sparql-query", "application/x-www-form-urlencoded"),
        errors=("400", "403", "406", "413", "415"),
    ),
    Operation(
        "/update",
        "sparql",
        "SPARQL 1.1 update, where the server takes writes",
        (JSON,),
        method="post",
        consumes=("application/sparql-update", "application/x-www-form-urlencoded"),
        errors=_WRITE_ERRORS,
    ),
    *(
        Operation(
            path,
            "sparql",
            f"Graph Store Protocol: one graph, by its {by}",
            (*GRAPH_TYPES, *QUADS_TYPES),
            parameters=parameters,
            errors=("400", "404", "406"),
        )
        for path, by, parameters in _GRAPHS
    ),
    *(
        Operation(
            path,
            "sparql",
            f"Graph Store Protocol: {what} a graph by its {by}, where the server takes writes",
            (JSON,),
            method=method,
            parameters=parameters,
            consumes=() if method == "delete" else _RDF_UPLOAD,
            errors=_WRITE_ERRORS,
        )
        for path, by, parameters in _GRAPHS
        for method, what in (("put", "replace"), ("post", "add to"), ("delete", "remove"))
    ),
    Operation(
        "/queries",
        "queries",
        "The catalogue of canned queries",
        (*GRAPH_TYPES, HTML),
        parameters=(in_query("q", "Words that a query must hold.", "visits"), FORMAT),
        errors=("400", "406"),
    ),
    Operation("/openapi.json", "service", "This document", (JSON,), errors=()),
    Operation("/ontology", "reference", "The ontology", parameters=(FORMAT,)),
    Operation("/ns", "reference", "The ontology's namespace", (), success="303", errors=()),
    Operation(
        "/ns/{version}",
        "reference",
        "A version of the ontology",
        (),
        parameters=(in_path("version", "The number of the version.", "1.0.0"),),
        success="303",
        errors=("404",),
    ),
    Operation("/shapes", "reference", "The shapes that the data keeps", parameters=(FORMAT,)),
    Operation("/vocabulary", "reference", "The code lists", parameters=(FORMAT,)),
    Operation(
        "/vocabulary/{name}",
        "reference",
        "One code list",
        parameters=(in_path("name", "The scheme, with an optional suffix.", "domain"), FORMAT),
        errors=("404", "406"),
    ),
    Operation("/sources", "sources", "The sources", (HTML,), errors=()),
    Operation(
        "/sources/{name}",
        "sources",
        "A source: its passages, and the facts from each",
        parameters=(in_path("name", "The source, with an optional suffix.", "azjp-en"), FORMAT),
        errors=("404", "406"),
    ),
    Operation("/dumps/", "downloads", "The downloads", (HTML,), errors=()),
    Operation(
        "/dumps/{file}",
        "downloads",
        "A download",
        (*GRAPH_TYPES, *QUADS_TYPES, "application/zip"),
        parameters=(in_path("file", "The name of the file.", "comity.ttl"),),
        errors=("404",),
    ),
    Operation(
        "/dumps/context.jsonld",
        "downloads",
        "The JSON-LD context that every dump embeds",
        ("application/ld+json",),
        errors=(),
    ),
    Operation("/catalog", "downloads", "The record of the data set, DCAT 3", parameters=(FORMAT,)),
    Operation("/.well-known/void", "downloads", "VoID", (TURTLE,), errors=("406",)),
    Operation("/health/live", "service", "Whether the process answers", (JSON,), errors=()),
    Operation("/health/ready", "service", "Whether the graph answers", (JSON,), errors=("503",)),
    Operation("/metrics", "service", "Counters for Prometheus", ("text/plain",), errors=()),
    Operation(
        "/sitemap.xml", "service", "The pages, for crawlers", ("application/xml",), errors=()
    ),
    Operation("/robots.txt", "service", "What crawlers may read", ("text/plain",), errors=()),
)
