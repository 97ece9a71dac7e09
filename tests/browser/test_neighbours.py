"""The neighbourhood of a thing, by keyboard: in the drawing, and in the list beside it."""

from __future__ import annotations

import pytest

NODE = ".gv-knot"
STATUS = ".gv .rv-status"
JAPAN = "https://w3id.org/comity/id/JPN"


@pytest.fixture
def graph(open_page):
    with open_page() as page:
        page.open("/doc/AZE-JPN.visit.2015-10/graph")
        page.page.wait_for_selector(NODE)
        yield page
        assert page.noise == []
        assert page.elsewhere == []


def labels(page):
    return set(page.page.locator(NODE).evaluate_all("(all) => all.map((e) => e.dataset.iri)"))


def is_open(page, place):
    return page.page.get_attribute(f'{place}[data-iri="{JAPAN}"]', "aria-expanded") == "true"


def test_arrows_and_enter_open_and_close_in_the_drawing(graph):
    page = graph.page
    first = labels(graph)
    page.focus(f'{NODE}[tabindex="0"]')
    here = page.evaluate("document.activeElement.dataset.iri")
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.classList.contains('gv-knot')")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.dataset.iri") == here

    page.focus(f'{NODE}[data-iri="{JAPAN}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{STATUS}:has-text('new')")
    assert is_open(graph, NODE)
    assert first < labels(graph)
    assert len(labels(graph)) == 40
    assert "40 of " in page.inner_text(STATUS)
    assert page.evaluate("document.activeElement.dataset.iri") == JAPAN
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{STATUS}:has-text('away')")
    assert labels(graph) == first


def test_the_list_does_the_same(graph):
    page = graph.page
    first = labels(graph)
    page.focus(f'.gv-turn[data-iri="{JAPAN}"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{STATUS}:has-text('new')")

    assert is_open(graph, NODE)
    assert is_open(graph, ".gv-turn")
    assert len(labels(graph)) == 40
    assert page.evaluate("document.activeElement.className") == "gv-turn"
    assert page.locator(".gv-part").count() == 2
    page.keyboard.press("Space")
    page.wait_for_selector(f"{STATUS}:has-text('away')")
    assert labels(graph) == first


def test_a_click_opens_too_and_keys_change_the_size(graph):
    page = graph.page
    page.click(f'{NODE}[data-iri="{JAPAN}"] .rv-point')
    page.wait_for_selector(f"{STATUS}:has-text('new')")
    assert is_open(graph, NODE)
    moved = "document.querySelector('.rv-svg > g').getAttribute('transform')"
    page.keyboard.press("+")
    large = page.evaluate(moved)
    assert "scale(1.6)" in large
    page.keyboard.press("Shift+ArrowRight")
    assert page.evaluate(moved) != large
    page.get_by_role("button", name="Whole picture").press("Enter")
    assert "scale(1)" in page.evaluate(moved)


@pytest.mark.parametrize("kind", ["SVG", "PNG"])
def test_the_drawing_is_kept_as_a_file(graph, kind):
    with graph.page.expect_download() as kept:
        graph.page.get_by_role("button", name=kind, exact=True).click()
    assert kept.value.suggested_filename == f"AZE-JPN.visit.2015-10-graph.{kind.lower()}"


def test_an_opened_graph_has_no_fault(open_page):
    for width, scheme in ((1440, "light"), (390, "dark")):
        with open_page(width, scheme) as page:
            page.open("/doc/AZE/graph")
            page.page.focus(f'{NODE}[data-iri="https://w3id.org/comity/id/AZE-JPN"]')
            page.page.keyboard.press("Enter")
            page.page.wait_for_selector(".gv-part + .gv-part")
            assert page.faults() == [], (width, scheme)
            assert page.overflow() == 0
