"""What the tests of the ontology ask of an rdflib graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, Graph, URIRef

from comity.model.terms import NS

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("az", "en", "ja")


class Files(dict[str, Graph]):
    """Each file of the graph by its path from the root, and unions of them."""

    def union(self, *starts: str) -> Graph:
        """Return the union of the files whose paths start so."""
        graph = Graph()
        for path, part in self.items():
            if path.startswith(starts):
                graph += part
        return graph


def terms(core: Graph) -> list[URIRef]:
    """Return every class and property of the ontology, sorted."""
    return sorted(set(core.subjects(RDFS.isDefinedBy)))


def properties(core: Graph) -> list[URIRef]:
    """Return every property of the ontology, sorted."""
    return [term for term in terms(core) if (term, RDF.type, RDF.Property) in core]


def classes(core: Graph) -> list[URIRef]:
    """Return every class of the ontology, sorted."""
    return [term for term in terms(core) if (term, RDF.type, RDFS.Class) in core]


def local(term: object) -> str:
    """Return the name of a term behind the namespace."""
    return str(term).removeprefix(NS)


def above(core: Graph, name: URIRef) -> Iterator[URIRef]:
    """Yield a class and every class above it."""
    yield name
    for parent in core.objects(name, RDFS.subClassOf):
        yield from above(core, parent)
