"""Literals are judged as they are written, whatever the engine would make of them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from comity.validation.compiled.coding import PREFIX, Coding
from comity.validation.compiled.lexical import is_kept, is_well_formed

XSD = "http://www.w3.org/2001/XMLSchema#"
VALUES = [
    *(("integer", text) for text in ("0", "-1", "12", "007", "-0", "+1", "1" * 30, "", "1.0", "x")),
    *(("byte", text) for text in ("1", "127", "128", "-129")),
    *(("nonNegativeInteger", text) for text in ("0", "-1", "5")),
    *(("decimal", text) for text in ("1.5", "1.50", "1", "1.", ".5", "-0.5", "1e3", "0.0")),
    *(("double", text) for text in ("1.0E6", "1.5", "INF", "NaN", "1.0", "inf")),
    *(("boolean", text) for text in ("true", "false", "1", "0", "True")),
    *(
        ("date", text)
        for text in ("2015-02-28", "2015-02-30", "2016-02-29", "15-02-28", "2015-2-1")
    ),
    *(("date", text) for text in ("2015-02-28Z", "-0044-03-15", "2015-02-28+14:01")),
    *(("dateTime", text) for text in ("2015-02-28T00:00:00", "2015-02-28T00:00:00.000Z")),
    *(("dateTime", text) for text in ("2015-02-28T24:00:00", "2015-02-28T25:00:00", "2015-02-28")),
    *(("gYear", text) for text in ("2015", "15", "02015")),
    *(("gYearMonth", text) for text in ("2015-02", "2015-13")),
    *(("duration", text) for text in ("P1Y", "PT60S", "P", "PT", "P1YT")),
    *(("dayTimeDuration", text) for text in ("PT60S", "P1Y")),
    *(("time", text) for text in ("12:00:00", "12:00:00.0", "12:00")),
    *(("hexBinary", text) for text in ("0aF1", "0aF")),
    *(("string", text) for text in ("", " a ", "\n")),
    *(("anyURI", text) for text in ("", "a b")),
]
ILL = {
    *(("integer", text) for text in ("", "1.0", "x")),
    *(("byte", text) for text in ("128", "-129")),
    ("nonNegativeInteger", "-1"),
    ("decimal", "1e3"),
    ("double", "inf"),
    ("boolean", "True"),
    *(("date", text) for text in ("2015-02-30", "15-02-28", "2015-2-1", "2015-02-28+14:01")),
    *(("dateTime", text) for text in ("2015-02-28T25:00:00", "2015-02-28")),
    *(("gYear", text) for text in ("15", "02015")),
    ("gYearMonth", "2015-13"),
    *(("duration", text) for text in ("P", "PT", "P1YT")),
    ("dayTimeDuration", "P1Y"),
    ("time", "12:00"),
    ("hexBinary", "0aF"),
}


def literal(name: str, text: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + name))


def stored(term: ox.Literal) -> ox.Literal:
    store, name = ox.Store(), ox.NamedNode("urn:x")
    store.add(ox.Quad(name, name, term))
    return next(iter(store)).object


@pytest.mark.parametrize(("name", "text"), VALUES)
def test_a_form_is_one_of_its_datatype_or_ill_typed(name: str, text: str) -> None:
    assert is_well_formed(text, XSD + name) == ((name, text) not in ILL)


@pytest.mark.parametrize(("name", "text"), VALUES)
def test_what_counts_as_kept_is_given_back_by_the_engine(name: str, text: str) -> None:
    if is_well_formed(text, XSD + name) and is_kept(text, XSD + name):
        assert stored(literal(name, text)) == literal(name, text)


@pytest.mark.parametrize(("name", "text"), VALUES)
def test_every_literal_comes_back_as_it_was_written(name: str, text: str) -> None:
    coding, term = Coding(ox), literal(name, text)

    assert coding.decode(stored(coding.encode(term))) == term


def test_nobody_passes_for_a_literal_of_another_datatype() -> None:
    coding = Coding(ox)
    term = ox.Literal("x", datatype=ox.NamedNode(f"{PREFIX}raw:{XSD}integer"))

    assert coding.encode(term) not in {term, coding.encode(literal("integer", "x"))}
    assert coding.decode(stored(coding.encode(term))) == term


def test_plain_forms_are_stored_as_they_are() -> None:
    coding = Coding(ox)

    for term in (literal("integer", "5"), literal("date", "2015-02-28"), ox.Literal("a")):
        assert coding.encode(term) is term
    assert coding.encode(literal("integer", "05")).datatype.value.startswith(PREFIX)
