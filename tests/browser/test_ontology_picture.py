"""The picture of the ontology in a browser: letters keep to their room, and keys walk it."""

from __future__ import annotations

import pytest

TOO_WIDE = """() => [...document.querySelectorAll('.on-drawing text')]
  .filter((each) => each.getBBox().width > Number(each.dataset.room) + 0.5)
  .map((each) => each.textContent)"""
VISIBLE = ".on-drawing:visible"


@pytest.mark.parametrize(("width", "size"), [(1440, "wide"), (768, "narrow"), (390, "narrow")])
def test_one_drawing_is_shown_and_its_letters_have_room(open_page, width, size):
    with open_page(width, java_script_enabled=True) as page:
        page.open("/ontology")

        assert page.page.locator(VISIBLE).count() == 1
        assert f"on-{size}" in page.page.get_attribute(VISIBLE, "class")
        assert page.page.evaluate(TOO_WIDE) == []
        assert page.overflow() == 0


@pytest.mark.parametrize("width", [1440, 390])
def test_a_class_is_reached_by_keys_alone_without_scripts(open_page, width):
    with open_page(width, java_script_enabled=False) as page:
        page.open("/ontology")
        page.page.focus(f'{VISIBLE} a[href="#Fact"]')
        page.page.keyboard.press("Enter")

        assert page.page.url.endswith("#Fact")
        entry = page.page.locator("article#Fact .on-self")
        assert entry.is_visible()
        page.page.focus('article#Fact .on-down a >> text="event"')
        page.page.keyboard.press("Enter")
        assert page.page.url.endswith("#Event")
