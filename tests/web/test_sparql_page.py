"""What a browser sees at the SPARQL endpoint."""

from __future__ import annotations

from dataclasses import replace

import html5lib
import pytest

from tiny import AZE

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def _page(client, query=None, **parameters):
    if query is not None:
        parameters["query"] = query
    answer = client.get("/sparql", query_string=parameters, headers=BROWSER)
    assert answer.mimetype == "text/html"
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return answer, parser.parse(answer.text)


def _text(element):
    return "".join(element.itertext())


def test_the_form_works_without_a_script(tiny_client):
    answer, page = _page(tiny_client)

    assert answer.status_code == 200
    form = page.find(".//form[@action='/sparql']")
    assert form.get("method") == "get"
    assert "SELECT" in _text(form.find(".//textarea[@name='query']"))
    values = [option.get("value") for option in form.iterfind(".//select[@name='format']//option")]
    assert values[:3] == ["html", "json", "xml"]
    assert all(script.get("src") for script in page.iterfind(".//script"))


def test_the_example_in_the_form_runs(client):
    _, page = _page(client)

    answer, _ = _page(client, _text(page.find(".//textarea")))
    assert answer.status_code == 200


def test_rows_are_a_table_with_ways_to_the_data(tiny_client):
    query = "SELECT ?s ?o { ?s <https://w3id.org/comity/ns#iso3> ?o } ORDER BY ?o"
    answer, page = _page(tiny_client, query)

    assert answer.status_code == 200
    assert [_text(cell) for cell in page.iterfind(".//table/thead//th")] == ["s", "o", "Why"]
    rows = [[_text(cell) for cell in row] for row in page.iterfind(".//table/tbody/tr")]
    assert [row[:2] for row in rows] == [["Azerbaijan", "AZE"], ["Japan", "JPN"]]
    assert all(row[2].startswith("why?") for row in rows)
    assert page.find(".//table//a").get("href") == "/doc/AZE"
    assert _text(page.find(".//textarea")) == query
    links = {_text(a): a.get("href") for a in page.iterfind(".//p[@class='formats']/a")}
    assert list(links) == ["SPARQL JSON", "SPARQL XML", "CSV", "TSV"]
    assert tiny_client.get(links["CSV"]).text.startswith("s,o\r\n")


def test_links_keep_the_dataset(tiny_client):
    parameters = {"default-graph-uri": "urn:none"}
    _, page = _page(tiny_client, "SELECT ?s { ?s ?p ?o }", **parameters)

    link = page.find(".//p[@class='formats']/a[3]").get("href")
    assert tiny_client.get(link).text == "s\r\n"
    assert "nothing in the graph matches" in _text(page)


def test_a_long_table_is_cut_by_a_visible_line(settings, tiny_graph, catalogue):
    from dataclasses import replace

    from comity.web import create_app

    few = replace(settings, max_form_rows=3)
    client = create_app(few, tiny_graph, catalogue).test_client()
    _, page = _page(client, "SELECT * { ?s ?p ?o }")

    assert len(page.findall(".//table/tbody/tr")) == 3
    assert "The first 3 of 13 rows" in _text(page.find(".//p[@role='status']"))


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?s ?p ?o }", ["s", "p", "o"]),
        ('select distinct * { # ?a\n ?s ?p ?o BIND("?b ?a" AS ?z) BIND(1 AS ?a) }', [*"spoza"]),
        ("SELECT ?o ?s { { SELECT * { ?s ?p ?o } } }", ["o", "s"]),
        ("SELECT (COUNT(*) AS ?n) ?s { ?s ?p ?o } GROUP BY ?s", ["n", "s"]),
    ],
)
def test_columns_stand_as_the_query_names_them(tiny_client, query, columns):
    _, page = _page(tiny_client, query)
    _, chosen = _page(tiny_client, query.replace("*", " ".join(f"?{name}" for name in columns), 1))

    assert [_text(each) for each in page.findall(".//thead/tr/th")][:-1] == columns
    if "COUNT" not in query and "{ {" not in query:  # the cells are in the order of their columns
        cells = [
            sorted(_text(row) for row in found.findall(".//tbody/tr")) for found in (page, chosen)
        ]
        assert cells[0] == cells[1]
        assert cells[0]


@pytest.mark.parametrize(("query", "words"), [("ASK {}", "Yes"), ("ASK { ?s ?p 'none' }", "No")])
def test_a_truth_value_is_a_word(tiny_client, query, words):
    _, page = _page(tiny_client, query)

    assert words in _text(page.find(".//section"))


def test_a_graph_is_shown_as_turtle(tiny_client):
    _, page = _page(tiny_client, f"DESCRIBE {AZE.n3()}")

    assert "comity:iso3" in _text(page.find(".//pre"))


def test_every_kind_of_term_has_its_cell(tiny_client):
    query = (
        "SELECT * { VALUES (?a ?b ?c ?d) { (<javascript:alert(1)> '<b>&' 'x'@ja UNDEF) } "
        "BIND(BNODE() AS ?e) BIND(<<( <x:a> <x:b> 'c' )>> AS ?f) BIND(1.50 AS ?g) }"
    )
    _, page = _page(tiny_client, query)

    cells = page.findall(".//table/tbody/tr/td")
    assert [_text(cell) for cell in cells[:4]] == ["javascript:alert(1)", "<b>&", "x", ""]
    assert _text(cells[4]).startswith("_:")
    assert _text(cells[5]) == '<x:a> <x:b> "c"'
    links = [link.get("href") for cell in cells[:7] for link in cell.iter() if link.tag == "a"]
    assert links == []
    assert cells[2].find(".//*[@lang='ja']") is not None


def test_a_fault_keeps_what_was_written(tiny_client):
    answer, page = _page(tiny_client, "SELECT * { ?s ?p </textarea><script>alert(1)</script> }")

    assert answer.status_code == 400
    assert "line 1" in _text(page.find(".//*[@role='alert']"))
    assert "</textarea><script>" in _text(page.find(".//textarea"))
    assert all(script.get("src") for script in page.iterfind(".//script"))


@pytest.mark.parametrize("accept", [BROWSER["Accept"], "*/*"])
def test_a_fault_behind_the_form_is_shown_in_the_form(tiny_client, accept):
    answer = tiny_client.get("/sparql?query=ASK+%7B&format=html", headers={"Accept": accept})

    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "ASK {</textarea>" in answer.text


def test_a_fault_in_data_that_was_asked_for_is_no_form(tiny_client):
    answer = tiny_client.get("/sparql?query=ASK+%7B&format=csv", headers=BROWSER)

    assert answer.status_code == 400
    assert "<textarea" not in answer.text


@pytest.mark.parametrize(
    ("query", "status"), [("SELECT * { SERVICE <x:y> {} }", 403), ("CLEAR ALL", 400)]
)
def test_a_refusal_is_a_page_with_its_status(tiny_client, query, status):
    answer, page = _page(tiny_client, query)

    assert answer.status_code == status
    assert page.find(".//*[@role='alert']") is not None


def test_a_page_that_is_nowhere_is_a_page(tiny_client):
    answer = tiny_client.get("/nowhere/<b>", headers=BROWSER)

    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "<b>" not in answer.text
    assert "Accept" in answer.vary


def _small_pages(tiny_client):
    settings = tiny_client.application.extensions["comity"]["settings"]
    tiny_client.application.extensions["comity"]["settings"] = replace(settings, page_bytes=250)


def test_of_an_answer_too_large_for_the_page_the_first_rows_are_shown(tiny_app):
    client = tiny_app.test_client()
    _small_pages(client)
    query = "SELECT ?s ?p ?o { ?s ?p ?o }"
    answer, page = _page(client, query)
    rows = page.findall(".//table/tbody/tr")
    note = _text(page.find(".//p[@class='note']"))

    assert answer.status_code == 200
    assert 0 < len(rows) < 13
    assert f"The first {len(rows)} of more than {len(rows)} rows" in note
    assert client.get("/sparql", query_string={"query": query, "format": "csv"}).text.count(
        "\r\n"
    ) > len(rows)


def test_of_a_graph_too_large_for_the_page_the_beginning_is_shown(tiny_app):
    client = tiny_app.test_client()
    _small_pages(client)
    _, page = _page(client, "CONSTRUCT WHERE { ?s ?p ?o }")

    assert "Only the beginning" in _text(page.find(".//p[@class='note']"))
    assert _text(page.find(".//pre/code")).endswith("\n")
