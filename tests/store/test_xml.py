"""XML that goes out can be read by any reader, and XML that comes in is whole."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from comity.errors import DataError, DocumentError, NotAcceptableError
from comity.model.terms import RDF
from comity.store import formats
from comity.store.comparing import isomorphic
from comity.store.engine import Graph, QueryRequest
from comity.store.parsing import parse_document
from comity.store.serializing import serialize_triples
from comity.store.terms import BlankNode, Iri, Literal, Triple
from comity.store.uploads import parse_upload
from comity.store.xml import legal

A, B = Iri("http://e.org/a"), Iri("http://e.org/b")
TYPE = Iri(f"{RDF}type")
ROOT = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'


def written(*triples):
    """Return statements as RDF/XML that a reader with namespaces takes."""
    content = serialize_triples(triples, formats.RDF_XML)
    ET.fromstring(content)  # noqa: S314 - our own
    assert isomorphic([each.triple for each in parse_document(content, formats.RDF_XML)], triples)
    return content


def in_a_query(text, offer=formats.XML):
    escapes = "".join(f"\\U{ord(each):08X}" for each in text)
    return Graph.of([]).answer(QueryRequest(f'SELECT ("{escapes}" AS ?x) {{}}'), offer)


@pytest.mark.parametrize("text", ["\r", "a\rb", "a\r\nb", " \r ", "]]>\r<&\t\n", "\x7f\x85\u2028"])
def test_a_text_comes_back_with_its_carriage_returns(text):
    written(Triple(A, B, Literal(text)))
    found = ET.fromstring(in_a_query(text)).find(".//{*}literal")  # noqa: S314 - our own

    assert found.text == text


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_does_not_have_is_named(character):
    named = f"U\\+{ord(character):04X}"
    with pytest.raises(NotAcceptableError, match=f"{named}; ask for Turtle") as graph:
        serialize_triples([Triple(A, B, Literal(f"a{character}"))], formats.RDF_XML)
    with pytest.raises(NotAcceptableError, match=f"{named}; ask for SPARQL JSON") as rows:
        in_a_query(f"a{character}")

    assert "application/n-triples" in graph.value.available
    assert rows.value.available[0] == "application/sparql-results+json"
    assert in_a_query(f"a{character}", formats.JSON)


def test_what_is_well_formed_stays_as_it_is():
    content = b"<a>\tb\n</a>"

    assert legal(content, formats.XML) is content
    assert legal(b"\x01\r", formats.CSV) == b"\x01\r"


@pytest.mark.parametrize("local", ["1", "", "a/", "%41", "a-1#2", "\u0300"])
def test_a_property_without_a_name_is_named(local):
    iri = f"http://e.org/{local}"
    with pytest.raises(NotAcceptableError, match="cannot write the property") as refusal:
        serialize_triples([Triple(A, Iri(iri), B)], formats.RDF_XML)

    assert f"{iri}; ask for Turtle" in str(refusal.value)


@pytest.mark.parametrize("word", ["li", "Description", "RDF", "about", "ID"])
def test_a_property_that_the_syntax_takes_for_another_is_named(word):
    with pytest.raises(NotAcceptableError, match=f"property {RDF}{word};"):
        serialize_triples([Triple(A, Iri(RDF + word), B)], formats.RDF_XML)


@pytest.mark.parametrize("local", ["1a", "a:b", "_", "é1", "a·", "x?a&b"])
def test_a_property_with_a_name_at_its_end_is_written(local):
    written(Triple(A, Iri(f"http://e.org/{local}"), B))


@pytest.mark.parametrize("kind", ["http://e.org/1", f"{RDF}Description", f"{RDF}li", "urn:1"])
def test_any_class_is_written(kind):
    other = Triple(A, B, Literal("x"))

    written(Triple(A, TYPE, Iri(kind)))
    written(Triple(A, TYPE, Iri(kind)), Triple(A, TYPE, B), other)
    written(other, Triple(A, TYPE, Iri(kind)), Triple(BlankNode("b"), TYPE, Iri(kind)))


@pytest.mark.parametrize(
    "document",
    [
        "",
        "\ufeff",
        '<?xml version="1.0"?>',
        "<!-- nothing --> <?nor here?>",
        f"{ROOT}>",
        f'{ROOT} xmlns:x="x:"><rdf:Description rdf:about="x:a"><x:b>1</x:b></rdf:Description>',
    ],
)
def test_a_document_that_is_not_whole_is_none(document):
    with pytest.raises(DocumentError, match=r"The RDF/XML is no XML in line 1: ") as refusal:
        parse_upload(document.encode(), formats.RDF_XML, "x:base")
    with pytest.raises(DataError, match=r"^a\.rdf:1: The RDF/XML is no XML"):
        parse_document(document.encode(), formats.RDF_XML, name="a.rdf")

    assert refusal.value.line == 1


@pytest.mark.parametrize("offer", [formats.TURTLE, formats.N_TRIPLES])
def test_an_empty_text_is_an_empty_graph(offer):
    assert parse_upload(b"", offer, "x:base") == []


def test_a_document_without_statements_is_whole():
    assert parse_upload(f"{ROOT}/>".encode(), formats.RDF_XML, "x:base") == []
