from __future__ import annotations

import pytest
from pyshacl import validate
from rdflib import Graph as RdfGraph

from comity.model.query import parse_query_file
from comity.model.terms import NS, PREFIXES, RDF, SKOS
from comity.services.query_rdf import catalogue_triples, query_triples
from comity.services.selecting import select
from comity.store.files import QUERIES_GRAPH
from comity.store.formats import N_TRIPLES
from comity.store.parsing import parse_document
from comity.store.serializing import serialize_triples
from comity.store.terms import BlankNode, Iri, Literal
from shared_material import shared

SH = PREFIXES["sh"]
HEADER = "#+ summary: Is it?\n#+ description: It.\n#+ tags: [test]\n"


@pytest.fixture(scope="module")
def quads(catalogue):
    return catalogue_triples(catalogue)


def as_rdflib(quads):
    return RdfGraph().parse(serialize_triples((q.triple for q in quads), N_TRIPLES), format="nt")


def values(quads, subject, predicate):
    return [q.object for q in quads if (q.subject, q.predicate) == (Iri(subject), Iri(predicate))]


def test_no_node_is_blank_and_all_stand_in_one_graph(quads):
    assert not [q for q in quads if BlankNode in (type(q.subject), type(q.object))]
    assert {q.graph for q in quads} == {QUERIES_GRAPH}
    assert len(set(quads)) == len(quads)


def test_the_catalogue_keeps_the_shapes_of_the_sib_examples(quads):
    # the file as published has a regular expression with single backslashes, which is no Turtle
    published = shared("conformance/sparql-examples/spex.shacl.ttl").read_bytes()
    shapes = parse_document(published.replace(rb"[^\s]", rb"[^\\s]"))
    conforms, _, report = validate(as_rdflib(quads), shacl_graph=as_rdflib(shapes))
    assert conforms, report


def test_each_query_is_executable_text_with_its_question(catalogue, quads):
    for query in catalogue.all():
        assert Iri(f"{SH}SPARQLExecutable") in values(quads, query.iri, f"{RDF}type")
        (text,) = values(quads, query.iri, f"{SH}{query.form}")
        assert text == Literal(query.text)
        assert len(values(quads, query.iri, f"{SH}parameter")) == len(query.parameters) + len(
            query.period_names
        )


def test_parameters_tell_their_type(quads):
    # found in the catalogue, whatever queries it holds
    classes = {q.object.value for q in quads if q.predicate.value == f"{SH}class"}
    assert {f"{NS}Dyad", f"{SKOS}Concept"} <= classes
    shapes = {q.subject for q in quads if q.object == Iri(f"{SH}PropertyShape")}
    assert shapes
    for shape in shapes:
        assert values(quads, shape.value, f"{SH}path") == [Iri(f"{SKOS}inScheme")]


@pytest.mark.parametrize(
    ("text", "kind", "property_"),
    [
        ("ASK { ?s ?p ?o }", f"{SH}SPARQLAskExecutable", f"{SH}ask"),
        ("DESCRIBE ?s { ?s ?p ?o }", f"{PREFIXES['spex']}SPARQLDescribeExecutable", None),
        ("CONSTRUCT WHERE { ?s ?p ?o }", f"{SH}SPARQLConstructExecutable", f"{SH}construct"),
    ],
)
def test_other_forms_have_their_own_class_and_property(text, kind, property_):
    query = parse_query_file("it.rq", HEADER + text)
    quads = query_triples(query)
    assert Iri(kind) in values(quads, query.iri, f"{RDF}type")
    assert values(quads, query.iri, property_ or f"{PREFIXES['spex']}describe") == [
        Literal(query.text)
    ]


def test_the_catalogue_can_itself_be_queried(real_graph, catalogue):
    rows = select(
        real_graph,
        f"SELECT ?query {{ GRAPH <{QUERIES_GRAPH}> {{ ?query a <{SH}SPARQLExecutable> }} }}",
    )
    assert {row[0].value for row in rows} == {query.iri for query in catalogue.all()}


def test_prefixes_lead_to_the_declarations(real_graph, quads):
    (node,) = {q.object.value for q in quads if q.predicate.value == f"{SH}prefixes"}
    rows = select(
        real_graph,
        f"SELECT ?prefix {{ <{node}> <{SH}declare>/<{SH}prefix> ?prefix }}",
    )
    assert {row[0].lexical for row in rows} >= {"comity", "id", "code", "skos"}
