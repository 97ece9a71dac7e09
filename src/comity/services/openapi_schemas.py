"""The shapes of JSON that OpenAPI names: problems, commits, matches, health, SPARQL results."""

from __future__ import annotations

from typing import Any, Final

from comity.services.openapi_reconciliation import SCHEMAS_OF_RECONCILIATION
from comity.services.pages.neighbours import OTHER, SORTS
from comity.services.problems import MEANINGS, problem_codes

_STRING: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
SCHEMAS: Final[dict[str, Any]] = {
    **SCHEMAS_OF_RECONCILIATION,
    "Problem": {
        "type": "object",
        "description": "RFC 9457; `code` is stable, `detail` one sentence with the remedy.",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference"},
            "title": _STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": {
                "enum": list(problem_codes()),
                "description": "\n".join(f"- `{name}`: {MEANINGS[name]}" for name in MEANINGS),
            },
            "retry_after": {"type": "integer", "minimum": 1},
            "detail": _STRING,
            "parameter": _STRING,
            "value": _STRING,
            "suggestions": {"type": "array", "items": _STRING},
            "line": {"type": "integer", "minimum": 1},
            "column": {"type": "integer", "minimum": 1},
            "reason": {"type": "string", "pattern": "^[a-z_]+$"},
            "accepted": {"type": "array", "items": _STRING},
            "allowed": {"type": "array", "items": _STRING},
            "available": {"type": "array", "items": _STRING},
            "findings": {"type": "array", "items": {"type": "object"}},
            "size": _COUNT,
        },
    },
    "ProblemType": {
        "type": "object",
        "description": "What an error means.",
        "required": ["type", "title", "status", "code", "meaning"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": _STRING,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "code": {"enum": list(problem_codes())},
            "meaning": _STRING,
        },
    },
    "Commit": {
        "type": "object",
        "description": "A change that was kept; `normalised` are literals written another way.",
        "required": ["commit", "hash", "added", "removed", "normalised"],
        "properties": {
            "commit": {"type": "integer", "minimum": 0},
            "hash": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "added": _COUNT,
            "removed": _COUNT,
            "normalised": {"type": "array", "items": _STRING},
        },
    },
    "Findings": {
        "type": "object",
        "description": "What a document would break; `accepted`: a change with it would be kept, "
        "which warnings do not bar; `note` where no shapes are loaded.",
        "required": ["conforms", "accepted", "statements", "findings"],
        "properties": {
            "conforms": {"type": "boolean"},
            "accepted": {"type": "boolean"},
            "statements": _COUNT,
            "findings": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["focus", "rule", "severity", "entity", "message", "value"],
                    "properties": {"severity": {"enum": ["error", "warning", "info"]}},
                    "additionalProperties": _STRING,
                },
            },
            "note": _STRING,
        },
    },
    "Matches": {
        "type": "object",
        "description": "The things that a text names; several where it names several.",
        "required": ["query", "matches"],
        "properties": {
            "query": _STRING,
            "matches": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["iri", "curie", "label", "code"],
                    "additionalProperties": _STRING,
                },
            },
        },
    },
    "Results": {
        "type": "object",
        "description": "Things, the likeliest first; `matched` is another name that was found.",
        "required": ["query", "results"],
        "properties": {
            "query": _STRING,
            "results": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["iri", "curie", "label", "kind", "href", "matched", "language"],
                    "additionalProperties": _STRING,
                },
            },
        },
    },
    "Completion": {
        "type": "object",
        "description": "What a query can name; `name` is the prefixed name.",
        "required": ["prefixes", "classes", "properties", "codes"],
        "properties": {
            "prefixes": {"type": "object", "additionalProperties": _STRING},
            **{
                kind: {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "label", "definition"],
                        "properties": {"name": _STRING, "label": _STRING, "definition": _STRING},
                    },
                }
                for kind in ("classes", "properties", "codes")
            },
        },
    },
    "Examples": {
        "type": "object",
        "required": ["examples"],
        "properties": {
            "examples": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["slug", "title", "subject", "text"],
                    "additionalProperties": _STRING,
                },
            },
        },
    },
    "Neighbourhood": {
        "type": "object",
        "description": "A thing, which is the first node, and its neighbours; `sort` is the class "
        "that a drawing tells apart, `when` a date in words, `graph` the page of its neighbours.",
        "required": ["thing", "nodes", "edges"],
        "properties": {
            "thing": {"type": "string", "format": "iri"},
            "nodes": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["iri", "label", "kind", "sort", "when", "href", "graph"],
                    "properties": {"sort": {"enum": [*SORTS, OTHER]}},
                    "additionalProperties": _STRING,
                },
            },
            "edges": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["from", "to", "property", "label"],
                    "additionalProperties": _STRING,
                },
            },
        },
    },
    "Health": {
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": {"enum": ["live", "ready"]},
            "version": _STRING,
            "statements": _COUNT,
            "fingerprint": _STRING,
        },
    },
    "Term": {
        "type": "object",
        "description": "A term; of a triple, `value` has subject, predicate and object.",
        "required": ["type", "value"],
        "properties": {
            "type": {"enum": ["uri", "literal", "bnode", "triple"]},
            "value": {"anyOf": [_STRING, {"$ref": "#/components/schemas/Triple"}]},
            "xml:lang": _STRING,
            "its:dir": {"enum": ["ltr", "rtl"]},
            "datatype": {"type": "string", "format": "iri"},
        },
    },
    "Triple": {
        "type": "object",
        "required": ["subject", "predicate", "object"],
        "additionalProperties": {"$ref": "#/components/schemas/Term"},
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
