"""Feeds keep to RFC 4287 and tell what changed in words; so does the page."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest

SPACE = "{http://www.w3.org/2005/Atom}"
FEEDS = ("/changes.atom", "/pair/XAA/XBB/changes.atom", "/queries/visits.atom?dyad=XAA-XBB")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def read(answer):
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/atom+xml"
    return ET.fromstring(answer.data)  # noqa: S314 - our own answer


def texts(element, name):
    return [each.text for each in element.findall(f"{SPACE}{name}")]


def entries(answer):
    return [
        (texts(each, "title")[0], texts(each, "content")[0])
        for each in read(answer).findall(f"{SPACE}entry")
    ]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_rfc_4287_demands(follower, address):
    feed = read(follower.get(address))

    assert feed.tag == f"{SPACE}feed"
    (own,) = [
        each.get("href") for each in feed.findall(f"{SPACE}link") if each.get("rel") == "self"
    ]
    assert own == f"http://localhost{address}"
    assert texts(feed.find(f"{SPACE}author"), "name")[0]
    found = feed.findall(f"{SPACE}entry")
    assert len(found) == 2
    for each in (feed, *found):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{SPACE}{name}")) == 1
        assert TIME.fullmatch(texts(each, "updated")[0])
        datetime.fromisoformat(texts(each, "updated")[0])
        assert texts(each, "id")[0].startswith("tag:w3id.org,2026:comity:")
        links = [link.get("rel") for link in each.findall(f"{SPACE}link")]
        assert links.count("alternate") == 1
    ids = [texts(each, "id")[0] for each in (feed, *found)]
    assert len(set(ids)) == 3
    assert texts(feed, "updated") == [max(texts(each, "updated")[0] for each in found)]
    for each in found:
        (patch,) = [
            link.get("href")
            for link in each.findall(f"{SPACE}link")
            if link.get("rel") == "enclosure"
        ]
        assert follower.get(patch.removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_the_same_each_time_and_is_not_sent_again(follower, serve, kept, address):
    answer = follower.get(address)

    assert serve(kept[-1]).get(address).data == answer.data
    again = follower.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_an_older_build_tells_only_what_came_before_it(serve, kept):
    newest = entries(serve(kept[1]).get("/changes.atom"))

    assert [title[:18] for title, _ in newest] == [f"Build {kept[1].id[:12]}"]
    assert entries(serve(kept[0]).get("/changes.atom")) == []


def test_the_times_are_those_of_the_manifests(follower, kept):
    feed = read(follower.get("/changes.atom"))

    assert texts(feed, "updated") == [kept[-1].manifest.took["finished"]]


def test_the_feed_of_a_pair_tells_facts_by_name(follower):
    (newer, changed), (older, added) = entries(follower.get("/pair/XAA/XBB/changes.atom"))

    assert older == "Facts: 1 added, 0 removed, 0 changed"
    assert newer == "Facts: 0 added, 1 removed, 1 changed"
    assert 'href="http://localhost/doc/XAA-XBB.visit.2001"' in added
    assert "Visit of Bea &amp; &lt;co&gt;" in added
    assert "Removed: Opening of the embassy" in changed
    assert "Visit of Bea" in changed
    assert "label" in changed


def test_the_feed_of_a_pair_speaks_the_language_of_its_address(follower):
    answer = follower.get("/az/pair/XAA/XBB/changes.atom")

    assert read(answer).get("{http://www.w3.org/XML/1998/namespace}lang") == "az"
    assert "Bea səfəri" in answer.text


def test_the_feed_of_a_query_tells_rows_that_came_and_went(follower):
    (newer, changed), (older, added) = entries(follower.get(FEEDS[2]))

    assert older == "Rows: 2 came, 0 went"
    assert newer == "Rows: 2 came, 2 went"
    assert "Visit of Ann &amp; &lt;co&gt;" in added
    assert "Rows that came" in changed
    assert "Rows that went" in changed
    assert changed.index("Visit of Bea") < changed.index("Visit of Ann")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/queries/nothing.atom", 404),
        ("/queries/visits.atom?dyad=nowhere", 400),
        ("/queries/relation-graph.atom", 400),
        ("/pair/XAA/XCC/changes.atom", 404),
        ("/changes/1..2.rdfp", 404),
    ],
)
def test_what_cannot_be_followed_says_why(follower, address, status):
    answer = follower.get(address)

    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_a_query_of_too_many_rows_is_refused_and_not_cut(serve, kept, monkeypatch):
    monkeypatch.setattr("comity.services.changes.answers.MOST_ROWS", 0)
    answer = serve(kept[-1]).get(FEEDS[2])

    assert answer.status_code == 413
    assert "narrow it" in answer.get_json()["detail"]


def test_a_pair_named_the_other_way_leads_to_its_feed(follower):
    answer = follower.get("/pair/XBB/XAA/changes.atom")

    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/pair/XAA/XBB/changes.atom")


@pytest.mark.parametrize("address", FEEDS)
def test_a_server_of_one_state_says_how_to_have_feeds(client, serve, kept, address):
    answer = serve(kept[-1], history=False).get(address)

    assert answer.status_code == 404
    assert "--build" in answer.get_json()["detail"]
    assert "--writable" in answer.get_json()["detail"]
    page = client.get("/changes", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "comity serve --build" in page.text


def test_the_page_lists_what_changed_in_three_languages(follower, kept):
    page = follower.get("/changes", headers={"Accept": "text/html"}).text

    assert page.index(kept[2].id[:12]) < page.index(kept[1].id[:12])
    assert f'href="/changes/{kept[1].id}..{kept[2].id}.rdfp"' in page
    assert 'href="/pair/XAA/XBB/changes.atom"' in page
    assert 'type="application/atom+xml" href="/changes.atom"' in page
    for tongue in ("az", "ja"):
        other = follower.get(f"/{tongue}/changes", headers={"Accept": "text/html"})
        assert other.status_code == 200
        assert f'href="/{tongue}/pair/XAA/XBB/changes.atom"' in other.text


def test_the_page_tells_what_changed_fact_by_fact(follower):
    newer, older = follower.get("/changes", headers={"Accept": "text/html"}).text.split(
        'id="step-2"'
    )

    assert "Facts: 0 added, 1 removed, 1 changed" in newer
    assert "Changed: <a" in newer
    assert "Facts: 1 added, 0 removed, 0 changed" in older
    assert "Visit of Bea &amp; &lt;co&gt;" in older  # by the name that it has now


@pytest.mark.parametrize(("few", "told"), [("FEW_PAIRS", 0), ("MOST_TOLD", 1)])
def test_the_page_folds_many_pairs_and_tells_a_few(follower, monkeypatch, few, told):
    monkeypatch.setattr(f"comity.web.feeds.{few}", told)
    page = follower.get("/changes", headers={"Accept": "text/html"}).text

    assert page.count("Facts: ") == told  # the newest ones
    assert page.count("<summary>1 more pair</summary>") == (2 if few == "FEW_PAIRS" else 0)
    assert page.count('href="/pair/XAA/XBB/changes.atom"') == 2


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/changes.atom"),
        ("/pair/XAA/XBB", "/pair/XAA/XBB/changes.atom"),
        ("/queries/visits?dyad=XAA-XBB", "/queries/visits.atom?dyad=XAA-XBB"),
    ],
)
def test_pages_name_their_feeds(follower, serve, kept, page, feed):
    link = f'type="application/atom+xml" href="{feed}"'

    assert link in follower.get(page, headers={"Accept": "text/html"}).text
    other = serve(kept[-1], history=False).get(page, headers={"Accept": "text/html"})
    assert "application/atom+xml" not in other.text


def test_who_would_wait_too_long_for_others_is_told_to_come_again(serve, kept, monkeypatch):
    monkeypatch.setattr("comity.services.changes.answers.WAIT_SECONDS", 0.01)
    client = serve(kept[-1])
    with client.application.extensions["comity"]["comparing"]._lock:
        answer = client.get(FEEDS[2])

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert client.get(FEEDS[2]).status_code == 200


def test_the_sitemap_has_the_page_where_there_is_something_to_tell(follower, client):
    assert "<loc>http://localhost/changes</loc>" in follower.get("/sitemap.xml").text
    assert "/changes<" not in client.get("/sitemap.xml").text
