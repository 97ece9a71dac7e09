"""What is not returned and one state's relations, on three states that were made up for it."""

from __future__ import annotations

import re
import shutil

import pytest

from comity.model.terms import ID
from comity.services.pages.gaps import GAPS, Texts, read_gaps
from comity.services.pages.partners import read_partners, read_states
from comity.services.pages.partners_map import read_partners_map
from comity.services.running import run
from comity.settings import load_settings
from comity.store.loading import load_graph
from comity.web import create_app
from page_reading import Page
from shared_material import ROOT


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("gaps")
    shutil.copytree(ROOT / "ontology", made / "ontology")
    shutil.copytree(ROOT / "queries", made / "queries")
    shutil.copy(ROOT / "CITATION.cff", made)
    (made / "data" / "relations").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "pages" / "small" / "gaps.ttl", made / "data" / "relations")
    return made


@pytest.fixture(scope="module")
def graph(folder):
    return load_graph(folder)


@pytest.fixture(scope="module")
def client(folder, graph):
    made = create_app(load_settings({}, root=folder), graph).test_client()
    made.environ_base["HTTP_ACCEPT"] = "text/html"
    return made


@pytest.fixture(scope="module")
def texts(graph, catalogue):
    return Texts(*(run(graph, catalogue.get(slug), {}).bound.text for slug in GAPS))


def labels(names):
    return [name.label for name in names]


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return Page(answer.get_data(as_text=True)).text


def test_only_a_mission_without_one_in_return_is_told(graph, texts):
    row, _ = read_gaps(graph, texts, "").unreturned

    assert row.relation
    assert labels((row.sender, row.receiver, row.relation)) == [
        "Aland",
        "Celand",
        "Aland–Celand relations",
    ]
    assert row.missions == 2


def test_a_mission_belongs_to_its_two_ends_whatever_relation_tells_of_it(
    graph, texts, client, catalogue
):
    _, row = read_gaps(graph, texts, "").unreturned
    query = run(graph, catalogue.get("partners-of-state"), {"state": "XBB"})
    view = read_partners(graph, f"{ID}XBB", query.bound.text)

    assert (row.sender.label, row.receiver.label, row.relation) == ("Beland", "Deland", None)
    assert "not held here" in text_of(client, "/gaps")
    assert client.get("/gaps").get_data(as_text=True).count("/pair/XBB/XDD") == 0
    assert {each.name.label: each.there for each in view.partners} == {"Aland": 1, "Celand": 0}
    assert view.sent == 1


def test_a_rule_that_differs_is_told_with_both_directions(graph, texts):
    (row,) = read_gaps(graph, texts, "").uneven

    assert labels(row.states) == ["Aland", "Beland"]
    kinds = [each.kind.iri.rpartition("/")[2] for each in row.rules]
    assert kinds == ["visa.required", "visa.free"]
    assert [each.days for each in row.rules] == ["", "90"]


def test_a_plan_is_no_agreement(graph, texts):
    found = {row.relation.label: row for row in read_gaps(graph, texts, "").unsigned}

    assert set(found) == {"Aland–Celand relations", "Beland–Celand relations"}
    assert (found["Aland–Celand relations"].facts, found["Aland–Celand relations"].missions) == (
        0,
        2,
    )
    assert found["Beland–Celand relations"].facts == 1


def test_of_one_state_only_its_own_rows_are_told(graph, texts):
    beland = read_gaps(graph, texts, f"{ID}XBB")

    assert beland.totals == (1, 1, 1)
    assert labels(each.relation for each in beland.unsigned) == ["Beland–Celand relations"]
    assert read_gaps(graph, texts, "").totals == (2, 1, 2)


def test_what_a_table_rests_on_is_counted_by_source(graph, texts):
    coverage = read_gaps(graph, texts, "").coverage

    assert [[(h.source.label, h.number) for h in each.sources] for each in coverage] == [
        [("A list of missions", 5)],
        [("A list of missions", 2)],
        [("A list of missions", 2)],
    ]
    assert [each.things for each in coverage] == [5, 2, 2]
    assert not any(each.imported for each in coverage)


def test_the_page_says_what_it_rests_on_and_how_to_bring_in_more(client):
    shown = text_of(client, "/gaps")

    assert "does not mean that it does not exist" in shown
    assert "5 from A list of missions" in shown
    for name in ("embassies", "visa", "treaties"):
        assert f"comity import {name} " in shown


def test_a_graph_without_any_says_that_nothing_can_be_said(tiny_app):
    shown = text_of(tiny_app.test_client(), "/gaps")

    for sort in ("mission", "entry rule", "agreement"):
        assert f"No {sort} is held here, so nothing can be said." in shown
    assert "each is returned" not in shown


def test_an_import_that_is_held_is_not_offered(graph, texts, monkeypatch):
    held = f"{ID.removesuffix('id/')}graph/imports/embassies"
    monkeypatch.setattr(type(graph), "graphs", lambda _: {held: 1})
    coverage = read_gaps.__wrapped__(graph, texts, "").coverage

    assert [each.imported for each in coverage] == [True, False, False]


def test_a_filter_takes_any_name_of_a_state_and_refuses_others(client):
    assert "Beland–Celand relations" in text_of(client, "/gaps?state=celand")
    assert "Nowhere" in text_of(client, "/gaps?state=Nowhere", 404)


def test_the_partners_of_a_state_with_the_missions_in_both_directions(graph, catalogue):
    query = run(graph, catalogue.get("partners-of-state"), {"state": "XAA"})
    view = read_partners(graph, f"{ID}XAA", query.bound.text)

    rows = [(p.name.label, p.there, p.here, p.agreements, p.facts) for p in view.partners]
    assert rows == [("Beland", 1, 1, 1, 3), ("Celand", 2, 0, 0, 0)]
    assert (view.held, view.sent, view.received, view.signed) == (2, 3, 1, 1)
    first, second = view.partners
    assert first.last
    assert (first.last.name.label, first.last.when) == ("Treaty of Aland and Beland", "4 May 1990")
    assert first.since is None
    assert second.last is None


def test_a_plan_is_neither_an_agreement_nor_the_latest_of_a_partner(graph, catalogue):
    query = run(graph, catalogue.get("partners-of-state"), {"state": "XCC"})
    view = read_partners(graph, f"{ID}XCC", query.bound.text)

    beland = next(each for each in view.partners if each.name.label == "Beland")
    assert (beland.facts, beland.agreements, beland.last) == (1, 0, None)


def test_the_map_marks_partners_at_missions_and_names_those_without_a_point(graph, catalogue):
    query = run(graph, catalogue.get("partners-of-state"), {"state": "XAA"})
    drawn = read_partners_map(graph, f"{ID}XAA", query.bound.text)

    assert drawn
    assert labels(drawn.unplaced) == ["Celand"]
    assert labels(drawn.records) == ["A list of missions"]
    for sketch in drawn.sketches:
        assert sorted((mark.sort, mark.iri) for mark in sketch.marks) == [
            ("capital", f"{ID}XAA"),
            ("partner", f"{ID}XAA-XBB"),
        ]
        assert "Beland 3" in [line.text for line in sketch.letters]


def test_the_more_facts_a_partner_has_the_larger_is_its_mark(real_graph, catalogue):
    query = run(real_graph, catalogue.get("partners-of-state"), {"state": "JPN"})
    drawn = read_partners_map(real_graph, f"{ID}JPN", query.bound.text)

    view = read_partners(real_graph, f"{ID}JPN", query.bound.text)
    facts = {each.relation.iri: each.facts for each in view.partners}

    assert drawn
    marks = [mark for mark in drawn.sketches[0].marks if mark.sort == "partner"]
    by_facts = sorted(marks, key=lambda mark: facts[mark.iri])
    assert [mark.radius for mark in by_facts] == sorted(mark.radius for mark in marks)
    assert by_facts[-1].radius == 6.8
    assert all(mark.radius < 6.8 for mark in marks if facts[mark.iri] < max(facts.values()))


def test_the_states_with_relations_are_listed(graph, catalogue, client):
    query = run(graph, catalogue.get("relations-per-state"), {})

    listed = [(e.name.label, e.relations) for e in read_states(graph, query.bound.text)]
    assert listed == [("Aland", 2), ("Beland", 2), ("Celand", 2)]
    assert "Beland 2 relations" in re.sub(r"\s+", " ", text_of(client, "/state"))


@pytest.mark.parametrize(
    ("address", "status", "target"),
    [
        ("/state?q=aland", 303, "/state/XAA"),
        ("/state/Beland", 308, "/state/XBB"),
        ("/ja/state/xbb", 308, "/ja/state/XBB"),
    ],
)
def test_other_names_of_a_state_lead_to_its_one_address(client, address, status, target):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (status, target)


def test_a_state_without_relations_says_so(browser):
    shown = text_of(browser, "/state/FRA")

    assert "No relation of France is on record here." in shown
    assert text_of(browser, "/state/Nowhere", 404)


def test_the_pages_are_found_from_the_first_one_and_from_a_state_and_a_pair(browser):
    home = Page(browser.get("/").get_data(as_text=True)).links

    assert {"/compare", "/state", "/gaps"} <= set(home)
    assert "/state/AZE" in Page(browser.get("/doc/AZE").get_data(as_text=True)).links
    assert "/state/AZE" not in Page(browser.get("/doc/baku").get_data(as_text=True)).links
    pair = Page(browser.get("/pair/AZE/JPN").get_data(as_text=True)).links
    assert {"/state/AZE", "/state/JPN", "/compare?left=AZE-JPN"} <= set(pair)
