"""Signposts: typed links in the header, the same as a set, and the sitemap."""

from __future__ import annotations

import json
import re

import pytest

from comity.model.terms import ID
from comity.web.pages import crawlers

VISIT = "/doc/AZE-JPN.visit.1998-02"
PAGES = (VISIT, "/pair/AZE/JPN", "/dumps/")
LOCATION = re.compile("<loc>(.*?)</loc>")
HTML = {"Accept": "text/html"}


def links(response):
    """Return the links of a header as (relation, address, attributes)."""
    found = []
    for part in response.headers["Link"].split(", <"):
        address, _, rest = part.lstrip("<").partition(">")
        attributes = dict(each.strip().split("=", 1) for each in rest.split(";") if "=" in each)
        plain = {name: value.strip('"') for name, value in attributes.items()}
        found.append((plain.pop("rel"), address, plain))
    return found


@pytest.mark.parametrize("address", PAGES)
def test_a_page_keeps_to_level_1_of_the_profile(client, address):
    found = links(client.get(address, headers=HTML))
    relations = [rel for rel, _, _ in found]

    assert relations.count("cite-as") == 1
    assert {"author", "license", "linkset"} <= set(relations)
    assert [href for rel, href, _ in found if rel == "type"] == [
        "https://schema.org/AboutPage",
        "https://schema.org/Dataset",
    ]
    for relation in ("describedby", "item"):
        assert all(more["type"] for rel, _, more in found if rel == relation)
        assert relation in relations


@pytest.mark.parametrize("address", PAGES)
def test_what_the_links_name_is_there_with_the_type_that_they_name(client, address):
    for rel, href, more in links(client.get(address, headers=HTML)):
        if rel in {"describedby", "item", "linkset"}:
            answer = client.get(href.removeprefix("http://localhost"))
            assert answer.status_code == 200, href
            assert answer.mimetype == more["type"], href


@pytest.mark.parametrize("address", PAGES)
def test_the_set_says_what_the_header_says(client, address):
    page = client.get(address, headers=HTML)
    (target,) = (href for rel, href, _ in links(page) if rel == "linkset")
    answer = client.get(target)
    document = json.loads(answer.text)
    (own,) = (
        each for each in document["linkset"] if each["anchor"] == f"http://localhost{address}"
    )

    assert answer.mimetype == "application/linkset+json"
    assert answer.headers["ETag"]
    for rel, href, more in links(page):
        if rel != "linkset":
            assert {"href": href, **more} in own[rel]
    anchors = [each["anchor"] for each in document["linkset"]]
    assert len(set(anchors)) == len(anchors)
    for item in own["item"]:
        (back,) = (each for each in document["linkset"] if each["anchor"] == item["href"])
        assert back["collection"] == [{"href": f"http://localhost{address}", "type": "text/html"}]


def test_the_set_of_the_downloads_names_the_files_of_pairs_too(client):
    document = client.get("/dumps/linkset.json").get_json(force=True)
    items = {each["href"] for each in document["linkset"][0]["item"]}

    assert "http://localhost/dumps/AZE-JPN.ttl" in items
    assert "http://localhost/dumps/comity.nq" in items


@pytest.mark.parametrize("address", [f"{VISIT}.ttl", "/pair/AZE/JPN.csv", "/dumps/AZE-JPN.ttl"])
def test_a_file_leads_back_to_its_page(client, address):
    found = links(client.get(address))

    (page,) = (href for rel, href, _ in found if rel == "collection")
    assert client.get(page.removeprefix("http://localhost"), headers=HTML).mimetype == "text/html"
    assert [rel for rel, _, _ in found].count("cite-as") == 1
    assert "license" in [rel for rel, _, _ in found]


def test_a_pair_named_the_other_way_leads_to_its_set(client):
    answer = client.get("/pair/JPN/AZE/linkset.json")

    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/pair/AZE/JPN/linkset.json")
    assert client.get("/pair/AZE/XXX/linkset.json").status_code == 404
    assert client.get("/doc/nothing/linkset.json").status_code == 404


@pytest.mark.parametrize("file", ["ro-crate-metadata.json", "croissant.json"])
def test_crate_and_croissant_are_sent_with_a_tag(client, file):
    answer = client.get(f"/dumps/{file}")

    assert answer.mimetype == "application/ld+json"
    assert "http://localhost/dumps/comity.ttl" in answer.text
    again = client.get(f"/dumps/{file}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_sitemap_lists_pages_and_is_cut_into_files_that_hold_no_more_than_allowed(
    client, monkeypatch
):
    whole = client.get("/sitemap.xml")
    pages = LOCATION.findall(whole.text)
    monkeypatch.setattr(crawlers, "MOST", 100)
    index = client.get("/sitemap.xml").text
    files = LOCATION.findall(index)
    parts = [client.get(each.removeprefix("http://localhost")) for each in files]
    found = [each for part in parts for each in LOCATION.findall(part.text)]

    assert whole.headers["ETag"]
    assert f"http://localhost{VISIT}" in pages
    assert ID not in whole.text
    assert "<sitemapindex " in index
    assert len(files) == -(-len(pages) // 100) > 1
    assert found == pages
    assert client.get(f"/sitemaps/{len(files) + 1}.xml").status_code == 404
    assert client.get("/sitemaps/0.xml").status_code == 404
