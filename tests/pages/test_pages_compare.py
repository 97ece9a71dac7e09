"""Two relations side by side: what is counted, the words of difference, the addresses."""

from __future__ import annotations

import re

import html5lib
import pytest

from comity.model.period import Period
from comity.model.terms import ID
from comity.services.pages.comparing import read_comparison
from comity.services.pages.home import read_home
from comity.services.pages.pair import read_pair
from comity.services.pages.partners import read_partners
from comity.services.running import run
from comity.services.speech import speaking

PAIRS = (f"{ID}AZE-JPN", f"{ID}KOR-TUR")


@pytest.fixture(scope="module")
def compared(real_graph):
    return read_comparison(real_graph, *PAIRS)


def measures(view):
    return {measure.label: measure for group in view.groups for measure in group.measures}


def rows_of(text):
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    for row in tree.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row]
        if row[0].get("scope") == "row":
            yield cells


def test_the_numbers_of_both_sides_are_those_of_their_own_pages(real_graph, compared):
    found = measures(compared)

    for at, dyad in enumerate(PAIRS):
        pair = read_pair(real_graph, dyad, Period())
        for count in pair.counts:
            side = found[count.label[0].upper() + count.label[1:]].sides[at]
            assert side.whole.number == count.number
        chapters = {each.title: len(each.facts) for each in pair.chapters}
        subjects = next(group for group in compared.groups if group.slug == "subjects")
        told = {each.label: each.sides[at].whole.number for each in subjects.measures}
        assert {title: number for title, number in told.items() if number} == chapters


def test_what_was_established_anew_counts_from_then_on(real_graph, catalogue):
    compared = read_comparison(real_graph, f"{ID}ALB-JPN", f"{ID}EST-MEX")
    query = run(real_graph, catalogue.get("partners-of-state"), {"state": "ALB"})
    (partner,) = read_partners(real_graph, f"{ID}ALB", query.bound.text).partners
    (albania,) = (each for each in read_home(real_graph).relations if each.codes[0] == "ALB")

    assert [[fact.time.edtf for fact in facts] for facts in compared.began] == [
        ["1981-03"],
        ["1991-12-05"],
    ]
    assert compared.verdict == "ALB–JPN earlier"
    assert partner.since
    assert partner.since.when == albania.since == "March 1981"


def test_missions_are_told_by_direction_and_add_up(compared):
    missions = measures(compared)["Missions"]

    for side in missions.sides:
        assert sum(part.number for _, part in side.parts) == side.whole.number
    words = [words for words, _ in missions.sides[0].parts]
    assert words == ["Azerbaijan in Japan", "Japan in Azerbaijan"]


def test_a_difference_is_told_in_words_and_names_the_side(compared):
    found = measures(compared)

    facts = found["Facts"]
    one, other = (side.whole.number for side in facts.sides)
    assert facts.verdict == f"AZE–JPN: {one - other} more"
    assert found["Visits made"].verdict == "recorded of AZE–JPN alone"
    assert all(max(s.whole.number for s in each.sides) > 0 for each in found.values())


def test_a_bar_is_as_long_as_its_number_says(compared):
    for measure in measures(compared).values():
        numbers = [side.whole.number for side in measure.sides]
        widths = [side.whole.width for side in measure.sides]
        assert widths[numbers.index(max(numbers))] == 100
        assert [width == 0 for width in widths] == [number == 0 for number in numbers]


def test_amounts_are_counted_by_currency_and_never_summed(compared):
    amounts = next(group for group in compared.groups if group.slug == "amounts")

    labels = [measure.label for measure in amounts.measures]
    assert "Aid, in US dollar" in labels
    assert all(", in " in label for label in labels)
    assert all(each.sides[0].whole.number < 100 for each in amounts.measures)


@pytest.mark.parametrize("tag", ["en", "az", "ja"])
def test_the_page_has_a_row_with_both_numbers_for_each_measure(real_graph, app, tag):
    with speaking(tag):
        view = read_comparison(real_graph, *PAIRS)
    client = app.test_client()
    page = client.get(f"/{tag}/compare/AZE-JPN/KOR-TUR").get_data(as_text=True)

    shown = {cells[0]: cells[1:] for cells in rows_of(page)}
    for label, measure in measures(view).items():
        numbers = [
            re.search(r"\d+", re.sub(r"[A-Z]{3}–[A-Z]{3}", "", cell)) for cell in shown[label][:2]
        ]
        assert [int(each[0]) for each in numbers if each] == [
            side.whole.number for side in measure.sides
        ]
        assert shown[label][2] == measure.verdict


@pytest.mark.parametrize(
    ("address", "status", "target"),
    [
        ("/compare?left=AZE-JPN&right=KOR-TUR", 303, "/compare/AZE-JPN/KOR-TUR"),
        ("/compare?left=Japan+and+Azerbaijan&right=TUR-KOR", 303, "/compare/AZE-JPN/KOR-TUR"),
        ("/az/compare?left=AZE-JPN&right=KOR-TUR", 303, "/az/compare/AZE-JPN/KOR-TUR"),
        ("/compare/JPN-AZE/TUR-KOR", 308, "/compare/AZE-JPN/KOR-TUR"),
        ("/compare/AZE-JPN/JPN-AZE", 303, "/compare?left=AZE-JPN"),
    ],
)
def test_other_names_of_two_relations_lead_to_their_one_address(browser, address, status, target):
    answer = browser.get(address)

    assert (answer.status_code, answer.headers["Location"]) == (status, target)


def test_both_orders_name_one_canonical_address(browser):
    pages = [
        browser.get(f"/compare/{order}").get_data(as_text=True)
        for order in ("AZE-JPN/KOR-TUR", "KOR-TUR/AZE-JPN")
    ]

    canonical = [re.search(r'rel="canonical" href="([^"]+)"', page)[1] for page in pages]
    assert canonical[0] == canonical[1]
    assert canonical[0].endswith("/compare/AZE-JPN/KOR-TUR")


def test_a_relation_that_is_not_there_is_told_and_the_same_one_twice_is_refused(browser):
    missing = browser.get("/compare/AZE-JPN/AZE-TUR")
    assert missing.status_code == 404
    assert "AZE-TUR" in missing.get_data(as_text=True)
    twice = browser.get("/compare?left=AZE-JPN&right=JPN-AZE").get_data(as_text=True)
    assert "Both sides are the same relation" in twice
    assert browser.get("/compare?left=" + "x" * 3000).status_code == 404


def test_the_page_of_a_relation_leads_to_its_comparison(browser):
    page = browser.get("/pair/AZE/JPN").get_data(as_text=True)

    assert 'href="/compare?left=AZE-JPN"' in page
    assert '<option value="AZE-JPN" selected>' in browser.get("/compare?left=AZE-JPN").get_data(
        as_text=True
    )
