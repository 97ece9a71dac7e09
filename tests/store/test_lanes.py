"""Lanes: places are given out in turn, what is long moves over or is refused, all is counted."""

from __future__ import annotations

import math
import threading
import time

import pytest

from comity.errors import OverloadError
from comity.store.lanes import Costs, LaneLimits, Lanes


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def lanes_of(clock, **limits):
    return Lanes(LaneLimits(**{"quick": 1, "slow": 1, "wait_seconds": 0.05, **limits}), clock)


def test_who_finds_no_place_is_refused_and_counted(clock):
    lanes = lanes_of(clock)
    ticket = lanes.enter("a")
    with pytest.raises(OverloadError, match="busy") as refused:
        lanes.enter("b")
    assert refused.value.retry_after > 0
    assert lanes.refused == {"quick": 1}

    ticket.leave()
    lanes.enter("b").leave()


def test_a_long_query_moves_to_the_slow_lane_and_frees_its_place(clock):
    lanes = lanes_of(clock)
    first = lanes.enter("a")
    first.slow_down()
    second = lanes.enter("b")
    assert (first.slow, second.slow) == (True, False)
    assert not second.slow_down()

    first.leave()
    assert second.slow_down()
    second.leave()
    lanes.enter("c").leave()


def test_a_long_query_without_a_slow_place_waits_for_one_and_holds_no_other(clock):
    lanes = lanes_of(clock, quick=2, wait_seconds=30.0)
    first, second = lanes.enter("a"), lanes.enter("b")
    assert first.slow_down()
    assert not second.slow_down()
    waiting = threading.Thread(target=second.line_up, args=(30.0,))
    waiting.start()
    light = [lanes.enter("c"), lanes.enter("d")]  # both quick places are free again
    first.leave()
    waiting.join()

    assert second.slow
    assert not lanes.refused
    for ticket in (second, *light):
        ticket.leave()
    assert (lanes.quick.taken, lanes.slow.taken) == (0, 0)


def test_whoever_waits_for_a_slow_place_in_vain_is_refused_and_gives_nothing_back_twice(clock):
    lanes = lanes_of(clock)
    first = lanes.enter("a")
    first.slow_down()
    second = lanes.enter("b")
    with pytest.raises(OverloadError):
        second.line_up(0.0)
    second.leave()
    assert lanes.refused == {"slow": 1}
    assert lanes.quick.taken == 0
    first.leave()


def test_a_shape_that_was_long_begins_in_the_slow_lane(clock):
    lanes = lanes_of(clock)
    ticket = lanes.enter("a")
    clock.now = 9.0
    assert ticket.seconds == 9.0
    ticket.leave()

    again = lanes.enter("a")
    assert again.slow
    assert not lanes.enter("b").slow
    again.leave()


def test_a_shape_that_became_short_is_forgiven():
    costs = Costs()
    costs.note("a", 8.0)
    for _ in range(8):
        costs.note("a", 0.0)

    assert costs.expected("a") < 0.1
    assert costs.expected("unknown") == 0.0


def test_places_are_given_in_the_order_of_asking(clock):
    lanes = lanes_of(clock, wait_seconds=30.0)
    ticket = lanes.enter("a")
    order = []

    def wait(name):
        mine = lanes.enter(name)
        order.append(name)
        mine.leave()

    threads = []
    for number in range(5):
        thread = threading.Thread(target=wait, args=(str(number),))
        thread.start()
        threads.append(thread)
        while len(lanes.quick._line) <= number:
            pass
    ticket.leave()
    for thread in threads:
        thread.join()

    assert order == ["0", "1", "2", "3", "4"]


def test_the_waiting_room_has_its_limit(clock):
    lanes = lanes_of(clock, waiting=0, wait_seconds=30.0)
    lanes.enter("a")
    with pytest.raises(OverloadError):
        lanes.enter("b")


def test_no_place_is_lost_or_made(clock):
    lanes = lanes_of(clock, quick=3, wait_seconds=30.0)
    most, running = [0], []

    def run():
        for _ in range(50):
            ticket = lanes.enter("a")
            running.append(1)
            most[0] = max(most[0], len(running))
            running.pop()
            ticket.leave()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most[0] <= 3
    assert lanes.quick._free == 3


def wait_until_queued(places):
    while not places.waiting:
        time.sleep(0.001)


@pytest.mark.parametrize(("most", "charged"), [(1.0, 0.4), (10.0, 0.0), (math.inf, 0.0)])
def test_what_is_waited_beyond_a_part_of_the_limit_counts(clock, most, charged):
    lanes = lanes_of(clock, wait_seconds=30.0)
    first, found = lanes.enter("a"), []
    waiting = threading.Thread(target=lambda: found.append(lanes.enter("b", most)))
    waiting.start()
    wait_until_queued(lanes.quick)
    clock.now = 0.5
    first.leave()
    waiting.join()

    assert found[0].charged == pytest.approx(charged)
    assert found[0].seconds == 0
    clock.now = 0.75
    assert found[0].elapsed == pytest.approx(charged + 0.25)


def test_nobody_waits_when_nothing_is_left_of_the_limit(clock):
    lanes = lanes_of(clock, wait_seconds=30.0)
    lanes.enter("a")
    with pytest.raises(OverloadError):
        lanes.enter("b", 0.02)
    assert lanes.refused == {"quick": 1}


def test_the_line_for_both_lanes_is_one_within_the_limit(clock):
    lanes = lanes_of(clock, wait_seconds=30.0)
    first, slow, errors = lanes.enter("a"), lanes.enter_at_once("b"), []
    assert slow is None
    assert first.slow_down()
    second = lanes.enter("c")

    def ask():
        try:
            lanes.enter("long", 0.4)
        except OverloadError as error:
            errors.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    wait_until_queued(lanes.quick)
    lanes.costs.note("long", 60.0)
    clock.now = 0.43  # of the 0.44 s that there are
    second.leave()
    waiting.join()

    assert len(errors) == 1
    assert lanes.refused == {"slow": 1}
