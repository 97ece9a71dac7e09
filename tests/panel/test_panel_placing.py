"""In which years a fact is: only in those that it certainly touches."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.edtf import bounds
from comity.model.period import THROUGHOUT, FactTime, is_certain
from comity.services.panel.placing import is_uncertain, years_of
from panel_reading import cells, panel_of, rows_of

WITHIN = THROUGHOUT.replace("throughout", "within")


@pytest.mark.parametrize(
    ("edtf", "kind", "years"),
    [
        ("1998-02-24", WITHIN, [1998]),
        ("1998-02-24/1998-02-28", WITHIN, [1998]),
        ("1998-12-30/1999-01-02", WITHIN, []),
        ("197X", WITHIN, []),
        ("2015-XX", WITHIN, [2015]),
        ("2011-24", WITHIN, []),
        ("../2019", WITHIN, []),
        ("2012/2014", WITHIN, []),
        ("2012/2014", THROUGHOUT, [2012, 2013, 2014]),
        ("2012-12-31/2013-01-01", THROUGHOUT, [2012, 2013]),
        ("201X/2021", THROUGHOUT, [2019, 2020, 2021]),
        ("2017/", THROUGHOUT, [2017]),
        ("/2019", THROUGHOUT, [2019]),
        ("2017/..", THROUGHOUT, [2017, 2018, 2019, 2020]),
        ("2025/..", THROUGHOUT, [2025]),
        ("../..", THROUGHOUT, []),
        ("200X/200X", THROUGHOUT, []),
        ("2025-01-12", THROUGHOUT, [2025]),
        ("200X", THROUGHOUT, []),
        ("", WITHIN, []),
        ("nonsense", WITHIN, []),
    ],
)
def test_a_fact_is_in_the_years_that_it_certainly_touches(edtf, kind, years):
    assert list(years_of(edtf, kind, 2020)) == years


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)), st.integers(0, 4_000))
def test_each_year_of_a_lasting_fact_has_a_day_on_which_it_is_certainly_true(start, days):
    end = date.fromordinal(start.toordinal() + days)
    edtf = f"{start}/{end}"
    found = bounds(edtf)
    fact = FactTime(edtf, found.earliest, found.latest, THROUGHOUT)

    years = years_of(edtf, THROUGHOUT, 0)

    for year in range(start.year - 1, end.year + 2):
        first, last = max(start, date(year, 1, 1)), min(end, date(year, 12, 31))
        is_true = first <= last and is_certain(fact, first, first)
        assert (year in years) == is_true


def test_an_open_end_reaches_as_far_as_the_sources_speak():
    relations = (
        "id:ABW-BLZ.relations a comity:Arrangement ; comity:dyad id:ABW-BLZ ; "
        "comity:modality code:modality.ongoing ; "
        "comity:kind code:arrangement.diplomatic-relations ; "
        'comity:edtf "2001-05/.."^^edtf:EDTF ; comity:timeKind code:time-kind.throughout .'
    )
    done = (
        "id:ABW-BLZ.visit comity:dyad id:ABW-BLZ ; comity:modality code:modality.done ; "
        'comity:latest "2003-12-31"^^xsd:date .'
    )
    source = 'id:s a comity:Source ; dcterms:issued "2004-02"^^xsd:gYearMonth .'

    def years(turtle):
        return [year for (year,) in cells(rows_of(panel_of(turtle)), "year")]

    assert years(relations) == ["2001"]
    assert years(relations + done) == ["2001", "2002", "2003"]
    assert years(relations + done + source) == ["2001", "2002", "2003", "2004"]


def test_facts_that_are_in_no_year_are_counted():
    turtle = "".join(
        f"id:ABW-BLZ.m{number} a comity:Meeting ; comity:dyad id:ABW-BLZ ; "
        f"comity:modality code:modality.done {time} ."
        for number, time in enumerate(
            (
                "",
                '; comity:edtf "199X"^^edtf:EDTF ; comity:timeKind code:time-kind.within',
                '; comity:edtf "1999?"^^edtf:EDTF ; comity:timeKind code:time-kind.within',
            )
        )
    )
    panel = panel_of(turtle)

    assert cells(rows_of(panel), "year", "meetings", "notes") == [
        ("1999", "1", "meetings=uncertain")
    ]
    assert panel.coverage.of("meetings").unplaced == 2


def test_only_a_qualifier_makes_a_date_uncertain():
    assert [is_uncertain(each) for each in ("1999?", "1999~", "1999-05%", "199X", "1999/..")] == [
        *(True, True, True, False, False)
    ]
