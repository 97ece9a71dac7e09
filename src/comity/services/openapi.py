"""OpenAPI 3.1 of the server: every canned query with its typed parameters, and the fixed paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from comity import __version__
from comity.model.edtf import LONGEST
from comity.services.binding import LONGEST_STRING
from comity.services.forms import MAX_OPTIONS, PERIOD_EXAMPLES, PERIOD_HINTS, choices
from comity.services.openapi_answers import HEADERS, answers, problem_answers
from comity.services.openapi_operations import KEPT, Operation
from comity.services.openapi_parameters import (
    GRAPH_TYPES,
    HTML,
    IF_NONE_MATCH,
    STREAM,
    body,
    format_of,
)
from comity.services.openapi_paths import OPERATIONS
from comity.services.openapi_schemas import SCHEMAS
from comity.services.running import KINDS, MAX_LIMIT
from comity.store.formats import formats_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.model.query import CannedQuery, Parameter
    from comity.services.catalogue import Catalogue
    from comity.store.engine import Graph

LARGEST: Final = 10**18 - 1  # an integer has 18 digits at most
TAGS: Final = {
    "queries": "Canned queries: one question each, with typed parameters.",
    "relations": "Pairs of states.",
    "changes": "What changed between states of the data: feeds and patches.",
    "things": "Anything with an IRI.",
    "reconciliation": "Names and codes matched with things, in numbers.",
    "sparql": "SPARQL 1.1.",
    "sources": "Where the facts come from.",
    "reference": "Ontology, code lists, shapes.",
    "downloads": "The whole graph, and its description.",
    "service": "The server itself.",
}


def openapi(
    catalogue: Catalogue, graph: Graph, *, base: str, served: Collection[tuple[str, str]]
) -> dict[str, Any]:
    """Return the document; `served` are the paths and methods there are, such as `/id/{local}`."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        if (operation.path, operation.method) in served:
            paths.setdefault(operation.path, {})[operation.method] = _fixed(operation)
    for query in catalogue.all():
        paths[f"/queries/{query.slug}"] = {"get": _canned(query, graph)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Comity",
            "version": __version__,
            "summary": "Bilateral relations between states as linked data.",
            "description": "Every canned query is a path. A suffix such as `.csv` behind its name "
            "gives the same answer in that format. What takes GET takes HEAD too. Errors are "
            "RFC 9457 problem documents, or pages where Accept prefers those.",
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        },
        "servers": [{"url": base or "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": SCHEMAS,
            "headers": HEADERS,
            "responses": problem_answers(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _fixed(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": answers(
            operation.statuses,
            operation.produces,
            operation.errors,
            headers=operation.headers,
            document=operation.document,
        ),
    }
    if operation.parameters:
        found["parameters"] = list(operation.parameters)
    if operation.consumes:
        found["requestBody"] = operation.body or body(operation.consumes)
    if "401" in operation.errors:
        found["security"] = [{"token": []}]
    return found


def _operation_id(operation: Operation) -> str:
    words = re.split(r"[/{}.]+", operation.path)
    return "-".join((operation.method, *(word for word in words if word)))


def _canned(query: CannedQuery, graph: Graph) -> dict[str, Any]:
    parameters = [_parameter(parameter, graph) for parameter in query.parameters]
    parameters += [_period(name) for name in query.period_names]
    kind = KINDS[query.form]
    described = () if kind == "graph" else GRAPH_TYPES  # the query itself, as RDF
    produces = (*(each.media_type for each in formats_for(kind)), HTML, *described)
    if query.form == "select":
        parameters += _paging()
    parameters += (STREAM, format_of(*produces), IF_NONE_MATCH)
    return {
        "operationId": query.slug,
        "summary": query.summary,
        "description": query.description,
        "tags": ["queries"],
        "parameters": parameters,
        "responses": answers(
            KEPT, produces, ("406",), headers=("Link", "Comity-State", "Comity-Truncated")
        ),
        "x-sparql": query.text,
        "x-keywords": list(query.tags),
        "x-columns": {column.name: column.meaning for column in query.columns},
    }


def _parameter(parameter: Parameter, graph: Graph) -> dict[str, Any]:
    schema = _schema(parameter, graph)
    if parameter.default is not None:
        schema["default"] = _typed(parameter, parameter.default)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.label}. {parameter.description}",
        "schema": schema,
        "examples": {"example": {"value": _typed(parameter, parameter.sample)}},
    }


def _schema(parameter: Parameter, graph: Graph) -> dict[str, Any]:
    """Return what a value may be; a short list of codes is given, beside labels and IRIs."""
    if parameter.type == "date":
        return {"type": "string", "format": "date"}
    if parameter.type == "integer":
        return {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST}
    if parameter.type == "string":
        return {"type": "string", "maxLength": LONGEST_STRING}
    offered = [choice.value for choice in choices(parameter, graph)]
    if parameter.type == "language":
        return {"type": "string", "enum": offered}
    if not 0 < len(offered) <= MAX_OPTIONS:
        return {"type": "string"}
    return {"anyOf": [{"enum": offered}, {"type": "string"}]}


def _typed(parameter: Parameter, text: str) -> str | int:
    return int(text) if parameter.type == "integer" else text


def _period(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": f"{PERIOD_HINTS[name][1]} An EDTF date, vague ones too.",
        "schema": {"type": "string", "maxLength": LONGEST},
        "examples": {"example": {"value": PERIOD_EXAMPLES[name]}},
    }


def _paging() -> list[dict[str, Any]]:
    return [
        {
            "name": "limit",
            "in": "query",
            "description": "Rows at most; `Link: rel=next` tells where the rest begins.",
            "schema": {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        },
        {
            "name": "offset",
            "in": "query",
            "description": "Rows to leave out at the beginning.",
            "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999, "default": 0},
        },
    ]
