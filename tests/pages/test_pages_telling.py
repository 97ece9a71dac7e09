"""Pages on things in plain words, and their records for crawlers."""

from __future__ import annotations

import json
import re

import pytest

from comity.model.terms import CODE, ID, NS
from comity.services.pages.headings import heading, role
from comity.services.pages.said import Said, listed
from comity.services.pages.telling import tell
from comity.services.pages.views import Name, Statement, Time, Value
from page_reading import Page


def said(**properties):
    return Said(
        Statement(Name(NS + name, name), tuple(Value(text, iri=iri) for text, iri in values))
        for name, values in properties.items()
    )


def kinds(name):
    return (Name(NS + name, name.lower()),)


CAPITAL = f"{CODE}place.capital"
DYAD = [("A–B relations", f"{ID}AAA-BBB")]
TIME = Time("October 2015", "2015-10", "2015-10-01", "2015-10-31", None, (), None)


def test_a_visit_is_told_with_who_when_and_what_came_of_it():
    words = said(
        dyad=DYAD,
        kind=[("ministerial visit", None)],
        **{"from": [("A", None)], "to": [("B", None)]},
        participant=[("Ann", None)],
        outcome=[("a letter", None), ("a memorandum", None)],
    )

    assert tell(kinds("Visit"), words, TIME, 0) == (
        "Ministerial visit by Ann from A to B, October 2015. It led to: a letter and a memorandum."
    )


def test_of_many_outcomes_only_the_number_is_told():
    words = said(dyad=DYAD, outcome=[(text, None) for text in "abcd"])

    assert tell(kinds("Visit"), words, None, 0) == "Visit. It led to 4 further facts."


def test_a_plan_is_told_as_no_more_than_a_plan():
    words = said(
        dyad=DYAD,
        modality=[("planned", f"{CODE}modality.planned")],
        party=[("A", None), ("B", None)],
        purpose=[("nuts", None)],
        amount=[("USD 5", None)],
    )

    assert tell(kinds("Agreement"), words, None, 0) == (
        "Only planned: agreement between A and B, on nuts: USD 5."
    )


@pytest.mark.parametrize(
    ("cls", "words", "facts", "sentence"),
    [
        ("Place", said(kind=[("capital", CAPITAL)], partOf=[("A", None)]), 0, "Capital of A."),
        ("Place", said(kind=[("village", None)], partOf=[("A", None)]), 1, None),
        ("State", said(), 0, ""),
        ("Post", said(kind=[("minister", None)], postOf=[("A", None)]), 0, "Minister of A."),
    ],
)
def test_what_is_no_fact_is_told_by_what_it_is(cls, words, facts, sentence):
    if sentence is None:
        sentence = "Village in A; named in 1 fact."
    assert tell(kinds(cls), words, None, facts) == sentence


def test_a_person_is_told_by_the_offices_on_record():
    told = tell(kinds("Person"), said(), None, 2, ["envoy of A (since 2005)", "minister of A"])

    assert told == "On record as envoy of A (since 2005) and minister of A; named in 2 facts."


def test_a_label_that_tells_two_codes_apart_is_told_as_people_say_it():
    narrow = [("agreement in the narrow sense", f"{CODE}agreement.agreement")]

    assert tell(kinds("Agreement"), said(dyad=DYAD, kind=narrow), None, 0) == "Agreement."


def test_headings_and_roles_fall_back_on_the_label():
    odd = Name(f"{NS}sector", "sector")

    assert heading(odd) == role(odd, "Ann") == "sector"
    assert heading(Name(f"{NS}outcome", "outcome")) == "led to"
    assert role(Name(f"{NS}holder", "holder"), "Ann") == "Ann in office"
    assert listed([]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"


def record(client, local):
    text = client.get(f"/doc/{local}").get_data(as_text=True)
    return json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])


def test_crawlers_read_an_event_with_its_days(small):
    found = record(small, "XAA-XBB.visit.1998-02")

    assert found["@type"] == "Event"
    assert found["@id"] == f"{ID}XAA-XBB.visit.1998-02"
    assert (found["startDate"], found["endDate"]) == ("1998-02-24", "1998-02-28")
    assert found["description"].startswith("Visit by Ann")


@pytest.mark.parametrize(
    "local", ["XAA-XBB.agreement.nuts", "XAA-XBB.event.opening", "XAA-XBB.event.fair"]
)
def test_no_date_is_given_that_is_not_exact(small, local):
    assert not {"startDate", "endDate"} & set(record(small, local))


@pytest.mark.parametrize(
    ("local", "kind"),
    [
        ("AZE", "Country"),
        ("ilham-aliyev", "Person"),
        ("JPN.embassy.AZE", "Embassy"),
        ("AZE-JPN.agreement.medicine-mou", "Thing"),
    ],
)
def test_the_class_is_that_of_the_alignments(browser, local, kind):
    assert record(browser, local)["@type"] == kind


def test_a_place_has_its_names_its_point_and_its_matches(browser):
    found = record(browser, "baku")

    assert {"@value": "Bakı", "@language": "az"} in found["name"]
    assert found["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": 40.37767,
        "longitude": 49.89201,
    }
    assert "http://www.wikidata.org/entity/Q9248" in found["sameAs"]


def test_a_match_that_nobody_verified_is_none_for_crawlers(small):
    assert "http://www.wikidata.org/entity/Q1" in small.get("/doc/XAA").text
    assert "sameAs" not in record(small, "XAA")


def test_a_page_begins_with_what_it_is_and_what_came_of_it(small):
    shown = Page(small.get("/doc/XAA-XBB.visit.1998-02").get_data(as_text=True))

    assert shown.text.index("24–28 February 1998. It led to: Agreement on nuts.") < (
        shown.text.index("What is recorded")
    )
    assert shown.text.index("What is recorded") < shown.text.index("What came of it")
    assert "Envoy of Aland" in Page(small.get("/doc/post.XAA.envoy").text).text
    plan = Page(small.get("/doc/XAA-XBB.agreement.plan").get_data(as_text=True))
    assert "Only planned: agreement." in plan.text
    assert "The source does not say that it came about." in plan.text


def test_a_happening_beside_the_relation_is_told_as_a_fact(browser):
    shown = Page(browser.get("/doc/annexation-of-estonia").get_data(as_text=True))

    assert "Annexation from Soviet Union to Estonia, September 1944." in shown.text
