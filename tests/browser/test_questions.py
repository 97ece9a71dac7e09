"""The page of a question, filled in by keyboard."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest

# What a cell shows: its words, their language where that is another, and what a machine reads.
# Bare web addresses are links with script only.
CELLS = """
(lines) => [...document.querySelectorAll(lines)].map((line) =>
  [...line.querySelectorAll("td:not(.whence)")].map((cell) => {
    if (cell.innerText.startsWith("http") || cell.querySelector(".rv-address")) return "";
    const [tagged, machine] = ["[lang]", "time, data"].map((choice) => cell.querySelector(choice));
    const value = machine?.dateTime ?? machine?.value ?? "";
    return [cell.innerText.trim(), tagged?.lang ?? "", value].join("|");
  })
)
"""
TABLES = (
    *("timeline", "visits", "loans", "trade-turnover", "places", "doubtful-claims", "amounts"),
    *("missions", "stakes", "days-to-first-mission", "persons-in-office"),
)
ASKED = """\
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?fact ?kind ?name ?date (YEAR(?earliest) AS ?y) ?earliest ?value (STR(?value) AS ?text) {
  ?fact comity:edtf ?date ; comity:earliest ?earliest ; comity:amount ?amount ; a ?kind .
  ?kind rdfs:label ?name FILTER(LANG(?name) = "en")
  ?amount comity:value ?value
}
ORDER BY ?fact ?value ?kind
"""


def test_a_form_filled_by_keyboard_changes_the_answer(open_page):
    with open_page() as page:
        page.open("/queries/visits")
        rows = page.page.locator(".rv-body tbody tr, [data-rv-data] tbody tr")
        before = rows.count()
        for _ in range(60):
            page.page.keyboard.press("Tab")
            if page.page.evaluate("document.activeElement.name") == "from":
                break
        page.page.keyboard.insert_text("2010-01-01")
        page.page.keyboard.press("Enter")
        page.page.wait_for_url("**/queries/visits?*from=2010-01-01*")
        page.page.wait_for_load_state("networkidle")

        assert 0 < rows.count() < before
        link = page.page.locator(".formats a", has_text="CSV").first.get_attribute("href")
        text = page.page.request.get(page.address + link).text()
        assert len(list(csv.DictReader(io.StringIO(text)))) == rows.count()
        assert page.noise == []


def test_columns_keep_the_names_that_the_server_gave_them(open_page):
    with open_page(java_script_enabled=False) as page:
        page.open("/ja/queries/visits")
        drawn = page.page.locator("thead th").all_inner_texts()
    with open_page() as page:
        page.open("/ja/queries/visits")
        page.page.wait_for_selector(".rv-sort")
        shown = page.page.locator("thead .rv-sort").all_inner_texts()

    assert shown == drawn[:-1]  # the last leads to what explains a row
    assert all(not name.isascii() for name in shown)


@pytest.mark.parametrize("tag", ["", "/az", "/ja"])
def test_cells_show_the_same_with_and_without_script(open_page, tag):
    for slug in TABLES:
        with open_page(java_script_enabled=False) as page:
            page.open(f"{tag}/queries/{slug}")
            drawn = page.page.evaluate(CELLS, "[data-rv-data] tbody tr")
        with open_page() as page:
            page.open(f"{tag}/queries/{slug}")
            page.page.wait_for_selector(".rv-sort")
            page.page.wait_for_load_state("networkidle")  # dates in words come later
            page.page.wait_for_timeout(300)
            shown = page.page.evaluate(CELLS, ".rv-body tbody tr")
            assert page.noise == []

        # With script a long table has its first rows, and a button for the others.
        assert shown == drawn[: len(shown)], slug
        assert len(shown) >= min(len(drawn), 100)
        assert drawn


@pytest.mark.parametrize("tag", ["", "/az", "/ja"])
def test_an_answer_to_any_query_shows_the_same_with_and_without_script(open_page, tag):
    address = f"{tag}/sparql?{urlencode({'query': ASKED})}"
    with open_page(java_script_enabled=False) as page:
        page.open(address)
        drawn = page.page.evaluate(CELLS, "#results tbody tr")
    with open_page() as page:
        page.open(address)
        page.page.wait_for_selector(".rv-body tbody tr")
        page.page.wait_for_load_state("networkidle")
        shown = page.page.evaluate(CELLS, ".rv-body tbody tr")
        assert page.noise == []

    assert shown == drawn
    rows = [row for row in drawn if row[7] == "22080000||"]
    assert {row[4] for row in rows} == {"2017||"}
    assert {row[6].rpartition("|")[2] for row in rows} == {"22080000"}
    assert {"22080000" in row[6].partition("|")[0] for row in rows} == {False}


def test_columns_of_any_query_stand_as_it_names_them(open_page):
    address = f"/sparql?{urlencode({'query': 'SELECT * { ?s ?p ?o } LIMIT 3'})}"
    for scripts in (False, True):
        with open_page(java_script_enabled=scripts) as page:
            page.open(address)
            if scripts:
                page.page.wait_for_selector(".rv-body tbody tr")
            shown = page.page.locator("#results thead th").all_inner_texts()
            assert [each.strip() for each in shown[:3]] == ["s", "p", "o"]
            assert page.noise == []
