from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest

from comity.model.terms import NS, SHAPE
from comity.services.pages.ontology import read_ontology
from comity.services.pages.reading import rows
from page_reading import Page


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)[:500]
    return Page(answer.get_data(as_text=True))


def test_every_term_of_the_ontology_is_on_its_page(browser, real_graph):
    shown = page(browser, "/ontology")

    query = "SELECT ?t { ?t a rdf:Property } "
    terms = {t.value.removeprefix(NS) for (t,) in rows(real_graph, query) if NS in t.value}
    terms |= {t.value.removeprefix(NS) for (t,) in rows(real_graph, "SELECT ?t { ?t a owl:Class }")}
    assert len(terms) > 90
    assert terms <= set(shown.ids)


def test_no_term_falls_out_of_the_groups_of_the_ontology(real_graph, root):
    groups = read_ontology(real_graph, root).groups

    assert "Other terms" not in {group.title for group in groups}


def test_the_ontology_is_sent_to_programs_as_its_file(client, root):
    content = client.get("/ontology", headers={"Accept": "text/turtle"}).get_data()

    assert content == (root / "ontology/core.ttl").read_bytes()


def test_the_picture_is_an_image(client):
    answer = client.get("/ontology.svg")

    assert answer.mimetype == "image/svg+xml"
    assert ET.fromstring(answer.get_data()).tag.endswith("svg")  # noqa: S314 - our own


def test_every_code_is_on_the_page_of_its_list(browser, real_graph):
    query = "SELECT ?c { ?c skos:inScheme ?s }"
    codes = {code.value.rsplit("/", 1)[-1] for (code,) in rows(real_graph, query)}
    shown: set[str] = set()
    for link in page(browser, "/vocabulary").links:
        if link.startswith("/vocabulary/"):
            shown |= set(page(browser, link).ids)

    assert len(codes) > 100
    assert codes <= shown


def test_a_code_list_shows_three_languages_and_the_codes_of_others(browser):
    text = page(browser, "/vocabulary/agreement").text

    assert "memorandum of understanding anlaşma memorandumu 了解覚書" in text
    assert "cameo 057" in text


def test_an_unknown_code_list_is_told_with_near_matches(browser):
    assert "/vocabulary/modality" in page(browser, "/vocabulary/modalty", status=404).links


def test_every_shape_is_on_its_page(browser, real_graph):
    query = "SELECT ?s { ?s a ?t VALUES ?t { sh:NodeShape sh:PropertyShape } FILTER(ISIRI(?s)) }"
    found = {shape.value for (shape,) in rows(real_graph, query)}
    shapes = {iri.removeprefix(SHAPE) for iri in found if iri.startswith(SHAPE)}

    assert len(shapes) > 50
    assert shapes <= set(page(browser, "/shapes").ids)


def test_sources_tell_what_each_passage_gives(small):
    text = page(small, "/sources/small").text

    assert "passages 4" in text
    assert "It says nothing of a relation." in text
    assert "Visit of Ann" in text
    assert "The dollar is read as that of the United States." in text


def test_coverage_numbers_add_up(small_graph):
    from comity.services.pages.sources import read_source

    view = read_source(small_graph, "small")

    assert (view.passages, view.covered, view.excused, view.bare) == (4, 2, 1, 1)


@pytest.mark.parametrize("address", ["/sources/other.report-1", "/sources/small.ttl"])
def test_a_source_goes_by_its_whole_name(small, address):
    assert small.get(address).status_code == 200


def test_an_unknown_source_is_told_with_those_there_are(small):
    assert "/sources/small" in page(small, "/sources/nowhere", status=404).links


def test_the_text_of_the_article_is_on_no_page(browser):
    from shared_material import shared

    text = shared("source/azerbaijan-japan-relations.txt").read_text("utf-8")
    sentences = [line for line in text.splitlines() if len(line) > 60]
    shown = page(browser, "/sources/azjp-en").text + page(browser, "/pair/AZE/JPN").text

    assert len(sentences) > 20
    assert [line for line in sentences if line in shown] == []


def test_the_head_of_the_first_page_describes_the_dataset(browser):
    text = browser.get("/").get_data(as_text=True)

    start = text.index('ld+json">') + len('ld+json">')
    record = json.loads(text[start : text.index("</script>", start)])
    assert record["@type"] == "Dataset"
    assert record["license"].startswith("https://creativecommons.org/")
    for file in record["distribution"]:
        assert browser.get(file["contentUrl"]).status_code == 200


def test_the_first_page_lists_the_relations_with_their_numbers(small):
    text = page(small, "/").text

    plain = re.sub(
        r" why\? (?:the beginning of|facts of|open plans of) Aland–Beland relations", "", text
    )
    assert "Aland – Beland XAA–XBB 4 May 1990 9 1 2" in plain


def test_robots_find_the_sitemap_and_the_sitemap_the_pages(small):
    robots = small.get("/robots.txt").get_data(as_text=True)
    sitemap = ET.fromstring(small.get("/sitemap.xml").get_data())  # noqa: S314 - our own

    assert "Sitemap: http://localhost/sitemap.xml" in robots
    found = {place.text for place in sitemap.iter() if place.tag.endswith("loc")}
    assert {"http://localhost/pair/XAA/XBB", "http://localhost/doc/ann"} <= found
    assert not {"http://localhost/doc/withdrawn", "http://localhost/doc/replaced"} & found
    assert not [place for place in found if ".claim." in place or ".issue." in place]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("AZE", "/doc/AZE"),
        ("Japan", "/doc/JPN"),
        ("日本", "/doc/JPN"),
        ("Azerbaijan and Japan", "/pair/AZE/JPN"),
        ("comity:Visit", "/ontology#Visit"),
    ],
)
def test_a_name_that_stands_for_one_thing_leads_there(browser, text, target):
    answer = browser.get("/resolve", query_string={"q": text})

    assert answer.status_code == 303
    assert answer.headers["Location"] == target


def test_a_name_that_stands_for_nothing_shows_what_is_near(browser, client):
    assert "/doc/AZE" in page(browser, "/resolve?q=Azerbaijn", status=404).links
    problem = client.get("/resolve?q=Azerbaijn", headers={"Accept": "application/json"})

    assert problem.status_code == 404
    assert "Azerbaijan (AZE)" in problem.get_json(force=True)["suggestions"]


def test_programs_get_the_iri(client):
    found = client.get("/resolve?q=Japan", headers={"Accept": "application/json"}).get_json()

    assert [each["iri"] for each in found["matches"]] == ["https://w3id.org/comity/id/JPN"]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=" + "x" * 501])
def test_nothing_to_look_for_is_refused(browser, query):
    assert browser.get(f"/resolve{query}").status_code == 400
