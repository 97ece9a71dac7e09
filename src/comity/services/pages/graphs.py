"""What the pages are as RDF: the statements behind each of them, exactly as written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.errors import NotFoundError
from comity.model.terms import CODE, GRAPH, PREFIXES
from comity.services.export.description import NAMES
from comity.services.export.dumps import make_dump
from comity.services.export.jsonld import write_jsonld
from comity.services.export.lines import write_ntriples, write_rdfxml
from comity.services.export.ordering import TYPE
from comity.services.export.selection import ABOUT, AMOUNT, PASSAGE, SOURCE
from comity.services.export.turtle import write_turtle
from comity.services.pages.reading import rows
from comity.services.returning import file_content
from comity.store import formats
from comity.store.terms import Iri, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from comity.model.period import Period
    from comity.services.export.material import Material
    from comity.services.export.selection import Index
    from comity.store.engine import Graph
    from comity.store.formats import Format
    from comity.store.terms import BlankNode

IN_SCHEME: Final = Iri(f"{PREFIXES['skos']}inScheme")


def write_graph(triples: Iterable[Triple], material: Material, offer: Format) -> bytes:
    """Return statements in a format; whatever is not Turtle, N-Triples or RDF/XML is JSON-LD."""
    if offer == formats.TURTLE:
        content: str | bytes = write_turtle(triples, material.ordering)
    elif offer == formats.N_TRIPLES:
        content = write_ntriples(triples)
    elif offer == formats.RDF_XML:
        content = write_rdfxml(triples)
    else:
        content = write_jsonld(triples, material.ordering, material.context)
    return content.encode() if isinstance(content, str) else content


def write_pair(material: Material, local: str, period: Period, offer: Format) -> bytes:
    """Return the graph of a pair for a period; JSON is the tree that needs no knowledge of RDF."""
    kinds = (formats.TURTLE, formats.N_TRIPLES, formats.RDF_XML)
    wanted = offer if offer in kinds else formats.JSON_LD
    return make_dump(material, wanted, dyad=local, period=period).content


def thing_triples(graph: Graph, material: Material, iri: str) -> list[Triple]:
    """Return a thing from both sides: what is said of it, what points to it, and why.

    That is its own statements and those of its amounts, of the claims and issues about both and of
    their passages; the statements that lead to it; the names of what it leads to.
    """
    index, thing = material.index, Iri(iri)
    whole = {thing, *_things(index[thing].get(AMOUNT.value, ()))}
    claims = index.whose(ABOUT, whole)
    evidence = claims | index.whose(ABOUT, claims)
    index.ready(evidence)
    passages = {each for claim in claims for each in _things(index[claim].get(PASSAGE.value, ()))}
    found = _statements(index, whole | evidence | passages)
    found += [
        Triple(subject, prop, thing)
        for subject, prop in rows(graph, f"SELECT ?s ?p WHERE {{ ?s ?p <{iri}> }}")
        if isinstance(subject, Iri) and isinstance(prop, Iri)
    ]
    nearby = {each for values in index[thing].values() for each in _things(values)}
    index.ready(nearby)
    for near in nearby:
        found += [
            Triple(near, prop, value)
            for prop in (TYPE, *NAMES)
            for value in index[near].get(prop.value, ())
        ]
    return list(dict.fromkeys(found))


def source_triples(material: Material, iri: str) -> list[Triple]:
    """Return a source with its passages, the claims that rest on them, and the issues about it."""
    index, source = material.index, Iri(iri)
    passages = index.who(SOURCE, source)
    claims = index.whose(PASSAGE, passages)
    issues = index.whose(ABOUT, {source, *passages})
    return _statements(index, {source, *passages, *claims, *issues})


def scheme_triples(material: Material, local: str) -> list[Triple]:
    """Return a code list with its codes."""
    scheme = Iri(CODE + local)
    return _statements(material.index, {scheme, *material.index.who(IN_SCHEME, scheme)})


def folder_triples(material: Material, folder: str) -> list[Triple]:
    """Return all statements of the graphs whose path begins with `folder`."""
    return [quad.triple for quad in material.of_graphs(GRAPH + folder)]


def graph_content(material: Material, root: Path | None, name: str) -> bytes:
    """Return the Turtle of a named graph of ours, by its path without suffix.

    With a root it is the graph's file there, with what was written since in its place. Raises
    NotFoundError for an unknown name.
    """
    graph = GRAPH + name
    triples = [quad.triple for quad in material.of_graph(graph)]
    if triples:
        return file_content(triples, graph, root, material.ordering)
    known = [each.removeprefix(GRAPH) for each in material.graphs if each.startswith(GRAPH)]
    alike = [each for each in known if each.rsplit("/", 1)[-1] == name.rsplit("/", 1)[-1]]
    raise NotFoundError(
        f"There is no graph {name!r}; a graph is called after its file, such as "
        "data/actors/states.",
        suggestions=tuple(f"/graph/{each}" for each in alike[:3]),
    )


def _statements(index: Index, subjects: Iterable[Iri | BlankNode]) -> list[Triple]:
    subjects = list(subjects)
    index.ready(subjects)
    return [
        Triple(subject, Iri(prop), value)
        for subject in subjects
        for prop, values in index[subject].items()
        for value in values
    ]


def _things(values: Iterable[object]) -> list[Iri]:
    return [value for value in values if isinstance(value, Iri)]
