"""The functions and the SPARQL pattern are two writings of one rule: here they are held equal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ParameterError
from comity.model.edtf import bounds
from comity.model.period import (
    THROUGHOUT,
    FactTime,
    Period,
    admits,
    is_certain,
    may_overlap,
    read_period,
    time_pattern,
)
from comity.model.terms import CODE, EDTF, ID, NS, XSD
from comity.store.engine import Graph
from comity.store.terms import Iri, Literal, Quad

FACT = Iri(f"{ID}fact")
MARK = Iri(f"{NS}mark")
WITHIN = f"{CODE}time-kind.within"
CUMULATIVE = f"{CODE}time-kind.cumulative"

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(1996, 12, 31))
DATES = DAYS.map(date.isoformat) | st.sampled_from(
    ["1991", "1992~", "199X", "1993-04", "1993-21", "1993-24", "1994?", "1995-XX", "XXXX-12-25"]
)
INTERVALS = st.one_of(
    st.tuples(DATES, st.sampled_from(["..", ""])).map("/".join),
    st.tuples(st.sampled_from(["..", ""]), DATES).map("/".join),
    st.tuples(DAYS, DAYS).map(lambda pair: "/".join(day.isoformat() for day in sorted(pair))),
    st.just("../.."),
)


@st.composite
def fact_times(draw):
    kind = draw(st.sampled_from([None, THROUGHOUT, THROUGHOUT, WITHIN, CUMULATIVE]))
    edtf = draw(st.none() | DATES | INTERVALS)
    if edtf is None:  # a bound without a literal: known only to lie after another fact
        return FactTime(None, draw(st.none() | DAYS), draw(st.none() | DAYS), kind)
    found = bounds(edtf)
    return FactTime(edtf, found.earliest, found.latest, kind)


@st.composite
def periods(draw):
    certain = draw(st.none() | DAYS)
    start, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if start and end and start > end:
        start, end = end, start
    last = certain and certain + timedelta(days=draw(st.sampled_from([0, 0, 30, 364])))
    return Period((certain, last) if certain and last else None, start, end)


def as_graph(fact):
    quads = [Quad(FACT, MARK, Literal("true"), f"{ID}graph")]
    for name, value in (
        ("edtf", fact.edtf and Literal(fact.edtf, EDTF)),
        ("earliest", fact.earliest and Literal(fact.earliest.isoformat(), f"{XSD}date")),
        ("latest", fact.latest and Literal(fact.latest.isoformat(), f"{XSD}date")),
        ("timeKind", fact.kind and Iri(fact.kind)),
    ):
        if value:
            quads.append(Quad(FACT, Iri(NS + name), value, f"{ID}graph"))
    return Graph.of(quads)


@settings(max_examples=400, deadline=None)
@given(fact_times(), periods())
def test_the_pattern_admits_what_the_function_admits(fact, period):
    query = (
        f"SELECT * {{ ?fact <{MARK.value}> ?is\n{time_pattern('fact', period)}\n"
        f"OPTIONAL {{ ?fact <{NS}edtf> ?date }} }}"
    )
    answer = as_graph(fact).query(query)
    assert set(answer.variables) == {"fact", "is", "date"}
    assert bool(answer.rows()) == admits(period, fact)


@settings(deadline=None)
@given(fact_times(), DAYS)
def test_what_is_certain_on_a_day_may_overlap_it(fact, day):
    if is_certain(fact, day, day):
        assert may_overlap(fact, day, day)


@settings(deadline=None)
@given(fact_times(), DAYS, DAYS, DAYS)
def test_a_longer_period_loses_no_fact(fact, one, two, three):
    first, middle, last = sorted((one, two, three))
    if may_overlap(fact, first, middle):
        assert may_overlap(fact, first, last)
        assert may_overlap(fact, None, middle)
        assert may_overlap(fact, first, None)


@settings(deadline=None)
@given(fact_times(), DAYS, DAYS)
def test_what_is_certain_over_days_is_certain_on_each_end(fact, one, two):
    first, last = sorted((one, two))
    assert is_certain(fact, first, last) == (
        is_certain(fact, first, first) and is_certain(fact, last, last)
    )


def time_of(edtf, kind=THROUGHOUT):
    found = bounds(edtf)
    return FactTime(edtf, found.earliest, found.latest, kind)


@pytest.mark.parametrize(
    ("edtf", "kind", "day", "certain", "possible"),
    [
        ("2000/..", THROUGHOUT, "2000-01-01", True, True),
        ("2000/..", THROUGHOUT, "1999-12-31", False, False),
        ("2000/..", THROUGHOUT, "2040-01-01", True, True),
        ("2000/", THROUGHOUT, "2040-01-01", False, True),
        ("2000/", THROUGHOUT, "2000-06-01", False, True),
        ("2000~/..", THROUGHOUT, "2010-01-01", False, True),
        ("2000/..", WITHIN, "2010-01-01", False, True),
        ("2012/2013", THROUGHOUT, "2013-12-31", True, True),
        ("2012/2013", THROUGHOUT, "2014-01-01", False, False),
        ("../2019", CUMULATIVE, "2010-01-01", False, True),
        ("../2019", THROUGHOUT, "2010-01-01", False, True),
        ("197X", WITHIN, "1975-01-01", False, True),
        ("197X", WITHIN, "1980-01-01", False, False),
        ("XXXX-12-25", WITHIN, "2009-07-01", False, True),
        ("1998-02-24/1998-02-28", THROUGHOUT, "1998-02-26", True, True),
    ],
)
def test_facts_of_the_first_source(edtf, kind, day, certain, possible):
    day = date.fromisoformat(day)
    fact = time_of(edtf, kind)
    assert is_certain(fact, day, day) is certain
    assert may_overlap(fact, day, day) is possible


def test_a_fact_without_time_is_in_no_period_but_in_the_whole():
    assert admits(Period(), FactTime())
    assert not may_overlap(FactTime(), date(2000, 1, 1), None)
    assert not is_certain(FactTime(kind=THROUGHOUT), date(2000, 1, 1), date(2000, 1, 1))
    assert time_pattern("fact", Period()) == ""


def test_a_vague_value_is_taken_by_its_bounds():
    period = read_period({"as_of": "2015", "from": "2015-10", "to": " 201X "})
    assert period.certain == (date(2015, 1, 1), date(2015, 12, 31))
    assert (period.start, period.end) == (date(2015, 10, 1), date(2019, 12, 31))
    assert read_period({"as_of": "", "from": "  "}).is_empty


@pytest.mark.parametrize("name", ["as_of", "from", "to"])
@pytest.mark.parametrize(
    "value", ["yesterday", "2015/2016", "2015/..", "../2015", "XXXX-12-25", "2015-02-30", "\ud800"]
)
def test_a_value_without_days_is_refused_by_name(name, value):
    with pytest.raises(ParameterError) as refused:
        read_period({name: value})
    assert refused.value.parameter == name
    assert refused.value.value == value
    assert name in str(refused.value)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ParameterError, match="begins after"):
        read_period({"from": "2016", "to": "2015"})
    assert read_period({"from": "2015-10", "to": "2015"}).start == date(2015, 10, 1)
