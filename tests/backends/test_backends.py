"""The same facts, whatever the store: canned queries, descriptions, pages, protocol, paging."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import urlencode

import pyoxigraph
import pytest

from comity.services.catalogue import samples
from comity.services.running import KINDS
from comity.web.site import KEY

ID = "https://w3id.org/comity/id/"
NS = "https://w3id.org/comity/ns#"
THINGS = ("AZE", "AZE-JPN.visit.1998-02", "src.azjp-en")
PAGES = (
    "/",
    "/pair/AZE/JPN",
    "/pair/AZE/JPN?as_of=2005-01-01",
    "/doc/AZE",
    "/doc/AZE-JPN.visit.1998-02",
    "/sources",
    "/sources/azjp-en",
    "/ontology",
    "/shapes",
    "/vocabulary",
    "/vocabulary/domain",
    "/queries",
    "/queries/agreements?dyad=AZE-JPN",
    "/search?q=tokyo",
)
DATA = ("/pair/AZE/JPN", "/doc/AZE", "/sources/azjp-en", "/vocabulary/domain", "/ontology")


def words(text):
    """Return what is in a text, in any order: GROUP_CONCAT and ties in ORDER BY have none.

    Numbers are told in one of their spellings.
    """
    return sorted(re.findall(r"\w+", re.sub(r"(\d\.\d*?)0+\b", r"\1", text)))


def rows_of(content):
    return sorted(" ".join(words(" ".join(row))) for row in csv.reader(io.StringIO(content)))


def uncited(page):
    """Return a page without its citation, which names the state of the store and its day."""
    return re.sub(r'<p class="ex-cite".*?</p>', "", page, flags=re.DOTALL)


def settled(content):
    """Return statements as every store keeps them: numbers and tags have several spellings."""
    store = pyoxigraph.Store()
    store.extend(
        pyoxigraph.Quad(quad.subject, quad.predicate, _lower(quad.object))
        for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES)
        if not isinstance(quad.subject, pyoxigraph.BlankNode)
        and not isinstance(quad.object, pyoxigraph.BlankNode)
    )
    return {str(quad) for quad in store}


def _lower(term):
    if isinstance(term, pyoxigraph.Literal) and term.language:
        return pyoxigraph.Literal(term.value, language=term.language.lower())
    return term


def ask(client, text, **parameters):
    return client.get(f"/sparql?{urlencode({'query': text, 'format': 'json', **parameters})}")


def test_canned_queries_have_the_same_answers(engine, client, catalogue):
    for query in catalogue.all():
        suffix = {"graph": "nt", "truth": "json"}.get(KINDS[query.form], "csv")
        address = f"/queries/{query.slug}.{suffix}?{urlencode(samples(query))}"
        found, expected = engine.get(address), client.get(address)
        assert (found.status_code, expected.status_code) == (200, 200), (query.slug, found.text)
        if suffix == "nt":
            assert settled(found.data) == settled(expected.data), query.slug
        elif suffix == "csv":
            assert rows_of(found.text) == rows_of(expected.text), query.slug
        else:
            assert found.json["boolean"] is expected.json["boolean"], query.slug


@pytest.mark.parametrize("path", PAGES)
def test_pages_tell_the_same_facts(backend, client, path, monkeypatch):
    # Of a server with builds they lead to the changes, too.
    monkeypatch.setitem(backend.application.extensions[KEY], "history", None)
    found, expected = (
        each.get(path, headers={"Accept": "text/html"}) for each in (backend, client)
    )
    assert (found.status_code, found.mimetype) == (200, "text/html"), found.text
    assert words(uncited(found.text)) == words(uncited(expected.text))


@pytest.mark.parametrize("path", ["/panel.csv", "/panel.csv?directed=true&from=2000"])
def test_the_panel_has_the_same_rows(backend, client, path):
    answer = backend.get(path)

    assert answer.status_code == 200
    assert answer.data == client.get(path).data
    assert answer.data.count(b"\n") > 20


@pytest.mark.parametrize("path", DATA)
def test_descriptions_have_the_same_statements(backend, client, path):
    found, expected = (each.get(f"{path}.nt") for each in (backend, client))
    assert found.status_code == 200, found.text
    assert settled(found.data) == settled(expected.data)
    assert settled(found.data)


def test_a_description_has_every_format(backend):
    for suffix in ("ttl", "jsonld", "nt", "rdf", "json", "html"):
        answer = backend.get(f"/doc/AZE.{suffix}")
        assert (answer.status_code, "Azerbaijan" in answer.text) == (200, True), suffix
    assert backend.get("/doc/NOBODY").status_code == 404
    assert backend.get("/id/AZE").status_code == 303


def test_the_dump_of_a_pair_has_the_same_statements(backend, client):
    found, expected = (each.get("/dumps/AZE-JPN.nt") for each in (backend, client))
    assert settled(found.data) == settled(expected.data)


LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
STATES = "https://w3id.org/comity/graph/data/actors/countries"
FACTS = f"a/<http://www.w3.org/2000/01/rdf-schema#subClassOf>* <{NS}Fact>"
BEFORE = "?d < '1995-01-01'^^<http://www.w3.org/2001/XMLSchema#date>"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT ?p ?o {{ <{ID}AZE> ?p ?o }}",
        f"SELECT ?s {{ ?s a <{NS}Dyad> }}",
        f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s {FACTS} }}",
        f"SELECT ?s {{ GRAPH ?g {{ ?s a <{NS}State> }} FILTER(CONTAINS(STR(?g), 'states')) }}",
        f"SELECT ?d {{ ?s <{NS}earliest> ?d FILTER({BEFORE}) }}",
        f"SELECT ?x {{ <id/AZE> <{NS}iso3> ?x }}",
        f"ASK {{ <{ID}AZE> a <{NS}State> }}",
        f"ASK {{ <{ID}AZE> a <{NS}Dyad> }}",
        "SELECT ?a { VALUES ?a { 'ə' 'İ' '日本' '\\\\' '\"' } }",
    ],
)
def test_queries_of_strangers_have_the_same_answers(engine, client, text):
    found, expected = ask(engine, text), ask(client, text)
    assert found.status_code == 200, found.text
    if "boolean" in expected.json:
        assert found.json["boolean"] is expected.json["boolean"]
        return
    assert found.json["head"]["vars"] == expected.json["head"]["vars"]
    one, other = (
        sorted(json.dumps(row, sort_keys=True).lower() for row in each.json["results"]["bindings"])
        for each in (found, expected)
    )
    assert one == other
    assert one


def test_graphs_come_in_each_format(engine):
    text = f"CONSTRUCT WHERE {{ <{ID}AZE> ?p ?o }}"
    for name, kind in (("turtle", "text/turtle"), ("ntriples", "application/n-triples")):
        answer = ask(engine, text, format=name)
        assert (answer.status_code, answer.mimetype) == (200, kind)
        assert "Azerbaijan" in answer.text
    assert ask(engine, text, format="csv").status_code == 406
    described = ask(engine, f"DESCRIBE <{ID}AZE>", format="ntriples")
    assert "Azerbaijan" in described.text


def test_rows_come_in_each_format(engine):
    text = f"SELECT ?l {{ <{ID}JPN> <http://www.w3.org/2000/01/rdf-schema#label> ?l }}"
    for name in ("json", "xml", "csv", "tsv"):
        assert "日本" in ask(engine, text, format=name).text, name


def test_the_dataset_may_be_named(engine):
    named = f"SELECT ?s {{ GRAPH ?g {{ ?s a <{NS}State> }} }}"
    default = f"SELECT ?s {{ ?s a <{NS}State> }}"
    assert ask(engine, default, **{"default-graph-uri": STATES}).json["results"]["bindings"]
    assert not ask(engine, default, **{"default-graph-uri": "urn:no"}).json["results"]["bindings"]
    assert ask(engine, named, **{"named-graph-uri": STATES}).json["results"]["bindings"]
    assert not ask(engine, named, **{"named-graph-uri": "urn:no"}).json["results"]["bindings"]


def test_from_names_the_dataset_or_is_refused(engine):
    for graph, is_there in ((STATES, True), ("urn:no", False)):
        found = ask(engine, f"SELECT ?l FROM <{graph}> {{ <{ID}AZE> {LABEL} ?l }}")  # noqa: S608
        if found.status_code == 200:
            assert bool(found.json["results"]["bindings"]) is is_there
        else:
            assert (found.status_code, found.json["code"]) == (403, "refused")


def test_what_is_no_query_is_refused_with_the_same_code(engine):
    for text, status, code in (
        ("SELECT * { ?s ?p }", 400, "query_syntax"),
        ("SELECT", 400, "query_syntax"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 400, "query_syntax"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 403, "service_disabled"),
        ("LOAD <http://127.0.0.1:1/>", 403, "load_disabled"),
        ("SELECT * { " + "{" * 200 + "}" * 200 + " }", 400, "query_too_complex"),
    ):
        answer = ask(engine, text)
        assert (answer.status_code, answer.json["code"]) == (status, code), text
        assert "Traceback" not in answer.text


def test_nothing_is_written(backend):
    for method, path in (
        ("POST", "/update"),
        ("PUT", "/graphs?default"),
        ("DELETE", "/graphs?default"),
    ):
        answer = backend.open(path, method=method, data=b"")
        assert (answer.status_code, answer.json["code"]) == (403, "read_only")


def test_an_answer_is_known_again(backend):
    answer = ask(backend, f"ASK {{ <{ID}AZE> ?p ?o }}")
    again = backend.get(answer.request.full_path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    volatile = ask(backend, "SELECT (RAND() AS ?r) {}")
    assert (volatile.headers["Cache-Control"], "ETag" in volatile.headers) == ("no-store", False)


def test_rows_come_in_pages_without_a_gap(engine):
    def rows(**paging):
        answer = engine.get(f"/queries/agreements.csv?{urlencode(paging)}")
        assert answer.status_code == 200, answer.text
        return list(csv.reader(io.StringIO(answer.text)))[1:], answer.headers

    whole, _ = rows()
    first, headers = rows(limit=2)
    assert headers["Comity-Truncated"]
    rest, headers = rows(limit=1_000, offset=2)
    assert "Comity-Truncated" not in headers
    assert (first + rest, len(first)) == (whole, 2)


def test_the_page_of_results_shows_a_beginning(engine):
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    page = engine.get(f"/sparql?{urlencode({'query': text, 'format': 'html'})}")
    assert page.status_code == 200
    assert page.text.count("<tr") > 500


def test_graphs_are_read_by_name(backend, client):
    name = "https://w3id.org/comity/graph/data/actors/states"
    path = f"/graphs?{urlencode({'graph': name, 'format': 'ntriples'})}"
    assert settled(backend.get(path).data) == settled(client.get(path).data)
    assert backend.get("/graphs?graph=urn:no").status_code == 404


def test_sizes_are_told(backend, client):
    ready, expected = (each.get("/health/ready").json for each in (backend, client))
    # The engine of the others holds 1.5 and 1.50 as one.
    assert 0 <= ready["statements"] - expected["statements"] < 100
    assert len(ready["fingerprint"]) == 64
    described = backend.get("/sparql", headers={"Accept": "application/n-triples"})
    assert "graph/data/actors/states" in described.text


def test_downloads_are_whole_or_refused_with_the_reason(backend, client):
    whole = backend.get("/dumps/comity.nq")
    if backend.kind == "oxigraph-large":
        assert (whole.status_code, whole.json["code"]) == (413, "result_too_large")
        assert "--build" in whole.json["detail"]
        refused = backend.get("/.well-known/void")
        assert (refused.status_code, refused.json["code"]) == (413, "result_too_large")
        judged = backend.post("/validate", data="<urn:a> a <urn:b> .", content_type="text/turtle")
        assert (judged.status_code, judged.json["code"]) == (403, "refused")
        return
    expected = client.get("/dumps/comity.nq")
    if backend.kind in {"memory", "disk", "oxigraph-build"}:
        assert whole.data == expected.data
    else:
        assert settled_quads(whole.data) == settled_quads(expected.data)
    assert backend.get("/.well-known/void").status_code == 200
    assert backend.get("/dumps/", headers={"Accept": "text/html"}).status_code == 200


def settled_quads(content):
    """Return how many statements each graph has, as every store keeps them."""
    store = pyoxigraph.Store()
    store.load(content, format=pyoxigraph.RdfFormat.N_QUADS)
    rows = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return {row["g"].value: int(row["n"].value) for row in rows}
