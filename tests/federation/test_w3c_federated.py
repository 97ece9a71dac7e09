"""The staged suites of SPARQL 1.1 Federated Query, against endpoints on loopback.

The suites name endpoints that nobody has; a list of this test's own says where each one is.
"""

from __future__ import annotations

import pytest

import w3c
from comity.errors import ComityError
from comity.store import formats
from comity.store.engine import Graph, QueryRequest
from comity.store.federation import Endpoints, FederatedReaders
from comity.store.remote import Place
from comity.web.site import InProcess
from processes import free_port

NOBODY = "http://invalid.endpoint.org/sparql"
REFUSED = {
    "service/service3": ("service_unsupported", "in another SERVICE"),
    "service/service5": ("service_disabled", "leaves open which endpoint"),
    "service/service6": ("service_unsupported", "in another SERVICE"),
}

pytestmark = pytest.mark.skipif(not w3c.is_there(), reason="needs the suites beside the repository")


def _cases(kind):
    listed = w3c.cases("manifest-sparql11-fed.ttl") if w3c.is_there() else ()
    found = [case for case in listed if case.kind == kind]
    return pytest.mark.parametrize("case", found, ids=lambda case: case.name)


def _readers(case, endpoints):
    triples = [triple for iri in case.default for triple in w3c.graph(iri)]
    store = Graph.of_statements((w3c.ox.Quad(*each) for each in triples), "w3c", union=False)
    places = {NOBODY: Place.read(f"http://127.0.0.1:{free_port()}/sparql")}
    for (name, document), endpoint in zip(case.services, endpoints, strict=False):
        endpoint.fill(w3c.read(document))
        places[name] = endpoint.place
    return FederatedReaders(InProcess(store), Endpoints(places), 30.0)


@_cases("QueryEvaluationTest")
def test_evaluation(case, endpoints):
    readers = _readers(case, endpoints)
    request = QueryRequest(f"BASE <{case.base}>\n{case.text}")

    if case.name in REFUSED:
        code, why = REFUSED[case.name]
        with pytest.raises(ComityError, match=why) as refusal:
            readers.answer(request, formats.JSON)
        assert refusal.value.code == code
        return
    answer = readers.answer(request, formats.JSON)

    assert w3c.same(w3c.parse_answer(answer, formats.JSON.media_type), w3c.expected_rows(case))


@_cases("PositiveSyntaxTest11")
def test_an_endpoint_that_is_not_on_the_list_is_refused(case, endpoints):
    readers = _readers(case, endpoints)

    with pytest.raises(ComityError) as refusal:
        readers.answer(QueryRequest(case.text), formats.JSON)

    assert refusal.value.code == "service_disabled"


def test_every_test_of_the_suite_is_run():
    names = [each.name for each in w3c.cases("manifest-sparql11-fed.ttl")]

    assert len(names) == 10
    assert set(REFUSED) < set(names)
