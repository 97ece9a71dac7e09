"""The alignments stand alone: they may be left out, and they use others' terms as published."""

from rdflib import RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib import namespace as known

from comity.model.terms import NS, W3ID

FILE = "ontology/alignments.ttl"
HEADER = URIRef(f"{W3ID}graph/ontology/alignments")
RELATIONS = {
    *(RDFS.subClassOf, RDFS.subPropertyOf),
    *(SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch),
}
# Vocabularies whose published terms rdflib carries, so that each name can be looked up.
PUBLISHED = (
    *(known.DCTERMS, known.FOAF, known.GEO, known.ORG, known.OWL, known.PROV, known.QB, known.RDF),
    *(known.RDFS, known.SDO, known.SH, known.SKOS, known.TIME, known.VANN),
)
VOCABULARIES = {
    "Wikidata": "http://www.wikidata.org/entity/",
    "schema.org": "https://schema.org/",
    "PROV": "http://www.w3.org/ns/prov#",
    "ORG": "http://www.w3.org/ns/org#",
    "SEM": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "Data Cube": "http://purl.org/linked-data/cube#",
    "ELI": "http://data.europa.eu/eli/ontology#",
    "FOAF": "http://xmlns.com/foaf/0.1/",
    "Web Annotation": "http://www.w3.org/ns/oa#",
    "OWL-Time": "http://www.w3.org/2006/time#",
    "SKOS": "http://www.w3.org/2004/02/skos/core#",
    "GeoSPARQL": "http://www.opengis.net/ont/geosparql#",
    "DBpedia": "http://dbpedia.org/ontology/",
    "RiC-O": "https://www.ica.org/standards/RiC/ontology#",
    "DQV": "http://www.w3.org/ns/dqv#",
}


def links(files: dict[str, Graph]) -> list[tuple[URIRef, URIRef, URIRef]]:
    return [triple for triple in files[FILE] if triple[0] != HEADER]


def test_links_go_from_our_terms_to_terms_of_others(files, everything):
    for subject, relation, target in links(files):
        assert (subject, RDF.type, None) in everything, subject
        assert relation in RELATIONS
        assert not target.startswith(W3ID), target


def test_classes_go_to_superclasses_and_properties_to_superproperties(files, core):
    for subject, relation, _ in links(files):
        is_property = (subject, RDF.type, RDF.Property) in core

        assert relation != (RDFS.subClassOf if is_property else RDFS.subPropertyOf), subject


def test_nothing_else_depends_on_them(files):
    """Without this file no term of ours loses its type, label or place in the hierarchy."""
    rest = Graph()
    for path, part in files.items():
        if path != FILE:
            rest += part
    ours = {
        term
        for triple in rest
        for term in triple
        if isinstance(term, URIRef) and term.startswith(NS) and term != URIRef(NS)
    }

    assert {subject for subject, _, _ in links(files)} <= set(rest.subjects())
    assert [term for term in ours if (term, RDF.type, None) not in rest] == []


def test_each_vocabulary_of_the_survey_is_linked(files):
    targets = {str(target) for _, _, target in links(files)}

    assert [
        title
        for title, start in VOCABULARIES.items()
        if not any(target.startswith(start) for target in targets)
    ] == []


def test_foreign_terms_exist_as_published(files):
    spaces: list[Namespace] = list(PUBLISHED)
    ontology = files.union("data/", "ontology/")
    for term in {each for triple in ontology for each in triple if isinstance(each, URIRef)}:
        for space in spaces:
            if term.startswith(str(space)):
                assert term in space, term


def test_core_borrows_no_class_but_builtins(core):
    foreign = {
        term
        for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf)
        for term in core.objects(None, predicate)
        if not term.startswith(NS)
    }

    assert {str(term).rpartition("#")[0].rpartition("/")[2] for term in foreign if "#" in term} == {
        *("22-rdf-syntax-ns", "XMLSchema", "core", "owl", "rdf-schema"),
    }
