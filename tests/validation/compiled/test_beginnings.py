"""Patterns for how a text begins say what the regular expression says."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from comity.validation.compiled.beginnings import beginning

TEXTS = ["", "a", "ab", "a.b", "axb", "a\nb", "ba", "a\\b", 'a"b', "a-b!", "axbyc", "aüb", "A.b"]
PATTERNS = [
    *("^a", "^a.b", "^a[.]b", r"^a\.b", "^.", "^a.", "^a.b.", "^...", r"^a\\b", '^a"b', "^a-b!"),
    *("^a[x]b", "^aü", "^https://w3id.org/a[.]"),
]
OTHERS = [
    "a",
    "^a+",
    "^a|b",
    "^(a|b)",
    "^[ab]",
    "^a$",
    r"^\d",
    "^[^a]",
    "^",
    "^....a",
    "^a*",
    "^a{2}",
]


def answer(test: str, text: str) -> bool:
    rows = ox.Store().query(f"SELECT ({test} AS ?is) {{ VALUES ?text {{ {ox.Literal(text)} }} }}")
    return next(iter(rows))["is"].value == "true"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_beginning_is_found_where_the_pattern_matches(pattern: str) -> None:
    test = beginning(pattern, "STR(?text)")
    if test is None:  # letters beyond ASCII are left to the engine
        assert not pattern.isascii()
        return
    for text in TEXTS:
        assert answer(test, text) == bool(re.search(pattern, text)), text


@pytest.mark.parametrize("pattern", OTHERS)
def test_any_other_pattern_is_left_to_the_engine(pattern: str) -> None:
    assert beginning(pattern, "STR(?text)") is None
