"""How many bytes Chromium takes over the wire for a page that nothing is kept of."""

from __future__ import annotations

import pytest

BUDGETS = {
    "home": ("/", 100_000),
    # The whole dossier: 73 kB are its text, 22 kB the land behind its map.
    "pair": ("/pair/AZE/JPN", 115_000),
    "two pairs": ("/compare/AZE-JPN/KOR-TUR", 100_000),
    "state": ("/state/AZE", 100_000),
    "gaps": ("/gaps", 80_000),
    "question": ("/queries/visits", 100_000),
    "editor": ("/sparql", 350_000),
    "graph": ("/doc/AZE/graph", 350_000),
}


@pytest.mark.parametrize(("path", "budget"), BUDGETS.values(), ids=list(BUDGETS))
def test_a_page_is_as_light_as_it_has_to_be(open_page, path, budget, record_property):
    with open_page() as page:
        wire = page.page.context.new_cdp_session(page.page)
        wire.send("Network.enable")
        taken = []
        wire.on("Network.loadingFinished", lambda each: taken.append(each["encodedDataLength"]))
        page.open(path)
        total = round(sum(taken))
        record_property("bytes", total)

        assert len(taken) >= 3
        assert total < budget, f"{path} takes {total} bytes in {len(taken)} answers"
