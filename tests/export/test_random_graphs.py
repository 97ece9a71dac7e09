"""Any graph, through every writer and back: no literal changes, no statement is lost."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyld import jsonld

from comity.errors import NotAcceptableError
from comity.services.export import Material, read_material, write_dataset, write_graph
from comity.services.export.jsonld import refuse_document
from comity.store.canonicalizing import canonical_quads
from comity.store.comparing import isomorphic
from comity.store.formats import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal, Quad
from random_graphs import DATASETS, GRAPHS
from shared_material import ROOT

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@cache
def whole() -> Material:
    """Return the repository; a fixture would be printed in full with each counterexample."""
    return read_material(ROOT)


@pytest.fixture(scope="module", autouse=True)
def _read_before_the_clock_starts():
    whole()


def read(content, offer):
    return [quad.triple for quad in parse_document(content, offer)]


@pytest.mark.parametrize("offer", [TURTLE, N_TRIPLES, JSON_LD], ids=lambda offer: offer.name)
@settings(deadline=None)
@given(graph=GRAPHS)
def test_a_graph_comes_back(offer, graph):
    assert isomorphic(read(write_graph(graph, offer, whole()), offer), graph)


@settings(deadline=None)
@given(graph=GRAPHS)
def test_a_graph_comes_back_from_xml_or_is_refused_by_name(graph):
    texts = [each.object.lexical for each in graph if isinstance(each.object, Literal)]
    if any(NOT_XML.search(text) for text in texts):
        with pytest.raises(NotAcceptableError, match="ask for Turtle"):
            write_graph(graph, RDF_XML, whole())
        return
    content = write_graph(graph, RDF_XML, whole())

    assert b"\r" not in content
    assert isomorphic(read(content, RDF_XML), graph)


@pytest.mark.parametrize("offer", [TRIG, N_QUADS], ids=lambda offer: offer.name)
@settings(deadline=None)
@given(dataset=DATASETS)
def test_a_dataset_comes_back(offer, dataset):
    found = parse_document(write_dataset(dataset, offer, whole()), offer)

    assert named_apart(found) == named_apart(dataset)


@pytest.mark.parametrize(
    "offer", [TURTLE, TRIG, N_TRIPLES, N_QUADS, JSON_LD], ids=lambda offer: offer.name
)
@settings(deadline=None)
@given(dataset=DATASETS, random=st.randoms(use_true_random=False))
def test_order_does_not_matter(offer, dataset, random):
    shuffled = list(dataset)
    random.shuffle(shuffled)

    first = write_dataset(canonical_quads(dataset), offer, whole())
    assert write_dataset(canonical_quads(shuffled), offer, whole()) == first


@settings(deadline=None)
@given(graph=GRAPHS)
def test_a_stock_reader_of_json_ld_finds_the_same(graph):
    # PyLD writes a double anew in its own form, whatever the document says.
    assume(
        not any(
            each.object.datatype.endswith("#double")
            for each in graph
            if isinstance(each.object, Literal)
        )
    )
    document = json.loads(write_graph(graph, JSON_LD, whole()))

    lines = jsonld.to_rdf(
        document, {"format": "application/n-quads", "documentLoader": refuse_document}
    )

    assert isomorphic(read(lines.encode(), N_QUADS), graph)


def named_apart(dataset: list[Quad]) -> set[Quad]:
    """Return a dataset with canonical blank nodes."""
    return set(canonical_quads(dataset))


def test_xml_names_a_property_that_it_cannot_write():
    statement = Quad(Iri("http://e.org/s"), Iri("http://e.org/1"), Literal("x"), "")

    with pytest.raises(NotAcceptableError, match=r"http://e\.org/1"):
        write_graph([statement.triple], RDF_XML, whole())
