"""Files become statements without loss, and a broken file is named with its line."""

from __future__ import annotations

import pytest

from comity.errors import DataError
from comity.model.terms import NS, XSD
from comity.store import formats
from comity.store.comparing import isomorphic
from comity.store.files import graph_file, graph_files
from comity.store.loading import fingerprint, load_graph, parse_file, read_quads, read_triples
from comity.store.parsing import parse_document
from comity.store.serializing import serialize_triples
from comity.store.terms import BlankNode, Iri, Literal, Quad, Triple, tagged
from tiny import AZE, STATES, TINY_QUADS

TURTLE = """\
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

id:AZE comity:value 1.50, 01, "1"^^xsd:nonNegativeInteger, 1.0E6, "1"^^xsd:boolean ;
  comity:label "日本"@ja .
"""


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "data/actors/states.ttl"
    path.parent.mkdir(parents=True)
    path.write_text(TURTLE, encoding="utf-8")
    (tmp_path / "ontology").mkdir()
    return tmp_path


def test_no_literal_is_rewritten_on_the_way_in(folder):
    values = [quad.object for quad in read_quads(folder) if quad.predicate.value == f"{NS}value"]

    assert values == [
        Literal("1.50", f"{XSD}decimal"),
        Literal("01", f"{XSD}integer"),
        Literal("1", f"{XSD}nonNegativeInteger"),
        Literal("1.0E6", f"{XSD}double"),
        Literal("1", f"{XSD}boolean"),
    ]


def test_statements_stand_in_the_graph_of_their_file(folder):
    quads = read_quads(folder)

    assert {quad.graph for quad in quads} == {STATES}
    assert read_triples(folder) == {STATES: [quad.triple for quad in quads]}
    assert quads[-1] == Quad(AZE, Iri(f"{NS}label"), tagged("日本", "ja"), STATES)


def test_the_graph_holds_the_files_and_what_is_added(folder):
    graph = load_graph(folder, extra=TINY_QUADS[-1:])

    # The engine takes 01 and "1"^^xsd:nonNegativeInteger for one integer: hence five, not six.
    assert graph.graphs() == {STATES: 5, TINY_QUADS[-1].graph: 1}
    assert graph.fingerprint == fingerprint(folder)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"@prefix x: <http://x/> .\nx:a x:b 1 .\nx:a x:b foo .\n", 3, "foo"),
        (b"<http://x/a> <http://x/b> 'abc .\n", 1, "end of file"),
        (b"<http://x/a> <http://x/b>\n '\xff' .\n", 2, "UTF-8"),
        (b"<a> <b> <c> .", 1, "IRI"),
        (b"\n\nx:a x:b x:c .", 3, "prefix"),
        (b"<x:a> <x:b> <<( <x:a> <x:b> <x:c> )>> .", None, "a triple stands where a term belongs"),
    ],
)
def test_a_broken_file_is_named_with_its_line(folder, content, line, message):
    path = folder / "data/actors/states.ttl"
    path.write_bytes(content)

    with pytest.raises(DataError, match=message) as fault:
        load_graph(folder)

    assert (fault.value.path, fault.value.line) == ("data/actors/states.ttl", line)
    assert str(fault.value).startswith("data/actors/states.ttl:")
    assert "between columns" not in str(fault.value)


def test_a_file_that_is_not_there_is_named(folder):
    with pytest.raises(DataError, match="No such file") as fault:
        parse_file(folder, graph_file(folder, folder / "data/none.ttl"))

    assert fault.value.path == "data/none.ttl"


def test_the_repository_loads_without_loss(root):
    for file in graph_files(root):
        triples = [quad.triple for quad in parse_file(root, file)]
        back = parse_document(serialize_triples(triples, formats.TURTLE))

        assert {quad.triple for quad in back} == set(triples), file.relative


def test_isomorphism_forgets_names_of_blank_nodes_only():
    p = Iri("http://x/p")
    one = [Triple(BlankNode("a"), p, BlankNode("b")), Triple(BlankNode("b"), p, Literal("1"))]
    same = [Triple(BlankNode("y"), p, Literal("1")), Triple(BlankNode("x"), p, BlankNode("y"))]
    other = [Triple(BlankNode("x"), p, BlankNode("x")), Triple(BlankNode("x"), p, Literal("1"))]

    assert isomorphic(one, same)
    assert not isomorphic(one, other)
    assert not isomorphic(
        [Triple(p, p, Literal("1.50", f"{XSD}decimal"))],
        [Triple(p, p, Literal("1.5", f"{XSD}decimal"))],
    )
