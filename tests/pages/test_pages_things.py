from __future__ import annotations

import re

import pytest

from comity.model.terms import ID, NS
from comity.services.pages import thing
from comity.services.pages.thing import read_thing
from comity.store.parsing import parse_document
from comity.store.terms import Iri
from page_reading import Page

TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
}


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return Page(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/id/XAA", "/doc/XAA"),
        ("/id/XAA.ttl", "/doc/XAA.ttl"),
        ("/id/XAA-XBB.visit.1998-02", "/doc/XAA-XBB.visit.1998-02"),
        ("/id/XAA-XBB.visit.1998-02.json", "/doc/XAA-XBB.visit.1998-02.json"),
        ("/id/src.small.s1", "/doc/src.small.s1"),
        ("/code/modality", "/vocabulary/modality"),
        ("/code/modality.planned", "/vocabulary/modality#modality.planned"),
        ("/code/modality.planned.ttl", "/vocabulary/modality.ttl"),
        ("/graph/ontology/core", "/graph/ontology/core.ttl"),
        ("/graph/queries", "/queries.ttl"),
        ("/ns", "/ontology"),
        ("/ns/1.0.0", "/ontology"),
    ],
)
def test_an_iri_is_answered_with_see_other(small, address, target):
    answer = small.get(address)

    assert answer.status_code == 303
    assert answer.headers["Location"] == target


@pytest.mark.parametrize(("suffix", "content_type"), TYPES.items())
def test_a_description_comes_in_each_format(small, suffix, content_type):
    answer = small.get(f"/doc/XAA-XBB.visit.1998-02.{suffix}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == content_type


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        ("text/html,*/*;q=0.8", "text/html; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.9", "application/n-triples"),
    ],
)
def test_accept_decides_without_a_suffix(client, accept, content_type):
    answer = client.get("/doc/AZE", headers={"Accept": accept})

    assert answer.headers["Content-Type"] == content_type
    assert "Accept" in answer.headers["Vary"]


def test_a_media_type_that_there_is_not_is_406(client):
    assert client.get("/doc/AZE", headers={"Accept": "image/png"}).status_code == 406


def test_a_description_is_symmetric_and_brings_its_evidence(small):
    triples = parse_document(small.get("/doc/XAA-XBB.obs.trade-2017.ttl").get_data())

    subjects = {triple.subject.value.removeprefix(ID) for triple in triples}
    assert {
        "XAA-XBB.obs.trade-2017",
        "XAA-XBB.obs.trade-2017.amount",
        "XAA-XBB.obs.trade-2017.amount.claim.value",
        "XAA-XBB.obs.trade-2017.issue.magnitude",
        "src.small.s2",
    } <= subjects
    incoming = [quad.triple for quad in parse_document(small.get("/doc/ann.ttl").get_data())]
    assert (
        Iri(f"{ID}XAA-XBB.visit.1998-02"),
        Iri(f"{NS}participant"),
        Iri(f"{ID}ann"),
    ) in incoming


def test_a_page_tells_both_sides_with_labels_and_their_basis(small):
    shown = page(small, "/doc/XAA")

    assert "label (az) Əlibayt from Unicode CLDR" in shown.text
    assert "label (ja) アー国" in shown.text
    assert "Visit of Ann · from" in shown.text
    assert "http://www.wikidata.org/entity/Q1" in shown.links


def test_links_and_codes_come_with_their_evidence(browser):
    shown = page(browser, "/doc/AZE")

    assert "http://www.wikidata.org/entity/Q227" in shown.links
    assert "confidence 0.95" in shown.text
    assert "Seen in datasets/country-codes" in shown.text
    assert "AZ why? AZ" in shown.text
    assert "datatype" not in shown.text


def test_a_fact_shows_its_time_its_quantity_and_why(small):
    shown = page(small, "/doc/XAA-XBB.obs.trade-2017")

    assert "EDTF 2017, from 2017-01-01 to 2017-12-31, cumulative" in shown.text
    assert "approximately USD 22,080,000" in shown.text
    assert "22,080,000, disputed" in shown.text
    assert "suspect magnitude: A factor of ten may be lost." in shown.text


def test_an_unknown_thing_is_told_with_near_matches(small):
    shown = page(small, "/doc/betow", status=404)

    assert "Betown (betown)" in shown.text


def test_a_withdrawn_thing_is_gone_and_names_its_heir(small):
    assert "withdrawn" in page(small, "/doc/withdrawn", status=410).text
    shown = page(small, "/id/replaced", status=410)

    assert "/doc/betown" in shown.links


@pytest.mark.parametrize(
    "local", ["a b", "<x>", "%22", "..%2F..%2Fetc", "x" * 3000, "%00", "%F0%9F%98%80", "XAA."]
)
def test_no_name_however_odd_makes_a_fault(small, local):
    for kind in ("id", "doc", "code", "graph", "sources", "vocabulary"):
        assert small.get(f"/{kind}/{local}").status_code == 404


def test_text_from_the_graph_never_becomes_markup(small):
    text = small.get("/doc/ann").get_data(as_text=True)

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in text
    assert 'href="javascript:' not in text


def test_links_lead_to_the_other_representations(small):
    header = small.get("/doc/XAA").headers["Link"]

    base = "http://localhost/doc/XAA"
    assert f'<{base}>; rel="canonical"' in header
    assert f'<{base}.ttl>; rel="alternate"; type="text/turtle"' in header
    assert f'<{base}.ttl>; rel="describedby"' in header
    assert f'<{ID}XAA>; rel="cite-as"' in header
    assert 'licenses/by-sa/4.0/>; rel="license"' in header


def test_the_public_address_is_that_of_the_settings(small_root, small_graph):
    from comity.settings import load_settings
    from comity.web import create_app

    settings = load_settings({}, root=small_root, base="https://example.org/comity")
    answer = create_app(settings, small_graph).test_client().get("/doc/XAA")

    assert "<https://example.org/comity/doc/XAA.ttl>" in answer.headers["Link"]


def test_a_client_that_holds_the_answer_gets_304(small):
    for address in ("/doc/XAA", "/doc/XAA.ttl", "/pair/XAA/XBB.json"):
        tag = small.get(address).headers["ETag"]

        assert small.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_graph_is_the_file_itself(small, small_root):
    content = small.get("/graph/data/relations/XAA-XBB.ttl").get_data()

    assert content == (small_root / "data/relations/XAA-XBB.ttl").read_bytes()


def test_an_unknown_graph_is_told_with_near_matches(small):
    shown = page(small, "/graph/data/XAA-XBB", status=404)

    assert "/graph/data/relations/XAA-XBB" in shown.links


def test_a_past_state_that_others_followed_has_its_page(browser):
    shown = page(browser, "/doc/SUN")

    assert "Soviet Union" in shown.text
    assert "/doc/AZE" in shown.links
    assert "followed by" in shown.text


def test_a_state_that_came_after_another_leads_back_to_it(browser):
    shown = page(browser, "/doc/AZE")

    assert "Comes after: Soviet Union" in shown.text
    assert "/doc/SUN" in shown.links
    assert "Comes after" not in page(browser, "/doc/JPN").text


def test_labels_that_an_answer_joins_stand_in_the_language_of_the_page(browser):
    shown = page(browser, "/ja/queries/twinned-places")

    assert "イスマユッル、伊東市" in shown.text


def test_a_fact_that_names_a_state_twice_is_counted_once(browser):
    shown = page(browser, "/doc/AZE").text

    assert (
        re.search(r"named in (\d+) facts", shown)[1]
        == re.search(r"Facts that name it (\d+)", shown)[1]
    )


def test_of_very_many_facts_the_latest_are_listed_and_all_are_counted(real_graph, monkeypatch):
    whole = read_thing(real_graph, f"{ID}JPN", None)
    monkeypatch.setattr(thing, "MOST_LISTED", 5)
    cut = read_thing(real_graph, f"{ID}JPN", None)
    dated = [each for each in whole.facts if each.when]

    assert {each.name.iri for each in cut.facts} <= {each.name.iri for each in dated}
    assert (len(cut.facts), len(cut.mentions)) == (5, 5)
    assert (cut.facts_held, cut.mentions_held) == (len(whole.facts), len(whole.mentions))
    assert cut.sentence == whole.sentence
    assert cut.facts[-1].edtf == dated[-1].edtf


def test_a_page_says_that_it_lists_some_of_very_many(browser, monkeypatch):
    monkeypatch.setattr(thing, "MOST_LISTED", 5)
    text = browser.get("/doc/JPN").get_data(as_text=True)

    assert "These are the latest 5 of " in text
    assert "These are the first 5 of " in text
    assert 'href="/queries/facts-of-actor?actor=JPN"' in text
