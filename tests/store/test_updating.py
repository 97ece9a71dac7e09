"""Updates: the staged suite of the W3C, and the same effect as the engine's own update."""

# ruff: noqa: ISC002 - SPARQL texts stand over two lines

from __future__ import annotations

from functools import cache

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.errors import ComityError, QuerySyntaxError, RefusedError, UsageError
from comity.model.terms import RDF
from comity.store.evaluating import Evaluation
from comity.store.updating import UpdateRequest, read_update
from shared_material import SHARED, shared

SUITE = SHARED / "conformance/rdf-tests/sparql/sparql11"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
KINDS = ("UpdateEvaluationTest", "PositiveUpdateSyntaxTest11", "NegativeUpdateSyntaxTest11")
BASE = "http://example.org/"
# Positive tests of syntax that are refused before they are parsed: nothing is fetched here.
LOADS = {f"syntax-update-{number}.ru" for number in ("01", "02", "03", "04", "37")}


@cache
def manifests():
    store = pyoxigraph.Store()
    for path in sorted(SUITE.glob("*/manifest.ttl")):
        store.load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE, base_iri=path.as_uri())
    return store


def values(subject, predicate):
    quads = manifests().quads_for_pattern(subject, pyoxigraph.NamedNode(predicate), None)
    return [quad.object for quad in quads]


def listed(kind):
    quads = manifests().quads_for_pattern(
        None, pyoxigraph.NamedNode(f"{RDF}type"), pyoxigraph.NamedNode(MF + kind)
    )
    return sorted((quad.subject for quad in quads), key=str)


def text_of(node):
    return shared(node.value.partition("/shared/")[2]).read_text()


def dataset(node):
    store = pyoxigraph.Store()
    for file in values(node, f"{UT}data"):
        add(store, file, pyoxigraph.DefaultGraph())
    for each in values(node, f"{UT}graphData"):
        (file,), (label,) = values(each, f"{UT}graph"), values(each, LABEL)
        add(store, file, pyoxigraph.NamedNode(label.value))
    return store


def add(store, file, graph):
    store.load(text_of(file).encode(), format=pyoxigraph.RdfFormat.TURTLE, base_iri=file.value,
               to_graph=graph)  # fmt: skip


def canonical(quads):
    found = pyoxigraph.Dataset(quads)
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(found)


def run(store, text, base=BASE, using=None, named=None):
    request = UpdateRequest(text, using, named)
    evaluation = Evaluation(store, base, request)
    evaluation.run(read_update(request, base))
    return evaluation


def test_the_suite_is_whole():
    shared("conformance/rdf-tests/sparql/sparql11")

    assert [len(listed(kind)) for kind in KINDS] == [94, 42, 13]


@pytest.mark.parametrize("test", listed(KINDS[0]), ids=lambda node: node.value[-40:])
def test_evaluation(test):
    (action,), result = values(test, f"{MF}action"), values(test, f"{MF}result")
    (request,) = values(action, f"{UT}request")
    store = dataset(action)
    before = set(store)
    evaluation = run(store, text_of(request), request.value)

    assert canonical(store) == canonical(dataset(result[0]) if result else ())
    assert (before | set(evaluation.added())) - set(evaluation.removed()) == set(store)
    assert not set(evaluation.added()) & before


@pytest.mark.parametrize("test", listed(KINDS[1]), ids=lambda node: node.value[-40:])
def test_good_syntax(test):
    (action,) = values(test, f"{MF}action")
    request = UpdateRequest(text_of(action))
    if action.value.rpartition("/")[2] in LOADS:
        with pytest.raises(RefusedError, match="LOAD"):
            read_update(request, action.value)
    else:
        read_update(request, action.value)


@pytest.mark.parametrize("test", listed(KINDS[2]), ids=lambda node: node.value[-40:])
def test_bad_syntax(test):
    (action,) = values(test, f"{MF}action")
    with pytest.raises((QuerySyntaxError, RefusedError)):
        read_update(UpdateRequest(text_of(action)), action.value)


GRAPHS = st.sampled_from(["<x:g>", "<x:h>", "?g"])
NODES = st.sampled_from(["<x:a>", "<x:b>", "?x", "?y"])
OBJECTS = st.sampled_from(["<x:a>", "<x:b>", "?x", "?y", "1", "-1.5", "'l'@en"])
TRIPLES = st.builds("{} <x:p> {} . ".format, NODES, OBJECTS)
QUADS = st.one_of(TRIPLES, st.builds("GRAPH {} {{ {} }} ".format, GRAPHS, TRIPLES))
BLOCKS = st.lists(QUADS, min_size=1, max_size=3).map("".join)
DATA = BLOCKS.map(lambda text: text.replace("?x", "<x:c>").replace("?y", "<x:d>")
                  .replace("?g", "<x:i>"))  # fmt: skip
USING = st.sampled_from(["", "USING <x:g> ", "USING NAMED <x:h> ", "USING <x:g> USING NAMED <x:h>"])
WITH = st.sampled_from(["", "WITH <x:g> "])
PLACES = st.sampled_from(["DEFAULT", "<x:g>", "<x:h>"])
OPERATIONS = st.one_of(
    st.builds("INSERT DATA {{ {} }}".format, DATA),
    st.builds("DELETE DATA {{ {} }}".format, DATA),
    st.builds("DELETE WHERE {{ {} }}".format, BLOCKS),
    st.builds("{}DELETE {{ {} }} INSERT {{ {} }} {} WHERE {{ {} }}".format,
              WITH, BLOCKS, BLOCKS, USING, BLOCKS),
    st.builds("{}INSERT {{ {} }} {} WHERE {{ {} OPTIONAL {{ ?x <x:q> ?g }} }}".format,
              WITH, BLOCKS, USING, BLOCKS),
    st.sampled_from(["CLEAR ALL", "CLEAR NAMED", "DROP DEFAULT", "DROP SILENT GRAPH <x:g>"]),
    st.builds("{} SILENT {} TO {}".format, st.sampled_from(["ADD", "COPY", "MOVE"]), PLACES,
              PLACES),
)  # fmt: skip


@given(st.lists(OPERATIONS, min_size=1, max_size=4).map(" ;\n".join))
@settings(deadline=None, max_examples=150)
def test_the_effect_is_that_of_the_engine(text):
    start = "INSERT DATA { <x:a> <x:p> <x:b> , 1 . GRAPH <x:g> { <x:a> <x:p> <x:a>, -1.5 } " \
            "GRAPH <x:h> { <x:b> <x:p> 'l'@en } }"  # fmt: skip
    ours, theirs = pyoxigraph.Store(), pyoxigraph.Store()
    ours.update(start)
    theirs.update(start)
    missing = any(
        f"{name} SILENT {graph}" in text
        for name in ("COPY", "MOVE")
        for graph in ("<x:g>", "<x:h>")
    )
    evaluation = run(ours, text)
    theirs.update(text)
    if not missing:  # from a graph that has become empty the engine copies nothing over another
        assert set(ours) == set(theirs)
    assert not set(evaluation.added()) & set(evaluation.removed())


def test_the_request_may_name_the_dataset():
    start = "INSERT DATA { <x:a> <x:p> 0 . GRAPH <x:g> { <x:a> <x:p> 1 } " \
            "GRAPH <x:h> { <x:a> <x:p> 2 } }"  # fmt: skip
    text = "INSERT { ?s <x:q> ?o , ?n } WHERE { ?s <x:p> ?o OPTIONAL { GRAPH ?g { ?s <x:p> ?n } } }"
    for using, named, found in (
        (None, None, {"0", "1", "2"}),
        (("x:g",), None, {"1"}),
        (("x:g", "x:h"), (), {"1", "2"}),
        (("x:g",), ("x:h",), {"1", "2"}),
        (None, ("x:h",), set()),
    ):
        store = pyoxigraph.Store()
        store.update(start)
        evaluation = run(store, text, using=using, named=named)
        assert {quad.object.value for quad in evaluation.added()} == found


@pytest.mark.parametrize(
    ("clauses", "using"), [("USING <x:g> USING <x:h>", None), ("", ("x:g", "x:h"))]
)
def test_what_stands_in_two_graphs_of_the_dataset_counts_once(clauses, using):
    store = pyoxigraph.Store()
    store.update("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> 1 } GRAPH <x:h> { <x:a> <x:p> 1, 2 } }")
    text = f"INSERT {{ ?s <x:n> ?n }} {clauses} WHERE {{" \
           "SELECT ?s (COUNT(*) AS ?n) { ?s <x:p> ?o } GROUP BY ?s }"  # fmt: skip

    (added,) = run(store, text, using=using).added()
    assert added.object.value == "2"


@pytest.mark.parametrize("clause", ["WITH <x:g>", "USING <x:g>"])
def test_two_datasets_are_refused(clause):
    where = "DELETE { ?s ?p ?o }"
    text = f"{clause} {where}" if clause.startswith("WITH") else f"{where} {clause}"
    with pytest.raises(UsageError, match="USING or WITH"):
        read_update(UpdateRequest(f"{text} WHERE {{ ?s ?p ?o }}", ("x:g",)), BASE)
    with pytest.raises(UsageError, match="'no iri' is no absolute IRI"):
        read_update(UpdateRequest("CLEAR ALL", ("no iri",)), BASE)


@pytest.mark.parametrize(
    "text",
    [
        "LOAD <http://127.0.0.1/>",
        "CLEAR ALL ; LOAD <http://127.0.0.1/> INTO GRAPH <x:g>",
        "LO\\u0041D <http://127.0.0.1/>",
        "LO\\u0041D SILENT <http://127.0.0.1/>",
        "INSERT {} WHERE { SERVICE SILENT <http://127.0.0.1/> {} }",
        "LOAD SILENT <http://127.0.0.1/> ; INSERT {} WHERE { SERVICE <http://127.0.0.1/> {} }",
    ],
)
def test_nothing_is_fetched(text):
    with pytest.raises(ComityError) as refused:
        read_update(UpdateRequest(text), BASE)
    assert isinstance(refused.value, (RefusedError, QuerySyntaxError))


def test_a_silent_load_fails_silently():
    store = pyoxigraph.Store()
    evaluation = run(store, "LOAD SILENT <http://127.0.0.1/> ; INSERT DATA { <x:a> <x:b> 1 }")

    assert len(evaluation.added()) == len(store) == 1


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("INSERT DATA { <x:a> <x:b> }", 1, 27),
        ("PREFIX x: <x:>\nCLEAR ALL ;\nINSERT DATA { x:a x:b }", 3, 23),
        ("DELETE WHERE { ?s ?p }", 1, 22),
        ("CLEAR ALL ;\nPREFIX x: <x:> INSERT DATA { x:a x:b }", 2, 38),
        ("SELECT * {}", 1, 1),
        ("INSERT DATA { x:a x:b 1 }", 1, 15),
    ],
)
def test_a_fault_has_its_place(text, line, column):
    with pytest.raises(QuerySyntaxError) as fault:
        read_update(UpdateRequest(text), BASE)
    assert (fault.value.line, abs(fault.value.column - column) <= 3) == (line, True)


def test_a_prologue_holds_for_all_that_follows():
    store = pyoxigraph.Store()
    run(store, "BASE <http://one/> PREFIX a: <x:> INSERT DATA { <s> a:p 1 } ; "
               "PREFIX b: <y:> BASE <http://two/> INSERT DATA { <s> a:p b:o }")  # fmt: skip

    assert {str(quad) for quad in store} == {
        '<http://one/s> <x:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "<http://two/s> <x:p> <y:o>",
    }
