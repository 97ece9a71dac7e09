"""A graph with a few states that are easily taken for each other, and what is asked of it."""

from __future__ import annotations

import pytest

from comity.services.reconciling.matching import match
from comity.services.reconciling.queries import read_batch
from comity.store.engine import Graph
from comity.store.parsing import parse_document

STATES = """
@prefix code: <https://w3id.org/comity/code/> .
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

comity:State a owl:Class ; rdfs:label "state"@en .
comity:Place a owl:Class ; rdfs:label "place"@en .
comity:Facility a owl:Class ; rdfs:subClassOf comity:Place ; rdfs:label "facility"@en .
comity:Dyad a owl:Class ; rdfs:label "dyad"@en .
comity:Person a owl:Class ; rdfs:label "person"@en .
comity:iso3 a rdf:Property ; rdfs:label "ISO 3166 code"@en .
comity:locatedIn a rdf:Property ;
    rdfs:label "located in"@en ; rdfs:range comity:State .
code:cow a rdfs:Datatype ; rdfs:label "COW number"@en .
code:iso-3166-1-numeric a rdfs:Datatype ; rdfs:label "ISO number"@en .

id:AZE a comity:State ; rdfs:label "Azerbaijan"@en , "Azərbaycan"@az , "アゼルバイジャン"@ja ;
    comity:iso3 "AZE" ; comity:nameAsStated "Republic of Azerbaijan" ;
    skos:notation "AZ"^^code:iso-3166-1-alpha-2 , "031"^^code:iso-3166-1-numeric ,
        "373"^^code:cow ; skos:exactMatch wd:Q227 .
id:JPN a comity:State ; rdfs:label "Japan"@en , "Yaponiya"@az , "日本"@ja ; comity:iso3 "JPN" ;
    skos:notation "JP"^^code:iso-3166-1-alpha-2 , "392"^^code:iso-3166-1-numeric ,
        "740"^^code:cow .
id:SUR a comity:State ; rdfs:label "Suriname"@en ; comity:iso3 "SUR" ;
    skos:notation "740"^^code:iso-3166-1-numeric .
id:BHS a comity:State ; rdfs:label "Bahamas"@en ; comity:iso3 "BHS" ;
    skos:notation "31"^^code:cow , "BF"^^code:fips-10-4 .
id:BFA a comity:State ; rdfs:label "Burkina Faso"@en ; comity:iso3 "BFA" ;
    skos:notation "BF"^^code:iso-3166-1-alpha-2 .
id:NER a comity:State ; rdfs:label "Niger"@en ; comity:iso3 "NER" .
id:NGA a comity:State ; rdfs:label "Nigeria"@en ; comity:iso3 "NGA" .
id:KOR a comity:State ; rdfs:label "South Korea"@en ; comity:iso3 "KOR" ;
    skos:altLabel "Republic of Korea"@en .
id:PRK a comity:State ; rdfs:label "North Korea"@en ; comity:iso3 "PRK" ;
    skos:altLabel "Democratic People’s Republic of Korea"@en .
id:CHN a comity:State ; rdfs:label "China"@en ; comity:iso3 "CHN" ;
    skos:altLabel "People’s Republic of China"@en .
id:COG a comity:State ; rdfs:label "Congo - Brazzaville"@en ; comity:iso3 "COG" .
id:COD a comity:State ; rdfs:label "Congo - Kinshasa"@en ; comity:iso3 "COD" .
id:DOM a comity:State ; rdfs:label "Dominican Republic"@en ; comity:iso3 "DOM" .
id:CIV a comity:State ; rdfs:label "Côte d’Ivoire"@en ; comity:iso3 "CIV" .
id:BOL a comity:State ; rdfs:label "Bolivia"@en ; comity:iso3 "BOL" .

id:DDR a comity:State ; rdfs:label "German Democratic Republic"@en ; comity:iso3 "DDR" .
id:DEU a comity:State ; rdfs:label "Germany"@en ; comity:iso3 "DEU" ;
    skos:notation "DE"^^code:iso-3166-1-alpha-2 .
id:ABW a comity:Place ; rdfs:label "Aruba"@en ; skos:notation "AW"^^code:iso-3166-1-alpha-2 .

id:AZE-JPN a comity:Dyad ; rdfs:label "Azerbaijan–Japan relations"@en .
id:baku a comity:Place ; rdfs:label "Baku"@en , "Bakı"@az ; comity:locatedIn id:AZE .
id:springfield-1 a comity:Place ; rdfs:label "Springfield"@en ; comity:locatedIn id:JPN .
id:springfield-2 a comity:Facility ; rdfs:label "Springfield"@en ; comity:locatedIn id:AZE .
id:heydar-aliyev a comity:Person ; rdfs:label "Heydar Aliyev"@en , "Heydər Əliyev"@az .
"""


@pytest.fixture(scope="session")
def states():
    return Graph.of(parse_document(STATES.encode()), union=True)


@pytest.fixture
def states_anew():
    """Return the same graph, of which nothing has been read."""
    return Graph.of(parse_document(STATES.encode()), union=True)


@pytest.fixture(scope="session")
def candidates(states):
    """Return what gives the candidates of a query of version 0.2."""

    def found(text=None, **members):
        query = members if text is None else {"query": text, **members}
        return match(states, read_batch({"q0": query})["q0"])

    return found


@pytest.fixture(scope="session")
def matched(candidates):
    """Return what gives the identifier of the match of a text, empty without one."""

    def found(text=None, **members):
        listed = candidates(text, **members)
        assert not any(each.is_match for each in listed[1:])
        return listed[0].entity.id if listed and listed[0].is_match else ""

    return found
