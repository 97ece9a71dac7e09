"""Citations: three styles and words, each of which pins the state of the data."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from comity.services.citing import (
    BIBTEX,
    CSL,
    RIS,
    escape_bibtex,
    say_citation,
    write_bibtex,
    write_citation,
    write_csl,
    write_ris,
)
from page_reading import Page
from some_citation import WHOLE

FOREIGN = replace(WHOLE, author="", version="", changed="", licence="", filter="")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("R&D", r"R\&D"),
        ("5 % of $1", r"5 \% of \$1"),
        ("a_b #2", r"a\_b \#2"),
        ("{x}", r"\{x\}"),
        ("\\", r"\textbackslash{}"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
        ("two\r\n lines", "two lines"),
        ("Bakı, 日本", "Bakı, 日本"),
    ],
)
def test_bibtex_takes_each_sign_for_itself(text, escaped):
    assert escape_bibtex(text) == escaped


def test_bibtex_names_all_and_keeps_the_address_as_it_is():
    text = write_bibtex(WHOLE)

    assert text.startswith("@misc{comity-AZE-JPN,\n")
    assert text.endswith("}\n")
    assert "author = {{The Comity contributors}}," in text
    assert "year = {2026}," in text
    assert "month = nov," in text
    assert "url = {https://example.org/pair/AZE/JPN?from=2015&to=2016}," in text
    assert r"from=2015\&to=2016" in text
    assert "f00d" in text
    assert "CC-BY-SA-4.0" in text
    assert text.count("{") == text.count("}")


def test_braces_and_blanks_never_leave_their_field():
    odd = replace(WHOLE, key="a b{,c}", title="}, x = {", address="https://e.org/{a}\\")
    text = write_bibtex(odd)

    assert text.startswith("@misc{a-b-c-,")
    assert r"title = {{\}, x = \{}}" in text
    assert "url = {https://e.org/%7Ba%7D%5C}" in text


def test_ris_has_a_tag_a_line_and_ends_each_with_crlf():
    text = write_ris(replace(WHOLE, title="Two\r\nlines"))

    lines = text.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert "TI  - Two lines" in lines
    assert {"PY  - 2026", "DA  - 2026/11/23/", "AN  - f00d", f"UR  - {WHOLE.address}"} <= set(lines)
    assert "\n" not in text.replace("\r\n", "")


def test_csl_is_a_list_of_one_data_set():
    (item,) = json.loads(write_csl(WHOLE))

    assert item["type"] == "dataset"
    assert item["author"] == [{"literal": "The Comity contributors"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 23]]}
    assert "f00d" in item["note"]
    assert "accessed" not in item


def test_the_words_leave_the_day_of_reading_to_the_reader():
    assert say_citation(WHOLE) == (
        "The Comity contributors. “Azerbaijan–Japan relations”. Comity, version 0.1.0, "
        "23 November 2026. https://w3id.org/comity/id/AZE-JPN. State of the data f00d. "
        "Facts of this time only: from=2015&to=2016. CC-BY-SA-4.0. "
        "https://example.org/pair/AZE/JPN?from=2015&to=2016 (accessed [date])."
    )


@pytest.mark.parametrize("style", [BIBTEX, RIS, CSL], ids=lambda style: style.name)
def test_what_is_not_known_of_the_data_of_others_is_left_out(style):
    text = write_citation(FOREIGN, style).decode()

    for word in ("author", "AU  -", "version", "year", "issued", "Licence"):
        assert word not in text
    assert "f00d" in text


@pytest.mark.parametrize("of", ["/pair/XAA/XBB", "/doc/ann"])
@pytest.mark.parametrize("style", [BIBTEX, RIS, CSL], ids=lambda style: style.name)
def test_pages_have_citations_that_pin_the_state(small, small_graph, of, style):
    answer = small.get(f"{of}/cite.{style.suffix}")

    assert answer.status_code == 200
    assert answer.mimetype == style.media_type
    assert f'.{style.suffix}"' in answer.headers["Content-Disposition"]
    assert small_graph.fingerprint in answer.text
    assert f"http://localhost{of}" in answer.text
    tag = answer.headers["ETag"]
    assert small.get(f"{of}/cite.ris", headers={"If-None-Match": tag}).status_code == (
        304 if style is RIS else 200
    )


def test_the_filter_is_part_of_what_is_cited(small):
    (item,) = small.get("/pair/XAA/XBB/cite.json?to=1998&from=1990&x=1&as_of=").get_json(force=True)

    assert item["URL"] == "http://localhost/pair/XAA/XBB?from=1990&to=1998"
    assert small.get("/pair/XAA/XBB/cite.json?from=nonsense").status_code == 400


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/pair/XAA/XBB/cite.doc", 404),
        ("/pair/XAA/XCC/cite.bib", 404),
        ("/doc/nothing/cite.bib", 404),
        ("/doc/withdrawn/cite.bib", 410),
        ("/pair/XBB/XAA/cite.bib?from=1990", 308),
    ],
)
def test_no_citation_of_what_there_is_not(small, address, status):
    answer = small.get(address)

    assert answer.status_code == status
    if status == 308:
        assert answer.headers["Location"] == "/pair/XAA/XBB/cite.bib?from=1990"


def test_the_menu_offers_everything_at_the_time_that_is_shown(small):
    shown = Page(small.get("/pair/XAA/XBB?from=1990").get_data(as_text=True))

    for end in (".ttl", ".jsonld", ".nt", ".rdf", ".json", ".csv"):
        assert f"/pair/XAA/XBB{end}?from=1990" in shown.links
    for end in ("bib", "ris", "json"):
        assert f"/pair/XAA/XBB/cite.{end}?from=1990" in shown.links
    assert "(accessed [date])" in shown.text
    assert "Not the whole record" in shown.text
    doc = Page(small.get("/doc/ann").get_data(as_text=True))
    assert "/doc/ann/cite.bib" in doc.links
    assert "/doc/ann.csv" not in doc.links


@pytest.mark.parametrize(
    ("address", "licences"),
    [
        ("/doc/FRA", ["CC0-1.0"]),
        ("/doc/AZE-JPN.visit.1998-02", ["CC-BY-SA-4.0"]),
        ("/pair/AZE/JPN", ["CC-BY-SA-4.0"]),
    ],
)
def test_the_licence_is_that_of_the_graphs_which_tell_of_it(client, address, licences):
    text = client.get(f"{address}/cite.ris").text

    assert re.findall(r"Licence: (.*)", text)[0].split(", ")[0].split("; ") == licences
