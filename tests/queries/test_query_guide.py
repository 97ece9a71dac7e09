"""The guide to query files says what the code does."""

from __future__ import annotations

import re

import pytest

from comity.model.header_fields import KEYS, PARAMETER_KEYS, REQUIRED_KEYS
from comity.model.query import header_problems, parse_query_file
from comity.model.query_parts import PARAMETER_TYPES, PERIOD_NAMES
from comity.services.binding import LONGEST_STRING, bind


@pytest.fixture(scope="module")
def guide(root):
    return (root / "queries" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example(guide):
    return re.search("```sparql\n(.*?)```", guide, re.DOTALL)[1]


def test_the_example_is_a_sound_query(example, real_graph):
    assert header_problems("visits-from.rq", example) == []
    query = parse_query_file("visits-from.rq", example)
    for values in ({}, {"kind": "official", "as_of": "1998"}, {"from": "1998"}):
        real_graph.query(bind(query, values, real_graph))


def test_every_key_type_and_period_is_told(guide, example):
    told = set(re.findall(r"^\| `(\w+)`", guide, re.MULTILINE)) | set(re.findall(r"`(\w+)`", guide))
    assert {*KEYS, *PARAMETER_TYPES, *PERIOD_NAMES} <= told
    needed = set(re.findall(r"^\| `(\w+)` \|.*\| yes \|$", guide, re.MULTILINE))
    assert needed == set(REQUIRED_KEYS)
    assert {f"{key}:" for key in PARAMETER_KEYS} <= set(re.findall(r"\w+:", example))
    assert f"{LONGEST_STRING:,} characters" in guide
