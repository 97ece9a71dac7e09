"""Ten questions about Azerbaijan and Japan, answered from the first page within three clicks."""

from __future__ import annotations

import pytest

MOST = 3  # clicks, a search sent counting as one
RELATION = "Azerbaijan – Japan"

# Where to press from the first page, and what has to be read where that leads. A name alone is a
# link; with a row before it, the link of that name in the row that holds those words.
WAYS = {
    "since when there are relations": ([], ["7 September 1992"]),
    "who the ambassadors are": ([RELATION], ["Farid Talibov", "Teruyuki Katori"]),
    "which mission opened first": (
        [RELATION, "Missions and bodies"],
        ["since 21 January 2000", "Embassy of Japan, Baku", "1 October 2002"],
    ),
    "what came of the visit of 2015": (
        [RELATION, "visits made"],
        [
            "Visit of Akira Amari to Azerbaijan, October 2015",
            "Letter of intent on economic cooperation (October 2015)",
            "Memorandum of understanding on cooperation in medicine (October 2015)",
        ],
    ),
    "how many agreements are only planned": (
        [RELATION, "agreements made"],
        ["1 of them only planned, proposed or discussed"],
    ),
    "which loans Japan gave": (
        ["Which loans were agreed, for what?"],
        [
            "Loan for the construction of the Severnaya power plant",
            "Loan for the restoration of the Ethylene–Polyethylene Plant",
        ],
    ),
    "what aid Japan gave": (
        [RELATION, "Aid and loans"],
        ["more than USD 1,000,000,000", "USD 11,470,000,000", "USD 900,000", "USD 763.82"],
    ),
    "why the amount of 2009 is doubtful": (
        [RELATION, "doubts"],
        ["Less than a hundred dollars a project is implausible; thousands were probably lost."],
    ),
    "where that sentence stands": (
        [RELATION, "Aid and loans", ("USD 763.82", "why?")],
        ["Other areas", "6147–6258"],
    ),
    "what the trade was, year by year": (
        [RELATION, "Trade and numbers"],
        ["Mutual trade turnover of 1997", "USD 22,300,000", "approximately USD 22,080,000"],
    ),
}

# Whether an element, or one line of its text, stands whole in the window.
SEEN = """
(element) => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.top >= 0 && box.bottom <= innerHeight
    && box.left >= 0 && box.right <= innerWidth;
}
"""


def press(page, step):
    """Press a link of the page, or one in the row that holds some words."""
    row, name = step if isinstance(step, tuple) else (None, step)
    if row:
        page.get_by_role("row").filter(has_text=row).get_by_role("link", name=name).last.click()
    else:
        page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def readable(page, text):
    """Say whether a text stands in the window, where no one needs to look for it."""
    found = page.get_by_text(text)
    return any(
        found.nth(at).is_visible() and found.nth(at).evaluate(SEEN) for at in range(found.count())
    )


@pytest.mark.parametrize(("steps", "texts"), list(WAYS.values()), ids=list(WAYS))
def test_an_answer_is_three_clicks_away(open_page, steps, texts):
    with open_page(reduced_motion="reduce") as page:
        page.open("/")
        for step in steps:
            press(page.page, step)

        assert len(steps) <= MOST
        assert [text for text in texts if not readable(page.page, text)] == []
        assert page.noise == []


def test_a_subject_that_is_searched_leads_to_its_answer(open_page):
    with open_page() as page:
        page.open("/")
        page.page.fill("#q", "Amari")
        page.page.press("#q", "Enter")
        page.page.wait_for_url("**/search?*")
        press(page.page, "Visit of Akira Amari to Azerbaijan, October 2015")

        assert readable(page.page, "Letter of intent on economic cooperation (October 2015)")
        assert page.noise == []
