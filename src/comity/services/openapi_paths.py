"""What OpenAPI says of the fixed paths: one row a path and method, for all that is no canned query.

The web floor publishes the rows whose path it serves; a test compares the two lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from comity.services.openapi_parameters import (
    CONDITIONS,
    DATASET,
    FORM,
    GRAPH,
    GRAPH_TYPES,
    HTML,
    IF_NONE_MATCH,
    JSON,
    LIMIT,
    NAME,
    PERIOD,
    QUADS_TYPES,
    QUERY,
    QUERY_TYPE,
    RANGE,
    TEXT,
    TIMEOUT,
    TURTLE,
    UPDATE_TYPE,
    UPLOADS,
    USING,
    format_of,
    in_path,
    in_query,
)

ROW_TYPES: Final = (
    *("application/sparql-results+json", "application/sparql-results+xml"),
    *("text/csv", "text/tab-separated-values"),
)
PAGE_TYPES: Final = (*GRAPH_TYPES, HTML)
RESOURCE_TYPES: Final = (*PAGE_TYPES, JSON)
ONCE: Final = ("200",)
KEPT: Final = ("200", "304")
WRITTEN: Final = {"put": ("200", "201"), "post": ("200", "201", "204"), "delete": ONCE}


@dataclass(frozen=True)
class Operation:
    """One method of one path: what it is for, what it takes, what it answers.

    `statuses` are those of success, `errors` those beside the ones that every address may give;
    `headers` come with the content, and `document` is the schema of what is plain JSON.
    """

    path: str
    tag: str
    summary: str
    produces: tuple[str, ...] = (HTML,)
    method: str = "get"
    parameters: tuple[dict[str, Any], ...] = ()
    consumes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ONCE
    errors: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    document: str = ""


def _resource(
    path: str,
    tag: str,
    summary: str,
    *parameters: dict[str, Any],
    statuses: tuple[str, ...] = KEPT,
    errors: tuple[str, ...] = (),
) -> Operation:
    """Return the row of a page that is there as data too."""
    return Operation(
        path,
        tag,
        summary,
        RESOURCE_TYPES,
        parameters=(*parameters, format_of(*PAGE_TYPES), IF_NONE_MATCH),
        statuses=statuses,
        errors=("406", *errors),
        headers=("Link",),
    )


def _redirect(path: str, tag: str, summary: str, *parameters: dict[str, Any]) -> Operation:
    """Return the row of an address that leads to another."""
    errors = ("404",) if parameters else ()
    return Operation(
        path, tag, summary, (), parameters=parameters, statuses=("303",), errors=errors
    )


_LOCAL: Final = in_path("local", "A local name, with an optional suffix.", "AZE-JPN.visit.1998-02")
_GRAPHS: Final = (
    ("/graphs", "IRI", GRAPH),
    ("/graphs/{local}", "address", (in_path("local", "The rest of its address.", "mine"),)),
)
_WRITE_ERRORS: Final = ("401", "403", "415", "422", "507")
_SPARQL_TYPES: Final = (*ROW_TYPES, *GRAPH_TYPES, *QUADS_TYPES, HTML)
_SPARQL_FORMAT: Final = format_of(*_SPARQL_TYPES)
_STORED: Final = (*GRAPH_TYPES, *QUADS_TYPES)

OPERATIONS: Final = (
    Operation("/", "relations", "The relations, and the ways in"),
    _resource(
        "/pair/{first}/{second}",
        "relations",
        "One relation: all that is recorded of two states",
        in_path("first", "A state, by code or name.", "AZE"),
        in_path("second", "The other state, with an optional suffix.", "JPN"),
        *PERIOD,
        statuses=("200", "304", "308"),
        errors=("404",),
    ),
    _redirect("/id/{local}", "things", "A thing: leads to its description", _LOCAL),
    _resource(
        "/doc/{local}", "things", "The description of a thing", _LOCAL, errors=("404", "410")
    ),
    _redirect(
        "/code/{local}",
        "things",
        "A code or a code list: leads to its description",
        in_path("local", "A scheme, or scheme and code.", "domain.energy"),
    ),
    _redirect(
        "/query/{name}",
        "queries",
        "A canned query: leads to its page and its description",
        in_path("name", "A query, with an optional suffix.", "aid"),
    ),
    _redirect(
        "/shape/{name}",
        "reference",
        "A shape or a rule: leads to its entry",
        in_path("name", "Its local name.", "Aid"),
    ),
    Operation(
        "/problem/{code}",
        "service",
        "What an error means: the type of a problem document",
        (JSON, HTML),
        parameters=(
            in_path("code", "The stable name of the error.", "not_found"),
            format_of(JSON, HTML),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("404", "406"),
        document="ProblemType",
    ),
    Operation(
        "/graph/{name}",
        "things",
        "A named graph: leads to the file that it is, or sends that by its suffix .ttl",
        (TURTLE,),
        parameters=(in_path("name", "The path of the file.", "data/actors/states.ttl"),),
        statuses=("200", "303"),
        errors=("404",),
    ),
    Operation(
        "/resolve",
        "things",
        "From a name or a code to the thing that it stands for",
        (JSON, HTML),
        parameters=(NAME, format_of(JSON, HTML)),
        statuses=("200", "303"),
        errors=("404", "406"),
        document="Matches",
    ),
    Operation(
        "/search",
        "things",
        "A page of what a text may mean",
        (HTML,),
        parameters=(TEXT, IF_NONE_MATCH),
        statuses=KEPT,
    ),
    Operation(
        "/search.json",
        "things",
        "The likeliest things that a text, or the beginning of one, may mean",
        (JSON,),
        parameters=(TEXT, LIMIT, IF_NONE_MATCH),
        statuses=KEPT,
        document="Results",
    ),
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query; without one, the description of the service",
        _SPARQL_TYPES,
        parameters=(QUERY, *DATASET, TIMEOUT, _SPARQL_FORMAT, IF_NONE_MATCH),
        statuses=KEPT,
        errors=("403", "406"),
    ),
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query by POST, as a form or directly; by QUERY too",
        _SPARQL_TYPES,
        method="post",
        parameters=(*DATASET, TIMEOUT, _SPARQL_FORMAT),
        consumes=(QUERY_TYPE, FORM),
        errors=("403", "406", "415"),
    ),
    Operation(
        "/update",
        "sparql",
        "SPARQL 1.1 update, where the server takes writes",
        (JSON,),
        method="post",
        parameters=USING,
        consumes=(UPDATE_TYPE, FORM),
        errors=("404", *_WRITE_ERRORS),
        headers=("Comity-Commit",),
        document="Commit",
    ),
    *(
        Operation(
            path,
            "sparql",
            f"Graph Store Protocol: one graph, by its {by}",
            _STORED,
            parameters=(*parameters, format_of(*_STORED), IF_NONE_MATCH),
            statuses=KEPT,
            errors=("404", "406"),
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
            parameters=(*parameters, *CONDITIONS),
            consumes=() if method == "delete" else UPLOADS,
            statuses=WRITTEN[method],
            errors=("404", "412", *_WRITE_ERRORS),
            headers=("Comity-Commit",),
            document="Commit",
        )
        for path, by, parameters in _GRAPHS
        for method, what in (("put", "replace"), ("post", "add to"), ("delete", "remove"))
    ),
    Operation(
        "/queries",
        "queries",
        "The catalogue of canned queries",
        PAGE_TYPES,
        parameters=(
            in_query("q", "Words that a query must hold.", "visits"),
            format_of(*PAGE_TYPES),
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("406",),
    ),
    *(
        Operation(
            path,
            "sparql",
            summary,
            (JSON,),
            parameters=(IF_NONE_MATCH,),
            statuses=KEPT,
            document=document,
        )
        for path, summary, document in (
            ("/completion.json", "Prefixes, terms and codes, for editors", "Completion"),
            ("/examples.json", "The canned queries as texts to start from", "Examples"),
        )
    ),
    Operation(
        "/openapi.json",
        "service",
        "This document",
        (JSON,),
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
    ),
    _resource("/ontology", "reference", "The ontology"),
    _redirect("/ns", "reference", "The ontology's namespace"),
    _redirect(
        "/ns/{version}",
        "reference",
        "A version of the ontology",
        in_path("version", "The number of the version.", "1.0.0"),
    ),
    _resource("/shapes", "reference", "The shapes that the data keeps"),
    Operation(
        "/validate",
        "reference",
        "The form for a document to be judged",
        parameters=(format_of(HTML), IF_NONE_MATCH),
        statuses=KEPT,
        errors=("406",),
    ),
    Operation(
        "/validate",
        "reference",
        "What a document would break if it were added; nothing is kept",
        (JSON, *_STORED, HTML),
        method="post",
        parameters=(format_of(JSON, *_STORED, HTML),),
        consumes=(*UPLOADS, FORM),
        errors=("406", "415"),
        document="Findings",
    ),
    _resource("/vocabulary", "reference", "The code lists"),
    _resource(
        "/vocabulary/{name}",
        "reference",
        "One code list",
        in_path("name", "The scheme, with an optional suffix.", "domain"),
        errors=("404",),
    ),
    Operation("/sources", "sources", "The sources"),
    _resource(
        "/sources/{name}",
        "sources",
        "A source: its passages, and the facts from each",
        in_path("name", "The source, with an optional suffix.", "azjp-en"),
        errors=("404",),
    ),
    Operation("/dumps/", "downloads", "The downloads", parameters=(IF_NONE_MATCH,), statuses=KEPT),
    Operation(
        "/dumps/{file}",
        "downloads",
        "A download",
        (*_STORED, "application/zip"),
        parameters=(in_path("file", "The name of the file.", "comity.ttl"), RANGE, IF_NONE_MATCH),
        statuses=("200", "206", "304"),
        errors=("404", "416"),
        headers=("Content-Disposition", "Link"),
    ),
    Operation(
        "/dumps/context.jsonld",
        "downloads",
        "The JSON-LD context that every dump embeds",
        ("application/ld+json",),
        parameters=(IF_NONE_MATCH,),
        statuses=KEPT,
    ),
    *(
        Operation(
            path,
            "downloads",
            summary,
            produces,
            parameters=(format_of(*produces), IF_NONE_MATCH),
            statuses=KEPT,
            errors=("406",),
        )
        for path, summary, produces in (
            ("/catalog", "The record of the data set, DCAT 3", PAGE_TYPES),
            ("/.well-known/void", "VoID", GRAPH_TYPES),
        )
    ),
    *(
        Operation(path, "service", summary, (media_type,), document=document)
        for path, summary, media_type, document in (
            ("/health/live", "Whether the process answers", JSON, "Health"),
            ("/health/ready", "Whether the graph answers", JSON, "Health"),
            ("/metrics", "Counters for Prometheus", "text/plain", ""),
            ("/sitemap.xml", "The pages, for crawlers", "application/xml", ""),
            ("/robots.txt", "What crawlers may read", "text/plain", ""),
        )
    ),
)
