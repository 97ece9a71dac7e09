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
