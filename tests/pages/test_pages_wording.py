from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model.terms import CODE, EDTF, NS, XSD
from comity.services.pages.reading import Names, Node, short, spaced, special_classes
from comity.services.pages.views import Name
from comity.services.pages.wording import plural, say_amount, say_number, say_value
from comity.services.speech import LANGUAGES, speaking
from comity.store.terms import BlankNode, Iri, Literal, tagged

NAMES = Names(
    {
        iri: Name(iri, label)
        for iri, label in {
            f"{CODE}unit.person": "person",
            f"{CODE}unit.company": "company",
            f"{CODE}unit.rank": "rank",
            f"{CODE}unit.percent": "per cent",
            f"{CODE}qualifier.several": "several",
            f"{CODE}currency.USD": "US dollar",
        }.items()
    }
)


def amount(**values):
    terms = {
        f"{NS}{name}": [Iri(CODE + value) if "." in value and name != "value" else Literal(value)]
        for name, value in values.items()
    }
    return say_amount(Node("x:amount", terms), NAMES, {f"{CODE}currency.USD": "USD"}).text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (
            {"value": "22080000", "currency": "currency.USD", "qualifier": "qualifier.approximate"},
            "approximately USD 22,080,000",
        ),
        ({"min": "1000000000", "currency": "currency.USD"}, "more than USD 1,000,000,000"),
        ({"value": "763.82", "currency": "currency.USD"}, "USD 763.82"),
        ({"value": "3", "unit": "unit.person", "qualifier": "qualifier.exact"}, "3 people"),
        ({"value": "1", "unit": "unit.person"}, "1 person"),
        ({"unit": "unit.company", "qualifier": "qualifier.several"}, "several companies"),
        (
            {"unit": "unit.company", "qualifier": "qualifier.unspecified-number"},
            "an unspecified number of companies",
        ),
        ({"value": "37.1", "unit": "unit.percent"}, "37.1 per cent"),
        ({"value": "27", "unit": "unit.rank"}, "rank 27"),
    ],
)
def test_an_amount_is_said_with_its_hedge(values, text):
    assert amount(**values) == text


@pytest.mark.parametrize(
    ("lexical", "text"),
    [
        ("900", "900"),
        ("2471", "2,471"),
        ("3.650", "3.65"),
        ("22080000.0", "22,080,000"),
        ("-5", "-5"),
        ("many", "many"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_a_number_keeps_its_value(lexical, text):
    assert say_number(lexical) == text


@pytest.mark.parametrize(
    ("tongue", "lexical", "text"),
    [
        ("az", "22080000.55", "22.080.000,55"),
        ("az", "3.650", "3,65"),
        ("az", "-1234", "-1.234"),
        ("az", "many", "many"),
        ("ja", "22080000.55", "22,080,000.55"),
        ("en", "INF", "INF"),
        ("en", "NaN", "NaN"),
    ],
)
def test_a_number_has_the_signs_of_its_language(tongue, lexical, text):
    with speaking(tongue):
        assert say_number(lexical) == text


@given(st.from_regex(r"[1-9][0-9]{0,40}(\.[0-9]{0,30}[1-9])?", fullmatch=True))
def test_no_digit_of_a_number_is_lost_in_any_language(lexical):
    for tongue in LANGUAGES:
        with speaking(tongue):
            said = say_number(lexical)
        assert re.sub(r"\D", "", said) == lexical.replace(".", "")


def test_only_english_makes_a_plural_after_a_number():
    for tongue in ("az", "ja"):
        with speaking(tongue):
            assert plural("company") == "company"
            assert plural("company", "en") == "companies"


def test_plurals():
    assert [plural(noun) for noun in ("day", "company", "document", "person", "per cent")] == [
        "days",
        "companies",
        "documents",
        "people",
        "per cent",
    ]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Iri(f"{CODE}currency.USD"), "US dollar"),
        (Iri("http://www.wikidata.org/entity/Q17"), "wd:Q17"),
        (Literal("2011-21", EDTF), "spring 2011"),
        (Literal("5000", f"{XSD}integer"), "5,000"),
        (tagged("Bakı", "az"), "Bakı"),
        (BlankNode("b0"), "_:b0"),
    ],
)
def test_a_value_is_said_in_words(term, text):
    assert say_value(term, NAMES).text == text


def test_a_property_of_another_vocabulary_goes_by_its_local_name():
    assert spaced("http://www.w3.org/2002/07/owl#versionIRI") == "version IRI"
    assert short("http://www.w3.org/2002/07/owl#versionIRI") == "owl:versionIRI"


def test_only_the_most_special_classes_are_named():
    supers = {"Visit": frozenset({"Event", "Fact"}), "Event": frozenset({"Fact"})}

    assert special_classes(["Fact", "Visit", "Event"], supers) == ("Visit",)
