"""The SPARQL editor, by keyboard, as people who write queries use it."""

from __future__ import annotations

import re

import pytest

RUN = "Control+Enter"
VISITS = """\
PREFIX comity: <https://w3id.org/comity/ns#>
SELECT ?visit ?date {
  ?visit a comity:Visit ; comity:edtf ?date ; comity:dyad <https://w3id.org/comity/id/AZE-JPN>
}
"""
PLACES = """\
PREFIX comity: <https://w3id.org/comity/ns#>
PREFIX wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#>
SELECT ?place ?lat ?long { ?place wgs84:lat ?lat ; wgs84:long ?long }
"""
MISSIONS = """\
PREFIX comity: <https://w3id.org/comity/ns#>
SELECT ?one ?other (COUNT(*) AS ?n) {
  ?fact comity:from ?one ; comity:to ?other
} GROUP BY ?one ?other
"""
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?f && ?f < ?i) }"


@pytest.fixture
def editor(open_page):
    with open_page() as page:
        page.open("/sparql")
        page.page.wait_for_selector(".cm-content")
        yield page
        assert page.noise == []
        assert page.elsewhere == []


def write(page, text):
    page.page.focus(".cm-content")
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Delete")
    page.page.keyboard.insert_text(text)
    page.page.keyboard.press("Escape")  # no list of completions in the way


def ask(page, text):
    write(page, text)
    page.page.keyboard.press(RUN)
    page.page.wait_for_selector(".ed-status:text-matches(' in [0-9]')")


def test_typing_completes_a_prefix_and_a_class(editor):
    write(editor, "")
    keys = editor.page.keyboard
    keys.type("SELECT * { ?s a comity:Vis")
    editor.page.wait_for_selector(".cm-tooltip-autocomplete li[aria-selected]")
    offered = editor.page.inner_text(".cm-tooltip-autocomplete")

    assert "comity:Visit" in offered
    keys.type("it")
    editor.page.wait_for_selector("li[aria-selected]:has-text('comity:Visit')")
    editor.page.wait_for_timeout(100)  # what is offered is not taken at once
    keys.press("Enter")
    editor.page.wait_for_selector(".cm-tooltip-autocomplete", state="detached")
    text = editor.page.inner_text(".cm-content")
    assert "PREFIX comity: <https://w3id.org/comity/ns#>" in text
    assert re.search(r"\?s a comity:Visit(?!\w)", text)


def test_a_fault_is_marked_with_its_line(editor):
    write(editor, "SELECT * {\n  ?s ?p ?o\n  FILTER )\n}")
    editor.page.wait_for_selector(".ed-problem:not(:empty)")

    assert editor.page.inner_text(".ed-problem").startswith("Line 3:")
    assert editor.page.locator(".cm-lintRange-error").count() > 0


def test_a_query_runs_and_its_address_asks_it_again(editor, open_page):
    ask(editor, VISITS)
    rows = editor.page.locator("#results tbody tr").count()

    assert rows == 4
    assert "4 rows" in editor.page.inner_text(".ed-status")
    with open_page() as other:
        other.page.goto(editor.page.url)
        other.page.wait_for_selector(".rv-body tbody tr")
        written = other.page.inner_text(".cm-content")
        assert written.split() == VISITS.split()
        assert other.page.locator(".rv-body tbody tr").count() == rows
        assert other.noise == []


def test_a_table_is_sorted_by_keyboard(editor):
    ask(editor, VISITS)
    cells = "document.querySelectorAll('#results td:nth-last-child(2)')"  # the last is the why
    editor.page.wait_for_selector("#results td time")  # what a date is in words comes later
    machine = "e.querySelector('time')?.dateTime ?? e.querySelector('data')?.value"
    dates = f"[...{cells}].map((e) => {machine} ?? e.innerText)"
    editor.page.focus("th:nth-last-child(2) .rv-sort")
    editor.page.keyboard.press("Enter")

    up = editor.page.evaluate(dates)
    assert editor.page.get_attribute("th:nth-last-child(2)", "aria-sort") == "ascending"
    editor.page.keyboard.press("Enter")  # the focus has stayed where it was
    assert editor.page.get_attribute("th:nth-last-child(2)", "aria-sort") == "descending"
    assert up == sorted(up)
    assert editor.page.evaluate(dates) == up[::-1]


@pytest.mark.parametrize(
    ("text", "views"),
    [(VISITS, ["Timeline"]), (PLACES, ["Map"]), (MISSIONS, ["Chart", "Graph"])],
    ids=["timeline", "map", "chart and graph"],
)
def test_a_button_draws_the_result(editor, text, views):
    ask(editor, text)
    for view in views:
        editor.page.get_by_role("button", name=view, exact=True).press("Enter")
        title = f"svg.rv-svg > title:text-matches('^{view}')"
        editor.page.wait_for_selector(title, state="attached")
        assert editor.page.url.endswith(f"#view={view.lower()}")
        assert editor.page.inner_text(".rv-sentence") != ""
    editor.page.get_by_role("button", name="Table", exact=True).press("Enter")
    editor.page.wait_for_selector(".rv-body table")


def test_a_query_over_the_limit_says_so(editor):
    def hasten(route):
        route.continue_(url=f"{route.request.url}&timeout=0.1")

    editor.page.route(re.compile(r"/sparql\?query="), hasten)
    write(editor, HEAVY)
    editor.page.keyboard.press(RUN)
    editor.page.wait_for_selector(".ed-refusal")
    said = editor.page.inner_text(".ed-refusal")

    assert "0.1" in said
    assert "second" in said
    assert editor.page.get_by_role("button", name="Run again").count() == 1


def test_tab_leaves_the_editor(editor):
    inside = "document.activeElement.className === 'ed-editor'"  # what holds the shadow tree
    editor.page.focus(".cm-content")
    assert editor.page.evaluate(inside)
    editor.page.keyboard.press("Tab")

    assert editor.page.evaluate("document.activeElement.id") == "format"
    editor.page.keyboard.press("Shift+Tab")
    assert editor.page.evaluate(inside)
