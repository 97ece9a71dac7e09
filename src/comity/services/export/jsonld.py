"""JSON-LD under our own context: compact, flat, in the ontology's order.

PyLD compacts; here the statements are first written in expanded form, where a literal keeps its
lexical form. A number or boolean becomes a JSON one only when it reads back to the same lexical
form in every reader. The context is embedded, and no other is ever fetched.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from comity.errors import RemoteContextError, UsageError
from comity.model.terms import PREFIXES, XSD
from comity.services.export.description import Description
from comity.services.export.ordering import TYPE, term_key
from comity.store.terms import STRING, BlankNode, Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.context import Context
    from comity.services.export.ordering import Key, Ordering
    from comity.store.terms import Term, Triple

JsonObject = dict[str, Any]

_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]*")
# The largest number up to which JavaScript counts by one.
_EXACT: Final = 2**53 - 1
_BOOLEANS: Final = {"true": True, "false": False}


def refuse_document(url: str, _options: object) -> JsonObject:
    """Refuse to load a document: contexts are embedded, and none is fetched.

    Raises RemoteContextError naming the address.
    """
    raise RemoteContextError(f"The JSON-LD context {url} is not fetched; embed it in the document.")


def write_jsonld(triples: Iterable[Triple], ordering: Ordering, context: Context) -> str:
    """Return a graph as one flat JSON-LD document, a list of things under `@graph`."""
    nodes = compact_nodes(Description(triples), ordering, context)
    return dump_document({"@context": context, "@graph": nodes})


def dump_document(document: JsonObject) -> str:
    """Return a JSON document with its keys in the order given."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def compact_nodes(
    description: Description, ordering: Ordering, context: Context
) -> list[JsonObject]:
    """Return the things of a graph as compact node objects, in the ontology's order.

    Raises UsageError for an IRI that begins like one of the context's prefixes.
    """
    from pyld import jsonld  # heavy, and most commands never write JSON-LD

    subjects = [each for _, things in ordering.by_kind(description) for each in things]
    texts = frozenset(
        definition["@id"]
        for definition in context.values()
        if isinstance(definition, dict) and definition.get("@container") == "@language"
    )
    expanded = [_expand_node(each, description, texts) for each in subjects]
    options = {"documentLoader": refuse_document, "graph": True, "skipExpansion": True}
    try:
        compact = jsonld.compact(expanded, {"@context": context}, options)
    except jsonld.JsonLdError as error:
        raise UsageError(
            f"The graph has no compact JSON-LD form ({error}); choose another format."
        ) from None
    rank = _Rank(ordering, context)
    return [
        {key: node[key] for key in sorted(node, key=rank)} for node in compact.get("@graph", [])
    ]


class _Rank:
    """Where a key stands in a node: `id`, `type`, then its property's place in the ontology."""

    def __init__(self, ordering: Ordering, context: Context) -> None:
        self.ordering = ordering
        self.context = context

    def __call__(self, key: str) -> Key:
        if key in {"id", "type"}:
            return (-1, 0, key)
        return self.ordering.property_key(self._expand(key))

    def _expand(self, key: str) -> str:
        definition = self.context.get(key)
        name = definition["@id"] if isinstance(definition, dict) else key
        prefix, _, local = name.partition(":")
        return PREFIXES[prefix] + local if prefix in PREFIXES else name


def _expand_node(
    subject: Iri | BlankNode, description: Description, texts: frozenset[str]
) -> JsonObject:
    """Return a thing in expanded form; `texts` are the properties written as language maps.

    PyLD would put a JSON number into such a map, where none may be, so it stays a typed literal.
    """
    said = description[subject]
    node: JsonObject = {"@id": _name(subject)}
    for predicate in said:
        values = sorted(said[predicate], key=term_key)
        types = [each.value for each in values if isinstance(each, Iri)]
        if predicate == TYPE.value and len(types) == len(values):
            node["@type"] = types
        else:
            native = predicate not in texts
            node[predicate] = [_expand_value(each, native=native) for each in values]
    return node


def _expand_value(value: Term, *, native: bool) -> JsonObject:
    if not isinstance(value, Literal):
        return {"@id": _name(value)}
    if value.language:
        return {"@value": value.lexical, "@language": value.language}
    if value.datatype == STRING:
        return {"@value": value.lexical}
    if native and value.datatype == f"{XSD}boolean" and value.lexical in _BOOLEANS:
        return {"@value": _BOOLEANS[value.lexical]}
    if native and value.datatype == f"{XSD}integer" and _is_exact(value.lexical):
        return {"@value": int(value.lexical)}
    return {"@value": value.lexical, "@type": value.datatype}


def _is_exact(lexical: str) -> bool:
    digits = len(str(_EXACT))
    return (
        len(lexical) <= digits
        and _INTEGER.fullmatch(lexical) is not None
        and abs(int(lexical)) <= _EXACT
    )


def _name(node: Iri | BlankNode) -> str:
    return node.value if isinstance(node, Iri) else node.n3()
