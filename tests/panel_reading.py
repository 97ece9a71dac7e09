"""A few states to make panels of, and panels read as a reader of CSV sees them."""

from __future__ import annotations

import csv
import io

from comity.services.panel import Panel, read_selection, write_rows
from comity.store import formats
from comity.store.engine import Graph
from comity.store.parsing import parse_document
from comity.store.terms import Quad

PREFIXES = """
@prefix code: <https://w3id.org/comity/code/> .
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix id: <https://w3id.org/comity/id/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPH = "https://w3id.org/comity/graph/some"
STATES = """
id:ABW a comity:State ; comity:iso3 "ABW" ; rdfs:label "Aland"@en , "Alandiya"@az ;
    skos:notation "10"^^code:cow , "11"^^code:gleditsch-ward , "AB"^^code:iso-3166-1-alpha-2 ;
    skos:exactMatch wd:Q1 , <https://sws.geonames.org/1/> .
id:BLZ a comity:State ; comity:iso3 "BLZ" ; rdfs:label "Bland"@en .
id:CUB a comity:State ; comity:iso3 "CUB" ; rdfs:label "Cland"@en ; skos:notation "30"^^code:cow .
id:ABW-BLZ a comity:Dyad ; comity:member id:ABW , id:BLZ .
id:BLZ-CUB a comity:Dyad ; comity:member id:BLZ , id:CUB .
id:government-of-blz a comity:Organization ; comity:partOf id:BLZ .


code:visa.required skos:notation "required" .
"""


def graph_of(turtle: str, *, name: str = GRAPH) -> Graph:
    quads = [
        Quad.of(quad.triple, name)
        for quad in parse_document(f"{PREFIXES}{STATES}{turtle}".encode(), formats.TURTLE)
    ]
    return Graph.of(quads)


def panel_of(turtle: str, **given: str) -> Panel:
    return Panel(graph_of(turtle), read_selection({name: [text] for name, text in given.items()}))


def rows_of(panel: Panel) -> list[dict[str, str]]:
    """Return the rows as a reader of CSV sees them."""
    text = b"".join(write_rows(panel)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(rows: list[dict[str, str]], *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in rows]
