"""Every link of a whole site leads to a page that is there, and to a place on it that is there."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urlsplit

from page_reading import Page


def crawl(client, start, *, follows):
    """Return pages by address, the addresses that fail, and the fragments that no page has."""
    todo, seen, fragments, faults = [start], {start}, {}, []
    pages = {}
    while todo:
        address = todo.pop()
        with client.get(address) as answer:
            if answer.status_code not in {200, 303, 308}:
                faults.append((address, answer.status_code))
            links = [answer.headers["Location"]] if "Location" in answer.headers else []
            if answer.status_code == 200 and answer.mimetype == "text/html":
                pages[address] = Page(answer.get_data(as_text=True))
                links = pages[address].links
        for link in links:
            target, fragment = urldefrag(link)
            if urlsplit(target).netloc or (not target and not fragment):
                continue
            target = target or address
            if fragment:
                fragments.setdefault(target, set()).add(fragment)
            if target not in seen and follows(target):
                seen.add(target)
                todo.append(target)
    lost = {
        (address, fragment)
        for address, asked in fragments.items()
        if address in pages
        for fragment in asked - set(pages[address].ids)
    }
    return pages, faults, lost


def test_every_link_of_a_small_site_leads_somewhere(small):
    spoken = re.compile("/(?:az|en|ja)(?:/|$)")  # the same pages again
    pages, faults, lost = crawl(small, "/", follows=lambda target: not spoken.match(target))

    # an answer may name what was withdrawn, and the address says so
    assert set(faults) == {("/doc/withdrawn", 410), ("/doc/replaced", 410)}
    assert {"/pair/XAA/XBB", "/doc/ann", "/sources/small", "/ontology"} <= set(pages)
    assert lost == set()


def test_every_page_on_a_thing_of_the_whole_graph_is_there(browser):
    kinds = re.compile(r"/(doc|pair|sources|vocabulary)/[^/?]+(/[A-Z]{3})?|/[a-z]*")
    data = re.compile(r".*\.(ttl|nt|rdf|json|jsonld|html)")
    pages, faults, lost = crawl(
        browser, "/", follows=lambda link: bool(kinds.fullmatch(link)) and not data.fullmatch(link)
    )

    assert faults == []
    assert len(pages) > 250
    assert lost == set()
