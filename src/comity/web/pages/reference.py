"""The pages on the ontology, the vocabularies and the shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import Blueprint, Response, get_template_attribute, redirect, render_template

from comity.errors import NotFoundError
from comity.model.licences import CC0
from comity.model.terms import CODE, GRAPH, NS
from comity.services.once import once_for_each_language
from comity.services.pages.graphs import (
    folder_triples,
    graph_content,
    scheme_triples,
    write_graph,
)
from comity.services.pages.ontology import read_ontology
from comity.services.pages.shapes import graph_telling_of, has_entry, read_shapes
from comity.services.pages.vocabularies import (
    has_concept,
    has_notation,
    read_notations,
    read_scheme,
    read_schemes,
)
from comity.services.picture import render_triples
from comity.store.formats import TURTLE
from comity.web.pages.context import graph, material, own_root
from comity.web.pages.representing import Resource, choices, represent, split_suffix
from comity.web.presenting import absolute, href, path

if TYPE_CHECKING:
    from pathlib import Path

    from flask.typing import ResponseReturnValue
    from markupsafe import Markup

    from comity.store.engine import Graph
    from comity.store.formats import Format

blueprint = Blueprint("reference", __name__)

CORE: Final = "ontology/core"
VOCABULARIES: Final = "ontology/vocabularies"
NOTATIONS: Final = "ontology/notations"
SHAPES: Final = "ontology/shapes/"
SEE_OTHER: Final = 303


@blueprint.get("/ns")
@blueprint.get("/ns/<version>")
def namespace(version: str = "") -> ResponseReturnValue:
    """Lead from the namespace, or a version of it, to the ontology."""
    del version
    return redirect(path("/ontology"), code=SEE_OTHER)


@blueprint.get("/ontology", defaults={"suffix": None})
@blueprint.get("/ontology.<suffix>")
def ontology(suffix: str | None) -> ResponseReturnValue:
    """Show the ontology to people, its source file to programs."""
    if suffix == "svg":
        return picture()
    resource = Resource(
        address="/ontology",
        page=lambda: render_template(
            "ontology.html",
            ontology=read_ontology(graph(), own_root()),
            middles=_middles(graph(), own_root(), path("")),
            picture=bool(folder_triples(material(), CORE)),
            canonical=absolute("/ontology"),
            alternates=choices("/ontology"),
        ),
        data=_core,
        cite_as=NS.removesuffix("#"),
        license=CC0,
    )
    return represent(resource, suffix)


@once_for_each_language
def _middles(graph: Graph, root: Path | None, _prefix: str) -> dict[str, Markup]:
    """Return each class in the middle of its own picture, by its local name.

    `_prefix` is the path that the links begin with.
    """
    write = get_template_attribute("ontology_picture.html", "middle")
    terms = (term for group in read_ontology(graph, root).groups for term in group.terms)
    return {term.local: write(term) for term in terms if term.focus}


def picture() -> ResponseReturnValue:
    """Send the picture of the model."""
    core = folder_triples(material(), CORE)
    if not core:
        raise NotFoundError("There is no picture: the data hold no ontology of Comity.")
    return Response(render_triples(core), mimetype="image/svg+xml")


@blueprint.get("/vocabulary", defaults={"suffix": None})
@blueprint.get("/vocabulary.<suffix>")
def vocabularies(suffix: str | None) -> ResponseReturnValue:
    """Show the code lists."""
    resource = Resource(
        address="/vocabulary",
        page=lambda: render_template(
            "vocabularies.html",
            schemes=read_schemes(graph()),
            notations=read_notations(graph()),
            canonical=absolute("/vocabulary"),
            alternates=choices("/vocabulary"),
        ),
        data=lambda offer: _folders((VOCABULARIES, NOTATIONS), offer),
        cite_as=GRAPH + VOCABULARIES,
        license=CC0,
    )
    return represent(resource, suffix)


@blueprint.get("/vocabulary/<name>")
def vocabulary(name: str) -> ResponseReturnValue:
    """Show one code list."""
    local, suffix = split_suffix(name, lambda each: has_concept(graph(), each))
    if has_notation(graph(), local):
        address = f"/vocabulary.{suffix}" if suffix else f"/vocabulary#{local}"
        return redirect(path(address), code=SEE_OTHER)
    scheme = read_scheme(graph(), local)
    address = f"/vocabulary/{local}"
    resource = Resource(
        address=address,
        page=lambda: render_template(
            "vocabulary.html",
            scheme=scheme,
            canonical=absolute(address),
            alternates=choices(address),
        ),
        data=lambda offer: write_graph(scheme_triples(material(), local), material(), offer),
        cite_as=CODE + local,
        license=CC0,
    )
    return represent(resource, suffix)


@blueprint.get("/shapes", defaults={"suffix": None})
@blueprint.get("/shapes.<suffix>")
def shapes(suffix: str | None) -> ResponseReturnValue:
    """Show the rules."""
    resource = Resource(
        address="/shapes",
        page=lambda: render_template(
            "shapes.html",
            shapes=read_shapes(graph()),
            canonical=absolute("/shapes"),
            alternates=choices("/shapes"),
        ),
        data=lambda offer: _folder(SHAPES, offer),
        license=CC0,
    )
    return represent(resource, suffix)


@blueprint.get("/shape/<name>")
def identify_shape(name: str) -> ResponseReturnValue:
    """Lead from a shape or a rule to its entry, from what only helps them to the graph of it."""
    if has_entry(graph(), name):
        return redirect(path(f"/shapes#{quote(name)}"), code=SEE_OTHER)
    return redirect(href(graph_telling_of(graph(), name)) or path("/shapes"), code=SEE_OTHER)


def _core(offer: Format) -> bytes:
    """Return the ontology's file as it is; other formats from its statements."""
    if offer == TURTLE:
        return graph_content(material(), own_root(), CORE)
    return _folder(CORE, offer)


def _folder(folder: str, offer: Format) -> bytes:
    return _folders((folder,), offer)


def _folders(folders: tuple[str, ...], offer: Format) -> bytes:
    triples = [triple for folder in folders for triple in folder_triples(material(), folder)]
    return write_graph(triples, material(), offer)
