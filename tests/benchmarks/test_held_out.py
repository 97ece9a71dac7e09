"""The names that reconciliation is measured with, and what is said of how many are found."""

from __future__ import annotations

import json
import random

import held_out

import reconciling

COUNTRY = {
    "name": {
        "common": "Azerbaijan",
        "official": "Republic of Azerbaijan",
        "native": {"aze": {"common": "Azərbaycan", "official": "Azərbaycan Respublikası"}},
    },
    "translations": {"jpn": {"common": "アゼルバイジャン", "official": "アゼルバイジャン共和国"}},
    "altSpellings": ["AZ"],
    "cca2": "AZ",
    "cca3": "AZE",
    "ccn3": "031",
    "languages": {"aze": "Azerbaijani"},
    "currencies": {"AZN": {"name": "Azerbaijani manat"}},
    "capital": ["Baku", "Azerbaijan"],
}


def test_names_come_by_sort_and_what_is_no_state_apart(tmp_path):
    path = tmp_path / "countries.json"
    path.write_text(json.dumps([COUNTRY]), "utf-8")
    sorts = held_out.held_out(path)

    assert sorts["English, in full"] == [("Republic of Azerbaijan", "AZE")]
    assert sorts["translated, another script"] == [("アゼルバイジャン", "AZE")]
    assert ("Azerbaijan, Republic of", "AZE") in sorts["as people write"]
    assert ("Rep. of Azerbaijan", "AZE") in sorts["as people write"]
    assert sorts["code"] == [("AZ", "AZE"), ("AZE", "AZE"), ("031", "AZE")]
    assert [name for name, _ in sorts[held_out.NO_STATE]] == [
        "Azerbaijani",
        "Azerbaijani manat",
        "Baku",
    ]
    assert sorts == held_out.held_out(path)


def test_a_slip_changes_a_name_by_a_letter_or_two():
    draw = random.Random(1)  # noqa: S311 - nothing is secret here
    slips = {held_out.mistyped("Japan", draw) for _ in range(200)}

    assert {len(each) for each in slips} == {4, 5, 6}


def test_recall_and_precision_are_told():
    said = reconciling.told("own", ["AZE", "JPN", "KOR", "EST"], ["AZE", "", "PRK", "EST"])

    assert said.split() == ["own", "4", "names,", "recall", "50.0", "%,", "precision", "66.7", "%"]
    assert "50.0 % without a match" in reconciling.told(held_out.NO_STATE, ["", ""], ["", "FRA"])
