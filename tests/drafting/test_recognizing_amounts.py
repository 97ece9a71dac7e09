"""Amounts are read with their hedge, and `comity check` would find nothing to mend in them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.recognizing.amounts import LONGEST, find_amounts
from comity.model.written import HEDGES, MEASURES, numbers_in

UNITS = {"percent": "percent", "person": "person", "company": "company", "agreement": "agreement"}
PIECES = st.sampled_from(
    [
        *("more than", "about", "up to", "the", "$", "US$", "¥", "€", "yen", "EUR", "USD", "euros"),
        *("5", "22.3", "11,470", "million", "billion", "two", "one", "companies", "people", "%"),
        *("percent", "bilateral", "agreements", "[12]", ".", ",", "Mexican pesos", "ALL", "try"),
    ]
)
SENTENCES = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=20).map(" ".join))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("was US$22.3 million in all", ("US$22.3 million", 22_300_000, "USD", "exact")),
        ("totaled $181 million USD.[13]", ("$181 million USD", 181_000_000, "USD", "exact")),
        ("Imports: ¥ 252 million", ("¥ 252 million", 252_000_000, "JPY", "exact")),
        ("amounts 25.278 billion yen", ("25.278 billion yen", 25_278_000_000, "JPY", "exact")),
        ("or about 179 million EUR", ("about 179 million EUR", 179_000_000, "EUR", "approximate")),
        ("paid 5 million Mexican pesos", ("5 million Mexican pesos", 5_000_000, "MXN", "exact")),
        ("over $1 billion", ("over $1 billion", 10**9, "USD", "more-than")),
        ("up to $3", ("up to $3", 3, "USD", "")),
        ("3.65% of it", ("3.65%", Decimal("3.65"), "percent", "exact")),
        ("2,471 people", ("2,471 people", 2471, "person", "exact")),
        ("two leading companies", ("two leading companies", 2, "company", "exact")),
        ("more than 15 agreements", ("more than 15 agreements", 15, "agreement", "more-than")),
    ],
)
def test_an_amount_is_read_as_written(text, found) -> None:
    (amount,) = find_amounts(text, UNITS)

    measure = amount.currency or amount.unit
    assert (amount.lexical, amount.value, measure, amount.qualifier) == found


@pytest.mark.parametrize(
    "text",
    [
        "the 27th partner",
        "[12] of the list",
        "721 soldiers",
        "try 5 all",
        "a number of companies",
        "version 2.5m",
    ],
)
def test_a_number_without_measure_is_none(text) -> None:
    assert find_amounts(text, UNITS) == []


def test_the_number_of_a_date_is_none() -> None:
    assert find_amounts("in 2012 companies", UNITS, [(3, 7)]) == []


def test_a_hedge_that_does_not_fit_is_told_by_the_qualifier() -> None:
    text = "approximately 12345678901234567890 Mexican pesos"
    (amount,) = find_amounts(text, UNITS)

    assert amount.lexical == "12345678901234567890 Mexican pesos"
    assert amount.qualifier == "approximate"


@given(SENTENCES)
def test_every_amount_is_a_substring_that_bears_it_out(text) -> None:
    end = 0
    for each in find_amounts(text, UNITS):
        assert end <= each.start < each.end <= len(text)
        end = each.end
        assert each.lexical == text[each.start : each.end]
        assert len(each.lexical) <= LONGEST
        assert each.value in numbers_in(each.lexical)
        assert bool(each.currency) != bool(each.unit)
        for pattern, kind, code in MEASURES:
            if pattern.search(each.lexical):
                assert {"currency": each.currency, "unit": each.unit}[kind] == code
        if any(pattern.search(each.lexical) for pattern, _ in HEDGES):
            assert each.qualifier != "exact"
