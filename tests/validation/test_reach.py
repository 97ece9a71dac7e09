"""Random shapes, graphs and edits: what the gate finds new is what a full validation does.

The full validation is pyshacl's own, before the edit and after it, on graphs made for it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyshacl
import rdflib
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import SH

from comity.model.terms import RDF, RDFS, XSD
from comity.store.parsing import parse_document
from comity.store.terms import BlankNode, Iri, Literal, Quad
from comity.validation.incremental import Gate
from comity.validation.naming import short_name, shown
from rdflib_graphs import from_rdflib, to_rdflib

if TYPE_CHECKING:
    from comity.validation.incremental import Verdict

EX = "http://example.org/"
HEAD = f"""
@prefix : <{EX}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <{RDFS}> .
@prefix xsd: <{XSD}> .
"""
PROPERTIES, CLASSES, NODES = "pqr", "CDE", "abcdef"
SPARQL = (
    f'sh:sparql [ sh:select "SELECT $this WHERE {{ $this <{EX}p> ?x . ?x <{EX}q> ?y . '
    f'?y <{EX}r> ?z }}" ]'
)

simple = st.sampled_from([f":{name}" for name in PROPERTIES])
paths = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.builds("[ sh:inversePath {} ]".format, inner),
        st.builds("( {} {} )".format, inner, inner),
        st.builds("[ sh:alternativePath ( {} {} ) ]".format, inner, inner),
        st.builds(
            "[ sh:{} {} ]".format,
            st.sampled_from(["zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]),
            simple,
        ),
    ),
    max_leaves=3,
)
values = st.sampled_from(
    [
        *("sh:class :C", "sh:class :D", "sh:nodeKind sh:IRI", "sh:datatype xsd:string"),
        *("sh:hasValue :a", "sh:in ( :a :b 1 )", "sh:closed true", SPARQL),
        *("sh:not [ sh:class :E ]", "sh:node :Named", "sh:node [ sh:closed true ]"),
    ]
)
counts = st.sampled_from(["sh:minCount 1", "sh:maxCount 1", "sh:minCount 2", "sh:uniqueLang true"])
pairs = st.builds("sh:{} {}".format, st.sampled_from(["equals", "disjoint", "lessThan"]), simple)


def keyword(constraint: str) -> str:
    """Return what a shape may have only one of."""
    return constraint.partition(" ")[0]


def _inside(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=2, unique_by=keyword).map(" ; ".join)
    shape = st.builds("[ {} ]".format, several)
    ruled = st.builds(
        "[ sh:path {} ; {} ]".format,
        paths,
        st.lists(st.one_of(inner, counts, pairs), min_size=1, max_size=3, unique_by=keyword).map(
            " ; ".join
        ),
    )
    qualified = st.builds(
        "[ sh:path {} ; sh:qualifiedValueShape {} ; sh:{} 1 ; "
        "sh:qualifiedValueShapesDisjoint {} ]".format,
        paths,
        shape,
        st.sampled_from(["qualifiedMinCount", "qualifiedMaxCount"]),
        st.sampled_from(["true", "false"]),
    )
    return st.one_of(
        st.builds("sh:node {}".format, shape),
        st.builds("sh:not {}".format, shape),
        st.builds("sh:property {}".format, ruled),
        st.builds("sh:property {} , {}".format, qualified, qualified),
        st.builds(
            "sh:{} ( {} {} )".format,
            st.sampled_from(["and", "or", "xone"]),
            shape,
            st.one_of(ruled, shape),
        ),
    )


constraints = st.recursive(values, _inside, max_leaves=3)
targets = st.sampled_from(
    [
        *("sh:targetClass :C", "sh:targetClass :D , :E", "a rdfs:Class", "sh:targetNode :a , 1"),
        *("sh:targetSubjectsOf :p", "sh:targetObjectsOf :q", "sh:targetObjectsOf :r"),
    ]
)
shapes = st.lists(
    st.builds(
        "a sh:NodeShape ; {} ; {} .".format,
        targets,
        st.lists(constraints, min_size=1, max_size=2, unique_by=keyword).map(" ; ".join),
    ),
    min_size=1,
    max_size=2,
).map(
    lambda bodies: "\n".join(
        [
            HEAD,
            ":Named a sh:NodeShape ; sh:property [ sh:path :r ; sh:minCount 1 ] .",
            *(f":{name} {body}" for name, body in zip("CS", bodies, strict=False)),
        ]
    )
)

things = st.one_of(
    st.sampled_from([Iri(EX + name) for name in NODES]),
    st.sampled_from([BlankNode("x"), BlankNode("y")]),
)
literals = st.sampled_from(
    [Literal("1", f"{XSD}integer"), Literal("2", f"{XSD}integer"), Literal("1")]
)
graphs = st.sampled_from([f"{EX}one", f"{EX}two"])
classes = st.sampled_from([Iri(EX + name) for name in CLASSES])
quads = st.one_of(
    st.builds(
        Quad,
        things,
        st.sampled_from([Iri(EX + name) for name in PROPERTIES]),
        st.one_of(things, literals),
        graphs,
    ),
    st.builds(Quad, things, st.just(Iri(f"{RDF}type")), classes, graphs),
    st.builds(Quad, classes, st.just(Iri(f"{RDFS}subClassOf")), classes, graphs),
)


def told(shapes_graph: rdflib.Graph, statements: set[Quad]) -> set[tuple[object, ...]]:
    """Return the results of a full validation."""
    try:
        _, report, _ = pyshacl.validate(
            to_rdflib(statements), shacl_graph=shapes_graph, inplace=True
        )
    except ReportableRuntimeError:  # such as two lists for sh:closed in one shape
        reject()
    assert isinstance(report, rdflib.Graph), report
    keys = (
        *(SH.focusNode, SH.sourceShape, SH.value, SH.resultPath, SH.sourceConstraintComponent),
        SH.sourceConstraint,
    )
    return {
        tuple(report.value(result, key) for key in keys)
        for result in report.objects(None, SH.result)
    }


def short(results: set[tuple[object, ...]]) -> set[tuple[str, str, str]]:
    return {
        (str(focus), short_name(str(shape)), "" if value is None else shown(from_rdflib(value)))
        for focus, shape, value, *_ in results
    }


def faults(verdict: Verdict) -> set[tuple[str, str, str]]:
    return {(fault.entity, fault.rule, fault.value) for fault in verdict.faults}


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(
    shapes=shapes,
    before=st.sets(quads, max_size=14),
    edits=st.lists(
        st.tuples(st.sets(quads, max_size=2), st.sets(quads, max_size=2), st.integers(0, 13)),
        min_size=1,
        max_size=4,
    ),
)
def test_the_gate_finds_what_a_full_validation_finds_new(shapes, before, edits) -> None:
    rules = list(parse_document(shapes.encode()))
    rules = [rule._replace(graph=f"{EX}shapes") for rule in rules]
    rules_graph = to_rdflib(rules)
    gate = Gate(sorted(before, key=str), rules)
    now = set(before)
    for coming, going, at in edits:
        gone = {quad for quad in going if quad in now} | set(sorted(now, key=str)[at : at + 1])
        new = {quad for quad in coming if quad not in now and quad not in gone}
        then = (now - gone) | new
        expected = told(rules_graph, then) - told(rules_graph, now)

        verdict = gate.check(sorted(new, key=str), sorted(gone, key=str))

        assert faults(verdict) == short(expected)
        gate.accept(sorted(new, key=str), sorted(gone, key=str))
        now = then
