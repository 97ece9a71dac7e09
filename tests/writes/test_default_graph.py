"""The default graph: all graphs together for the project's data, its own for anybody else's."""

from __future__ import annotations

import pytest

from comity.services.description import SD, describe_service
from comity.store.engine import Graph
from comity.store.terms import Iri, Quad

QUADS = [Quad(Iri("x:a"), Iri("x:b"), Iri(f"x:{name}"), name and f"x:{name}") for name in ("", "g")]


@pytest.mark.parametrize(("union", "found"), [(True, 2), (False, 1)])
def test_a_query_without_a_dataset_sees_the_default_graph(union, found):
    graph = Graph.of(QUADS, union=union)

    assert len(graph.query("SELECT * { ?s ?p ?o }").rows()) == found
    assert len(graph.query("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows()) == 1
    assert len(graph.query("SELECT * FROM <x:g> { ?s ?p ?o }").rows()) == 1
    assert len(graph.query("SELECT * { ?s ?p ?o }", default_graphs=["x:g"]).rows()) == 1


@pytest.mark.parametrize("union", [True, False])
@pytest.mark.parametrize("update", [None, "x:update"])
def test_the_description_tells_what_the_service_can(union, update):
    triples = describe_service("x:sparql", {"x:g": 1}, size=2, union=union, update_endpoint=update)
    told = {
        (p.value.removeprefix(SD), o.value.removeprefix(SD))
        for _, p, o in triples
        if type(o) is Iri
    }

    assert (("feature", "UnionDefaultGraph") in told) is union
    assert (("supportedLanguage", "SPARQL11Update") in told) is (update is not None)
    assert (("endpoint", "x:update") in told) is (update is not None)
