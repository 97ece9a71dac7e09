"""The JSON-LD context: short keys for web developers, made from the ontology.

A key is the local name of a term of the ontology, as it is written there; a few terms of other
vocabularies that the data uses have a key of their own. `id` and `type` stand for `@id` and
`@type`, so things are written by their whole address and only codes and other namespaces by prefix.
Texts in languages are maps (`{"en": …, "az": …}`), dates are plain strings, references are plain
addresses. A property is a list wherever a thing may have several values of it, even if one has but
one; the shapes tell which properties have one value at most.

`facts`, and below it a key for each class of fact, serve the tree of one pair: there a fact hangs
on its dyad, a claim and an issue on the thing that they are about.

`ontology/context.jsonld` is this context as a file; a test compares the two.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from comity.model.terms import EDTF, NS, PREFIXES, RDF, RDFS, SKOS, XSD
from comity.services.export.ordering import LABEL, TYPE
from comity.store.terms import Iri, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.ordering import Ordering
    from comity.store.terms import Triple

Context = dict[str, object]

PATH: Final = "ontology/context.jsonld"

DCTERMS: Final = PREFIXES["dcterms"]
SH: Final = PREFIXES["sh"]

# Keys for terms of other vocabularies, by the way their values are written.
_TEXTS: Final = {
    "label": LABEL.value,
    "comment": f"{RDFS}comment",
    "prefLabel": f"{SKOS}prefLabel",
    "altLabel": f"{SKOS}altLabel",
    "definition": f"{SKOS}definition",
    "example": f"{SKOS}example",
    "scopeNote": f"{SKOS}scopeNote",
    "editorialNote": f"{SKOS}editorialNote",
    "title": f"{DCTERMS}title",
    "description": f"{DCTERMS}description",
    "citation": f"{DCTERMS}bibliographicCitation",
}
_REFERENCES: Final = {
    "subClassOf": f"{RDFS}subClassOf",
    "seeAlso": f"{RDFS}seeAlso",
    "isDefinedBy": f"{RDFS}isDefinedBy",
    "inScheme": f"{SKOS}inScheme",
    "broader": f"{SKOS}broader",
    "exactMatch": f"{SKOS}exactMatch",
    "closeMatch": f"{SKOS}closeMatch",
    "license": f"{DCTERMS}license",
    "source": f"{PREFIXES['oa']}hasSource",
    "page": f"{PREFIXES['foaf']}page",
    "attributedTo": f"{PREFIXES['prov']}wasAttributedTo",
}
_PLAIN: Final = {
    "notation": f"{SKOS}notation",
    "issued": f"{DCTERMS}issued",
    "publisher": f"{DCTERMS}publisher",
    "latitude": f"{PREFIXES['wgs84']}lat",
    "longitude": f"{PREFIXES['wgs84']}long",
    "record": f"{DCTERMS}identifier",
}
# Datatypes that the key says, so that the value is a plain string.
_COERCED: Final = {f"{XSD}date", EDTF}

# The words for several facts of a class, where an s at the end does not make them.
_PLURALS: Final = {
    "Fact": "otherFacts",
    "Aid": "aid",
    "LanguageTeaching": "languageTeaching",
}

# Things of a dyad that are no facts, by class, and the key under which its tree lists them.
BESIDE: Final = {"Mission": "missions", "BilateralBody": "bodies"}

TREE: Final[Context] = {
    "facts": "@nest",
    "included": "@included",
    "claims": {"@reverse": f"{NS}about"},
    "issues": {"@reverse": f"{NS}about"},
    **{key: {"@reverse": f"{NS}dyad"} for key in BESIDE.values()},
}


def make_context(core: Iterable[Triple], shapes: Iterable[Triple], ordering: Ordering) -> Context:
    """Return the context for an ontology and its shapes, keys in the ontology's order."""
    single = single_valued(shapes)
    ranges: dict[str, str] = {}
    references: set[str] = set()
    for subject, predicate, value in core:
        if not isinstance(subject, Iri) or not isinstance(value, Iri):
            continue
        if predicate.value == f"{RDFS}range":
            ranges[subject.value] = value.value
        elif predicate == TYPE and value.value == f"{PREFIXES['owl']}ObjectProperty":
            references.add(subject.value)
    keys: Context = {key: _text(iri) for key, iri in _TEXTS.items()}
    keys |= {key: _reference(iri, single) for key, iri in _REFERENCES.items()}
    keys |= {key: {"@id": iri} for key, iri in _PLAIN.items()}
    keys |= {_local(each): {"@id": each} for each in ordering.classes}
    for each in ordering.properties:
        if each in references:
            keys[_local(each)] = _reference(each, single)
        else:
            keys[_local(each)] = _data(each, ranges.get(each, ""), single)
    keys |= TREE
    keys |= {facts_key(each): {"@reverse": f"{NS}dyad"} for each in ordering.kinds_of_fact()}
    # A prefix that is also a key, such as `id` and `edtf`, could not be told from it.
    prefixes = {name: uri for name, uri in PREFIXES.items() if name not in {"id", "type", *keys}}
    return {"@version": 1.1, "id": "@id", "type": "@type", **prefixes, **keys}


def facts_key(kind: str) -> str:
    """Return the key under which the tree of a pair lists its facts of a class."""
    name = _local(kind)
    return _PLURALS.get(name) or f"{name[0].lower()}{name[1:]}s"


def dump_context(context: Context) -> str:
    """Return a context as a JSON-LD file."""
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def single_valued(shapes: Iterable[Triple]) -> frozenset[str]:
    """Return the properties that every shape which speaks of them limits to one value."""
    paths: dict[object, str] = {}
    limited: set[object] = set()
    for subject, predicate, value in shapes:
        if predicate.value == f"{SH}path" and isinstance(value, Iri):
            paths[subject] = value.value
        elif predicate.value == f"{SH}maxCount" and isinstance(value, Literal):
            limited |= {subject} if value.lexical == "1" else set()
    open_ended = {path for shape, path in paths.items() if shape not in limited}
    return frozenset(set(paths.values()) - open_ended)


def _text(iri: str) -> object:
    return {"@id": iri, "@container": "@language"}


def _reference(iri: str, single: frozenset[str]) -> object:
    definition = {"@id": iri, "@type": "@id"}
    return definition if iri in single else definition | {"@container": "@set"}


def _data(iri: str, span: str, single: frozenset[str]) -> object:
    if span == f"{RDF}langString":
        return _text(iri)
    definition = {"@id": iri}
    if span in _COERCED:
        definition |= {"@type": span}
    return definition if iri in single else definition | {"@container": "@set"}


def _local(iri: str) -> str:
    return iri.removeprefix(NS)
