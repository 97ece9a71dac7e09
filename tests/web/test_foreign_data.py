"""A server of other data tells of these, and claims nothing of Comity for them."""

from __future__ import annotations

import pytest

from comity.settings import load_settings
from comity.store.engine import Graph
from comity.store.terms import Iri, Literal, Quad
from comity.web import create_app

EX = "http://example.org/"
QUADS = [
    Quad(Iri(f"{EX}a"), Iri(f"{EX}p"), Literal("only here"), f"{EX}g"),
    Quad(Iri(f"{EX}a"), Iri(f"{EX}p"), Literal("by default"), ""),
]


@pytest.fixture(params=[QUADS, []], ids=["some", "none"], scope="module")
def foreign(request, root, catalogue, tmp_path_factory):
    data = str(tmp_path_factory.mktemp("foreign")) if request.param else "none"
    app = create_app(
        load_settings({}, root=root, data=data),
        Graph.of(request.param, union=bool(request.param)),
        catalogue,
        statements=request.param,
    )
    yield app.test_client(), request.param
    app.extensions["comity"]["intake"].close()


@pytest.mark.parametrize("suffix", ["nt", "ttl", "nq", "trig", "jsonld", "rdf", "csv.zip"])
def test_the_dump_is_of_the_data_that_are_served(foreign, suffix):
    client, quads = foreign

    answer = client.get(f"/dumps/comity.{suffix}")

    assert answer.status_code == 200
    assert b"AZE" not in answer.data
    assert "license" not in answer.headers["Link"]
    if suffix == "nq":
        assert len(answer.data.splitlines()) == len(quads)


@pytest.mark.parametrize("address", ["/catalog.nt", "/.well-known/void?format=nt"])
def test_the_description_claims_no_licence_and_no_author(foreign, address):
    client, quads = foreign

    text = client.get(address).text

    for word in ("creativecommons", "apache", "contributors", "AZE", "bilateral"):
        assert word not in text
    if quads and "void" in address:
        assert f"<{EX}g>" in text
        assert f"exampleResource> <{EX}a>" in text


def test_the_pages_are_there_and_show_no_data_of_the_repository(foreign):
    client, _ = foreign
    for address in ("/", "/dumps/", "/ontology", "/vocabulary", "/shapes", "/sources", "/queries"):
        answer = client.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200, address
        if address != "/queries":  # they are the program's, with examples
            assert "AZE" not in answer.text, address
    assert client.get("/ontology.svg").status_code == 404
    assert client.get("/doc/AZE.ttl").status_code == 404
    assert client.get("/graph/data/actors/states.ttl").status_code == 404
    assert client.get("/dumps/AZE-JPN.ttl").status_code == 404
    assert "creativecommons" not in client.get("/").text
