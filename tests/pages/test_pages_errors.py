"""The type of a problem document leads to what it means."""

from __future__ import annotations

import pytest

from comity.services.problems import MEANINGS, TYPES, problem_codes
from page_reading import Page


@pytest.mark.parametrize("code", problem_codes())
def test_every_type_is_described_to_programs_and_people(client, browser, code):
    told = client.get(f"/problem/{code}")
    page = browser.get(f"/problem/{code}")

    assert (told.status_code, told.mimetype) == (200, "application/json")
    assert told.json["type"] == TYPES + code
    assert told.json["status"] == problem_codes()[code]
    assert told.json["meaning"] == MEANINGS[code].replace("`", "")
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert told.json["meaning"] in Page(page.text).text
    assert f"Error {told.json['status']}" in page.text


def test_the_type_of_an_error_is_found_behind_its_address(client):
    problem = client.get("/sparql?query=ASK").json
    meaning = client.get(problem["type"].removeprefix("https://w3id.org/comity"))

    assert meaning.json["code"] == problem["code"] == "query_syntax"
    assert meaning.json["title"] == problem["title"]


def test_another_name_has_near_ones(client):
    answer = client.get("/problem/query_sintax")

    assert answer.status_code == 404
    assert answer.json["suggestions"][0] == "/problem/query_syntax"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/pair/AZE/JPM", "/pair/AZE/JPN"),
        ("/pair/Azerbaidjan/Japan", "/pair/AZE/JPN"),
        ("/pair/AZE", "/pair/AZE/JPN"),
        ("/azerbaijan", "/doc/AZE"),
        ("/queries/visit", "/queries/visits"),
        ("/queries/outcomes", "/queries/outcomes-of-visit"),
        ("/vocabulary/visits", "/vocabulary/visit"),
        ("/sources/azjp", "/sources/azjp-en"),
        ("/ontologie", "/ontology"),
        ("/quereis", "/queries"),
        ("/loan", "/doc/AZE-JPN.loan.severnaya"),
    ],
)
def test_a_misspelt_address_leads_on(browser, address, expected):
    answer = browser.get(address)
    links = Page(answer.text).links

    assert answer.status_code == 404
    assert expected in links
    assert browser.get(expected).status_code == 200


def test_every_suggestion_is_a_page(browser):
    for address in ("/doc/azerbaidjan", "/doc/AZE-JPN.visit.1998", "/queries/visit"):
        text = browser.get(address).text
        near = text.split('id="near"')[1].split("</ul>")[0]
        links = Page(f"<main>{near}</ul></main>").links
        assert links
        assert all(browser.get(each).status_code in {200, 303} for each in links)


def test_the_page_of_an_error_searches_as_every_other(browser):
    assert 'action="/resolve"' not in browser.get("/nothing/here").text
    assert browser.get("/nothing/here").text.count('action="/search"') == 2
