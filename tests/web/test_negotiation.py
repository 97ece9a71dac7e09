"""Accept by RFC 9110, and `format=` before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.store.formats import CSV, GRAPH_FORMATS, JSON, RESULT_FORMATS, TSV, TURTLE, XML
from comity.web.negotiation import HTML, MediaRange, best, parse_accept

ROWS = (*RESULT_FORMATS, HTML)
GRAPH = (*GRAPH_FORMATS, HTML)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("  ", "json"),
        ("*/*", "json"),
        ("application/sparql-results+json", "json"),
        ("application/json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("application/xml", "xml"),
        ("text/xml", "xml"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/csv; charset=utf-8", "csv"),
        ("text/csv;header=present;q=1.0", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("text/*", "csv"),
        ("application/*", "json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "xml"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.4", "csv"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("*/*, application/sparql-results+json;q=0, application/sparql-results+xml;q=0", "csv"),
        ("text/csv, text/tab-separated-values", "csv"),
        ("text/tab-separated-values, text/csv", "tsv"),
        ("*/*, text/csv", "csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "tsv"),
        ("text/*;q=0, */*", "json"),
        ("text/csv;q=0.001", "csv"),
        ("text/csv ; q=0.5 , text/tab-separated-values ; q=0.6", "tsv"),
        ('text/html;x="a,b;q=0", text/csv;q=0.9', "html"),
        ('text/csv;x="\\",";q=0.1, text/tab-separated-values;q=0.2', "tsv"),
        (",, text/csv,,", "csv"),
        ("application/sparql-results+json;q=bad, text/csv", "csv"),
        ("text/csv;q=2, application/json;q=0.1", "json"),
        ("text/csv;q=-1, application/json;q=0.1", "json"),
        ("*/csv, application/json", "json"),
        ("application/json;q=0.1, */*;q=0.5", "xml"),
        ("application/json;q=0, application/sparql-results+json", "json"),
        ("image/png, */*;q=0.1", "json"),
        (BROWSER, "html"),
        (JAVA, "html"),
        ("text/html;q=0.5, */*;q=0.1", "html"),
        ("application/xhtml+xml", "html"),
        ("text/html, application/sparql-results+json", "html"),
        ("application/sparql-results+json, text/html", "json"),
    ],
)
def test_tables(header, name):
    assert best(header, ROWS).name == name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (None, "turtle"),
        ("*/*", "turtle"),
        ("text/turtle; charset=utf-8", "turtle"),
        ("application/x-turtle", "turtle"),
        ("application/ld+json", "jsonld"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
        ("application/json", "jsonld"),
        ("application/n-triples", "ntriples"),
        ("text/plain", "ntriples"),
        ("application/rdf+xml", "rdfxml"),
        ("application/xml", "rdfxml"),
        ("application/trig", "trig"),
        ("application/n-quads", "nquads"),
        ("text/n3, text/turtle;q=0.9", "turtle"),
        ("application/rdf+xml, text/turtle;q=0.5, */*;q=0.1", "rdfxml"),
        (BROWSER, "html"),
    ],
)
def test_graphs(header, name):
    assert best(header, GRAPH).name == name


@pytest.mark.parametrize(
    "header",
    [
        "image/png",
        "application/sparql-results+json;q=0",
        "*/*;q=0",
        "text/csv;q=0.0",
        "text/csv;q=0.000, text/*;q=0",
        "json",
        "text/",
        "/csv",
        "text/csv;q=1.5",
        "text/turtle",
        "text/plain",
    ],
)
def test_what_is_not_offered_is_not_sent(header):
    assert best(header, RESULT_FORMATS) is None


def test_a_range_by_its_own_type_comes_before_an_alias():
    plain = TURTLE.__class__("plain", "application/json", "json", ("graph",))

    assert best("application/json", (*GRAPH_FORMATS, plain)) is plain


def test_a_header_is_read_in_its_order():
    assert parse_accept("text/html;level=1;q=0.3, */*;q=0.1, TEXT/csv") == [
        MediaRange("text", "html", 0.3),
        MediaRange("*", "*", 0.1),
        MediaRange("text", "csv", 1.0),
    ]


QUALITIES = st.integers(0, 1000).map(lambda thousandths: thousandths / 1000)


@given(st.lists(QUALITIES, min_size=4, max_size=4), st.permutations(range(4)))
def test_the_highest_quality_wins_in_any_order(qualities, order):
    offers = (JSON, XML, CSV, TSV)
    members = [f"{offers[index].media_type};q={qualities[index]:.3f}" for index in order]

    found = best(", ".join(members), offers)

    if max(qualities) == 0:
        assert found is None
    else:
        assert qualities[offers.index(found)] == max(qualities)


@given(st.text(max_size=60))
def test_any_header_is_read_without_a_fault(header):
    assert all(0 <= each.quality <= 1 for each in parse_accept(header))


FORMAT = "/sparql?query=SELECT+*+%7B%7D&format="


@pytest.mark.parametrize(
    ("value", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("application/sparql-results%2Bxml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("TSV", "text/tab-separated-values"),
        ("html", "text/html"),
    ],
)
def test_format_comes_before_accept(tiny_client, value, media_type):
    answer = tiny_client.get(FORMAT + value, headers={"Accept": "image/png"})

    assert answer.status_code == 200
    assert answer.mimetype == media_type
    assert "Accept" not in answer.vary


@pytest.mark.parametrize("name", ["output", "results"])
def test_other_clients_spell_it_otherwise(tiny_client, name):
    answer = tiny_client.get(f"/sparql?query=ASK%7B%7D&{name}=xml")

    assert answer.mimetype == "application/sparql-results+xml"


def test_the_same_format_three_times_is_one(tiny_client):
    url = "/sparql?query=ASK%7B%7D&format=json&output=json&results=application/json"

    assert tiny_client.get(url).mimetype == "application/sparql-results+json"


def test_two_formats_are_refused(tiny_client):
    answer = tiny_client.get("/sparql?query=ASK%7B%7D&format=json&output=csv")

    assert answer.status_code == 400
    assert "names 2 formats" in answer.json["detail"]


def test_an_unknown_format_is_answered_with_the_known_ones(tiny_client):
    answer = tiny_client.get(FORMAT + "exel")

    assert answer.status_code == 400
    assert answer.json["code"] == "bad_parameter"
    assert answer.json["parameter"] == "format"
    assert answer.json["suggestions"] == ["json", "xml", "csv", "tsv", "html"]


@pytest.mark.parametrize(
    ("query", "value", "reason"),
    [
        ("SELECT * {}", "ttl", "Turtle cannot carry the answer to SELECT"),
        ("ASK {}", "nq", "N-Quads cannot carry the answer to ASK"),
        ("CONSTRUCT WHERE {}", "csv", "CSV cannot carry the answer to CONSTRUCT"),
        ("DESCRIBE <x:y>", "tsv", "TSV cannot carry the answer to DESCRIBE"),
    ],
)
def test_a_format_of_the_wrong_kind_is_not_acceptable(tiny_client, query, value, reason):
    answer = tiny_client.get("/sparql", query_string={"query": query, "format": value})

    assert answer.status_code == 406
    assert reason in answer.json["detail"]
    assert answer.json["available"]


def test_nothing_acceptable_is_answered_with_what_there_is(tiny_client):
    answer = tiny_client.get("/sparql?query=ASK%7B%7D", headers={"Accept": "image/png"})

    assert answer.status_code == 406
    assert answer.json["available"] == [offer.media_type for offer in ROWS]
    assert "Accept" in answer.vary
