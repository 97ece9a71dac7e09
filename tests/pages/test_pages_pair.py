from __future__ import annotations

import json

import pytest

from comity.model.period import Period, read_period
from comity.model.terms import ID, NS
from comity.services.pages.home import read_home
from comity.services.pages.pair import read_pair
from comity.services.pages.reading import rows
from page_reading import Page

DYAD = f"{ID}AZE-JPN"

# Relations after one source each, and the least number of their facts.
every_pair = pytest.mark.parametrize(("pair", "number"), [("AZE-JPN", 100), ("KOR-TUR", 23)])


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return Page(answer.get_data(as_text=True))


def facts_of(graph, dyad):
    query = f"SELECT DISTINCT ?f {{ ?f comity:dyad <{dyad}> ; a/rdfs:subClassOf* comity:Fact }}"
    return {fact.value.removeprefix(ID) for (fact,) in rows(graph, query)}


@every_pair
def test_every_fact_of_the_dyad_stands_on_its_page_once_and_in_a_list_of_times(
    browser, real_graph, pair, number
):
    shown = page(browser, f"/pair/{pair.replace('-', '/')}")

    facts = facts_of(real_graph, f"{ID}{pair}")
    assert len(facts) >= number
    assert facts <= set(shown.ids)
    listed = [link.removeprefix("#") for link in shown.links if link.startswith("#")]
    assert facts <= set(listed)


def test_of_many_facts_the_latest_stand_on_the_page_and_all_in_its_table(browser, monkeypatch):
    monkeypatch.setattr("comity.web.pages.relations.MOST_FACTS", 4)
    shown = page(browser, "/pair/AZE/JPN")

    assert "These are the latest 4 of" in shown.text
    assert "/pair/AZE/JPN.csv" in shown.links
    text = browser.get("/pair/AZE/JPN").get_data(as_text=True)
    assert text.count('<li class="fact" id="AZE-JPN.agreement.') == 4
    inside = {link.removeprefix("#") for link in shown.links if link.startswith("#")}
    assert inside <= set(shown.ids)


@every_pair
def test_every_doubt_about_the_facts_stands_on_the_page(browser, real_graph, pair, number):
    shown = page(browser, f"/pair/{pair.replace('-', '/')}").text

    query = f"""SELECT DISTINCT ?text {{ ?f comity:dyad <{ID}{pair}> .
        {{ ?i comity:about ?f }} UNION {{ ?c comity:about ?f . ?i comity:about ?c }}
        UNION {{ ?f comity:amount/^comity:about/^comity:about ?i }}
        ?i a comity:Issue ; rdfs:comment ?text }}"""
    texts = [" ".join(text.lexical.split()) for (text,) in rows(real_graph, query)]
    assert len(texts) > number // 2
    assert [text for text in texts if text not in shown] == []


def test_what_follows_something_comes_after_it_within_one_date(real_graph):
    pair = read_pair(real_graph, f"{ID}KOR-TUR", Period())
    (culture,) = (each for each in pair.chapters if each.slug == "culture")
    names = [fact.iri.removeprefix(f"{ID}KOR-TUR.event.") for fact in culture.facts]

    assert names[:2] == ["third-place-match-2002", "celebration-2002"]


def test_what_concerns_security_has_a_chapter_of_its_own(real_graph):
    pair = read_pair(real_graph, f"{ID}KOR-TUR", Period())
    (security,) = (each for each in pair.chapters if each.slug == "security")

    assert f"{ID}KOR-TUR.event.korean-war-support" in {fact.iri for fact in security.facts}
    assert "other" not in {each.slug for each in pair.chapters}


@pytest.mark.parametrize(
    "address",
    ["/pair/JPN/AZE", "/pair/aze/jpn", "/pair/Japan/Azerbaijan", "/pair/Azərbaycan/日本"],
)
def test_either_order_any_case_and_names_lead_to_the_one_address(browser, address):
    answer = browser.get(address + "?from=2015")

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/pair/AZE/JPN?from=2015"


def test_a_suffix_survives_the_redirect(client):
    assert client.get("/pair/jpn/aze.ttl").headers["Location"] == "/pair/AZE/JPN.ttl"


def test_an_unknown_state_is_told_with_near_matches(browser):
    shown = page(browser, "/pair/AZE/Japn", status=404)

    assert "Japan (JPN)" in shown.text
    assert "/resolve?q=Japan%20%28JPN%29" in shown.links


def test_a_pair_without_facts_is_not_an_empty_page(small):
    shown = page(small, "/pair/XAA/XCC", status=404)

    assert "Nothing is recorded of the relations of XAA and XCC" in shown.text
    assert "/pair/XAA/XBB" in shown.links


def test_the_page_tells_each_part_of_the_relation(small):
    text = page(small, "/pair/XAA/XBB").text

    for words in (
        "Start of relations: 4 May 1990",
        "Aland in Beland",
        "Embassy of Aland in Beland",
        "after Start of relations",
        "Board of Aland and Beland",
        "24–28 February 1998",
        "1970s",
        "approximately USD 22,080,000 (written “$22.08 million”)",
        "Envoy of Aland",
        "yearly",
        "planned Agreement that is only planned",
        "A factor of ten may be lost.",
        "The dollar is read as that of the United States.",
        "believed: 220,800,000 by Another source",
        "Second, sentence 2, characters 11–30",
        "SHA-256 bb00",
        "came out of Visit of Ann",
    ):
        assert words in text


def test_undated_facts_stand_apart_from_the_timeline(small):
    text = page(small, "/pair/XAA/XBB").text

    timeline = text.index("Timeline 5 facts")
    apart = text.index("Not on the calendar 4 facts")
    assert (
        timeline
        < text.index("Trade of 2017", timeline)
        < apart
        < text.index("Fair held every year", apart)
    )


@pytest.mark.parametrize(
    ("query", "kept", "dropped", "words"),
    [
        (
            "from=1998&to=1998",
            {"XAA-XBB.visit.1998-02", "XAA-XBB.arrangement.relations"},
            {"XAA-XBB.agreement.nuts", "XAA-XBB.agreement.plan"},
            "7 facts are left out, 4 of them",
        ),
        (
            "as_of=2010-01-01",
            {"XAA-XBB.arrangement.relations"},
            {"XAA-XBB.obs.trade-2017", "XAA-XBB.visit.1998-02"},
            "8 facts are left out",
        ),
        ("to=1975", {"XAA-XBB.agreement.nuts"}, {"XAA-XBB.arrangement.relations"}, "8 facts"),
    ],
)
def test_a_time_leaves_out_what_the_rule_leaves_out_and_says_how_much(
    small, query, kept, dropped, words
):
    shown = page(small, f"/pair/XAA/XBB?{query}")

    assert kept <= set(shown.ids)
    assert not dropped & set(shown.ids)
    assert words in shown.text


def test_a_bad_time_is_refused_with_the_value(small):
    assert "'yesterday'" in page(small, "/pair/XAA/XBB?as_of=yesterday", status=400).text


def test_data_take_the_same_time(small):
    text = small.get("/pair/XAA/XBB.nt?from=1998&to=1998").get_data(as_text=True)

    assert f"<{ID}XAA-XBB.visit.1998-02>" in text
    assert f"<{ID}XAA-XBB.obs.trade-2017> <{NS}edtf>" not in text


def test_the_json_of_a_pair_is_a_tree(small):
    tree = json.loads(small.get("/pair/XAA/XBB.json").get_data())

    assert tree["id"].endswith("XAA-XBB")
    assert "visits" in tree["facts"]


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf", "json", "html"])
def test_the_pair_comes_in_each_format(small, suffix):
    answer = small.get(f"/pair/XAA/XBB.{suffix}")

    assert answer.status_code == 200
    assert len(answer.get_data()) > 1000


def test_a_day_is_told_in_brief_by_what_held_on_it(browser):
    whole = page(browser, "/pair/AZE/JPN").text
    early = page(browser, "/pair/AZE/JPN?as_of=1998-02-26").text
    brief = early[early.index("In brief") : early.index("On this page")]

    assert "Embassy of Japan" in whole[whole.index("In brief") : whole.index("On this page")]
    assert "Embassy" not in brief
    assert "Ambassadors" not in brief


@pytest.mark.parametrize(
    "asked", ["from=2015&to=2016", "as_of=2001-06-01", "as_of=2010-01-01", "to=1999"]
)
def test_missions_bodies_people_and_doubts_are_those_of_the_facts_of_the_time(real_graph, asked):
    dyad = f"{ID}AZE-JPN"
    period = read_period(dict(part.split("=") for part in asked.split("&")))
    whole, part = read_pair(real_graph, dyad, Period()), read_pair(real_graph, dyad, period)
    kept = {fact.iri for fact in (*part.timeline, *part.undated)}

    for name in ("missions", "bodies", "people"):
        all_things, told = getattr(whole, name), getattr(part, name)
        assert {each.name.iri for each in told} == {
            each.name.iri for each in all_things if kept & set(_facts_of(each))
        }
        assert all(set(_facts_of(each)) <= kept for each in told)
    doubts = [doubt.issue.iri for sort in part.doubts for doubt in sort.doubts]
    assert set(doubts) < {doubt.issue.iri for sort in whole.doubts for doubt in sort.doubts}
    assert {count.number for count in part.counts if count.question == "doubts of"} == {len(doubts)}


def _facts_of(thing):
    held = [fact.iri for _, fact in getattr(thing, "offices", ())]
    return held + [fact.iri for fact in getattr(thing, "occasions", getattr(thing, "facts", ()))]


def test_missions_in_third_states_that_are_accredited_to_the_other_are_shown(browser, real_graph):
    found = read_pair(real_graph, f"{ID}EST-MEX", Period())
    shown = page(browser, "/pair/EST/MEX")

    assert {
        (each.name.label, each.sender.label, each.receiver.label) for each in found.missions
    } >= {
        ("Embassy of Estonia, Washington, D.C.", "Estonia", "United States"),
        ("Embassy of Mexico, Helsinki", "Mexico", "Finland"),
        ("Honorary consulate of Mexico, Tallinn", "Mexico", "Estonia"),
    }
    assert "Mexico in Finland" in shown.text


def test_relations_that_were_taken_up_again_tell_both_beginnings(real_graph):
    found = read_pair(real_graph, f"{ID}EST-MEX", Period())

    assert [fact.time.edtf for fact in found.beginnings] == [
        "1937-01-28",
        "1991-09-05",
        "1991-12-05",
    ]
    (listed,) = [
        each for each in read_home(real_graph).relations if each.name.iri == found.name.iri
    ]
    assert listed.since == "5 December 1991"
