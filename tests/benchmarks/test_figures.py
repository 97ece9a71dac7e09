import math

import pytest
from peers.figures import Round, figures_of, percentile, ratio


def test_percentiles_are_times_that_were_measured():
    times = [float(number) for number in range(1, 101)]
    assert percentile(times, 50) == 50.0
    assert percentile(times, 95) == 95.0
    assert percentile(times, 100) == 100.0


def test_a_single_time_is_each_of_its_percentiles():
    assert percentile([0.5], 1) == percentile([0.5], 99) == 0.5


def test_figures_are_medians_of_the_rounds_with_their_spread():
    rounds = [Round((0.1,) * 10, 1.0, 0), Round((0.2,) * 30, 1.0, 1), Round((0.3,) * 20, 1.0, 0)]
    figures = figures_of(rounds)
    assert (figures.rate, figures.least, figures.most) == (20.0, 10.0, 30.0)
    assert figures.p50 == pytest.approx(200.0)
    assert (figures.requests, figures.failures) == (60, 1)


def test_a_round_without_an_answer_counts_as_none_a_second_and_has_no_times():
    figures = figures_of([Round((), 30.0, 4)])
    assert (figures.rate, figures.failures) == (0.0, 4)
    assert math.isnan(figures.p95)


def test_a_ratio_needs_two_numbers():
    assert ratio(10.0, 5.0) == 2.0
    assert ratio(10.0, 0.0) is None
    assert ratio(0.0, 10.0) is None
