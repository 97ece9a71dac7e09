"""Pictures of an answer: they take the room that they need, and say what they show."""

from __future__ import annotations

import pytest

# By how many pixels the sea begins below the top of the picture, and ends above its foot.
BANDS = """
() => {
  const [picture, sea] = [".rv-canvas svg", ".rv-sea"].map((each) =>
    document.querySelector(each).getBoundingClientRect());
  return [sea.top - picture.top, picture.bottom - sea.bottom];
}
"""


def show(page, path, view):
    page.open(path)
    page.page.get_by_role("button", name=view, exact=True).click()
    page.page.wait_for_selector(".rv-canvas svg")
    page.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_a_map_of_the_world_has_no_empty_band(open_page, width):
    with open_page(width=width) as page:
        show(page, "/queries/places", "Map")
        above, below = page.page.evaluate(BANDS)

        assert above <= 1
        assert below <= 1
        assert page.overflow() == 0
        assert page.faults() == []
        assert page.noise == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
def test_a_few_things_stand_close_and_none_is_said_to_have_most(open_page, width, scheme):
    with open_page(width=width, scheme=scheme) as page:
        show(page, "/queries/loans", "Graph")

        assert page.page.locator(".rv-knot").count() == 4
        assert "4 things and 2 connections between them." in page.page.inner_text(".rv-sentence")
        assert page.page.locator(".rv-canvas svg").bounding_box()["height"] < 300
        assert page.faults() == []
        assert page.noise == []
