"""The faces of a canned query over HTTP: page, rows, graph, description, errors."""

from __future__ import annotations

import csv
import json
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import html5lib
import pytest
from rdflib import Graph as RdfGraph

from comity.model.terms import PREFIXES, QUERY
from comity.services.catalogue import group_by_tag

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def page_of(client, address):
    response = client.get(address, headers=BROWSER)
    assert response.mimetype == "text/html"
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
    return response, document


def problem_of(response, status):
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    return response.get_json()


def test_the_catalogue_page_links_every_query_once(client, catalogue):
    _, page = page_of(client, "/queries")
    links = [link.get("href") for link in page.findall(".//main//li/a")]
    assert sorted(links) == [f"/queries/{query.slug}" for query in catalogue.all()]
    headings = [heading.get("id") for heading in page.findall(".//main//section/h2")]
    assert headings == list(group_by_tag(catalogue.all()))


def test_the_catalogue_is_searched_on_the_server(client, catalogue):
    _, page = page_of(client, "/queries?q=VISITS+kind")
    links = {link.get("href") for link in page.findall(".//main//li/a")}
    assert "/queries/visits-of-kind" in links
    assert len(links) < len(catalogue.all())
    _, empty = page_of(client, "/queries?q=%3Cscript%3Ezzz")
    assert not empty.findall(".//main//li/a")
    assert not empty.findall(".//main//script")


def test_the_catalogue_is_rdf_to_programs(client, catalogue):
    for address, headers in (("/queries", {}), ("/queries.ttl", BROWSER)):
        response = client.get(address, headers=headers)
        assert response.mimetype == "text/turtle"
        found = RdfGraph().parse(data=response.data, format="turtle")
        rows = found.query(f"SELECT ?q {{ ?q a <{PREFIXES['sh']}SPARQLExecutable> }}")
        assert len(list(rows)) == len(catalogue.all())


def test_every_query_has_a_page_with_its_question_form_and_columns(client, catalogue):
    for query in catalogue.all():
        response, page = page_of(client, f"/queries/{query.slug}")
        assert response.status_code == 200, query.slug
        assert "".join(page.find(".//h1").itertext()) == query.summary
        fields = {
            field.get("name")
            for kind in ("input", "select")
            for field in page.findall(f".//main//form//{kind}")
        }
        assert fields == {*(each.name for each in query.parameters), *query.period_names}
        labelled = {label.get("for") for label in page.findall(".//main//form//label")}
        assert labelled == {f"p-{name}" for name in fields}
        meanings = {"".join(each.itertext()) for each in page.findall(".//main//dl//dd")}
        # What stands in backticks is set as code.
        assert {column.meaning.replace("`", "") for column in query.columns} <= meanings


def test_a_page_offers_the_choices_of_the_graph(client):
    _, page = page_of(client, "/queries/visits?dyad=Japan-Azerbaijan")
    (chosen,) = page.findall(".//select[@name='dyad']/option[@selected]")
    assert chosen.get("value") == "AZE-JPN"


def test_cells_lead_to_the_pages_of_things(client):
    _, page = page_of(client, "/queries/visits")
    links = {link.get("href") for link in page.findall(".//tbody//a")}
    assert "/doc/AZE-JPN.visit.1998-02" in links


@pytest.mark.parametrize(
    ("address", "headers", "mimetype"),
    [
        ("/queries/visits", {}, "application/sparql-results+json"),
        ("/queries/visits", {"Accept": "*/*"}, "application/sparql-results+json"),
        ("/queries/visits", {"Accept": "application/json"}, "application/sparql-results+json"),
        ("/queries/visits", {"Accept": "text/csv, */*;q=0.1"}, "text/csv"),
        ("/queries/visits", {"Accept": "application/ld+json"}, "application/ld+json"),
        ("/queries/visits", BROWSER, "text/html"),
        ("/queries/visits.csv", BROWSER, "text/csv"),
        ("/queries/visits.tsv", BROWSER, "text/tab-separated-values"),
        ("/queries/visits.json", BROWSER, "application/sparql-results+json"),
        ("/queries/visits.xml", BROWSER, "application/sparql-results+xml"),
        ("/queries/visits.ttl", BROWSER, "text/turtle"),
        ("/queries/visits.jsonld", BROWSER, "application/ld+json"),
        ("/queries/visits.html", {}, "text/html"),
        ("/queries/visits?format=tsv", BROWSER, "text/tab-separated-values"),
        ("/queries/relation-graph", {}, "text/turtle"),
        ("/queries/relation-graph.json", {}, "application/ld+json"),
        ("/queries/relation-graph.xml", {}, "application/rdf+xml"),
        ("/queries/relation-graph.nt", {}, "application/n-triples"),
    ],
)
def test_the_format_asked_for_is_given(client, address, headers, mimetype):
    response = client.get(address, headers=headers)
    assert (response.status_code, response.mimetype) == (200, mimetype)
    assert client.head(address, headers=headers).data == b""


def test_rdf_of_a_select_describes_the_query(client, catalogue):
    found = RdfGraph().parse(data=client.get("/queries/visits.ttl").data, format="turtle")
    rows = list(found.query(f"SELECT ?q ?text {{ ?q <{PREFIXES['sh']}select> ?text }}"))
    assert [(str(q), str(text)) for q, text in rows] == [
        (f"{QUERY}visits", catalogue.get("visits").text)
    ]


def test_all_formats_carry_the_same_rows(client):
    rows = list(csv.DictReader(client.get("/queries/visits.csv").text.splitlines()))
    found = json.loads(client.get("/queries/visits.json").text)
    assert found["head"]["vars"] == list(rows[0])
    told = [
        {name: binding.get(name, {}).get("value", "") for name in rows[0]}
        for binding in found["results"]["bindings"]
    ]
    assert told == rows


def test_a_page_of_rows_links_the_next_until_there_is_none(client):
    address, seen = "/queries/timeline.csv?limit=20&dyad=JPN-AZE", []
    while address:
        response = client.get(address)
        seen += response.text.splitlines()[1:]
        found = re.search('<([^>]*)>; rel="next"', response.headers["Link"])
        assert (response.headers.get("Comity-Truncated") == "true") is bool(found)
        address = found and found[1].removeprefix("http://localhost")
        if address:
            assert parse_qs(urlsplit(address).query)["dyad"] == ["JPN-AZE"]
    assert seen == client.get("/queries/timeline.csv").text.splitlines()[1:]


def test_a_page_for_people_says_that_rows_follow(client):
    response, page = page_of(client, "/queries/timeline?limit=5&offset=5")
    assert "Rows 6 to 10; more follow." in response.text
    turns = {link.get("rel"): link.get("href") for link in page.findall(".//main//a[@rel]")}
    assert turns == {
        "prev": "/queries/timeline?limit=5",
        "next": "/queries/timeline?limit=5&offset=10",
    }


@pytest.mark.parametrize("paging", ["limit=1", "offset=1", "limit=1&offset=1"])
def test_every_query_has_a_page_of_some_of_its_rows(client, catalogue, paging):
    for query in catalogue.all():
        samples = {each.name: each.sample for each in query.parameters if each.required}
        address = f"/queries/{query.slug}?{urlencode(samples)}&{paging}"
        response, page = page_of(client, address)
        assert response.status_code == (200 if query.form == "select" else 400), address
        turns = [link.get("rel") for link in page.findall(".//main//p/a[@rel]")]
        assert (turns[:1] == ["prev"]) is ("offset" in paging and query.form == "select"), address


def test_time_is_asked_by_the_same_parameters_everywhere(client):
    rows = client.get("/queries/in-force.csv?as_of=2010-01-01").text.splitlines()[1:]
    none = client.get("/queries/in-force.csv?as_of=1980").text.splitlines()[1:]
    assert rows
    assert not none


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/queries/visits?dyad=AZE-JPX", ("dyad", "'AZE-JPX'", "(AZE-JPN)")),
        ("/queries/visits?dyat=AZE-JPN", ("'dyat'", "did you mean dyad")),
        ("/queries/visits?dyad=AZE-JPN&dyad=x", ("dyad", "2 times")),
        ("/queries/timeline?as_of=soon", ("as_of", "'soon'")),
        ("/queries/timeline?from=2016&to=2015", ("from", "'2016'", "exchange")),
        ("/queries/visits?limit=0", ("limit", "'0'", "whole number")),
        ("/queries/relation-graph?limit=5", ("limit", "leave it out")),
        ("/queries/visits?format=docx", ("format", "'docx'")),
    ],
)
def test_a_value_that_cannot_be_is_400_with_its_remedy(client, address, words):
    problem = problem_of(client.get(address), 400)
    assert problem["code"] == "bad_parameter"
    assert {"parameter", "value", "suggestions"} <= set(problem)
    for word in words:
        assert word in problem["detail"]


def test_a_page_keeps_the_form_beside_the_error(client):
    response, page = page_of(client, "/queries/visits?dyad=%22%3E%3Cscript%3E")
    assert response.status_code == 400
    assert page.find(".//*[@role='alert']") is not None
    assert page.find(".//select[@name='dyad']").get("aria-invalid") == "true"
    assert page.find(".//main//script") is None
    assert page.find(".//table") is None


def test_names_that_stand_for_nothing_are_404_with_near_ones(client):
    problem = problem_of(client.get("/queries/vists"), 404)
    assert "/queries/visits" in problem["suggestions"]
    problem = problem_of(client.get("/queries/visits.docx"), 404)
    assert ".csv" in problem["detail"]
    assert problem_of(client.get("/queries/../etc"), 404)
    assert client.get("/queries/VISITS").status_code == 404


def test_what_nobody_can_have_is_406_and_no_method_writes(client):
    problem_of(client.get("/queries/visits", headers={"Accept": "image/png"}), 406)
    problem_of(client.get("/queries/relation-graph?format=csv"), 406)
    problem_of(client.post("/queries/visits"), 405)


def test_an_address_that_is_no_utf8_is_refused(client):
    assert problem_of(client.get("/queries/visits?dyad=%FF"), 400)


def test_an_answer_that_the_client_holds_is_304(client):
    for headers in ({}, BROWSER):
        first = client.get("/queries/visits", headers=headers)
        again = client.get(
            "/queries/visits", headers={**headers, "If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
        assert "Accept" in again.headers["Vary"]
    assert client.get("/queries/visits.csv").headers["ETag"] != first.headers["ETag"]


def test_links_lead_to_every_other_face(client, catalogue):
    links = client.get("/queries/visits").headers["Link"]
    for suffix in ("csv", "tsv", "json", "xml", "html"):
        assert f'<http://localhost/queries/visits.{suffix}>; rel="alternate"' in links
    assert '<http://localhost/queries/visits.ttl>; rel="describedby"' in links
    assert f'<{catalogue.get("visits").iri}>; rel="cite-as"' in links


def test_a_truth_value_has_a_page_and_a_file(client, catalogue):
    asks = [query for query in catalogue.all() if query.form == "ask"]
    for query in asks:
        assert client.get(f"/queries/{query.slug}.json").get_json()["boolean"] in {True, False}
        assert re.search(
            "<strong>(Yes|No)</strong>", page_of(client, f"/queries/{query.slug}")[0].text
        )
    assert asks


def test_the_answer_names_the_values_it_is_for_and_says_which_are_examples(client):
    example = client.get("/queries/outcomes-of-visit", headers={"Accept": "text/html"}).text
    chosen = client.get(
        "/queries/outcomes-of-visit?visit=AZE-JPN.visit.2006-03", headers={"Accept": "text/html"}
    ).text

    assert "Official visit of Heydar Aliyev to Japan" in example.split('id="answer"')[1]
    assert "This is an example" in example
    assert "Visit of the President of Azerbaijan to Tokyo" in chosen.split('id="answer"')[1]
    assert "This is an example" not in chosen
