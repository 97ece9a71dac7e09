"""The language of a page: by the prefix of its address, else by Accept-Language."""

from __future__ import annotations

import re

import pytest

PAGES = (
    "/",
    "/pair/AZE/JPN",
    "/doc/baku",
    "/queries/visits",
    "/sources",
    "/sparql",
    "/search?q=baku",
)


def language_of(answer):
    return re.search(r'<html lang="([a-z-]+)"', answer.text)[1]


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("az", "az"),
        ("az-Latn-AZ,az;q=0.9", "az"),
        ("ja-JP,ja;q=0.9,en;q=0.5", "ja"),
        ("de, ja;q=0.4, en;q=0.6", "en"),
        ("de", "en"),
        ("*", "en"),
        ("ja;q=0", "en"),
        ("nonsense;;;q=", "en"),
        ("", "en"),
    ],
)
def test_the_browser_chooses_where_the_address_does_not(client, header, language):
    answer = client.get("/", headers={"Accept": "text/html", "Accept-Language": header})
    assert language_of(answer) == language
    assert "Accept-Language" in answer.headers.get("Vary", "")


@pytest.mark.parametrize("language", ["en", "az", "ja"])
@pytest.mark.parametrize("page", PAGES)
def test_the_address_chooses_before_the_browser_does(client, page, language):
    answer = client.get(
        f"/{language}{page}", headers={"Accept": "text/html", "Accept-Language": "fr, ja"}
    )
    assert answer.status_code == 200
    assert language_of(answer) == language
    assert "Accept-Language" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("page", PAGES)
def test_links_go_on_in_the_language_of_the_address(client, page):
    answer = client.get(f"/az{page}", headers={"Accept": "text/html"})
    body = answer.text.partition("</head>")[2]
    paths = set(re.findall(r'(?:href|action)="(/[^"]*)"', body))
    others = {path for path in paths if not path.startswith("/az/")}
    assert len(paths) > 10
    assert {path.split("/")[1] for path in others} - {"static"} == {"en", "ja"}, others


def test_what_the_page_is_made_of_has_one_address(client):
    text = client.get("/ja/", headers={"Accept": "text/html"}).text
    assert 'href="/static/style.css"' in text
    assert "/ja/static/" not in text


def test_a_prefix_alone_is_the_first_page(client):
    answer = client.get("/ja", headers={"Accept": "text/html"})
    assert (answer.status_code, language_of(answer)) == (200, "ja")


@pytest.mark.parametrize(
    "address",
    [
        *("/pair/AZE/JPN.ttl", "/pair/AZE/JPN.csv", "/queries/visits.csv", "/catalog.ttl"),
        *("/pair/AZE/JPN/cite.bib", "/pair/AZE/JPN/cite.json", "/doc/AZE/cite.ris"),
    ],
)
def test_data_are_the_same_in_each_language(client, address):
    plain = client.get(address)
    for language in ("az", "ja"):
        other = client.get(f"/{language}{address}", headers={"Accept-Language": "ja"})
        assert other.data == plain.data
    assert "Accept-Language" not in plain.headers.get("Vary", "")


def test_each_language_of_a_page_names_the_others(client):
    text = client.get("/az/pair/AZE/JPN?from=2010", headers={"Accept": "text/html"}).text
    links = dict(re.findall(r'<link rel="alternate" hreflang="(..)" href="([^"]*)"', text))
    assert links == {
        tag: f"http://localhost/{tag}/pair/AZE/JPN?from=2010" for tag in ("en", "az", "ja")
    }


@pytest.mark.parametrize("path", ["/az/update", "/ja/graphs"])
def test_what_changes_data_has_no_other_address(client, path):
    assert client.post(path, data="CLEAR ALL").status_code in {404, 405}


def test_a_query_is_asked_in_each_language(client):
    answer = client.post("/az/sparql", data={"query": "ASK {}"}, headers={"Accept": "text/html"})
    assert (answer.status_code, language_of(answer)) == (200, "az")


def test_a_fault_is_a_page_in_the_language_of_the_reader(client):
    answer = client.get("/ja/doc/no-such-thing", headers={"Accept": "text/html"})
    assert (answer.status_code, language_of(answer)) == (404, "ja")
