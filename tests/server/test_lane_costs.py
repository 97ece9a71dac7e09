"""Admission: what is short finds a place, what is long learns to wait, and both are forgotten."""

from __future__ import annotations

import os
import threading

import pytest

from comity.errors import OverloadError
from comity.store.clocks import processor_seconds
from comity.store.lanes import LaneLimits, Lanes


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def lanes(clock):
    limits = LaneLimits(quick=1, slow=1, quick_seconds=0.1, wait_seconds=0.05)
    return Lanes(limits, clock)


def test_a_long_query_goes_to_the_slow_lane_the_next_time(lanes, clock):
    ticket = lanes.enter("long")
    assert not ticket.slow
    clock.now += 5
    ticket.leave()

    assert lanes.enter("long").slow


def test_what_was_long_is_tried_again_some_day(lanes, clock):
    ticket = lanes.enter("long")
    clock.now += 5
    ticket.leave()
    clock.now += 100

    assert not lanes.enter("long").slow


def test_a_short_query_on_a_busy_machine_stays_a_short_one(lanes, clock):
    ticket = lanes.enter("short")
    clock.now += 0.3
    ticket.used = 0.01
    assert ticket.quick_rest() > 0
    ticket.leave()

    assert not lanes.enter("short").slow


def test_a_query_leaves_the_quick_lane_by_either_clock(lanes, clock):
    ticket = lanes.enter("one")
    ticket.used = 0.1
    assert ticket.quick_rest() <= 0
    ticket.used = 0.0
    clock.now += 0.5
    assert ticket.quick_rest() <= 0


def test_no_place_in_the_slow_lane_is_remembered_as_long(lanes):
    lanes.slow.take()
    ticket = lanes.enter("long")
    ticket.used = 0.1
    assert not ticket.slow_down()
    with pytest.raises(OverloadError):
        ticket.line_up(0.0)
    ticket.leave()

    assert lanes.costs.expected("long") > 1
    assert lanes.quick.taken == 0
    assert lanes.refused == {"slow": 1}


def test_who_waited_sees_what_those_in_front_were_like(clock):
    lanes = Lanes(LaneLimits(quick=1, slow=1, wait_seconds=10), clock)
    first = lanes.enter("long")
    found = []
    waiting = threading.Thread(target=lambda: found.append(lanes.enter("long")))
    waiting.start()
    while not lanes.quick.waiting:
        pass
    clock.now += 5
    first.leave()
    waiting.join()

    assert found[0].slow
    assert lanes.quick.taken == 0


def test_processor_time_is_that_of_the_process():
    before = processor_seconds(os.getpid())
    sum(range(200_000))

    assert processor_seconds(os.getpid()) > before > 0
    assert processor_seconds(2**22 + 1) == 0
