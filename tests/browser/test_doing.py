"""What people do with the pages, by keyboard and pointer."""

from __future__ import annotations

from shared_material import shared


def test_suggestions_are_had_by_keyboard(open_page):
    with open_page() as page:
        page.open("/")
        page.page.focus("#q")
        page.page.keyboard.type("embassy of japan")
        page.page.wait_for_selector(".suggestions [role=option]")
        page.page.keyboard.press("ArrowDown")

        assert page.faults() == []
        assert page.page.get_attribute("#q", "aria-activedescendant")
        page.page.keyboard.press("Escape")
        assert page.page.get_attribute("#q", "aria-expanded") == "false"
        page.page.keyboard.type(" ")
        page.page.wait_for_selector(".suggestions [role=option]")
        page.page.keyboard.press("ArrowDown")
        page.page.keyboard.press("Enter")
        page.page.wait_for_url("**/doc/JPN.embassy.AZE")
        assert page.noise == []


def test_a_search_goes_to_the_page_of_matches(open_page):
    with open_page(java_script_enabled=False) as page:
        page.open("/")
        page.page.fill("#q", "日本")
        page.page.press("#q", "Enter")

        assert "Japan" in page.page.locator(".hits li").first.inner_text()


def test_the_text_of_a_source_is_compared_and_stays_here(open_page, tmp_path):
    text = shared("source/azerbaijan-japan-relations.txt")
    other = tmp_path / "other.txt"
    other.write_text("Another text.", encoding="utf-8")
    with open_page() as page:
        page.open("/sources/azjp-en")
        asked = []
        page.page.on("request", lambda request: asked.append(request.url))
        page.page.set_input_files("#compare-file", text)
        page.page.wait_for_selector(".compared")

        assert "all 88 passages" in page.page.inner_text(".compare-found")
        assert page.page.locator(".compared.other").count() == 0
        page.page.set_input_files("#compare-file", other)
        page.page.wait_for_selector(".compared.other")
        assert "another text" in page.page.inner_text(".compare-found")
        assert (asked, page.noise) == ([], [])


def test_the_way_to_the_content_is_one_key(open_page):
    with open_page() as page:
        page.open("/pair/AZE/JPN")
        page.page.keyboard.press("Tab")
        page.page.keyboard.press("Enter")

        assert page.page.evaluate("document.activeElement.id") == "content"
