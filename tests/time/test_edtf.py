from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import UsageError
from comity.model.edtf import LONGEST, Bounds, bounds, is_vague

CALENDAR = [date(1890, 1, 1) + timedelta(days=n) for n in range(80_000)]
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


def span(first: str, last: str) -> Bounds:
    return Bounds(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("1998-02-24", "1998-02-24", "1998-02-24"),
        ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1997", "1997-01-01", "1997-12-31"),
        ("197X", "1970-01-01", "1979-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("1XXX-02-29", "1004-02-29", "1996-02-29"),
        ("2015-XX", "2015-01-01", "2015-12-31"),
        ("2015-02-XX", "2015-02-01", "2015-02-28"),
        ("2015-XX-30", "2015-01-30", "2015-12-30"),
        ("2015-1X", "2015-10-01", "2015-12-31"),
        ("000X", "0001-01-01", "0009-12-31"),
        ("2011-21", "2011-03-01", "2011-05-31"),
        ("2017-22", "2017-06-01", "2017-08-31"),
        ("2017-23", "2017-09-01", "2017-11-30"),
        ("2015-24", "2015-12-01", "2016-02-29"),
        ("2015-28", "2015-12-01", "2016-02-29"),
        ("2015-29", "2015-09-01", "2015-11-30"),
        ("2015-30", "2015-12-01", "2016-02-29"),
        ("2015-32", "2015-06-01", "2015-08-31"),
        ("2019-33", "2019-01-01", "2019-03-31"),
        ("2019-36", "2019-10-01", "2019-12-31"),
        ("2019-39", "2019-09-01", "2019-12-31"),
        ("2019-41", "2019-07-01", "2019-12-31"),
        ("2000~", "2000-01-01", "2000-12-31"),
        ("2001-02?", "2001-02-01", "2001-02-28"),
        ("2004-06-~11", "2004-06-11", "2004-06-11"),
        ("197X%", "1970-01-01", "1979-12-31"),
        ("1998-02-24/1998-02-28", "1998-02-24", "1998-02-28"),
        ("2012/2013", "2012-01-01", "2013-12-31"),
        ("1997-12/2000", "1997-12-01", "2000-12-31"),
        ("2001-21/2001-22", "2001-03-01", "2001-08-31"),
        ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03"),
        ("2000~/2001?", "2000-01-01", "2001-12-31"),
    ],
)
def test_bounds_of_a_form(edtf, first, last):
    assert bounds(edtf) == span(first, last)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2000/..", Bounds(date(2000, 1, 1), None, open_end=True)),
        ("2016-02-01/..", Bounds(date(2016, 2, 1), None, open_end=True)),
        ("../2019", Bounds(None, date(2019, 12, 31), open_start=True)),
        ("../..", Bounds(None, None, open_start=True, open_end=True)),
        ("2000/", Bounds(date(2000, 1, 1), None)),
        ("/2019", Bounds(None, date(2019, 12, 31))),
        ("XXXX-12-25", Bounds(None, None)),
        ("XXXX", Bounds(None, None)),
        ("XXXX-02-29", Bounds(None, None)),
    ],
)
def test_absent_bounds_are_not_invented(edtf, expected):
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "2000 ", " 2000", "spring of 2011", "1998-2-4", "24/02/1998", "２０００"),
        *("2001-02-30", "2001-02-29", "2001-13", "2001-00", "2001-21-05", "2001-04-31"),
        *("0000", "-0044", "Y12345", "Y-17E7", "9999-24", "[1998,2000]", "{1999,2001}", "1950S2"),
        *(
            "2000/1990",
            "2001-05/2001-04",
            "open/2000",
            "2000/unknown",
            "/",
            "2000//2001",
            "2000/2001/",
        ),
        *("2000\n", "2000\x00", "\ud800", "(" * 50, "1" * 5000, "2001-21^N", "2015-XX-3X-01"),
    ],
)
def test_what_does_not_parse_is_refused_in_one_sentence(text):
    with pytest.raises(UsageError) as refused:
        bounds(text)
    assert "\n" not in str(refused.value)
    assert repr(text)[1:15] in str(refused.value) or len(text) > LONGEST


@given(DAYS)
def test_a_day_a_month_and_a_year_are_their_own_bounds(day):
    assert bounds(day.isoformat()) == Bounds(day, day)
    month, year = bounds(f"{day:%Y-%m}"), bounds(f"{day:%Y}")
    assert (month.earliest, year.earliest) == (day.replace(day=1), day.replace(month=1, day=1))
    assert month.latest + timedelta(days=1) == (month.earliest + timedelta(days=31)).replace(day=1)
    assert year.latest == day.replace(month=12, day=31)


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sets(st.sampled_from([2, 3, 5, 6, 8, 9]), min_size=1))
def test_bounds_of_unspecified_digits_are_the_first_and_last_day_that_fit(day, hidden):
    masked = "".join("X" if n in hidden else sign for n, sign in enumerate(day.isoformat()))
    fits = re.compile(masked.replace("X", "."))
    fitting = [each for each in CALENDAR if fits.fullmatch(each.isoformat())]
    assert bounds(masked) == Bounds(fitting[0], fitting[-1])
    assert is_vague(masked)


@given(DAYS, DAYS)
def test_an_interval_reaches_from_its_start_to_its_end(one, other):
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == Bounds(first, last)
    assert bounds(f"{first}/..") == Bounds(first, None, open_end=True)
    assert bounds(f"../{last}") == Bounds(None, last, open_start=True)
    if first < last:
        with pytest.raises(UsageError):
            bounds(f"{last}/{first}")


@settings(deadline=None)
@given(DAYS, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d", "%Y-21", "%Y-23", "%Y-XX"]))
def test_bounds_agree_with_the_library_where_it_is_right(day, form):
    edtf = day.strftime(form)
    parsed = parse_edtf(edtf)
    found = bounds(edtf)
    assert found.earliest.timetuple()[:3] == parsed.lower_strict()[:3]
    assert found.latest.timetuple()[:3] == parsed.upper_strict()[:3]


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789X-/.~?%TZ:", max_size=24) | st.text(max_size=70))
def test_any_text_has_ordered_bounds_or_is_refused(text):
    try:
        found = bounds(text)
    except UsageError:
        return
    assert not (found.earliest and found.latest) or found.earliest <= found.latest
    assert not (found.open_start and found.earliest)
    assert not (found.open_end and found.latest)
