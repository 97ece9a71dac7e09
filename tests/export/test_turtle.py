"""Turtle for people: what stands where, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given

from comity.model.terms import CODE, ID, NS, PREFIXES, RDF, RDFS, SKOS, XSD
from comity.services.export.ordering import natural, read_ordering
from comity.services.export.tokens import Tokens
from comity.services.export.turtle import write_trig, write_turtle
from comity.store.formats import N_TRIPLES, TURTLE
from comity.store.parsing import parse_document
from comity.store.terms import STRING, BlankNode, Iri, Literal, Quad, Triple, tagged
from random_graphs import IRIS, LITERALS
from shared_material import ROOT

A = Iri(f"{RDF}type")
LABEL = Iri(f"{RDFS}label")


def parse_turtle(content):
    return [quad.triple for quad in parse_document(content, TURTLE)]


@pytest.fixture(scope="module")
def ordering():
    return read_ordering(parse_turtle((ROOT / "ontology/core.ttl").read_bytes()))


def thing(local):
    return Iri(ID + local)


def ours(local):
    return Iri(NS + local)


VISIT = [
    Triple(thing("AZE-JPN.visit.1998-02"), ours("outcome"), thing("b")),
    Triple(thing("AZE-JPN.visit.1998-02"), ours("outcome"), thing("a10")),
    Triple(thing("AZE-JPN.visit.1998-02"), ours("outcome"), thing("a2")),
    Triple(
        thing("AZE-JPN.visit.1998-02"), ours("edtf"), Literal("1998-02", PREFIXES["edtf"] + "EDTF")
    ),
    Triple(thing("AZE-JPN.visit.1998-02"), ours("earliest"), Literal("1998-02-01", f"{XSD}date")),
    Triple(thing("AZE-JPN.visit.1998-02"), ours("ordinal"), Literal("1", f"{XSD}integer")),
    Triple(thing("AZE-JPN.visit.1998-02"), ours("from"), thing("AZE")),
    Triple(thing("AZE-JPN.visit.1998-02"), LABEL, tagged("Səfər", "az")),
    Triple(thing("AZE-JPN.visit.1998-02"), LABEL, tagged("Visit", "en")),
    Triple(thing("AZE-JPN.visit.1998-02"), A, ours("Visit")),
    Triple(thing("AZE"), LABEL, tagged("Azerbaijan\nand more", "en")),
    Triple(thing("AZE"), A, ours("State")),
    Triple(thing("AZE-JPN.visit.1997"), A, ours("Visit")),
    Triple(thing("AZE-JPN.visit.1997"), ours("latest"), Literal("1997-12-31", f"{XSD}date")),
]

WRITTEN = """\
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# --- state

id:AZE a comity:State ;
    rdfs:label "Azerbaijan\\nand more"@en .

# --- visit

id:AZE-JPN.visit.1997 a comity:Visit ;
    comity:latest "1997-12-31"^^xsd:date .

id:AZE-JPN.visit.1998-02 a comity:Visit ;
    rdfs:label "Visit"@en , "Səfər"@az ;
    comity:from id:AZE ;  # Azerbaijan and more
    comity:outcome id:a2 , id:a10 , id:b ;
    comity:ordinal 1 ;
    comity:edtf "1998-02"^^edtf:EDTF ;
    comity:earliest "1998-02-01"^^xsd:date .
"""


def test_a_graph_is_told_in_the_order_of_the_ontology(ordering):
    assert write_turtle(VISIT, ordering) == WRITTEN


def test_the_order_of_the_statements_does_not_matter(ordering):
    assert write_turtle(VISIT[::-1], ordering) == write_turtle(VISIT + VISIT, ordering) == WRITTEN


def test_several_named_values_stand_one_a_line_with_their_names(ordering):
    triples = [*VISIT, Triple(thing("b"), LABEL, tagged("A loan", "en"))]

    assert (
        "    comity:outcome\n        id:a2 ,\n        id:a10 ,\n        id:b ;  # A loan\n"
    ) in write_turtle(triples, ordering)


def test_a_long_list_is_wrapped(ordering):
    triples = [Triple(thing("x"), ours("member"), thing(f"member-number-{n}")) for n in range(9)]

    lines = write_turtle(triples, ordering).splitlines()

    assert max(map(len, lines)) <= 100
    assert sum(line.startswith("        id:member-number-") for line in lines) == 9


def test_a_long_name_is_cut_and_a_strange_one_left_out(ordering):
    triples = [
        Triple(thing("x"), ours("from"), thing("long")),
        Triple(thing("x"), ours("to"), thing("strange")),
        Triple(thing("long"), LABEL, tagged("long " * 40, "en")),
        Triple(thing("strange"), LABEL, tagged("bell\a", "en")),
    ]

    text = write_turtle(triples, ordering)

    assert "id:long ;  # long long" in text
    assert max(map(len, text.split("id:strange .")[0].splitlines()[-3:])) < 110
    assert "comity:to id:strange .\n" in text


def test_lists_and_trees_of_blank_nodes_stand_inside(ordering):
    node, rest, inner = BlankNode("n"), BlankNode("r"), BlankNode("i")
    first, next_ = Iri(f"{RDF}first"), Iri(f"{RDF}rest")
    path = Iri("http://www.w3.org/ns/shacl#path")
    triples = [
        Triple(thing("s"), Iri("http://www.w3.org/ns/shacl#or"), node),
        Triple(node, first, inner),
        Triple(node, next_, rest),
        Triple(rest, first, Literal("1", f"{XSD}integer")),
        Triple(rest, next_, Iri(f"{RDF}nil")),
        Triple(inner, path, ours("value")),
    ]

    assert "id:s sh:or ( [ sh:path comity:value ] 1 ) .\n" in write_turtle(triples, ordering)


def test_a_ring_of_blank_nodes_keeps_its_names(ordering):
    one, two = BlankNode("one"), BlankNode("two")
    triples = [Triple(one, LABEL, two), Triple(two, LABEL, one)]

    text = write_turtle(triples, ordering)

    assert "_:one rdfs:label _:two ." in text
    assert "_:two rdfs:label _:one ." in text


def test_a_blank_node_of_two_graphs_keeps_its_name(ordering):
    node = BlankNode("n")
    quads = [
        Quad(thing("a"), LABEL, node, "http://e.org/1"),
        Quad(node, LABEL, Literal("x"), "http://e.org/2"),
    ]

    text = write_trig(quads, ordering)

    assert text.count("_:n") == 2


def test_trig_knows_the_names_of_other_graphs(ordering):
    quads = [
        Quad(thing("x"), ours("from"), thing("AZE"), "http://e.org/2"),
        Quad(thing("AZE"), LABEL, tagged("Azerbaijan", "en"), "http://e.org/1"),
    ]

    assert "id:x comity:from id:AZE .  # Azerbaijan\n" in write_trig(quads, ordering)


@pytest.mark.parametrize(
    ("local", "written"),
    [
        ("AZE-JPN.visit.1998-02", "id:AZE-JPN.visit.1998-02"),
        ("Ito\u0304", "id:Ito\u0304"),
        ("1", "id:1"),
        ("_x", "id:_x"),
        ("a.", f"<{ID}a.>"),
        ("-a", f"<{ID}-a>"),
        ("a/b", f"<{ID}a/b>"),
        ("a%20b", f"<{ID}a%20b>"),
        ("", f"<{ID}>"),
    ],
)
def test_a_name_that_needs_an_escape_is_a_whole_iri(local, written):
    assert Tokens().iri(ID + local) == written


@pytest.mark.parametrize(
    ("lexical", "datatype", "written"),
    [
        ("22080000", "integer", "22080000"),
        ("-5", "integer", "-5"),
        ("0", "integer", "0"),
        ("-0", "integer", '"-0"^^xsd:integer'),
        ("007", "integer", '"007"^^xsd:integer'),
        ("+1", "integer", '"+1"^^xsd:integer'),
        ("37.1", "decimal", "37.1"),
        ("37.10", "decimal", '"37.10"^^xsd:decimal'),
        ("37.0", "decimal", "37.0"),
        ("37", "decimal", '"37"^^xsd:decimal'),
        (".5", "decimal", '".5"^^xsd:decimal'),
        ("true", "boolean", "true"),
        ("1", "boolean", '"1"^^xsd:boolean'),
        ("1024", "nonNegativeInteger", '"1024"^^xsd:nonNegativeInteger'),
        ("1.0E6", "double", '"1.0E6"^^xsd:double'),
        ("x", "string", '"x"'),
    ],
)
def test_only_a_canonical_number_goes_bare(lexical, datatype, written):
    assert Tokens().term(Literal(lexical, XSD + datatype)) == written


def test_a_character_that_no_one_sees_is_escaped():
    assert Tokens().term(Literal("a\u2028b\x85c\ufeff")) == '"a\\u2028b\\u0085c\\uFEFF"'


@given(IRIS, LITERALS)
def test_a_term_comes_back(iri, literal):
    tokens = Tokens()
    statement = f"{tokens.term(iri)} {tokens.iri(NS + 'stated')} {tokens.term(literal)} .\n"

    (found,) = parse_document((tokens.prefixes() + statement).encode(), TURTLE)

    assert found.triple == Triple(iri, ours("stated"), literal)


def test_prefixes_are_sorted_and_only_those_used():
    tokens = Tokens()
    tokens.iri(f"{SKOS}exactMatch")
    tokens.iri(f"{CODE}visit.official")
    tokens.iri("http://example.org/x")

    assert tokens.prefixes() == (
        "@prefix code: <https://w3id.org/comity/code/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    )


def test_of_two_namespaces_that_fit_the_longer_one_wins():
    tokens = Tokens({"a": "http://e.org/", "b": "http://e.org/p", "u": "urn:x:"})

    assert tokens.iri("http://e.org/p1") == "b:1"
    assert tokens.iri("http://e.org/q1") == "a:q1"
    assert tokens.iri("http://e.org/p") == "a:p"
    assert tokens.iri("urn:x:1") == "u:1"
    assert tokens.iri("http://e.org/p/1") == "<http://e.org/p/1>"


def test_things_of_one_time_and_name_go_by_iri_and_blank_nodes_come_last(ordering):
    names = ["s10", "s2", "s02", "s1"]
    triples = [Triple(thing(each), A, ours("Visit")) for each in names]
    triples += [Triple(thing(each), LABEL, tagged("Visit", "en")) for each in ("s10", "s2")]
    triples += [Triple(thing("s02"), LABEL, tagged("VISIT", "en"))]
    triples += [Triple(thing("s10"), ours("earliest"), Literal("1998-02-01", f"{XSD}date"))]
    triples += [Triple(BlankNode("b"), A, ours("Visit"))]

    lines = write_turtle(triples, ordering).splitlines()

    told = [line.split()[0] for line in lines if line.startswith(("id:", "_:"))]
    assert told == ["id:s10", "id:s1", "_:b", "id:s02", "id:s2"]


def test_numbers_in_names_count():
    assert sorted(["s10", "s2", "s1a", "s1", "s"], key=natural) == ["s", "s1", "s1a", "s2", "s10"]
    assert sorted(["9" * 5000, "8" * 5001], key=natural) == ["9" * 5000, "8" * 5001]


def test_no_line_of_the_repository_is_lost(ordering):
    """Every literal of every data file comes back from a dump of that file, letter by letter."""
    files = sorted((ROOT / "data").rglob("*.ttl"))
    assert files
    for file in files:
        before = parse_turtle(file.read_bytes())
        after = parse_document(write_turtle(before, ordering).encode(), TURTLE)
        assert {quad.triple for quad in after} == set(before)


def test_plain_strings_need_no_datatype():
    (quad,) = parse_document(b'<s:s> <s:p> "x" .', N_TRIPLES)
    assert quad.object.datatype == STRING
