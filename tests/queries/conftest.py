"""A small world for the query machinery: four states, two dyads, two schemes, four facts."""

from __future__ import annotations

import pytest

from comity.store.engine import Graph
from comity.store.parsing import parse_document
from comity.store.terms import Quad

SMALL_WORLD = """
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix code: <https://w3id.org/comity/code/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

comity:Visit rdfs:subClassOf comity:Event ; rdfs:label "visit"@en .
comity:Event rdfs:subClassOf comity:Fact ; rdfs:label "event"@en .

id:AZE a comity:State ; comity:iso3 "AZE" ;
  rdfs:label "Azerbaijan"@en , "Azərbaycan"@az , "アゼルバイジャン"@ja .
id:JPN a comity:State ; comity:iso3 "JPN" ; rdfs:label "Japan"@en , "Yaponiya"@az , "日本"@ja .
id:GNB a comity:State ; comity:iso3 "GNB" ; rdfs:label "Guinea-Bissau"@en .
id:GIN a comity:State ; comity:iso3 "GIN" ; rdfs:label "Guinea"@en ;
  skos:altLabel "French Guinea"@en .

id:AZE-JPN a comity:Dyad ; comity:member id:AZE , id:JPN ; rdfs:label "Azerbaijan and Japan"@en .
id:GIN-GNB a comity:Dyad ; comity:member id:GIN , id:GNB ; rdfs:label "Guinea and neighbour"@en .

id:ismayilli a comity:Place ; rdfs:label "İsmayıllı"@az , "Ismayilli"@en .
id:ito a comity:Place ; rdfs:label "Itō"@en .
id:ganja a comity:Place ; rdfs:label "Ganja"@en .
id:ganja-district a comity:Place ; rdfs:label "Ganja"@en .

code:domain a skos:ConceptScheme ; skos:prefLabel "domains"@en .
code:domain.trade a skos:Concept ; skos:inScheme code:domain ; skos:notation "trade" ;
  skos:prefLabel "trade"@en , "ticarət"@az .
code:domain.energy a skos:Concept ; skos:inScheme code:domain ; skos:notation "energy" ;
  skos:prefLabel "energy"@en .
code:sector.energy a skos:Concept ; skos:inScheme code:sector ; skos:notation "energy" ;
  skos:prefLabel "energy sector"@en .

id:one a comity:Visit ; comity:dyad id:AZE-JPN ; rdfs:label "One"@en ; comity:from id:AZE ;
  comity:domain code:domain.trade ; comity:edtf "1998"^^edtf:EDTF ;
  comity:earliest "1998-01-01"^^xsd:date ; comity:latest "1998-12-31"^^xsd:date ;
  comity:timeKind code:time-kind.within .
id:two a comity:Event ; comity:dyad id:AZE-JPN ; rdfs:label "Two"@en ; comity:from id:JPN ;
  comity:edtf "2000/.."^^edtf:EDTF ; comity:earliest "2000-01-01"^^xsd:date ;
  comity:timeKind code:time-kind.throughout .
id:three a comity:Event ; comity:dyad id:AZE-JPN ; rdfs:label "Three"@en .
id:four a comity:Visit ; comity:dyad id:GIN-GNB ; rdfs:label "Four"@en ; comity:from id:GIN ;
  comity:edtf "2005-10"^^edtf:EDTF ; comity:earliest "2005-10-01"^^xsd:date ;
  comity:latest "2005-10-31"^^xsd:date ; comity:timeKind code:time-kind.within .
id:unlabelled comity:about id:one .
"""


@pytest.fixture(scope="session")
def small_graph() -> Graph:
    """The small world in one named graph."""
    quads = parse_document(SMALL_WORLD.encode(), name="small.ttl")
    return Graph.of([Quad.of(quad.triple, "https://w3id.org/comity/graph/small") for quad in quads])
