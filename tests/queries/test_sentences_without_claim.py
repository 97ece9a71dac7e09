"""The query that tells which sentences of a source nobody has taken a claim from."""

from __future__ import annotations

from comity.model.query import parse_query_file
from comity.model.terms import ID
from comity.services.running import run
from comity.store.engine import Graph
from comity.store.formats import CSV
from comity.store.parsing import parse_document
from shared_material import ROOT

PATH = "queries/catalogue/coverage-by-section.rq"
DATA = f"""\
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix id: <{ID}> .
id:src.some a comity:Source ; rdfs:label "Some"@en .
id:src.some.s1 oa:hasSource id:src.some ; comity:section "A" ; comity:sentence 1 .
id:src.some.s2 oa:hasSource id:src.some ; comity:section "A" ; comity:sentence 2 .
id:src.some.s3 oa:hasSource id:src.some ; comity:section "B" ; comity:sentence 3 .
id:src.some.s10 oa:hasSource id:src.some ; comity:section "A" ; comity:sentence 10 .
id:one comity:passage id:src.some.s1 .
id:three comity:passage id:src.some.s3 .
"""


def test_sentences_without_a_claim_are_listed_in_their_order():
    query = parse_query_file(PATH, (ROOT / PATH).read_text("utf-8"))
    graph = Graph.of(parse_document(DATA.encode()))
    lines = run(graph, query, {"source": "src.some"}).serialize(CSV).decode().splitlines()
    assert lines[1:] == ['A,3,1,2,"2, 10"', "B,1,1,0,"]
