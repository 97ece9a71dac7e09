"""The question for missing names asks of what has to have them (R18), not of facts and sources."""

from __future__ import annotations

from comity.services.running import run
from comity.store.loading import load_graph
from comity.store.parsing import parse_document
from comity.store.terms import Quad
from shared_material import ROOT

NAMELESS = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:nobody a comity:Person ; rdfs:label "Nobody"@en , "誰も"@ja .
id:AZE-JPN.visit.x a comity:Visit ; rdfs:label "A visit"@en .
id:src.x a comity:Source ; rdfs:label "A source"@en .
"""


def test_a_person_without_a_name_is_found_and_a_fact_is_not(catalogue):
    more = [
        Quad.of(each.triple, "https://example.org/g") for each in parse_document(NAMELESS.encode())
    ]
    graph = load_graph(ROOT, more)

    def missing(language: str) -> set[str]:
        answer = run(graph, catalogue.get("missing-labels"), {"language": language})
        return {row[0].value.rpartition("/")[2] for row in answer.rows}

    assert missing("az") == {"nobody"}
    assert missing("ja") == set()
