"""Answers drawn in the browser have their “why?” too, in every view, and it leads somewhere."""

from __future__ import annotations

import pytest

VIEWS = {
    "table": ("/queries/visits", "tbody tr", "td.whence a.why"),
    "counted": ("/queries/mission-balance", "tbody tr", "td.whence a.why"),
    "chart": ("/queries/trade-turnover#view=chart", ".rv-svg rect[rx]", "a.why rect[rx]"),
    "bars": ("/queries/compare-relations#view=chart", ".rv-svg rect[rx]", "a.why rect[rx]"),
    "timeline": ("/queries/visits#view=timeline", ".rv-svg rect[rx]", "a.why rect[rx]"),
    "map": ("/queries/places#view=map", ".rv-svg .rv-point", "a.why .rv-point"),
}


@pytest.mark.parametrize(("path", "mark", "why"), VIEWS.values(), ids=list(VIEWS))
def test_every_mark_of_a_view_has_its_why(open_page, path, mark, why):
    with open_page() as page:
        page.open(path)
        page.page.locator(".rv-body").wait_for()
        page.page.locator(mark).first.wait_for()
        marks = page.page.locator(f".rv-body {mark}").count()

        assert marks > 0
        assert page.page.locator(f".rv-body {why}").count() == marks


def test_a_number_leads_to_its_sentence_in_one_click(open_page):
    with open_page() as page:
        page.open("/queries/trade-turnover")
        page.page.locator(".rv-body td.cited a").first.click()
        page.page.wait_for_url("**/sources/azjp-en#src.azjp-en.s25")

        assert page.page.locator("tr:target").count() == 1
        assert "SHA-256" in page.page.locator("tr:target").inner_text()
