"""What OpenAPI says of what the fixed paths take: parameters, headers and bodies."""

from __future__ import annotations

from typing import Any, Final

from comity.model.edtf import LONGEST
from comity.services.naming import LONGEST_NAME
from comity.services.search import LONGEST_TEXT, MOST_MATCHES
from comity.store.formats import FORMATS

HTML: Final = "text/html"
JSON: Final = "application/json"
TURTLE: Final = "text/turtle"
GRAPH_TYPES: Final = (TURTLE, "application/ld+json", "application/n-triples", "application/rdf+xml")
QUADS_TYPES: Final = ("application/trig", "application/n-quads")
FORM: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data"
QUERY_TYPE: Final = "application/sparql-query"
UPDATE_TYPE: Final = "application/sparql-update"

_GRAPH: Final = "https://w3id.org/comity/graph/data/actors/states"
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_IRIS: Final[dict[str, Any]] = {"type": "array", "items": {"type": "string", "format": "iri"}}


def _parameter(
    name: str, where: str, description: str, example: object, schema: dict[str, Any] = _TEXT
) -> dict[str, Any]:
    found = {"name": name, "in": where, "description": description, "schema": schema}
    return found if example is None else found | _example(example)


def _example(value: object) -> dict[str, Any]:
    return {"examples": {"example": {"value": value}}}


def in_path(name: str, description: str, example: str) -> dict[str, Any]:
    """Return a parameter that stands in the path."""
    return _parameter(name, "path", description, example) | {"required": True}


def in_query(
    name: str, description: str, example: object, schema: dict[str, Any] = _TEXT
) -> dict[str, Any]:
    """Return a parameter that stands behind the question mark."""
    return _parameter(name, "query", description, example, schema)


def format_of(*produces: str) -> dict[str, Any]:
    """Return the parameter that names one of some media types."""
    names = [each.name for each in FORMATS if each.media_type in produces]
    if HTML in produces:
        names.append("html")
    if JSON in produces and "jsonld" not in names:
        names.insert(0, "json")
    schema = {"anyOf": [{"enum": names}, _TEXT]}
    what = "A format by name or media type; wins over Accept."
    return in_query("format", what, names[0], schema)


# Headers and parameters that would make another answer of an example have none themselves.
IF_NONE_MATCH: Final = _parameter(
    "If-None-Match", "header", "The ETag of what the client holds; 304 if that still holds.", None
)
CONDITIONS: Final = (
    _parameter("If-Match", "header", "The ETag of the graph as it was read; 412 if not.", None),
    _parameter("If-None-Match", "header", "A star: the graph must not be there; 412 if so.", None),
)
RANGE: Final = _parameter("Range", "header", "The part to send, such as bytes=0-99.", None)
PERIOD: Final = tuple(
    in_query(name, description, example, {"type": "string", "maxLength": LONGEST})
    for name, description, example in (
        ("as_of", "Only what is certainly true on this EDTF date.", "2010-01-01"),
        ("from", "Only what may overlap the time from this EDTF date on.", "1998"),
        ("to", "Only what may overlap the time up to this EDTF date.", "2015-10"),
    )
)
NAME: Final = in_query(
    "q",
    "A label, code, IRI.",
    "Azerbaijan",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
) | {"required": True}
TEXT: Final = in_query(
    "q",
    "Words of a name, a code.",
    "embassy",
    {"type": "string", "maxLength": LONGEST_TEXT},
)
LIMIT: Final = in_query(
    "limit",
    "Most results to give.",
    5,
    {"type": "integer", "minimum": 1, "maximum": MOST_MATCHES},
)
QUERY: Final = in_query("query", "A SPARQL 1.1 query.", "SELECT * { ?s ?p ?o } LIMIT 1")
TIMEOUT: Final = in_query(
    "timeout",
    "Seconds after which the query is ended, below the limit of the server.",
    2.5,
    {"type": "number", "minimum": 0.1, "maximum": 999_999},
)
STREAM: Final = in_query(
    "stream",
    "Whether the answer is sent while it is made, of any size: rows in every format, a graph as "
    "N-Triples or Turtle. The chunked body has its last chunk only if it is whole.",
    None,
    {"enum": ["true", "false"], "default": "false"},
)
DATASET: Final = (
    in_query("default-graph-uri", "A graph that makes up the default graph.", [_GRAPH], _IRIS),
    in_query("named-graph-uri", "A named graph that GRAPH may name.", [_GRAPH], _IRIS),
)
USING: Final = (
    in_query("using-graph-uri", "A graph that makes up the default graph.", [_GRAPH], _IRIS),
    in_query("using-named-graph-uri", "A named graph that GRAPH may name.", [_GRAPH], _IRIS),
)
GRAPH: Final = (
    in_query("graph", "The IRI of a named graph.", _GRAPH),
    in_query("default", "Without a value: the default graph.", None, {"const": ""})
    | {"allowEmptyValue": True},
)
UPLOADS: Final = (*GRAPH_TYPES, MULTIPART)

_TRIPLE: Final = "<https://example.org/a> <https://example.org/b> <https://example.org/c>"
_UPDATE: Final = f"INSERT DATA {{ {_TRIPLE} }}"
_ASK: Final = f"ASK {{ {_TRIPLE} }}"
_RDF_XML: Final = """\
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="https://example.org/">
  <rdf:Description rdf:about="https://example.org/a">
    <e:b rdf:resource="https://example.org/c"/>
  </rdf:Description>
</rdf:RDF>
"""
_JSON_LD: Final = {
    "@id": "https://example.org/a",
    "https://example.org/b": {"@id": "https://example.org/c"},
}
_PARTS: Final = {
    "type": "object",
    "description": "One document a part, each with its Content-Type or a suffix in its file name.",
    "minProperties": 1,
    "additionalProperties": _TEXT,
}


def _form(required: str, several: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    fields = {required: _TEXT} | {each["name"]: each["schema"] for each in several}
    return {"type": "object", "required": [required], "properties": fields}


_QUERY_FORM: Final = {"schema": _form("query", (*DATASET, STREAM))} | _example({"query": _ASK})
_UPDATE_FORM: Final = {"schema": _form("update", USING)} | _example({"update": _UPDATE})
_DOCUMENT_FORM: Final = {
    "schema": _form(
        "document",
        (in_query("format", "", None, {"enum": ["turtle", "jsonld", "ntriples", "rdfxml"]}),),
    )
} | _example({"document": f"{_TRIPLE} .", "format": "turtle"})
_BODIES: Final[dict[str, dict[str, Any]]] = {
    TURTLE: {"schema": _TEXT} | _example(f"{_TRIPLE} ."),
    "application/n-triples": {"schema": _TEXT} | _example(f"{_TRIPLE} ."),
    "application/rdf+xml": {"schema": _TEXT} | _example(_RDF_XML),
    "application/ld+json": {"schema": {"type": ["object", "array"]}} | _example(_JSON_LD),
    MULTIPART: {"schema": _PARTS},
    QUERY_TYPE: {"schema": _TEXT} | _example(_ASK),
    UPDATE_TYPE: {"schema": _TEXT} | _example(_UPDATE),
}


def body(consumes: tuple[str, ...]) -> dict[str, Any]:
    """Return the request body that has one of some media types."""
    form = _UPDATE_FORM if UPDATE_TYPE in consumes else _QUERY_FORM
    form = _DOCUMENT_FORM if TURTLE in consumes else form
    content = {name: form if name == FORM else _BODIES[name] for name in consumes}
    return {"required": True, "content": content}
