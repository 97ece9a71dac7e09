"""What the service says, in the shapes of each version of the protocol.

`0.2` is that of 0.1 as well, which knows fewer members and forbids none of these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import NS
from comity.services.reconciling.schema import suggest
from comity.services.speech import gettext, noted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.services.reconciling.entities import Entity
    from comity.services.reconciling.index import Index
    from comity.services.reconciling.matching import Candidate
    from comity.services.reconciling.schema import Schema, Term

FEATURES: Final = {
    "name_similarity": noted("Likeness of the names, from 0 to 100"),
    "name_match": noted("Whether it goes by this name, however spelled"),
    "code_match": noted("Whether this is a code or the identifier of it"),
    "type_match": noted("Whether it is of the type that was asked for"),
    "properties_match": noted("Share of the properties that it has, from 0 to 100"),
}
"""What a score is made of."""


def features(candidate: Candidate, *, named: bool) -> list[dict[str, Any]]:
    """Return what the score of a candidate is made of; with names in the draft of 1.0."""
    values: dict[str, bool | float] = {
        "name_similarity": candidate.similarity,
        "name_match": candidate.is_name,
        "code_match": candidate.is_code,
        "type_match": candidate.has_type,
        "properties_match": candidate.properties,
    }
    return [
        {"id": each, **({"name": gettext(FEATURES[each])} if named else {}), "value": value}
        for each, value in values.items()
    ]


def candidate_document(schema: Schema, candidate: Candidate, *, draft: bool) -> dict[str, Any]:
    """Return a candidate as an answer to a query has it."""
    label, language = candidate.entity.label()
    return {
        "id": candidate.entity.id,
        "name": label,
        **({"lang": language} if draft and language else {}),
        "description": described(schema, candidate.entity),
        "score": candidate.score,
        "match": candidate.is_match,
        "features": features(candidate, named=draft),
        "type": types_of(schema, candidate.entity),
    }


def types_of(schema: Schema, entity: Entity) -> list[dict[str, str]]:
    """Return the types of a thing, each with the types above it, the narrowest first."""
    kinds = [iri for iri in entity.types if iri in schema.types]
    kinds += sorted(
        {iri for kind in kinds for iri in schema.supers.get(kind, ()) if iri in schema.types}
        - set(kinds),
        key=lambda iri: -len(schema.supers.get(iri, ())),
    )
    return [{"id": schema.types[iri].id, "name": schema.types[iri].name} for iri in kinds]


def described(schema: Schema, entity: Entity) -> str:
    """Return what tells a thing from others of its name: its sort and its identifier."""
    kinds = [schema.types[iri].name for iri in entity.types if iri in schema.types]
    return ", ".join((*kinds, entity.id))


def entity_suggestions(
    schema: Schema, index: Index, beginning: str, start: int, most: int
) -> dict[str, Any]:
    """Return the things that a text may be the beginning of, those that go by it first."""
    hits = [hit.iri for hit in index.find(beginning) if hit.is_name or hit.is_code]
    hits += index.beginnings.find(beginning, start + most + len(hits))
    known = index.entities.by_iri
    found = [known[iri] for iri in dict.fromkeys(hits) if iri in known]
    return {"result": [_suggested(schema, each) for each in found[start : start + most]]}


def type_suggestions(schema: Schema, beginning: str, start: int, most: int) -> dict[str, Any]:
    """Return the types that a text is the beginning of, each with those above it."""
    found = suggest(schema.types.values(), beginning, start, most)
    return {
        "result": [
            schema.hierarchy(term.iri)
            | ({"description": term.definition} if term.definition else {})
            for term in found
        ]
    }


def property_suggestions(
    schema: Schema, beginning: str, start: int, most: int, qualifiers: Iterable[str]
) -> dict[str, Any]:
    """Return the properties that a text is the beginning of, with the ways to compare values."""
    ways = [{"id": each, "name": gettext(_WAYS[each])} for each in qualifiers]
    found = suggest(schema.properties.values(), beginning, start, most)
    return {"result": [term.described() | {"matchQualifiers": ways} for term in found]}


def proposals(kind: Term | None, terms: Sequence[Term], limit: int | None) -> dict[str, Any]:
    """Return the properties of a type, as many as a client wants."""
    listed = terms if limit is None else terms[:limit]
    found: dict[str, Any] = {} if kind is None else {"type": kind.id}
    if limit is not None:
        found["limit"] = limit
    return found | {"properties": [term.described() for term in listed]}


def default_types(schema: Schema) -> list[dict[str, Any]]:
    """Return the types that somebody may begin with: of actors, then of facts."""
    wanted = (
        *("State", "Dyad", "Organization", "Mission", "Person", "Place", "Facility", "Post"),
        *("Agreement", "Visit", "Fact"),
    )
    return [schema.hierarchy(NS + name) for name in wanted if NS + name in schema.types]


def _suggested(schema: Schema, entity: Entity) -> dict[str, Any]:
    label, _ = entity.label()
    return {
        "id": entity.id,
        "name": label,
        "description": described(schema, entity),
        "notable": types_of(schema, entity),
    }


_WAYS: Final = {
    "ExactMatch": noted("The very same characters"),
    "WildcardMatch": noted("With a star for any characters"),
}
