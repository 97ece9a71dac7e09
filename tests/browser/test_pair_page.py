"""The page on a relation, by keyboard."""

from __future__ import annotations

import re


def test_a_date_changes_the_address_and_the_content(open_page):
    with open_page() as page:
        page.open("/pair/AZE/JPN")
        whole = page.page.inner_text("#timeline")
        page.page.focus("#as_of")
        page.page.keyboard.type("2001-06-01")
        page.page.keyboard.press("Enter")
        page.page.wait_for_url("**/pair/AZE/JPN?*as_of=2001-06-01*")
        page.page.wait_for_load_state("networkidle")

        assert page.page.inner_text("#timeline") != whole
        assert "facts are left out" in page.page.inner_text("main")
        assert page.page.input_value("#as_of") == "2001-06-01"
        assert page.noise == []


def test_why_opens_and_shows_where_it_is_stated(open_page):
    with open_page() as page:
        page.open("/pair/AZE/JPN")
        why = page.page.locator(".facts details.why").first
        why.locator("summary").press("Enter")
        said = why.inner_text()

        assert why.get_attribute("open") is not None
        assert re.search(r"sentence \d+", said)
        assert re.search(r"characters \d+–\d+", said)
        assert re.search(r"SHA-256 [0-9a-f]{16}", said)
        assert page.noise == []
