"""`/reconcile`: the W3C Reconciliation Service API, 0.1 and 0.2, and the draft of 1.0 beside them.

Versions 0.1 and 0.2 have one address for their manifest, their queries and data extension; the
draft has addresses below it. Suggestions, property proposals and previews are the same for all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, render_template, request

from comity.errors import NotFoundError, ParameterError, UsageError
from comity.services.reconciling.documents import (
    candidate_document,
    described,
    entity_suggestions,
    property_suggestions,
    proposals,
    type_suggestions,
    types_of,
)
from comity.services.reconciling.extending import extend
from comity.services.reconciling.index import index_of, iri_of
from comity.services.reconciling.manifest import DRAFT, VERSIONS, draft_manifest, manifest
from comity.services.reconciling.matching import match, system_of_numbers
from comity.services.reconciling.properties import QUALIFIERS
from comity.services.reconciling.queries import read_batch, read_draft_batch
from comity.services.reconciling.schema import SUGGESTIONS, properties_of, read_schema
from comity.store.quoting import quote
from comity.web.headers import SECURITY, by_content
from comity.web.language import public, root
from comity.web.reconciling_exchange import answered, one_at_a_time, read_json, read_json_body
from comity.web.requests import FORM, Parameters, read_address, read_form, require_plain
from comity.web.site import graph

if TYPE_CHECKING:
    from comity.services.reconciling.entities import Entity
    from comity.services.reconciling.queries import Query

blueprint = Blueprint("reconciling", __name__)

MOST_SUGGESTIONS: Final = 50
_LARGEST_START: Final = 10_000
_LONGEST_PREFIX: Final = 200
_NUMBER: Final = re.compile("[0-9]{1,9}")
# A page of another site shows the preview in a frame; nothing on it can be clicked to any effect.
_FRAMED: Final = SECURITY["Content-Security-Policy"].replace(
    "frame-ancestors 'none'", "frame-ancestors *"
)


@blueprint.get("/reconcile")
def describe_or_answer() -> Response:
    """Give the manifest, or the answer to the queries or the data extension of the address."""
    return answered(_answer(read_address()))


@blueprint.post("/reconcile")
def answer() -> Response:
    """Give the answer to the queries or the data extension of a form."""
    require_plain()
    form = read_form() if request.mimetype == FORM else Parameters({})
    if not form.all("queries") and not form.all("extend"):
        raise UsageError(
            f"The request has no queries; send queries= or extend= as {FORM}, "
            "or the queries of the draft of 1.0 to /reconcile/match."
        )
    return answered(_answer(form))


@blueprint.post("/reconcile/match")
def answer_draft() -> Response:
    """Give the candidates of the queries of the draft of 1.0, in their order."""
    queries = read_draft_batch(read_json_body())
    found = _matched(dict(enumerate(queries)), draft=True)
    return answered({"results": [{"candidates": found[at]} for at in range(len(queries))]})


@blueprint.post("/reconcile/extend")
def extend_draft() -> Response:
    """Give the rows of a data extension query of the draft of 1.0."""
    document = read_json_body()
    with one_at_a_time():
        return answered(extend(graph(), document, draft=True))


@blueprint.get("/reconcile/extend/propose")
def propose() -> Response:
    """Give the properties that things of a type have."""
    identifier = request.args.get("type", "")
    schema = read_schema(graph())
    kind = schema.type_of(identifier) if identifier else None
    if kind is not None:
        terms = properties_of(graph(), kind.iri)
    else:
        terms = () if identifier else tuple(schema.properties.values())
    limit = _number("limit", len(schema.properties)) if "limit" in request.args else None
    return answered(proposals(kind, terms, limit))


@blueprint.get("/reconcile/suggest/<any(entity, property, type):kind>")
def suggest(kind: str) -> Response:
    """Give the things, properties or types that a text is the beginning of."""
    beginning, start, most = _prefix(), _number("cursor", _LARGEST_START), _most()
    schema = read_schema(graph())
    if kind == "entity":
        document = entity_suggestions(schema, index_of(graph()), beginning, start, most)
    elif kind == "property":
        document = property_suggestions(schema, beginning, start, most, QUALIFIERS)
    else:
        document = type_suggestions(schema, beginning, start, most)
    return answered(document)


@blueprint.get("/reconcile/flyout/<any(entity, property, type):kind>")
def flyout(kind: str) -> Response:
    """Give a few words of HTML on a thing, a property or a type."""
    identifier = request.args.get("id", "")
    if kind == "entity":
        entity = _entity(identifier)
        title, text = entity.label()[0], described(read_schema(graph()), entity)
        identifier = entity.id
    else:
        schema = read_schema(graph())
        term = (schema.type_of if kind == "type" else schema.property_of)(identifier)
        if term is None:
            raise NotFoundError(f"{quote(identifier)} is no {kind} here; ask /reconcile/suggest/.")
        identifier, title, text = term.id, term.name, term.definition
    html = render_template("reconcile_flyout.html", title=title, text=text)
    return answered({"id": identifier, "html": html})


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """Show a small page on a thing, for a frame in a page of another site."""
    entity = _entity(request.args.get("id", ""))
    schema = read_schema(graph())
    label, language = entity.label()
    page = render_template(
        "reconcile_preview.html",
        entity=entity,
        label=label,
        spoken=language,
        kinds=types_of(schema, entity),
        codes=[
            (term.name, code)
            for code, system in sorted(entity.codes, key=lambda each: ("://" in each[0], each[1]))
            if (term := schema.properties.get(system)) is not None
        ],
        address=f"{public()}/id/{entity.id}",
    )
    response = by_content(Response(page, mimetype="text/html"))
    response.headers["Content-Security-Policy"] = _FRAMED
    return response


def _answer(parameters: Parameters) -> dict[str, Any]:
    queries, extension = parameters.one("queries"), parameters.one("extend")
    if queries is not None and extension is not None:
        raise UsageError("The request has both queries= and extend=; send one of them.")
    if queries is not None:
        batch = read_batch(read_json(queries, "queries"))
        return {key: {"result": found} for key, found in _matched(batch, draft=False).items()}
    if extension is not None:
        document = read_json(extension, "extend")
        with one_at_a_time():
            return extend(graph(), document, draft=False)
    if parameters.all("query"):
        raise UsageError(
            'A single query= is not answered; send queries={"q0": {"query": "Azerbaijan"}}.'
        )
    return _manifest(parameters.one("version"))


def _manifest(version: str | None) -> dict[str, Any]:
    if version == DRAFT:
        return draft_manifest(graph(), public())
    if version is not None and version not in VERSIONS:
        known = (*VERSIONS, DRAFT)
        raise ParameterError(
            f"There is no version {quote(version)} here; there are {', '.join(known)}.",
            parameter="version",
            value=version[:40],
            suggestions=known,
        )
    language = request.script_root.removeprefix(root())  # that the present address names
    return manifest(graph(), public(), f"{public()}{language}/reconcile")


def _matched(batch: dict[Any, Query], *, draft: bool) -> dict[Any, list[dict[str, Any]]]:
    schema = read_schema(graph())
    with one_at_a_time() as go_on:
        numbers = system_of_numbers(graph(), batch.values())
        found = {}
        for key, query in batch.items():
            go_on()
            found[key] = [
                candidate_document(schema, each, draft=draft)
                for each in match(graph(), query, numbers)
            ]
    return found


def _entity(identifier: str) -> Entity:
    entity = index_of(graph()).entities.by_iri.get(iri_of(identifier))
    if entity is None:
        raise NotFoundError(
            f"{quote(identifier)} is nothing that is matched here; "
            "take an identifier from an answer of this service."
        )
    return entity


def _prefix() -> str:
    text = request.args.get("prefix", "")
    if len(text) > _LONGEST_PREFIX:
        raise ParameterError(
            f"prefix= has {len(text)} characters; a beginning has {_LONGEST_PREFIX} at most.",
            parameter="prefix",
            value=text[:80],
        )
    return text


def _most() -> int:
    return _number("limit", MOST_SUGGESTIONS) or SUGGESTIONS


def _number(name: str, most: int) -> int:
    text = request.args.get(name, "0")
    if not _NUMBER.fullmatch(text) or int(text) > most:
        raise ParameterError(
            f"Parameter {name} has to be a number from 0 to {most:,}.",
            parameter=name,
            value=text[:80],
        )
    return int(text)
