"""What OpenAPI says of `/reconcile`: its paths, bodies and the shapes of its answers."""

from __future__ import annotations

from typing import Any, Final

from comity.services.openapi_operations import KEPT, Operation
from comity.services.openapi_parameters import FORM, HTML, IF_NONE_MATCH, JSON, in_path, in_query
from comity.services.reconciling.manifest import DRAFT, VERSIONS
from comity.services.reconciling.queries import NAME, QUANTIFIERS, STRICT

_STRING: Final[dict[str, Any]] = {"type": "string"}
_SCRIPT: Final = "text/javascript"
_REFERENCE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": _STRING, "name": _STRING, "description": _STRING},
}
_VALUE: Final[dict[str, Any]] = {
    "anyOf": [
        _STRING,
        {"type": "number"},
        {"type": "boolean"},
        {"type": "object", "required": ["id"], "properties": {"id": _STRING, "name": _STRING}},
    ]
}
_VALUES: Final[dict[str, Any]] = {"anyOf": [*_VALUE["anyOf"], {"type": "array", "items": _VALUE}]}
_EXTENSION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["ids", "properties"],
    "properties": {
        "ids": {"type": "array", "items": _STRING, "maxItems": 100},
        "properties": {
            "type": "array",
            "maxItems": 20,
            "items": {"type": "object", "required": ["id"], "properties": {"id": _STRING}},
        },
    },
}
_CONDITION: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["matchType", "propertyValue"],
    "properties": {
        "matchType": {"enum": ["name", "id", "property"]},
        "propertyId": _STRING,
        "propertyValue": _VALUES,
        "required": {"type": "boolean"},
        "matchQuantifier": {"enum": list(QUANTIFIERS)},
        "matchQualifier": _STRING,
    },
}
_DRAFT_BATCH: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["queries"],
    "properties": {
        "queries": {
            "type": "array",
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["conditions"],
                "additionalProperties": False,
                "properties": {
                    "type": _STRING,
                    "limit": {"type": "integer", "minimum": 1},
                    "lang": _STRING,
                    "dir": {"enum": ["ltr", "rtl", "auto"]},
                    "conditions": {"type": "array", "minItems": 1, "items": _CONDITION},
                },
            },
        }
    },
}
_ASKED: Final = '{"q0": {"query": "Azerbaijan", "type": "State"}}'
_DRAFT_ASKED: Final = {"queries": [{"conditions": [{"matchType": NAME, "propertyValue": "AZE"}]}]}
_EXTENDED: Final = {"ids": ["AZE"], "properties": [{"id": "iso3"}]}
_FIELDS: Final = {
    "queries": "JSON: queries by name, each with query, type, limit, "
    f"properties and type_strict ({', '.join(STRICT)}).",
    "extend": "JSON: ids of things and the properties to give of each.",
}
_CALLBACK: Final = in_query("callback", "The function that the answer calls: JSONP.", None)
_KIND: Final = in_path("kind", "What it is.", "entity") | {
    "schema": {"enum": ["entity", "property", "type"]}
}
_ID: Final = in_query("id", "An identifier.", "AZE") | {"required": True}
_PREFIX: Final = (
    in_query("prefix", "The beginning of a name.", "azer", {"type": "string", "maxLength": 200}),
    in_query(
        "cursor", "How many to leave out.", 0, {"type": "integer", "minimum": 0, "maximum": 10_000}
    ),
    in_query("limit", "Most to give.", 5, {"type": "integer", "minimum": 0, "maximum": 50}),
)


def _content(media_type: str, schema: dict[str, Any], example: object) -> dict[str, Any]:
    described = {"schema": schema, "examples": {"example": {"value": example}}}
    return {"required": True, "content": {media_type: described}}


_FORM: Final = _content(
    FORM,
    {
        "type": "object",
        "properties": {
            name: {"type": "string", "description": words} for name, words in _FIELDS.items()
        },
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
    },
    {"queries": _ASKED},
)

RECONCILIATION: Final = (
    Operation(
        "/reconcile",
        "reconciliation",
        "W3C Reconciliation Service API 0.2: the manifest, or the answer to queries",
        (JSON, _SCRIPT),
        parameters=(
            *(in_query(name, words, None) for name, words in _FIELDS.items()),
            in_query(
                "version",
                "The version whose manifest it is.",
                DRAFT,
                {"enum": [*VERSIONS, DRAFT]},
            ),
            _CALLBACK,
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("403",),
        document="Reconciliation",
    ),
    Operation(
        "/reconcile",
        "reconciliation",
        "Candidates for names, or values of properties for things, asked for by a form",
        (JSON,),
        method="post",
        consumes=(FORM,),
        body=_FORM,
        errors=("415",),
        document="Reconciliation",
    ),
    Operation(
        "/reconcile/match",
        "reconciliation",
        "Candidates for names: the draft of version 1.0",
        (JSON,),
        method="post",
        consumes=(JSON,),
        body=_content(JSON, _DRAFT_BATCH, _DRAFT_ASKED),
        errors=("415",),
        document="Candidates",
    ),
    Operation(
        "/reconcile/extend",
        "reconciliation",
        "Values of properties for things: the draft of version 1.0",
        (JSON,),
        method="post",
        consumes=(JSON,),
        body=_content(JSON, _EXTENSION, _EXTENDED),
        errors=("415",),
        document="Rows",
    ),
    Operation(
        "/reconcile/extend/propose",
        "reconciliation",
        "The properties that things of a type have",
        (JSON, _SCRIPT),
        parameters=(
            in_query("type", "A type; all properties without one.", "State"),
            in_query(
                "limit", "Most to give.", 10, {"type": "integer", "minimum": 0, "maximum": 50}
            ),
            _CALLBACK,
            IF_NONE_MATCH,
        ),
        statuses=KEPT,
        errors=("403",),
        document="Proposals",
    ),
    Operation(
        "/reconcile/suggest/{kind}",
        "reconciliation",
        "Things, properties or types that a text is the beginning of",
        (JSON, _SCRIPT),
        parameters=(_KIND, *_PREFIX, _CALLBACK, IF_NONE_MATCH),
        statuses=KEPT,
        errors=("403", "404"),
        document="Suggestions",
    ),
    Operation(
        "/reconcile/flyout/{kind}",
        "reconciliation",
        "A few words of HTML on a thing, a property or a type",
        (JSON, _SCRIPT),
        parameters=(_KIND, _ID, _CALLBACK, IF_NONE_MATCH),
        statuses=KEPT,
        errors=("403", "404"),
        document="Flyout",
    ),
    Operation(
        "/reconcile/preview",
        "reconciliation",
        "A small page on a thing, for a frame",
        (HTML,),
        parameters=(_ID, IF_NONE_MATCH),
        statuses=KEPT,
        errors=("404",),
    ),
)
SCHEMAS_OF_RECONCILIATION: Final[dict[str, Any]] = {
    "Reconciliation": {
        "type": "object",
        "description": "A manifest; for each query by its name, candidates as `result`; or rows.",
    },
    "Candidates": {
        "type": "object",
        "description": "For each query, in their order, the things that it may mean.",
        "required": ["results"],
        "properties": {
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["candidates"],
                    "properties": {
                        "candidates": {
                            "type": "array",
                            "items": {"$ref": "#/components/schemas/Candidate"},
                        }
                    },
                },
            }
        },
    },
    "Candidate": {
        "type": "object",
        "description": "A thing; `score` is from 0 to 100, `match` if it is beyond doubt.",
        "required": ["id", "name", "score", "match", "features", "type"],
        "properties": {
            "id": _STRING,
            "name": _STRING,
            "lang": _STRING,
            "description": _STRING,
            "score": {"type": "number", "minimum": 0, "maximum": 100},
            "match": {"type": "boolean"},
            "features": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "value"],
                    "properties": {
                        "id": _STRING,
                        "name": _STRING,
                        "value": {"type": ["boolean", "number"]},
                    },
                },
            },
            "type": {"type": "array", "items": _REFERENCE},
        },
    },
    "Rows": {
        "type": "object",
        "description": "The properties asked for, and a row for each thing.",
        "required": ["meta", "rows"],
        "properties": {
            "meta": {"type": "array", "items": _REFERENCE},
            "rows": {"type": "array", "items": {"type": "object", "required": ["id"]}},
        },
    },
    "Proposals": {
        "type": "object",
        "required": ["properties"],
        "properties": {
            "type": _STRING,
            "limit": {"type": "integer", "minimum": 0},
            "properties": {"type": "array", "items": _REFERENCE},
        },
    },
    "Suggestions": {
        "type": "object",
        "required": ["result"],
        "properties": {"result": {"type": "array", "items": _REFERENCE}},
    },
    "Flyout": {
        "type": "object",
        "required": ["id", "html"],
        "properties": {"id": _STRING, "html": _STRING},
    },
}
