from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.terms import CODE, GRAPH, ID, NS, QUERY, SHAPE
from comity.web import presenting

ADDRESSES = {
    f"{ID}AZE": "/doc/AZE",
    f"{ID}AZE-JPN": "/pair/AZE/JPN",
    f"{ID}AZE-JPN.visit.1998-02": "/doc/AZE-JPN.visit.1998-02",
    f"{ID}src.azjp-en": "/sources/azjp-en",
    f"{ID}src.enwiki.some-title": "/sources/enwiki.some-title",
    f"{ID}src.azjp-en.s30": "/sources/azjp-en#src.azjp-en.s30",
    f"{ID}src.azjp-en.issue.currency": "/doc/src.azjp-en.issue.currency",
    f"{CODE}modality": "/vocabulary/modality",
    f"{CODE}time-kind.within": "/vocabulary/time-kind#time-kind.within",
    f"{NS}Visit": "/ontology#Visit",
    NS.removesuffix("#"): "/ontology",
    f"{NS.removesuffix('#')}/1.0.0": "/ontology",
    f"{SHAPE}Aid": "/shapes#Aid",
    f"{QUERY}aid": "/queries/aid",
    f"{GRAPH}data/actors/states": "/graph/data/actors/states",
    "http://www.wikidata.org/entity/Q17": "http://www.wikidata.org/entity/Q17",
    "https://example.org/": "https://example.org/",
    "javascript:alert(1)": None,
    "data:text/html,x": None,
    "urn:isbn:1": None,
    "http:///nowhere": None,
}


@pytest.fixture
def _request(app):
    with app.test_request_context("/"):
        yield


@pytest.mark.usefixtures("_request")
@pytest.mark.parametrize(("iri", "address"), ADDRESSES.items())
def test_an_iri_leads_to_the_page_that_tells_of_it(iri, address):
    assert presenting.href(iri) == address


@given(local=st.text(), base=st.sampled_from(["", ID, CODE, NS, SHAPE, QUERY, GRAPH]))
def test_no_iri_becomes_a_link_that_runs_or_leaves_by_surprise(app, local, base):
    with app.test_request_context("/"):
        try:
            address = presenting.href(base + local)
        except ValueError:
            return

    if address is None:
        return
    parts = urlsplit(address)
    assert parts.scheme in {"http", "https"} or (address[0] == "/" and not parts.netloc)


def test_addresses_stand_behind_the_prefix_of_a_proxy(app):
    with app.test_request_context("/", base_url="https://example.org/comity"):
        assert presenting.href(f"{ID}AZE") == "/comity/doc/AZE"
        assert presenting.path("/") == "/comity/"


@pytest.mark.usefixtures("_request")
@pytest.mark.parametrize(
    ("suggestion", "address"),
    [
        ("/pair/AZE/JPN", "/pair/AZE/JPN"),
        ("//example.org/x", "/resolve?q=%2F%2Fexample.org%2Fx"),
        (f"{ID}AZE", "/doc/AZE"),
        ("Japan (JPN)", "/resolve?q=Japan%20%28JPN%29"),
    ],
)
def test_a_near_match_leads_on(suggestion, address):
    assert presenting.suggested(suggestion) == address
