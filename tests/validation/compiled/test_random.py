"""Random shapes over random graphs: judged as by pyshacl, and after changes as from the start."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from comity.validation.compiled import Validator
from validation.compiled import random_shapes as some

CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SHORT = settings(max_examples=60, deadline=None, suppress_health_check=CHECKS)
LONG = settings(max_examples=2000, deadline=None, suppress_health_check=CHECKS)
CHANGES = st.lists(st.tuples(st.booleans(), some.TRIPLES), min_size=1, max_size=4)


def agree(shapes: list[Any], data: list[Any]) -> None:
    assume(some.is_comparable(shapes, data))
    theirs = some.pyshacl(shapes, data)
    if isinstance(theirs, str):
        return
    assert some.compiled(shapes, data) == theirs


def follow(shapes: list[Any], data: list[Any], changes: list[list[tuple[bool, Any]]]) -> None:
    validator = Validator(ox, shapes)
    assert validator.left == ()
    held, graph = validator.hold(data), set(data)
    before = Counter(held.report().results)
    for change in changes:
        added = [triple for comes, triple in change if comes]
        removed = [triple for comes, triple in change if not comes and triple not in added]
        preview = held.preview(added, removed)
        assert Counter(held.report().results) == before

        difference = held.change(added, removed)

        graph = graph - set(removed) | set(added)
        now = Counter(held.report().results)
        assert now == Counter(validator.validate(graph).results)
        for told in (preview, difference):
            assert Counter(told.appeared) == Counter(set(now) - set(before))
            assert Counter(told.disappeared) == Counter(set(before) - set(now))
        before = now


@SHORT
@given(some.shapes(), some.DATA)
def test_results_are_those_of_pyshacl(shapes: list[Any], data: list[Any]) -> None:
    agree(shapes, data)


@pytest.mark.long
@LONG
@given(some.shapes(), some.DATA)
def test_results_are_those_of_pyshacl_many_times(shapes: list[Any], data: list[Any]) -> None:
    agree(shapes, data)


@SHORT
@given(some.shapes(), some.DATA, st.lists(CHANGES, min_size=1, max_size=3))
def test_changes_are_judged_as_the_whole(
    shapes: list[Any], data: list[Any], changes: list[Any]
) -> None:
    follow(shapes, data, changes)


@pytest.mark.long
@LONG
@given(some.shapes(), some.DATA, st.lists(CHANGES, min_size=1, max_size=3))
def test_changes_are_judged_as_the_whole_many_times(
    shapes: list[Any], data: list[Any], changes: list[Any]
) -> None:
    follow(shapes, data, changes)
