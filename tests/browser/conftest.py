"""A real browser over a real server: pages break no rule, make no noise and ask no other host."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from shared_material import ROOT, program

if TYPE_CHECKING:
    from collections.abc import Iterator

AXE = ROOT / "src/comity/web/frontend/node_modules/axe-core/axe.min.js"
# WCAG 2.2 at level AA holds all the rules below it, which axe tags one by one.
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PATIENCE = 10_000  # milliseconds
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Page:
    """A page in a browser, and all that went wrong on it."""

    def __init__(self, page, address):
        self.page = page
        self.address = address
        self.noise = []
        self.elsewhere = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("request", self._see)

    def open(self, path, until="networkidle"):
        answer = self.page.goto(self.address + path, wait_until="load")
        self.page.wait_for_load_state(until)
        return answer

    def begin(self, path, until="networkidle"):
        """Open an address as if nothing had been here before."""
        self.page.goto("about:blank")  # what differs by its fragment only would not be loaded anew
        self.noise.clear()
        self.elsewhere.clear()
        return self.open(path, until)

    def widen(self, width):
        """Give the window a width."""
        self.page.set_viewport_size({"width": width, "height": 900})

    def faults(self):
        """Return what axe finds, one line each: the rule and the first element."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(
            "async (tags) => (await axe.run(document, { runOnly: tags })).violations"
            ".map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`)",
            list(RULES),
        )
        return sorted(found)

    def overflow(self):
        """Return by how many pixels the page is wider than the window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def _hear(self, message):
        # That an address answers with an error is what the browser says of every such page.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.noise.append(message.text)

    def _see(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and not request.url.startswith(
            self.address
        ):
            self.elsewhere.append(request.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Debian's Chromium; the tests that need it are skipped by name where there is none."""
    chromium = program("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield found
        found.close()


@pytest.fixture(scope="session")
def open_page(browser, live_address):
    """Return a context manager that gives a fresh page of some width and scheme."""

    @contextmanager
    def opened(width=1440, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield Page(context.new_page(), live_address.rstrip("/"))
        finally:
            context.close()

    return opened
