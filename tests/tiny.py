"""A dozen statements made by hand: enough for every form of query, few enough to know by heart."""

from __future__ import annotations

from comity.model.terms import GRAPH, ID, NS, PREFIXES, XSD
from comity.store.terms import Iri, Literal, Quad, tagged

STATES = f"{GRAPH}data/actors/states"
VISITS = f"{GRAPH}data/relations/AZE-JPN/visits"

AZE = Iri(f"{ID}AZE")
JPN = Iri(f"{ID}JPN")
VISIT = Iri(f"{ID}AZE-JPN.visit.1998-02")

TYPE = Iri(f"{PREFIXES['rdf']}type")
LABEL = Iri(f"{PREFIXES['rdfs']}label")


def _ns(local: str) -> Iri:
    return Iri(NS + local)


TINY_QUADS = (
    Quad(AZE, TYPE, _ns("State"), STATES),
    Quad(AZE, LABEL, tagged("Azerbaijan", "en"), STATES),
    Quad(AZE, LABEL, tagged("Azərbaycan", "az"), STATES),
    Quad(AZE, _ns("iso3"), Literal("AZE"), STATES),
    Quad(JPN, TYPE, _ns("State"), STATES),
    Quad(JPN, LABEL, tagged("Japan", "en"), STATES),
    Quad(JPN, LABEL, tagged("日本", "ja"), STATES),
    Quad(JPN, _ns("iso3"), Literal("JPN"), STATES),
    Quad(VISIT, TYPE, _ns("Visit"), VISITS),
    Quad(VISIT, LABEL, tagged("A visit", "en"), VISITS),
    Quad(VISIT, _ns("from"), AZE, VISITS),
    Quad(VISIT, _ns("to"), JPN, VISITS),
    Quad(VISIT, _ns("earliest"), Literal("1998-02-24", f"{XSD}date"), VISITS),
)
