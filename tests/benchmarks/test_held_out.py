"""The names that reconciliation is measured with, and what is said of how many are found."""

from __future__ import annotations

import json
import random

import held_out
import held_out_things

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
    meant = [frozenset({state}) for state in ("AZE", "JPN", "KOR", "EST")]
    said = reconciling.told("own", meant, ["AZE", "", "PRK", "EST"])

    assert said.split() == ["own", "4", "names,", "recall", "50.0", "%,", "precision", "66.7", "%"]
    assert "50.0 % without a match" in reconciling.told(
        held_out.NO_STATE, [frozenset(), frozenset()], ["", "FRA"]
    )


def test_things_are_written_otherwise_as_people_do():
    sorts = held_out_things.written_otherwise(
        [
            ("x", "Person", "Tarō Kōno"),
            ("AZE-JPN", "Dyad", "Azerbaijan–Japan relations"),
            ("bank", "Organization", "Bank of Japan"),
            ("one", "Place", "Springfield"),
            ("two", "Place", "Springfield"),
            ("aid", "Aid", "not asked for"),
        ]
    )

    assert ("Kōno", frozenset({"x"})) in sorts["persons, surname"]
    assert ("T. Kōno", frozenset({"x"})) in sorts["persons, initials"]
    assert ("TARO KONO", frozenset({"x"})) in sorts["persons, capitals, small, bare"]
    assert ("Japan/Azerbaijan", frozenset({"AZE-JPN"})) in sorts["pairs, otherwise"]
    assert ("Japan, Bank", frozenset({"bank"})) in sorts["organizations and posts, otherwise"]
    assert sorts["places and events, as they are"] == [("Springfield", frozenset({"one", "two"}))]
    assert not any("not asked for" in name for names in sorts.values() for name, _ in names)
