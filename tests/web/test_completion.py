"""What the SPARQL editor asks the server for."""

from __future__ import annotations

import pytest

BROWSER = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def offered(app):
    answer = app.test_client().get("/completion.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    return answer.get_json()


def test_prefixes_are_those_of_the_ontology(offered):
    assert offered["prefixes"]["comity"] == "https://w3id.org/comity/ns#"


def test_classes_come_with_label_and_definition(offered):
    visit = next(each for each in offered["classes"] if each["name"] == "comity:Visit")
    assert visit["label"] == "visit"
    assert visit["definition"].endswith(".")
    assert visit["uses"] > 0


def test_properties_come_with_their_domain_and_range(offered):
    found = {each["name"]: each for each in offered["properties"]}
    assert found["comity:dyad"]["domain"]
    assert found["comity:dyad"]["range"] == ["comity:Dyad"]
    assert "rdfs:label" in found


def test_codes_come_with_their_list(offered):
    code = next(each for each in offered["codes"] if each["name"] == "code:status.disputed")
    assert (code["label"], code["scheme"]) == ("disputed", "code:status")


def test_no_name_is_offered_twice(offered):
    for kind in ("classes", "properties", "codes"):
        names = [each["name"] for each in offered[kind]]
        assert len(names) == len(set(names))


def test_every_canned_query_is_an_example_that_runs(client, app):
    examples = client.get("/examples.json").get_json()["examples"]
    assert len(examples) == len(app.extensions["comity"]["catalogue"].all())
    for example in examples[::9]:
        answer = client.post("/sparql", data={"query": example["text"]})
        assert answer.status_code == 200, example["slug"]


def test_both_have_a_tag_that_a_client_can_ask_by(client):
    for address in ("/completion.json", "/examples.json"):
        tag = client.get(address).headers["ETag"]
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_data_without_an_ontology_have_their_own_terms(tiny_client):
    offered = tiny_client.get("/completion.json").get_json()
    assert {each["name"] for each in offered["classes"]} == {"comity:State", "comity:Visit"}
    assert "rdfs:label" in {each["name"] for each in offered["properties"]}
    assert offered["codes"] == []


def test_examples_whose_values_the_data_lack_stand_as_they_are(tiny_client):
    examples = tiny_client.get("/examples.json").get_json()["examples"]
    assert all("SELECT" in each["text"] or "{" in each["text"] for each in examples)


def test_the_page_of_a_query_names_its_data(client):
    page = client.get("/queries/timeline?from=1998", headers=BROWSER).text
    assert 'data-rv-data="/queries/timeline.json?from=1998&amp;limit=' in page
    page = client.get("/queries/relation-graph", headers=BROWSER).text
    assert 'data-rv-data="/queries/relation-graph.nt"' in page
    assert "data-rv-data" not in client.get("/queries/head-of-state-visited", headers=BROWSER).text


def test_the_form_tells_the_place_of_a_fault(client):
    page = client.get("/sparql?format=html&query=ASK+%7B+x:y", headers=BROWSER).text
    assert 'data-line="1" data-column=' in page
