from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.errors import UsageError
from comity.model.edtf import bounds
from comity.services.pages.dates import is_machine_date, say_date

WORDS = {
    "1998-02-24/1998-02-28": "24–28 February 1998",
    "1998-02-24/1998-03-02": "24 February 1998 to 2 March 1998",
    "1998-02/1998-05": "February to May 1998",
    "1992/2019": "1992–2019",
    "1992-09-07": "7 September 1992",
    "2015-10": "October 2015",
    "2015": "2015",
    "197X": "1970s",
    "19XX": "1900 to 1999",
    "2011-21": "spring 2011",
    "2010-24": "winter 2010",
    "2011-33": "first quarter of 2011",
    "2011-41": "second half of 2011",
    "2000/..": "since 2000",
    "2016-02-01/..": "since 1 February 2016",
    "../2019": "until 2019",
    "2010/": "from 2010, end unknown",
    "/2011": "until 2011, beginning unknown",
    "XXXX-12-25": "25 December, year not stated",
    "2015-XX": "some time in 2015",
    "2015-10-XX": "some day in October 2015",
    "2017~": "about 2017",
    "2017?": "perhaps 2017",
    "2017%": "perhaps about 2017",
    "XXXX": "year not stated",
    "1X99": "1X99",
}


@pytest.mark.parametrize(("edtf", "words"), WORDS.items())
def test_a_date_is_said_as_vaguely_as_it_is_written(edtf, words):
    assert say_date(edtf) == words


@given(st.text(max_size=20) | st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[?~%]?", fullmatch=True))
def test_every_text_is_said_somehow_and_never_as_nothing(text):
    assert say_date(text) or not text


@given(
    st.from_regex(r"(19|20)[0-9X]{2}(-(0[1-9]|1[0-2]|2[1-4]))?", fullmatch=True),
    st.sampled_from(["{}", "../{}", "{}/.."]),
)
def test_the_digits_of_the_year_are_never_lost(date, form):
    edtf = form.format(date)
    try:
        bounds(edtf)
    except UsageError:
        return

    assert date[:2] in say_date(edtf)


@pytest.mark.parametrize(
    ("edtf", "is_one"),
    [("2015", True), ("2015-10", True), ("2015-10-23", True), ("2011-21", False), ("197X", False)],
)
def test_only_dates_that_html_knows_are_marked_as_dates(edtf, is_one):
    assert is_machine_date(edtf) is is_one
