"""The page of a question, filled in by keyboard."""

from __future__ import annotations

import csv
import io


def test_a_form_filled_by_keyboard_changes_the_answer(open_page):
    with open_page() as page:
        page.open("/queries/visits")
        rows = page.page.locator(".rv-body tbody tr, [data-rv-data] tbody tr")
        before = rows.count()
        for _ in range(60):
            page.page.keyboard.press("Tab")
            if page.page.evaluate("document.activeElement.name") == "from":
                break
        page.page.keyboard.insert_text("2010-01-01")
        page.page.keyboard.press("Enter")
        page.page.wait_for_url("**/queries/visits?*from=2010-01-01*")
        page.page.wait_for_load_state("networkidle")

        assert 0 < rows.count() < before
        link = page.page.locator(".formats a", has_text="CSV").first.get_attribute("href")
        text = page.page.request.get(page.address + link).text()
        assert len(list(csv.DictReader(io.StringIO(text)))) == rows.count()
        assert page.noise == []


def test_columns_keep_the_names_that_the_server_gave_them(open_page):
    with open_page(java_script_enabled=False) as page:
        page.open("/ja/queries/visits")
        drawn = page.page.locator("thead th").all_inner_texts()
    with open_page() as page:
        page.open("/ja/queries/visits")
        page.page.wait_for_selector(".rv-sort")
        shown = page.page.locator("thead .rv-sort").all_inner_texts()

    assert shown == drawn[:-1]  # the last leads to what explains a row
    assert all(not name.isascii() for name in shown)
