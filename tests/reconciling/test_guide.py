"""The guide says what holds: addresses, limits, and the scores of each step."""

from __future__ import annotations

import re

import pytest

from comity.services.reconciling import (
    codes,
    entities,
    extending,
    hits,
    likeness,
    names,
    skeletons,
)
from comity.services.reconciling import properties as values
from comity.services.reconciling.documents import FEATURES
from comity.services.reconciling.matching import NAME_SHARE, OTHER_TYPE
from comity.services.reconciling.queries import MOST_QUERIES
from shared_material import ROOT

GUIDE = (ROOT / "docs" / "reconciliation.md").read_text("utf-8")
PATHS = re.findall(r"^\| `(GET|POST) (/reconcile[^`]*)` \|", GUIDE, re.MULTILINE)
SCORES = dict(re.findall(r"^\| ([0-9][0-9, to]*|below 92) \| (.+) \|$", GUIDE, re.MULTILINE))


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_each_address_is_served(client, method, path):
    example = "AZE" if path.endswith("id=") else ""
    answer = client.open(path + example, method=method)

    assert len(PATHS) >= 8
    assert answer.status_code in ({200} if method == "GET" else {400, 415})


def test_each_address_is_in_the_guide(app):
    served = {
        re.sub("<[^>]+>", "entity", rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/reconcile")
    }
    assert served == {path.partition("?")[0] for _, path in PATHS}


def test_limits_and_thresholds_are_those_of_the_code():
    for number in (
        f"{MOST_QUERIES:,} queries",
        f"{extending.MOST_THINGS:,} things",
        f"{extending.MOST_PROPERTIES:,} properties",
        f"{entities.MOST_NAMES:,} names",
        f"{values.MOST_VALUES:,} values",
        f"scores {hits.SURE:.0f} at least",
        f"is {hits.MARGIN:.0f} at least",
        f"With a lead of {hits.ALONE:.0f} less is enough: {hits.SURE_IF_ALONE:.0f}",
        f"letters or more {hits.SURE_IF_LONG:.0f}, and {hits.SURE_IF_UNCASED:.0f} in a script",
        f"counts for {100 * NAME_SHARE:.0f}",
        f"keeps {100 * OTHER_TYPE:.0f} of 100",
        "{:.0f} (of the data), {:.0f} (of several languages) or {:.0f} times".format(
            *likeness._LIKE
        ),
    ):
        assert number in " ".join(GUIDE.split()), number
    assert all(f"`{feature}`" in GUIDE for feature in FEATURES)


@pytest.mark.parametrize(
    "scores",
    [
        names._AS_WRITTEN,
        names._PLAIN,
        names._JOINED,
        (names._WORDS[names.OWN], names._WORDS[names.RARE] - names._NO_FORM),
        (names.OTHER_FORM, names.BARE, names.INITIALS, names.SHORTENED),
        (skeletons._SCORE, codes.CODE_SCORE - codes._MIXED),
        (codes.CODE_SCORE, codes._OTHER, codes._NUMBER),
        codes._NUMBERS.values(),
    ],
)
def test_scores_are_those_of_the_code(scores):
    told = {int(number) for cell in SCORES for number in re.findall("[0-9]+", cell)}
    assert set(scores) <= told
