from __future__ import annotations

import pytest

from comity.model.terms import ID, NS
from page_reading import Page


def document(client, local):
    answer = client.get(f"/doc/{local}/graph.json")
    assert answer.status_code == 200, answer.text[:300]
    return answer.get_json()


def test_the_list_leads_to_each_neighbour_and_to_its_own_neighbours(browser):
    page = Page(browser.get("/doc/AZE-JPN.visit.2015-10/graph").text)
    near = document(browser, "AZE-JPN.visit.2015-10")["nodes"][1:]

    assert len(near) == 8
    for node in near:
        assert node["label"] in page.text
        assert {node["href"], node["graph"]} <= set(page.links)
    assert "What it names" in page.text


def test_edges_have_property_and_direction(browser):
    found = document(browser, "AZE-JPN.visit.2015-10")
    edges = {(each["from"], each["property"], each["to"]) for each in found["edges"]}
    visit = f"{ID}AZE-JPN.visit.2015-10"

    assert found["thing"] == found["nodes"][0]["iri"] == visit
    assert (visit, f"{NS}from", f"{ID}JPN") in edges
    assert (f"{ID}AZE-JPN", f"{NS}member", f"{ID}AZE") in edges
    iris = [node["iri"] for node in found["nodes"]]
    assert len(iris) == len(set(iris))
    assert {end for one, _, other in edges for end in (one, other)} <= set(iris)


def test_what_a_thing_is_made_of_is_folded_into_it(browser):
    for local in ("AZE", "AZE-JPN.trade.japanese-exports", "src.azjp-en"):
        found = document(browser, local)
        parts = ("claim", "passage", "amount", "issue")
        kinds = {node["kind"] for node in found["nodes"]}
        assert kinds.isdisjoint(parts)
        assert not any(f".{part}" in node["iri"] for node in found["nodes"] for part in parts)
    assert len(found["nodes"]) > 200  # all that the source states, by way of its passages


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_a_part_leads_to_the_whole(browser, suffix):
    answer = browser.get(f"/doc/src.azjp-en.s58/graph{suffix}")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/doc/src.azjp-en/graph{suffix}",
    )


def test_an_issue_about_a_claim_leads_to_what_the_claim_is_about(real_graph):
    from comity.services.pages.neighbours import whole_of
    from comity.services.pages.reading import rows

    query = "SELECT ?i ?x { ?i a comity:Issue ; comity:about ?c . ?c comity:about ?x } LIMIT 1"
    ((issue, thing),) = rows(real_graph, query)
    assert whole_of(real_graph, issue.value) == whole_of(real_graph, thing.value)


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_what_is_not_there_has_no_neighbours(browser, suffix):
    assert browser.get(f"/doc/nothing-of-that-name/graph{suffix}").status_code == 404


def test_the_page_of_a_thing_leads_to_its_neighbours(browser):
    assert "/doc/baku/graph" in Page(browser.get("/doc/baku").text).links


def test_actors_come_before_facts_and_facts_in_the_order_of_time(browser):
    nodes = document(browser, "AZE")["nodes"][1:]
    sorts = [node["sort"] for node in nodes]
    order = ("state", "person", "organization", "place", "fact", "source", "other")
    assert sorts == sorted(sorts, key=order.index)
