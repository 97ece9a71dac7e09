"""Addresses: a public one by setting, proxies that are trusted, and headers that are forged."""

from __future__ import annotations

import re

import pytest

from comity.errors import UsageError
from comity.settings import load_settings
from comity.web import create_app
from comity.web.proxies import parse_networks

FORGED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "gopher",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-For": "192.0.2.1",
    "Forwarded": "host=evil.example",
    "X-Original-URL": "/update",
    "X-Rewrite-URL": "/update",
    "X-HTTP-Method-Override": "DELETE",
}


@pytest.fixture(scope="module")
def make_client(root, real_graph, catalogue):
    def make(**given):
        settings = load_settings({}, root=root, **given)
        return create_app(settings, real_graph, catalogue).test_client()

    return make


@pytest.fixture(scope="module")
def plain(make_client):
    return make_client()


@pytest.fixture(scope="module")
def public(make_client):
    return make_client(base="https://example.org/comity")


@pytest.fixture(scope="module")
def behind(make_client):
    return make_client(trusted_proxies="10.0.0.0/8, 127.0.0.1")


def links(page: str) -> set[str]:
    return set(re.findall(r'(?:href|src|action)="([^"]*)"', page))


@pytest.mark.parametrize("path", ["/", "/comity/", "/comity"])
def test_links_are_right_below_a_path_that_is_stripped_or_not(public, path):
    page = public.get(path, headers={"Host": "evil.example"}).text
    local = {address for address in links(page) if address.startswith("/")}

    assert local
    assert all(address.startswith("/comity/") for address in local)
    assert "evil" not in page


def test_a_redirect_stays_below_the_path(public):
    answer = public.get("/comity/pair/JPN/AZE", headers={"Host": "evil.example"})

    assert answer.status_code == 308
    assert answer.headers["Location"] == "/comity/pair/AZE/JPN"


def test_the_public_address_is_in_descriptions(public):
    text = public.get("/comity/sparql", headers={"Host": "evil.example"} | FORGED).text

    assert "https://example.org/comity/sparql" in text
    assert "evil" not in text


def test_a_name_that_only_begins_like_the_path_is_another(public):
    assert public.get("/comitymore").status_code == 404


def test_forged_headers_of_proxies_count_for_nothing(plain):
    answer = plain.get("/openapi.json", headers=FORGED)

    assert answer.status_code == 200
    assert answer.json["servers"] == [{"url": "http://localhost"}]
    assert plain.get("/health/live", headers=FORGED).json["status"] == "live"


def test_a_trusted_proxy_is_believed(behind):
    headers = {
        "X-Forwarded-Host": "example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/graph",
    }
    answer = behind.get("/openapi.json", headers=headers, environ_base={"REMOTE_ADDR": "10.1.2.3"})

    assert answer.json["servers"] == [{"url": "https://example.org/graph"}]


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Prefix": "//evil.example"},
        {"X-Forwarded-Prefix": "/\\evil.example"},
        {"X-Forwarded-Prefix": "https://evil.example"},
        {"X-Forwarded-Host": "evil.example/path"},
        {"X-Forwarded-Proto": "javascript"},
    ],
)
def test_what_a_trusted_proxy_passes_on_is_still_an_address(behind, forged):
    answer = behind.get("/", headers=forged, environ_base={"REMOTE_ADDR": "10.1.2.3"})

    assert answer.status_code == 400


def test_another_address_is_not(behind):
    base = {"REMOTE_ADDR": "192.0.2.7"}
    answer = behind.get("/openapi.json", headers=FORGED, environ_base=base)

    assert answer.json["servers"] == [{"url": "http://localhost"}]


@pytest.mark.parametrize("host", ["a b", "evil.example/path", "a@b", "a<b", "[::1", "a:b", "", "é"])
def test_a_host_that_is_none_is_refused(plain, host):
    answer = plain.get("/", environ_overrides={"HTTP_HOST": host})

    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["localhost:8000", "[::1]:8000", "192.0.2.1", "node-1.example"])
def test_a_host_that_is_one_is_taken(plain, host):
    assert plain.get("/openapi.json", headers={"Host": host}).json["servers"] == [
        {"url": f"http://{host}"}
    ]


@pytest.mark.parametrize("text", ["proxy", "10.0.0.0/99", "10.0.0.1/8", "1.2.3"])
def test_what_is_no_network_is_named(text):
    with pytest.raises(UsageError, match=re.escape(repr(text))):
        parse_networks(text)
