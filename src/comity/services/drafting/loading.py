"""What a draft starts from: the graph, its states with their names, and the name of the source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comity.errors import NotFoundError
from comity.model.terms import GRAPH, ID, RDFS
from comity.services.naming import STATE, Scope
from comity.services.reconciling.entities import ALPHA_2
from comity.services.reconciling.index import index_of
from comity.services.resolve import resolve
from comity.services.selecting import select
from comity.services.templates.dyad import StateName
from comity.store.loading import load_graph
from comity.store.parsing import parse_document
from comity.store.terms import Literal, Quad

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from comity.store.engine import Graph


def load_with(root: Path, folder: Path) -> Graph:
    """Return the graph of a repository with what a data folder elsewhere holds beside it.

    Raises DataError for a file that does not parse.
    """
    if folder.resolve() == (root / "data").resolve():
        return load_graph(root)
    return load_graph(
        root,
        [
            Quad.of(quad.triple, f"{GRAPH}elsewhere/{path.stem}")
            for path in sorted(folder.rglob("*.ttl"))
            for quad in parse_document(path.read_bytes(), name=str(path))
        ],
    )


def read_state(graph: Graph, text: str) -> StateName:
    """Return the state that a text names, with its names; raises NotFoundError for none."""
    thing = resolve(graph, text, Scope(of_class=STATE))
    rows = select(graph, f"SELECT ?name {{ <{thing.iri}> <{RDFS}label> ?name }}")
    names = {name.language: name.lexical for (name,) in rows if isinstance(name, Literal)}
    return StateName(thing.code, thing.label, az=names.get("az", ""), ja=names.get("ja", ""))


def default_slug(graph: Graph, states: Sequence[StateName], language: str) -> str:
    """Return the name of a source as `azjp-en`: the states' codes of two letters, the language."""
    known = index_of(graph).entities.by_iri
    codes = [known[ID + each.code].code(ALPHA_2) for each in states if ID + each.code in known]
    if len(codes) != len(states) or not all(codes):
        raise NotFoundError(
            "One of the states has no code of two letters; name the source with --source."
        )
    return f"{''.join(sorted(codes)).lower()}-{language}"
