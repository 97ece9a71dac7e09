"""The service description: what `/sparql` tells a client that asks nothing."""

from __future__ import annotations

import pytest

from comity.services.description import SD
from comity.store.formats import GRAPH_FORMATS
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Iri
from tiny import STATES, VISITS


def _described(client, offer=GRAPH_FORMATS[0], **headers):
    answer = client.get("/sparql", headers={"Accept": offer.media_type, **headers})
    assert answer.content_type == offer.content_type
    return [quad.triple for quad in parse_document(answer.data, offer)]


def _objects(triples, name):
    return [triple.object.value for triple in triples if triple.predicate.value == SD + name]


@pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)
def test_it_is_there_in_every_graph_format(tiny_client, offer):
    assert set(_described(tiny_client, offer)) == set(_described(tiny_client))


def test_without_a_wish_it_is_turtle(tiny_client):
    assert tiny_client.get("/sparql").mimetype == "text/turtle"
    assert tiny_client.get("/sparql", headers={"Accept": "*/*"}).mimetype == "text/turtle"
    assert tiny_client.get("/sparql?format=nt").mimetype == "application/n-triples"


def test_what_only_a_table_could_carry_is_not_acceptable(tiny_client):
    answer = tiny_client.get("/sparql", headers={"Accept": "text/csv"})

    assert answer.status_code == 406
    assert "the service description" in answer.json["detail"]


def test_it_names_its_endpoint_and_what_that_can(tiny_client):
    triples = _described(tiny_client)

    assert _objects(triples, "endpoint") == ["http://localhost/sparql"]
    assert _objects(triples, "supportedLanguage") == [f"{SD}SPARQL11Query"]
    assert _objects(triples, "feature") == [f"{SD}UnionDefaultGraph"]
    assert "http://www.w3.org/ns/formats/SPARQL_Results_JSON" in _objects(triples, "resultFormat")
    assert len(_objects(triples, "resultFormat")) == 10


def test_every_named_graph_has_its_name(tiny_client):
    triples = _described(tiny_client)

    assert _objects(triples, "name") == [STATES, VISITS]
    named = [s for s, _, o in triples if o == Iri(f"{SD}NamedGraph")]
    assert {s for s, p, _ in triples if p == Iri(f"{SD}name")} == set(named)


def test_nothing_in_it_is_nameless(tiny_client):
    assert not any(
        isinstance(term, BlankNode) for triple in _described(tiny_client) for term in triple
    )


def test_the_public_address_is_the_one_in_the_settings(settings, tiny_graph, catalogue):
    from dataclasses import replace

    from comity.web import create_app

    app = create_app(replace(settings, base="https://example.org/comity"), tiny_graph, catalogue)
    triples = _described(app.test_client(), Host="evil.example")

    assert _objects(triples, "endpoint") == ["https://example.org/comity/sparql"]
    assert not any("evil" in term.n3() for triple in triples for term in triple)
