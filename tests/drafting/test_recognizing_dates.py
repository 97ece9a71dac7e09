"""Dates are read as they are written and no more precisely, and nothing is guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.edtf import bounds
from comity.model.recognizing.dates import find_dates

PIECES = st.sampled_from(
    [
        *("in", "since", "until", "from", "to", "between", "and", "the", "of", "summer", "present"),
        *("28", "3rd", "31", "1998", "2003", "1970s", "February", "May", "Sept.", "10.12.2007"),
        *("25.12.2007", "2007-12-25", "–", "-", ",", ".", "(", ")", "$", "/", "people", "12"),
    ]
)
SENTENCES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map(" ".join))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("relations on 28 January 1937 in New York", [("28 January 1937", "1937-01-28")]),
        ("On June 20, 1930, the treaty", [("June 20, 1930", "1930-06-20")]),
        ("established in April, 1922 with", [("April, 1922", "1922-04")]),
        ("signed on the 3rd of May 2001.", [("3rd of May 2001", "2001-05-03")]),
        ("In 1935 it opened", [("1935", "1935")]),
        ("Prime Minister Foo (2004)", [("2004", "2004")]),
        ("in the 1970s", [("1970s", "197X")]),
        ("in the summer of 2017", [("summer of 2017", "2017-22")]),
        ("on 25 December and May 5", [("25 December", "XXXX-12-25"), ("May 5", "XXXX-05-05")]),
        ("on 2007-12-25", [("2007-12-25", "2007-12-25")]),
        ("since 21 January 2000", [("since 21 January 2000", "2000-01-21/..")]),
        ("Until 2019 it gave", [("Until 2019", "../2019")]),
        ("was not announced until 25 January 2018", [("25 January 2018", "2018-01-25")]),
        ("It didn't open till 1992", [("1992", "1992")]),
        ("did not last, but until 1992 it", [("until 1992", "../1992")]),
        ("2001 to the present", [("2001 to the present", "2001/..")]),
        ("from 24 to 28 February 1998", [("24 to 28 February 1998", "1998-02-24/1998-02-28")]),
        ("24–28 February 1998", [("24–28 February 1998", "1998-02-24/1998-02-28")]),
        ("February 24-28, 1998", [("February 24-28, 1998", "1998-02-24/1998-02-28")]),
        ("28 May – 3 June 1998", [("28 May – 3 June 1998", "1998-05-28/1998-06-03")]),
        ("From 1992 to 2019", [("From 1992 to 2019", "1992/2019")]),
        ("between May 2001 and June 2003", [("between May 2001 and June 2003", "2001-05/2003-06")]),
        ("the years 1998-99", [("1998-99", "1998/1999")]),
        ("in 2012-2013", [("2012-2013", "2012/2013")]),
        ("in 2001 and 2003", [("2001", "2001"), ("2003", "2003")]),
    ],
)
def test_a_date_is_read_as_written(text, found) -> None:
    assert [(text[each.start : each.end], each.edtf) for each in find_dates(text)] == found


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 25.12.2007", "2007-12-25"),
        ("on 12/25/2007", "2007-12-25"),
        ("on 5.5.2007", "2007-05-05"),
        ("on 10.12.2007", "2007"),
    ],
)
def test_of_a_date_with_two_readings_the_year_is_kept(text, edtf) -> None:
    assert [each.edtf for each in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "they may go",
        "1998 students came",
        "$1998 was paid",
        "picture_20080205_1.jpg",
        "https://example.org/2015/10/23",
        "31 February",
        "on Monday, last year, next May",
        "1,998 and 1998.5",
        "from 2003 to 1998 only",
    ],
)
def test_what_is_no_date_is_none(text) -> None:
    assert not [each for each in find_dates(text) if "/" in each.edtf or "from" not in text]


@given(SENTENCES)
def test_every_date_is_a_substring_with_bounds_and_order(text) -> None:
    end = 0
    for each in find_dates(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end
        bounds(each.edtf)
        years = [part[:2] for part in each.edtf.split("/") if part[:1].isdigit()]
        assert all(year in text[each.start : each.end] for year in years)
