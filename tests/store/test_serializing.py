"""Statements go out in six formats and come back the same."""

from __future__ import annotations

import re

import pytest

from comity.errors import DataError, NotAcceptableError
from comity.model.terms import XSD
from comity.store import formats
from comity.store.comparing import isomorphic
from comity.store.parsing import parse_document
from comity.store.serializing import serialize_quads, serialize_triples
from comity.store.terms import BlankNode, Iri, Literal, Triple
from tiny import TINY_QUADS, VISITS

TRIPLES = [
    *(quad.triple for quad in TINY_QUADS),
    Triple(BlankNode("b"), Iri("http://x/p"), Literal("1.50", f"{XSD}decimal")),
    Triple(BlankNode("b"), Iri("http://x/p"), Literal('a\r\n\t"<&>\\ comity:', "urn:type")),
]


@pytest.mark.parametrize("offer", formats.GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_every_graph_format_comes_back(offer):
    content = serialize_triples(TRIPLES, offer)

    assert isomorphic(TRIPLES, [quad.triple for quad in parse_document(content, offer)])


@pytest.mark.parametrize("offer", [formats.TRIG, formats.N_QUADS, formats.JSON_LD])
def test_formats_with_graphs_keep_them(offer):
    content = serialize_quads(TINY_QUADS, offer)

    assert set(parse_document(content, offer)) == set(TINY_QUADS)


def test_only_prefixes_in_use_are_declared():
    content = serialize_triples([quad.triple for quad in TINY_QUADS], formats.TURTLE).decode()

    declared = [line.split()[1] for line in content.splitlines() if line.startswith("@prefix")]
    assert declared == ["comity:", "id:", "rdfs:", "xsd:"]
    assert "id:AZE a comity:State" in content


def test_namespaces_of_xml_are_those_in_use():
    content = serialize_triples([quad.triple for quad in TINY_QUADS], formats.RDF_XML).decode()

    assert re.findall(r"xmlns:(\w+)=", content.splitlines()[1]) == ["comity", "rdf", "rdfs"]


@pytest.mark.parametrize("offer", formats.GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_the_same_statements_give_the_same_bytes(offer):
    assert len({serialize_triples(TRIPLES, offer) for _ in range(20)}) == 1


def test_named_graphs_use_the_prefix_too():
    content = serialize_quads(TINY_QUADS, formats.TRIG).decode()

    assert f"<{VISITS}> {{" in content or "graph:data\\/relations" in content


def test_a_table_format_cannot_carry_a_graph():
    with pytest.raises(NotAcceptableError, match="CSV cannot carry a graph; format can be turtle"):
        serialize_triples(TRIPLES, formats.CSV)


def test_a_document_that_does_not_parse_is_named_with_its_line():
    with pytest.raises(DataError, match=r"^export\.nt:2: The N-Triples does not parse"):
        parse_document(b"<x:a> <x:b> <x:c> .\nx\n", formats.N_TRIPLES, name="export.nt")
