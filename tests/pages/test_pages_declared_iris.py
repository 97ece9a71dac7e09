"""Every IRI of ours that the graph speaks of is answered, as people and programs ask."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from urllib.parse import urldefrag

import pytest

from comity.model.terms import W3ID
from page_reading import Page

ASKED = ("text/html", "text/turtle")
SAMPLE = 12  # of a kind; things and codes have tests of their own


@pytest.fixture(scope="module")
def addresses(real_graph):
    """The paths of our IRIs with the fragments of each, by the first part of the path."""
    answer = real_graph.query(
        "SELECT DISTINCT ?iri { { ?iri ?p ?o } UNION { GRAPH ?iri { } } "
        f"FILTER(STRSTARTS(STR(?iri), '{W3ID}')) }}"
    )
    found = defaultdict(lambda: defaultdict(set))
    for (iri,) in answer.rows():
        path, fragment = urldefrag(iri[1:-1].removeprefix(W3ID.rstrip("/")))
        found[path.split("/")[1]][path].add(fragment)
    return found


def _some(paths, kind):
    """Return the paths of a kind: a few of many, all of those of which there are few sorts."""
    chosen = sorted(paths)
    return chosen if kind in {"code", "graph", "query"} else chosen[:: len(chosen) // SAMPLE or 1]


@pytest.mark.parametrize("kind", ["code", "graph", "id", "ns", "query", "shape"])
@pytest.mark.parametrize("accept", ASKED)
def test_every_iri_leads_to_what_is_said_of_it(client, addresses, kind, accept):
    get = cache(lambda path: client.get(path, headers={"Accept": accept}))
    answers = {path: _last(get, path)[1].status_code for path in _some(addresses[kind], kind)}

    assert addresses[kind]
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_there_is_no_other_kind(addresses):
    assert set(addresses) <= {"code", "graph", "id", "ns", "query", "shape"}


@pytest.mark.parametrize(("kind", "page"), [("shape", "/shapes"), ("code", "/vocabulary")])
def test_an_entry_is_where_its_iri_leads(browser, addresses, kind, page):
    get = cache(browser.get)
    there = set(Page(get(page).text).ids)
    leading = {
        urldefrag(location)[1]
        for path in addresses[kind]
        for location, _ in [_last(get, path)]
        if urldefrag(location)[0] == page and urldefrag(location)[1]
    }

    assert leading
    assert leading - there == set()


def _last(get, path):
    """Return where the redirects of an address end, and the answer there; each page is got once."""
    while "Location" in (answer := get(urldefrag(path)[0])).headers:
        path = answer.headers["Location"]
    return path, answer


@pytest.mark.parametrize("path", ["/shape/Nothing", "/query/nothing", "/code/nothing", "/shape/<"])
def test_what_is_no_name_of_ours_is_not_found(client, path):
    assert client.get(path).status_code == 404
