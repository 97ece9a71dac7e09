"""The pictures of the README, taken from a running server as somebody would see it.

Usage: python docs/take_pictures.py ADDRESS; needs Debian's chromium.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
QUERY = "PREFIX comity: <https://w3id.org/comity/ns#>\n\nSELECT * { ?visit a comity:Vis"


def main(address: str) -> None:
    """Take both pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(QUIET)
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1100})
        page.goto(f"{address}/pair/AZE/JPN", wait_until="networkidle")
        page.screenshot(path=HERE / "pair.png")
        page.set_viewport_size({"width": 1280, "height": 620})
        complete(page, address)
        page.screenshot(path=HERE / "editor.png")
        browser.close()


def complete(page: Page, address: str) -> None:
    """Type into the editor until it offers a class."""
    page.goto(f"{address}/sparql", wait_until="networkidle")
    editor = page.locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(QUERY)
    page.keyboard.type("i")
    page.locator(".cm-tooltip-autocomplete").wait_for()
    page.wait_for_timeout(500)


if __name__ == "__main__":
    main(sys.argv[1])
