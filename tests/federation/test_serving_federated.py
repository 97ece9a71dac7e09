"""A server whose list names a second Comity and an Oxigraph, asked over HTTP."""

from __future__ import annotations

from dataclasses import replace
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner

from comity.cli import group
from comity.errors import UsageError
from comity.services.description import SD
from comity.store.engine import Graph
from comity.web import create_app
from comity.web.assembling_remote import assemble_remote
from engines import oxigraph
from live import serving
from some_endpoints import EXAMPLE, Endpoint
from tiny import TINY_QUADS

NS = "https://w3id.org/comity/ns#"
TWO = f"""PREFIX comity: <{NS}> PREFIX : <{EXAMPLE}>
SELECT ?state ?iso3 ?visits ?size {{
  ?state comity:iso3 ?iso3 .
  SERVICE <SECOND> {{
    SELECT ?state (COUNT(?visit) AS ?visits) {{
      ?visit a comity:Visit ; comity:from|comity:to ?state
    }} GROUP BY ?state
  }}
  SERVICE <ENDPOINT> {{ ?state :size ?size }}
}} ORDER BY ?iso3"""


@pytest.fixture(scope="module")
def second(root):
    """Another Comity, with the whole graph."""
    with serving(root, "--log-level", "error") as address:
        yield f"{address}/sparql"


@pytest.fixture
def client(settings, endpoints, second):
    """A Comity that asks the other one and an Oxigraph; `.fill` the query with their addresses."""
    states = "".join(
        f"<https://w3id.org/comity/id/{code}> <{EXAMPLE}size> {size} .\n"
        for code, size in (("AZE", 10), ("JPN", 124))
    )
    endpoints[0].fill(states)
    listed = replace(settings, services=f"{second} {endpoints[0].address}")
    app = create_app(listed, Graph.of(TINY_QUADS))
    client = app.test_client()
    client.fill = lambda text: text.replace("SECOND", second).replace(
        "ENDPOINT", endpoints[0].address
    )
    yield client
    for name in ("intake", "validator", "endpoints"):
        app.extensions["comity"][name].close()


def test_a_query_joins_a_second_comity_and_an_oxigraph(client):
    text = client.fill(TWO)
    answer = client.get("/sparql", query_string={"query": text, "format": "csv"})

    assert answer.status_code == 200, answer.text
    lines = [line.split(",") for line in answer.text.splitlines()[1:]]
    assert [line[1] for line in lines] == ["AZE", "JPN"]
    assert [line[3] for line in lines] == ["10", "124"]
    assert all(int(line[2]) > 1 for line in lines)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    again = client.post("/sparql", data={"query": text}, headers={"Accept": "text/csv"})
    assert again.text == answer.text


def test_the_processes_that_run_queries_need_no_socket(root, endpoints):
    """The server as it is run: readers without sockets, and who asks for them."""
    endpoints[0].fill(f"<https://w3id.org/comity/id/AZE> <{EXAMPLE}size> 10 .\n")
    pattern = f"SERVICE <{endpoints[0].address}> {{ ?s <{EXAMPLE}size> ?size }}"
    query = f"SELECT ?iso3 ?size {{ ?s <{NS}iso3> ?iso3 {pattern} }}"
    with serving(root, "--log-level", "error", "--services", endpoints[0].address) as address:

        def ask(text):
            request = Request(f"{address}/sparql", urlencode({"query": text}).encode())
            request.add_header("Accept", "text/csv")
            with urlopen(request, timeout=30) as answer:
                return answer.read().decode().split()

        assert ask(query) == ["iso3,size", "AZE,10"]
        with pytest.raises(HTTPError) as refusal:
            ask(query.replace(endpoints[0].address, endpoints[1].address))
        assert refusal.value.code == 403
        refusal.value.close()
        with pytest.raises(HTTPError) as refusal:
            ask(f"SELECT * {{ SERVICE <{endpoints[0].address}> {{ ?s ] }} }}")
        assert refusal.value.code == 400
        refusal.value.close()


def test_a_page_shows_the_same_and_is_not_kept(client):
    page = client.get("/sparql", query_string={"query": client.fill(TWO), "format": "html"})

    assert page.status_code == 200
    assert "124" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_faults_are_problems_with_their_codes(client, endpoints):
    nowhere = client.get(
        "/sparql", query_string={"query": "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }"}
    )
    assert (nowhere.status_code, nowhere.json["code"]) == (403, "service_disabled")
    assert endpoints[0].address in nowhere.json["detail"]

    wrong = client.get(
        "/sparql", query_string={"query": client.fill("ASK { SERVICE <SECOND> { ] } }")}
    )
    assert (wrong.status_code, wrong.json["code"]) == (400, "query_syntax")

    deep = client.fill("ASK { SERVICE <SECOND> { SERVICE <ENDPOINT> { ?s ?p ?o } } }")
    answer = client.get("/sparql", query_string={"query": deep})
    assert (answer.status_code, answer.json["code"]) == (400, "service_unsupported")
    assert answer.json["line"] == 1


def test_what_it_can_is_described_and_counted(client, tiny_client):
    feature = f"<{SD}BasicFederatedQuery>"

    assert feature in client.get("/sparql?format=nt").text
    assert feature not in tiny_client.get("/sparql?format=nt").text
    client.get("/sparql", query_string={"query": client.fill(TWO)})
    client.get("/sparql", query_string={"query": client.fill(TWO)})
    counted = client.get("/metrics").text
    assert 'comity_service_requests_total{outcome="answered"} 2.0' in counted
    assert 'comity_service_requests_total{outcome="kept"} 2.0' in counted


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"services": "example.org"}, "An entry of services"),
        ({"services": "http://example.org/", "service_rows": 0}, "service_rows has to be above 0"),
        ({"services": "http://e/", "service_seconds": 0.0}, "service_seconds has to be above 0"),
        ({"services": "http://e/", "service_places": 0}, "service_places has to be above 0"),
    ],
)
def test_settings_that_cannot_be_are_told_at_the_start(settings, values, why):
    from comity.cli.serve import _require_values

    with pytest.raises(UsageError, match=why):
        _require_values(replace(settings, **values))


def test_a_server_of_a_remote_store_joins_too_but_for_blank_nodes(settings, endpoints):
    endpoints[0].fill(f"<{EXAMPLE}a> <{EXAMPLE}size> 10 ; <{EXAMPLE}friend> [] .")
    with oxigraph() as store:
        held = Endpoint(store.address)
        held.fill(f'<{EXAMPLE}a> <{EXAMPLE}name> "a" .', graph=f"{EXAMPLE}graph")
        parts = assemble_remote(
            replace(settings, store=store.address, services=endpoints[0].address), None
        )
        client = parts.app.test_client()

        def ask(name):
            service = f"SERVICE <{endpoints[0].address}> {{ ?s <{EXAMPLE}{name}> ?value }}"
            query = f"SELECT ?name ?value {{ ?s <{EXAMPLE}name> ?name {service} }}"
            return client.get("/sparql", query_string={"query": query, "format": "csv"})

        joined, refused = ask("size"), ask("friend")
        parts.app.extensions["comity"]["intake"].close()
        parts.close()

    assert joined.text.split() == ["name,value", "a,10"]
    assert (refused.status_code, refused.json["code"]) == (400, "service_unsupported")


def test_the_command_asks_the_endpoints_of_the_setting(root, endpoints, monkeypatch):
    endpoints[0].fill(f"<https://w3id.org/comity/id/AZE> <{EXAMPLE}size> 10 .")
    service = f"SERVICE <{endpoints[0].address}> {{ ?s <{EXAMPLE}size> ?size }}"
    query = f"SELECT ?iso3 ?size {{ ?s <{NS}iso3> ?iso3 {service} }}"
    monkeypatch.setenv("COMITY_ROOT", str(root))
    asked = CliRunner().invoke(group, ["sparql", "--format", "csv", query])
    assert isinstance(asked.exception, UsageError)

    monkeypatch.setenv("COMITY_SERVICES", endpoints[0].address)
    asked = CliRunner().invoke(group, ["sparql", "--format", "csv", query])

    assert asked.output.split() == ["iso3,size", "AZE,10"]
