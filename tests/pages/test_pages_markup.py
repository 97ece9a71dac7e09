"""Every page is valid HTML that works without scripts, by keyboard and for screen readers."""

from __future__ import annotations

import itertools
import re
from urllib.parse import urlsplit

import html5lib
import pytest

from page_reading import Page
from shared_material import ROOT

STYLE = ROOT / "src" / "comity" / "web" / "static" / "style.css"

# one address of each kind of page, on the whole graph
PAGES = (
    "/",
    "/pair/AZE/JPN?from=2015&to=2015",
    "/pair/AZE/JPN?as_of=nonsense",
    "/pair/AZE/XXX",
    "/doc/AZE",
    "/doc/AZE-JPN.visit.1998-02",
    "/doc/AZE-JPN.obs.trade-2017",
    "/doc/nothing-by-this-name",
    "/ontology",
    "/vocabulary",
    "/vocabulary/agreement",
    "/shapes",
    "/validate",
    "/sources",
    "/sources/azjp-en",
    "/resolve?q=Azerbaijn",
    "/resolve",
)
TEXT_ON_GROUND = (
    *(
        (ink, ground)
        for ink in ("ink", "quiet", "accent")
        for ground in ("ground", "raised", "sunken")
    ),
    *((ink, "accent-ground") for ink in ("ink", "quiet", "accent")),
    ("doubt", "ground"),
    ("doubt", "raised"),
    ("doubt", "sunken"),
    ("doubt", "doubt-ground"),
    ("open", "open-ground"),
    ("fault", "ground"),
    ("ground", "accent"),
)


@pytest.fixture(params=PAGES)
def text(request, browser):
    return browser.get(request.param).get_data(as_text=True)


@pytest.fixture
def shown(text):
    return Page(text)


def test_a_strict_parser_finds_no_fault(text):
    parser = html5lib.HTMLParser()
    parser.parse(text)

    assert [(where, name) for where, name, _ in parser.errors] == []


def test_the_dossier_is_parsed_strictly_too(small):
    html5lib.HTMLParser(strict=True).parse(small.get("/pair/XAA/XBB").get_data(as_text=True))


def test_a_page_has_one_title_its_landmarks_and_a_way_past_the_head(shown):
    names = [name for name, _ in shown.elements]

    assert [names.count(name) for name in ("h1", "main", "header", "footer")] == [1] * 4
    assert names[: names.index("body")].count("title") == 1
    assert next(shown.all("html"))["lang"] == "en"
    assert next(shown.all("a"))["href"] == "#content"
    assert next(shown.all("main"))["id"] == "content"
    assert [
        one for one in shown.all("nav") if not {"aria-label", "aria-labelledby"} & set(one)
    ] == []


def test_headings_step_down_one_level_at_a_time(shown):
    levels = [int(name[1]) for name, _ in shown.elements if re.fullmatch("h[1-6]", name)]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_fragments_are_unique_and_all_references_to_them_hold(shown):
    ids = shown.ids
    wanted = {link[1:] for link in shown.links if link.startswith("#")}
    for _, attributes in shown.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            wanted.update(attributes.get(name, "").split())

    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_tables_have_captions_and_headers(shown):
    names = [name for name, _ in shown.elements]

    assert names.count("table") == names.count("caption") == names.count("thead")
    assert all("scope" in attributes for attributes in shown.all("th"))


def test_every_input_has_a_label(shown):
    labelled = {label.get("for") for label in shown.all("label")}

    assert {one["id"] for one in shown.all("input") if one.get("type") != "hidden"} <= labelled


def test_nothing_on_a_page_runs_or_comes_from_elsewhere(shown):
    for name, attributes in shown.elements:
        assert "style" not in attributes
        assert not [one for one in attributes if one.startswith("on")]
        if name == "script" and attributes != {"type": "application/ld+json"}:
            assert set(attributes) == {"type", "src"}
            assert attributes["src"].startswith("/static/built/")
        names_itself = attributes.get("rel") == "canonical" or "hreflang" in attributes
        if name in {"img", "link", "form"} and not names_itself:
            for each in ("src", "href", "action"):
                assert not urlsplit(attributes.get(each, "")).netloc


def test_links_are_paths_or_http(shown):
    assert {urlsplit(link).scheme for link in shown.links} <= {"", "http", "https"}


def test_the_pages_give_no_cause_to_loosen_the_policy(browser):
    policy = browser.get("/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_style_and_icons_are_served_from_here(browser):
    for address in ("/static/style.css", "/static/favicon.svg", "/static/mark.svg"):
        with browser.get(address) as answer:
            assert answer.status_code == 200
    assert "url(" not in STYLE.read_text("utf-8")
    assert "@import" not in STYLE.read_text("utf-8")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(scheme, ink, ground):
    assert contrast(*colours(scheme, ink, ground)) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("bar", ["accent", "bar-vague", "bar-lasting", "bar-open"])
def test_bars_stand_out_from_the_ground(scheme, bar):
    assert contrast(*colours(scheme, bar, "ground")) >= 3


def colours(scheme: int, *names: str) -> list[str]:
    """Return colours of the light (0) or dark (1) scheme, which the style sheet gives in turn."""
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLE.read_text("utf-8"))
    half = len(found) // 2
    return [dict(found[half:] if scheme else found[:half])[name] for name in names]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio of two colours."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
