"""Queries of the shapes: run for all focus nodes at once, and meant as one after the other."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from comity.validation.compiled import ShapesError, Validator
from validation.compiled import random_shapes as some

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .
"""
DATA = """
ex:a a ex:C ; ex:p 1 , 2 , 3 ; ex:q "x"@en .
ex:b a ex:C ; ex:p 5 ; ex:q "y" .
_:c a ex:C ; ex:p 7 .
"""


def parse(text: str) -> list[Any]:
    return list(ox.parse(PREFIXES + text, format=ox.RdfFormat.TURTLE))


def with_query(select: str, rest: str = "") -> list[Any]:
    return parse(
        f"""ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql ex:Q .
        ex:Q sh:prefixes ex: ; sh:select '''{select}''' . {rest}"""
    )


SELECTS = {
    "filter": "SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value > 4) }",
    "bound in a nested group": "SELECT $this WHERE { { FILTER(bound($this)) } $this ex:q ?any }",
    "union": "SELECT $this WHERE { { $this ex:q 'y' } UNION { FILTER($this = ex:a) } }",
    "optional": "SELECT $this WHERE { OPTIONAL { $this ex:q ?q } FILTER(!bound(?q)) }",
    "not exists": "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:q ?q . FILTER(?q != 'y') } }",
    "path and value": "SELECT $this ?path ?value WHERE { $this ?path ?value . FILTER(?value = 5) }",
    "grouped": """SELECT $this WHERE { { SELECT $this (COUNT(?v) AS ?n)
        WHERE { $this ex:p ?v } GROUP BY $this } FILTER(?n > 2) }""",
    "one at a time": "SELECT $this ?value WHERE { $this ex:p ?value } ORDER BY ?value LIMIT 1",
    "operators": "SELECT $this WHERE{$this ex:p ?v.FILTER(?v>=1.5&&?v<=4||?v!=?v)}",
    "a sign in a text": "SELECT $this WHERE { $this ex:q ?q FILTER(?q != '{ $this }') } # {",
    "current shape": "SELECT $this WHERE { FILTER($currentShape = ex:S && bound($currentShape)) }",
}


@pytest.mark.parametrize("select", SELECTS.values(), ids=SELECTS.keys())
def test_a_query_is_answered_as_by_pyshacl(select: str) -> None:
    shapes, data = with_query(select), parse(DATA)

    found = some.compiled(shapes, data)

    assert Validator(ox, shapes).hold(data).left == ()
    assert found
    assert found == some.pyshacl(shapes, data)


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { $this ex:p ?v MINUS { $this ex:q 'y' } }",
        "SELECT $this WHERE { VALUES ?v { 1 } $this ex:p ?v }",
        "SELECT $this WHERE { SERVICE <http://example.org/> { $this ex:p ?v } }",
        "SELECT $this WHERE { $this ex:p ?v { SELECT ?v WHERE { ?x ex:p ?v } } }",
        "SELECT $this WHERE { BIND(ex:a AS $this) }",
    ],
)
def test_what_pre_binding_forbids_is_a_failure(select: str) -> None:
    with pytest.raises(ShapesError):
        Validator(ox, with_query(select))


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("SELECT $this (COUNT(?v) AS ?n) WHERE { $this ex:p ?v } HAVING(?n > 2)", "aggregates"),
        ("SELECT $this WHERE { GRAPH ?g { $this ex:p ?v } }", "named graphs"),
    ],
)
def test_what_needs_each_node_is_left_to_the_fallback_with_its_reason(
    select: str, reason: str
) -> None:
    (left,) = Validator(ox, with_query(select)).left

    assert left.shape == some.ex("S")
    assert reason in left.reason


def test_a_query_that_sees_a_rewritten_literal_is_left_to_the_fallback() -> None:
    shapes = with_query(
        "SELECT $this ?value WHERE { $this ex:r ?value FILTER(STR(?value) = '1.50') }"
    )
    plain, raw = parse(DATA), parse(f"{DATA} ex:a ex:r 1.50 .")
    validator = Validator(ox, shapes)
    held = validator.hold(plain)
    assert held.report().conforms
    assert held.left == ()

    difference = held.change([each for each in raw if each.predicate == some.ex("r")], [])

    (result,) = difference.appeared
    assert result.value == ox.Literal("1.50", datatype=ox.NamedNode(f"{some.XSD}decimal"))
    assert [each.shape for each in held.left] == [some.ex("S")]
    assert held.change([], [each for each in raw if each.predicate == some.ex("r")]).disappeared


def test_messages_are_filled_in() -> None:
    shapes = with_query(
        "SELECT $this ?value WHERE { $this ex:p ?value FILTER(?value > 6) }",
        'ex:Q sh:message "{?value} is more than {$most}, {?this}."@en .',
    )

    (result,) = Validator(ox, shapes).validate(parse(DATA)).results

    assert result.messages[0].language == "en"
    assert result.messages[0].value.startswith("7 is more than {$most}, ")


def test_a_deactivated_query_is_not_run() -> None:
    shapes = with_query("SELECT $this WHERE { }", "ex:Q sh:deactivated true .")

    assert Validator(ox, shapes).validate(parse(DATA)).conforms


COMPONENT = """
ex:AtMost a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:most ] , [ sh:path ex:offset ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:prefixes ex: ;
        sh:message "More than {$most}." ;
        sh:ask "ASK { FILTER($value <= $most + COALESCE($offset, 0)) }" ] .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P .
ex:P sh:path ex:p ; ex:most 2 .
"""


def test_a_component_judges_each_value() -> None:
    found = Validator(ox, parse(COMPONENT)).validate(parse(DATA)).results

    assert {each.value.value for each in found} == {"3", "5", "7"}
    assert {each.component for each in found} == {some.ex("AtMost")}
    assert {each.messages[0].value for each in found} == {"More than 2."}


def test_an_optional_parameter_counts_where_it_is_given() -> None:
    found = Validator(ox, parse(f"{COMPONENT} ex:P ex:offset 3 .")).validate(parse(DATA)).results

    assert {each.value.value for each in found} == {"7"}


@pytest.mark.parametrize(
    ("shape", "reason"),
    [
        ("ex:S sh:property [ sh:path ex:p ; sh:pattern '(?=a)' ]", "pattern"),
        ("ex:S sh:property [ sh:path ex:p ; sh:in ( [] ) ]", "blank node"),
        ("ex:S sh:node ex:S", "refers to itself"),
        ("ex:S sh:datatype xsd:string , xsd:date", "two values"),
        ("ex:S sh:minCount 1", "no path"),
    ],
)
def test_what_is_not_compiled_is_told_with_its_reason(shape: str, reason: str) -> None:
    left = Validator(ox, parse(f"ex:S a sh:NodeShape ; sh:targetClass ex:C . {shape} .")).left

    assert any(reason in each.reason for each in left)


def test_a_shape_that_is_left_is_judged_all_the_same() -> None:
    shapes = parse(
        """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P , ex:R .
        ex:P sh:path ex:q ; sh:pattern "^(?!x)" . ex:R sh:path ex:p ; sh:maxCount 1 ."""
    )
    held = Validator(ox, shapes).hold(parse(DATA))

    assert {each.component.value.removeprefix(some.SH) for each in held.report().results} == {
        "PatternConstraintComponent",
        "MaxCountConstraintComponent",
    }
    assert [each.shape for each in held.left] == [some.ex("P")]


def test_the_report_is_a_graph() -> None:
    shapes = parse("ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .")

    report = Validator(ox, shapes).validate(parse(DATA))

    text = report.n_triples(ox)
    assert len(list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES))) == 3 + 1 + 6 - 1
    assert "ValidationReport" in text


def test_a_preview_leaves_literals_as_they_were() -> None:
    shapes = parse("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:r ; sh:maxCount 0 ] .")
    held = Validator(ox, shapes).hold(parse(DATA))
    before = set(held.data.statements())
    raw = [each for each in parse("ex:a ex:r 1.50 , 007 .") if each.subject == some.ex("a")]

    assert len(held.preview(raw, []).appeared) == 1
    assert set(held.data.statements()) == before
    held.change(raw, [])
    assert held.preview([], raw).disappeared
    assert set(held.data.statements()) == before | {
        (each.subject, each.predicate, each.object) for each in raw
    }


def test_what_is_applied_unjudged_is_judged_with_the_next_report() -> None:
    shapes = with_query("SELECT $this WHERE { $this ex:bad ?x }")
    held = Validator(ox, shapes).hold(parse(DATA))
    held.prepare()
    assert held.report().conforms

    held.apply([ox.Triple(some.ex("a"), some.ex("bad"), some.ex("a"))], [])

    (result,) = held.report().results
    assert result.focus == some.ex("a")
    assert result.parameter == "sh:sparql"


def test_a_change_that_cannot_be_judged_leaves_all_as_it_was() -> None:
    shapes = with_query("SELECT $this ?failure WHERE { $this ex:bad ?x BIND(true AS ?failure) }")
    held = Validator(ox, shapes).hold(parse(DATA))
    held.report()
    bad = ox.Triple(some.ex("a"), some.ex("bad"), some.ex("a"))

    with pytest.raises(ShapesError):
        held.change([bad], [])

    assert held.report().conforms
    assert not held.change([], [bad]).appeared
