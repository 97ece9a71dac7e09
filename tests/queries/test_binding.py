"""No value of any parameter can change a query: it is bound as one term, or refused by name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comity.errors import ParameterError
from comity.model.query import CannedQuery, Column, Parameter
from comity.model.terms import CODE, ID, NS, XSD
from comity.model.tokens import spoken, tokenize
from comity.services.binding import LONGEST_STRING, bind, bound, languages, scope_of
from comity.services.directories import directory
from comity.services.selecting import select
from comity.store.terms import Iri, Literal, parse_term

# one query with the parameter in every place where a term may stand
EVERYWHERE = """\
# a comment with ?_value
SELECT ?plain ?nested ?inner ?text WHERE {
  BIND(?_value AS ?plain)
  { BIND(?_value AS ?nested) }
  { SELECT ?inner WHERE { BIND(?_value AS ?inner) FILTER(?inner=?_value) } }
  BIND("a string with ?_value and # time: ?plain" AS ?text)
  FILTER(?_value=?plain&&sameTerm(?_value,?nested))
  # time: ?nothing
}
ORDER BY ?plain
"""
ATTACKS = (
    '" } #',
    '"^^<x:y> . } DROP ALL #',
    "> <x:y> ?z } #",
    "'''",
    '"""',
    "\\",
    "\\u0022 }",
    "\\\\u0022",
    "?_value",
    "# time: ?plain",
    "\n# time: ?plain\n",
    "\r\n} SELECT * {",
    "\x00\x08\x0b\x0c\x7f\x85\u2028\ufeff\ufffe",
    "\U0010ffff𝒳",
    "$_value",
    "LIMIT 0",
    "<script>alert(1)</script>",
)


def query_of(kind, text=EVERYWHERE, **more):
    parameter = Parameter(name="value", type=kind, label="Value", description="It.", **more)
    return CannedQuery(
        slug="everywhere",
        path="queries/catalogue/everywhere.rq",
        text=text,
        form="select",
        summary="What is bound?",
        description="It.",
        tags=("test",),
        parameters=(parameter,),
        columns=tuple(Column(name, "It.") for name in ("plain", "nested", "inner", "text")),
    )


def assert_bound(query, value, graph, term):
    """Bind a value and hold it against the term, in the tokens and through the engine."""
    text = bind(query, {"value": value}, graph)
    written = [token.text for token in spoken(tokenize(term.n3()))]
    expected = []
    for token in spoken(tokenize(query.text)):
        expected += written if token.text == "?_value" else [token.text]
    assert [token.text for token in spoken(tokenize(text))] == expected
    assert parse_term(term.n3()) == term
    unchanged = Literal("a string with ?_value and # time: ?plain")
    assert select(graph, text) == [(term, term, term, unchanged)]


@settings(max_examples=300, deadline=None)
@given(
    value=st.text(min_size=1, max_size=60) | st.text(alphabet="\"'\\\n\r#?_{}<>^@ u0", min_size=1)
)
def test_any_string_is_bound_as_that_literal(small_graph, value):
    assert_bound(query_of("string"), value, small_graph, Literal(value))


@pytest.mark.parametrize("value", ATTACKS)
def test_an_attack_is_a_string_like_any_other(small_graph, value):
    assert_bound(query_of("string"), value, small_graph, Literal(value))


@settings(max_examples=100, deadline=None)
@given(value=st.text(max_size=12) | st.dates().map(date.isoformat))
@example("2015-02-29")
@example("20150101")
@example("2015-W01-1")
@example("２０１５-01-01")
def test_a_date_is_bound_as_that_day_or_refused(small_graph, value):
    query = query_of("date", example="2015-10-23")
    try:
        sound = re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip())
        day = date.fromisoformat(value.strip()) if sound else None
    except ValueError:
        day = None
    if day is None:
        with pytest.raises(ParameterError, match="Parameter value"):
            bind(query, {"value": value}, small_graph)
    else:
        assert_bound(query, value, small_graph, Literal(day.isoformat(), f"{XSD}date"))


@settings(max_examples=100, deadline=None)
@given(value=st.integers(-(10**18) + 1, 10**18 - 1))
def test_any_integer_is_bound_as_that_number(small_graph, value):
    assert_bound(query_of("integer"), str(value), small_graph, Literal(str(value), f"{XSD}integer"))
    padded = f" +00{value} " if 0 <= value < 10**15 else str(value)
    assert_bound(query_of("integer"), padded, small_graph, Literal(str(value), f"{XSD}integer"))


@pytest.mark.parametrize(
    "value", ["1.5", "1e3", "０", "ten", "1 2", "1_000", "9" * 19, "0x10", "-"]
)
def test_what_is_no_integer_is_refused(small_graph, value):
    with pytest.raises(ParameterError, match="whole number"):
        bind(query_of("integer"), {"value": value}, small_graph)


@settings(max_examples=150, deadline=None)
@given(value=st.text(min_size=1, max_size=40) | st.sampled_from(ATTACKS))
def test_any_text_for_a_thing_is_a_member_or_refused(small_graph, value):
    query = query_of("thing", of_class=f"{NS}State")
    members = {thing.iri for thing in directory(small_graph, scope_of(query.parameters[0])).things}
    try:
        term = bound(query, {"value": value}, small_graph).terms["value"]
    except ParameterError:
        return
    assert isinstance(term, Iri)
    assert term.value in members


@pytest.mark.parametrize(
    "value", ["Azerbaijan", "AZE", "aze", "id:AZE", f"{ID}AZE", "Azərbaycan", "アゼルバイジャン"]
)
def test_a_state_is_bound_however_it_is_named(small_graph, value):
    assert_bound(query_of("thing", of_class=f"{NS}State"), value, small_graph, Iri(f"{ID}AZE"))


@pytest.mark.parametrize(
    "value", ["energy", "Energy", "code:domain.energy", f"{CODE}domain.energy"]
)
def test_a_code_is_bound_within_its_scheme(small_graph, value):
    query = query_of("code", scheme=f"{CODE}domain")
    assert_bound(query, value, small_graph, Iri(f"{CODE}domain.energy"))


@pytest.mark.parametrize(
    ("kind", "more", "value", "suggestion"),
    [
        ("thing", {"of_class": f"{NS}State"}, "Azerbaijann", "Azerbaijan (AZE)"),
        ("thing", {"of_class": f"{NS}State"}, "http://example.org/AZE", None),
        ("thing", {"of_class": f"{NS}State"}, f"{ID}AZE> ?p ?o . <{ID}JPN", None),
        ("thing", {"of_class": f"{NS}State"}, "id:AZE-JPN", None),
        ("code", {"scheme": f"{CODE}domain"}, "energie", "energy"),
        ("code", {"scheme": f"{CODE}domain"}, "code:sector.energy", None),
        ("language", {}, "xx", "en"),
    ],
)
def test_a_refusal_names_parameter_value_and_near_matches(
    small_graph, kind, more, value, suggestion
):
    with pytest.raises(ParameterError) as refused:
        bind(query_of(kind, **more), {"value": value}, small_graph)
    error = refused.value
    assert (error.parameter, error.value) == ("value", value)
    assert str(error).startswith("Parameter value: ")
    assert repr(value) in str(error)
    assert len(error.suggestions) <= 3
    if suggestion:
        assert suggestion == error.suggestions[0]
        assert suggestion in str(error)


@pytest.mark.parametrize("kind", ["string", "thing", "code", "date", "integer", "language"])
def test_half_a_character_is_refused(small_graph, kind):
    more = {"thing": {"of_class": f"{NS}State"}, "code": {"scheme": f"{CODE}domain"}}
    with pytest.raises(ParameterError, match="half a character"):
        bind(query_of(kind, **more.get(kind, {})), {"value": "a\ud800"}, small_graph)


def test_a_string_has_a_length(small_graph):
    assert_bound(
        query_of("string"), "x" * LONGEST_STRING, small_graph, Literal("x" * LONGEST_STRING)
    )
    with pytest.raises(ParameterError, match="at most 1000 characters") as refused:
        bind(query_of("string"), {"value": "x" * (LONGEST_STRING + 1)}, small_graph)
    assert len(str(refused.value)) < LONGEST_STRING


def test_a_language_is_one_that_labels_have(small_graph):
    assert languages(small_graph) == ("en", "az", "ja")
    assert_bound(query_of("language"), " JA ", small_graph, Literal("ja"))


def test_an_unknown_parameter_is_refused_with_the_near_one(small_graph):
    with pytest.raises(
        ParameterError, match=r"no parameter 'vlaue'; did you mean value\?"
    ) as refused:
        bind(query_of("string"), {"vlaue": "x"}, small_graph)
    assert refused.value.suggestions == ("value",)
    with pytest.raises(ParameterError, match=r"no parameter 'zzz'; it takes value\."):
        bind(query_of("string"), {"zzz": "x"}, small_graph)


def test_a_default_stands_in_and_a_required_value_is_asked_for(small_graph):
    assert 'BIND("usual" AS ?plain)' in bind(query_of("string", default="usual"), {}, small_graph)
    assert "usual" in bind(query_of("string", default="usual"), {"value": ""}, small_graph)
    with pytest.raises(ParameterError, match=r"needs a value; for example value=this\."):
        bind(query_of("string", example="this"), {}, small_graph)


OPTIONAL_STATE = (
    f"SELECT ?fact {{ ?fact <{NS}dyad> ?dyad OPTIONAL {{ ?fact <{NS}from> ?from }} "
    "FILTER(!bound ( ?_value ) || ?from = ?_value) } ORDER BY ?fact"
)


def test_an_optional_parameter_may_stay_unbound(small_graph):
    query = query_of("thing", OPTIONAL_STATE, of_class=f"{NS}State", example="AZE", required=False)
    assert len(select(small_graph, bind(query, {}, small_graph))) == 4
    given = bind(query, {"value": "Japan"}, small_graph)
    assert "bound" not in given
    assert select(small_graph, given) == [(Iri(f"{ID}two"),)]


TIMED = f"SELECT ?fact {{ ?fact <{NS}dyad> ?_value .\n  # time: ?fact\n}} ORDER BY ?fact"


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ({}, ["one", "three", "two"]),
        ({"as_of": "2010-01-01"}, ["two"]),
        ({"as_of": "1999"}, []),
        ({"from": "1999"}, ["two"]),
        ({"to": "1998-06"}, ["one"]),
        ({"from": "1998", "to": "201X"}, ["one", "two"]),
        ({"as_of": "2010", "to": "1999"}, []),
    ],
)
def test_time_is_asked_for_at_the_marker(small_graph, values, facts):
    query = query_of("thing", TIMED, of_class=f"{NS}Dyad", default="AZE-JPN")
    text = bind(replace(query, time="fact"), values, small_graph)
    assert select(small_graph, text) == [(Iri(ID + fact),) for fact in facts]


def test_a_query_without_time_refuses_a_period(small_graph):
    with pytest.raises(ParameterError, match="no parameter 'as_of'"):
        bind(query_of("string"), {"value": "x", "as_of": "2010"}, small_graph)
