"""What OpenAPI says of the protocols: SPARQL query and update, the Graph Store Protocol."""

from __future__ import annotations

from typing import Final

from comity.services.openapi_operations import KEPT, ONCE, STORED, Operation
from comity.services.openapi_parameters import (
    CONDITIONS,
    DATASET,
    FORM,
    GRAPH,
    GRAPH_TYPES,
    HTML,
    IF_NONE_MATCH,
    JSON,
    QUADS_TYPES,
    QUERY,
    QUERY_TYPE,
    STREAM,
    TIMEOUT,
    UPDATE_TYPE,
    UPLOADS,
    USING,
    format_of,
    in_path,
)

_ROW_TYPES: Final = (
    *("application/sparql-results+json", "application/sparql-results+xml"),
    *("text/csv", "text/tab-separated-values"),
)
_WRITTEN: Final = {"put": ("200", "201"), "post": ("200", "201", "204"), "delete": ONCE}
_GRAPHS: Final = (
    ("/graphs", "IRI", GRAPH),
    ("/graphs/{local}", "address", (in_path("local", "The rest of its address.", "mine"),)),
)
_WRITE_ERRORS: Final = ("401", "403", "415", "422", "507")
_SPARQL_TYPES: Final = (*_ROW_TYPES, *GRAPH_TYPES, *QUADS_TYPES, HTML)
_SPARQL_FORMAT: Final = format_of(*_SPARQL_TYPES)

PROTOCOL_OPERATIONS: Final = (
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query; without one, the description of the service",
        _SPARQL_TYPES,
        parameters=(QUERY, *DATASET, TIMEOUT, STREAM, _SPARQL_FORMAT, IF_NONE_MATCH),
        statuses=KEPT,
        headers=("Comity-State",),
        errors=("403", "406", "504"),
    ),
    Operation(
        "/sparql",
        "sparql",
        "SPARQL 1.1 query by POST, as a form or directly; by QUERY too",
        _SPARQL_TYPES,
        method="post",
        parameters=(*DATASET, TIMEOUT, STREAM, _SPARQL_FORMAT),
        consumes=(QUERY_TYPE, FORM),
        headers=("Comity-State",),
        errors=("403", "406", "415", "504"),
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
            STORED,
            parameters=(*parameters, STREAM, format_of(*STORED), IF_NONE_MATCH),
            statuses=KEPT,
            headers=("Comity-State",),
            errors=("403", "404", "406"),
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
            statuses=_WRITTEN[method],
            errors=("404", "412", *_WRITE_ERRORS),
            headers=("Comity-Commit",),
            document="Commit",
        )
        for path, by, parameters in _GRAPHS
        for method, what in (("put", "replace"), ("post", "add to"), ("delete", "remove"))
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
)
