"""OpenAPI 3.1 of the server: every canned query with its typed parameters, and the fixed paths."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from comity import __version__
from comity.model.edtf import LONGEST
from comity.services.binding import LONGEST_STRING
from comity.services.forms import MAX_OPTIONS, PERIOD_EXAMPLES, PERIOD_HINTS, choices
from comity.services.openapi_paths import FORMAT, HTML, OPERATIONS, Operation
from comity.services.problems import problem_codes
from comity.services.running import KINDS, MAX_LIMIT
from comity.store.formats import formats_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from comity.model.query import CannedQuery, Parameter
    from comity.services.catalogue import Catalogue
    from comity.store.engine import Graph

PROBLEM_TYPE: Final = "application/problem+json"
_REASONS: Final = {
    "400": "A parameter, query or body that cannot be; the detail says which and why.",
    "401": "A write without a token.",
    "403": "Something that this server never does.",
    "404": "Nothing by this name.",
    "406": "No representation that Accept takes.",
    "410": "Withdrawn.",
    "412": "Not the graph that the client knew.",
    "413": "A body larger than the limit.",
    "415": "A body of a type that is not read here.",
    "422": "A change that would break a shape; the findings say how.",
    "503": "Not now: no place, or the time limit; Retry-After tells when.",
    "507": "No room to keep a change; nothing of it was kept.",
}
_SUCCESS: Final = {"200": "The answer.", "204": "Done.", "303": "The address of the description."}
_TAGS: Final = {
    "queries": "Canned queries: one question each, with typed parameters.",
    "relations": "Pairs of states.",
    "things": "Anything with an IRI.",
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
            "gives the same answer in that format. Errors are RFC 9457 problem documents.",
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        },
        "servers": [{"url": base or "/"}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": _SCHEMAS},
    }


def _fixed(operation: Operation) -> dict[str, Any]:
    found: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "summary": operation.summary,
        "tags": [operation.tag],
        "responses": _responses(operation.success, operation.produces, operation.errors),
    }
    if operation.parameters:
        found["parameters"] = list(operation.parameters)
    if operation.consumes:
        content = {name: {"schema": {"type": "string"}} for name in operation.consumes}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _operation_id(operation: Operation) -> str:
    words = re.split(r"[/{}.]+", operation.path)
    return "-".join((operation.method, *(word for word in words if word)))


def _canned(query: CannedQuery, graph: Graph) -> dict[str, Any]:
    parameters = [_parameter(parameter, graph) for parameter in query.parameters]
    parameters += [_period(name) for name in query.period_names]
    carrying = formats_for(KINDS[query.form])
    if query.form == "select":
        parameters += _paging()
    parameters.append(
        FORMAT
        | {
            "schema": {"anyOf": [{"enum": [each.name for each in carrying]}, {"type": "string"}]},
            "examples": {"example": {"value": carrying[0].name}},
        }
    )
    return {
        "operationId": query.slug,
        "summary": query.summary,
        "description": query.description,
        "tags": ["queries"],
        "parameters": parameters,
        "responses": _responses(
            "200", (*(each.media_type for each in carrying), HTML), ("400", "406")
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
        return {"type": "integer"}
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
            "schema": {"type": "integer", "minimum": 0, "default": 0},
        },
    ]


def _responses(
    success: str, produces: tuple[str, ...], errors: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    answer: dict[str, Any] = {"description": _SUCCESS[success]}
    if produces:
        answer["content"] = {name: {"schema": _body(name)} for name in produces}
    if success == "303":
        answer["headers"] = {"Location": {"schema": {"type": "string", "format": "uri"}}}
    problem = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {success: answer} | {
        status: {"description": _REASONS[status], "content": problem} for status in errors
    }


def _body(media_type: str) -> dict[str, Any]:
    if media_type == "application/sparql-results+json":
        return {"$ref": "#/components/schemas/SparqlResults"}
    return {"type": "object" if media_type == "application/json" else "string"}


_STRING: Final = {"type": "string"}
_SCHEMAS: Final[dict[str, Any]] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457; `code` is stable, `detail` one sentence with the remedy.",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": {"enum": list(problem_codes())},
            "retry_after": {"type": "integer", "minimum": 1},
            "detail": _STRING,
            "parameter": _STRING,
            "value": _STRING,
            "suggestions": {"type": "array", "items": _STRING},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
        },
    },
    "Term": {
        "type": "object",
        "required": ["type", "value"],
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode"]},
            "value": _STRING,
            "xml:lang": _STRING,
            "datatype": {"type": "string", "format": "iri"},
        },
    },
    "SparqlResults": {
        "type": "object",
        "description": "SPARQL 1.1 Query Results JSON: rows, or a truth value.",
        "required": ["head"],
        "properties": {
            "head": {
                "type": "object",
                "properties": {"vars": {"type": "array", "items": _STRING}},
            },
            "results": {
                "type": "object",
                "required": ["bindings"],
                "properties": {
                    "bindings": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": {"$ref": "#/components/schemas/Term"},
                        },
                    }
                },
            },
            "boolean": {"type": "boolean"},
        },
    },
}
