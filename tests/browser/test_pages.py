"""Every kind of page, narrow and wide, light and dark, with and without scripts."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

import pytest

PAGES = {
    "home": "/",
    "search": "/search?q=embassy",
    "pair": "/pair/AZE/JPN",
    "pair at a date": "/pair/AZE/JPN?as_of=2001-06-01",
    "two pairs": "/compare/AZE-JPN/KOR-TUR",
    "two pairs to choose": "/compare",
    "state": "/state/AZE",
    "states": "/state",
    "gaps": "/gaps",
    "fact": "/doc/AZE-JPN.visit.2015-10",
    "person": "/doc/ilham-aliyev",
    "place": "/doc/baku",
    "graph": "/doc/AZE/graph",
    "sources": "/sources",
    "source": "/sources/azjp-en",
    "questions": "/queries",
    "question": "/queries/trade-turnover",
    "question to fill in": "/queries/why?fact=AZE-JPN.obs.trade-2017",
    "sparql": "/sparql",
    "answer": "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205&format=html",
    "fault": "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp&format=html",
    "ontology": "/ontology",
    "class of the ontology": "/ontology#Fact",
    "shapes": "/shapes",
    "validate": "/validate",
    "vocabularies": "/vocabulary",
    "vocabulary": "/vocabulary/visit",
    "downloads": "/dumps/",
    "panel": "/panel/codebook",
    "changes": "/changes",
    "nothing": "/doc/nothing-of-that-name",
}
LOOKS = ((1440, "light"), (390, "dark"))
BETWEEN = 768  # a width at which every look has to be laid out too


def looks():
    """Return each page in each look; one of the two, by turns, is left to the long run."""
    for turn, (name, path) in enumerate(PAGES.items()):
        for at, (width, scheme) in enumerate(LOOKS):
            marks = () if (turn + at) % 2 else pytest.mark.long
            yield pytest.param(path, width, scheme, id=f"{name}, {scheme}", marks=marks)


@pytest.fixture(scope="module")
def window(open_page):
    """Return the window of a look, which goes from one address to the next."""
    with ExitStack() as stack:
        yield cache(lambda **options: stack.enter_context(open_page(**options)))


@pytest.mark.parametrize(("path", "width", "scheme"), list(looks()))
def test_a_page_has_no_fault_keeps_its_policy_and_makes_no_noise(window, path, width, scheme):
    page = window(width=width, scheme=scheme)
    page.widen(width)
    page.begin(path)

    assert page.overflow() == 0
    assert page.faults() == []
    page.widen(BETWEEN)
    assert page.overflow() == 0
    assert page.noise == []
    assert page.elsewhere == []


@pytest.mark.parametrize(
    "path", ["/pair/EST/MEX", "/pair/ECU/USA", "/queries/places", "/queries/doubtful-claims"]
)
def test_long_lists_of_links_leave_room_for_each_on_a_phone(window, path):
    page = window(width=390, scheme="light")
    page.widen(390)
    page.begin(path)

    assert page.faults() == []


@pytest.mark.parametrize("path", PAGES.values(), ids=list(PAGES))
def test_a_page_is_whole_without_scripts(window, path):
    page = window(java_script_enabled=False)
    page.begin(path, until="load")

    assert page.page.locator("h1").count() == 1
    assert page.page.locator("main").inner_text().strip() != ""
    assert page.page.locator("nav a").count() >= 7
