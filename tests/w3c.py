"""The staged SPARQL 1.1 suites of the W3C: manifests, expected results, and how to compare.

Nothing here is a test. Results are compared as graphs up to the names of blank nodes: a row is a
blank node of its own with one arc for each variable, so that repeated rows count.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from shared_material import SHARED, shared

FOLDER = "conformance/rdf-tests"
SITE = "https://w3c.github.io/rdf-tests/"
SUITE = f"{SITE}sparql/sparql11/"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"

_SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
    "trig": ox.RdfFormat.TRIG,
}
_RESULTS = {
    "srx": ox.QueryResultsFormat.XML,
    "srj": ox.QueryResultsFormat.JSON,
    "tsv": ox.QueryResultsFormat.TSV,
}


@dataclass(frozen=True)
class Case:
    """One test: `name` is folder/id, `default` and `named` are what the store holds before it.

    `services` are the endpoints that SERVICE may ask, each with the document that it holds.
    """

    name: str
    kind: str
    text: str
    base: str
    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    result: str | None = None
    after_default: tuple[str, ...] = ()
    after_named: tuple[tuple[str, str], ...] = ()
    services: tuple[tuple[str, str], ...] = ()


def is_there() -> bool:
    """Tell whether the suites stand beside the repository."""
    return (SHARED / FOLDER).is_dir()


def read(iri: str) -> bytes:
    """Return a file of the suites."""
    return (shared(FOLDER) / iri.removeprefix(SITE)).read_bytes()


def graph(iri: str) -> list[ox.Triple]:
    """Return the statements of a document of the suites."""
    return parse(read(iri), _SYNTAXES[iri.rpartition(".")[2]], iri)


def parse(content: bytes, syntax: ox.RdfFormat, base: str) -> list[ox.Triple]:
    """Return the statements of a document; blank nodes get new names."""
    quads = ox.parse(content, format=syntax, base_iri=base, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


@cache
def cases(manifest: str) -> tuple[Case, ...]:
    """Return the tests of a manifest, with those of the manifests that it includes."""
    iri = f"{SUITE}{manifest}"
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in graph(iri))
    found: list[Case] = []
    for included in _list(store, "include"):
        found.extend(cases(included.value.removeprefix(SUITE)))
    folder = manifest.rpartition("/")[0]
    found.extend(_case(store, entry, folder) for entry in _list(store, "entries"))
    return tuple(found)


def _case(store, entry, folder):
    name = f"{folder}/{entry.value.rpartition('#')[2]}"
    kinds = [kind.value.rpartition("#")[2] for kind in _all(store, entry, f"{RDF}type")]
    kind = next(kind for kind in kinds if kind.endswith(("Test", "Test11")))
    action = _one(store, entry, f"{MF}action")
    if isinstance(action, ox.NamedNode):
        return Case(name, kind, read(action.value).decode(), action.value)
    request = _one(store, action, f"{QT}query") or _one(store, action, f"{UT}request")
    result = _one(store, entry, f"{MF}result")
    outcome = isinstance(result, ox.BlankNode)
    return Case(
        name,
        kind,
        read(request.value).decode() if request else "",
        request.value if request else "",
        *_dataset(store, action),
        None if outcome or result is None else result.value,
        *(_dataset(store, result) if outcome else ((), ())),
        tuple(
            (_one(store, each, f"{QT}endpoint").value, _one(store, each, f"{QT}data").value)
            for each in _all(store, action, f"{QT}serviceData")
        ),
    )


def _dataset(store, node):
    default = [*_all(store, node, f"{QT}data"), *_all(store, node, f"{UT}data")]
    named = [(each.value, each.value) for each in _all(store, node, f"{QT}graphData")]
    for each in _all(store, node, f"{UT}graphData"):
        if isinstance(each, ox.NamedNode):
            named.append((each.value, each.value))
        else:
            label = _one(store, each, f"{RDFS}label")
            named.append((label.value, _one(store, each, f"{UT}graph").value))
    return tuple(each.value for each in default), tuple(sorted(named))


def _list(store, name):
    heads = [quad.object for quad in store.quads_for_pattern(None, ox.NamedNode(MF + name), None)]
    node = heads[0] if heads else ox.NamedNode(f"{RDF}nil")
    while node.value != f"{RDF}nil":
        yield _one(store, node, f"{RDF}first")
        node = _one(store, node, f"{RDF}rest")


def _all(store, subject, predicate):
    return [q.object for q in store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]


def _one(store, subject, predicate):
    return next(iter(_all(store, subject, predicate)), None)


# Results: a truth value, or triples to be compared.


def expected_rows(case: Case, *, as_csv: bool = False):
    """Return what a query must answer: True or False, or a graph of rows, or the graph itself."""
    suffix = case.result.rpartition(".")[2]
    if suffix == "csv":
        return rows_of_csv(read(case.result).decode())
    if suffix in _RESULTS:
        return rows_of(read(case.result), _RESULTS[suffix], as_csv=as_csv)
    triples = graph(case.result)
    if any(triple.predicate.value == f"{RS}resultVariable" for triple in triples):
        return _rows_of_graph(triples, as_csv=as_csv)
    for triple in triples:
        if triple.predicate.value == f"{RS}boolean":
            return triple.object.value == "true"
    return triples


def rows_of(content: bytes, syntax: ox.QueryResultsFormat, *, as_csv: bool = False):
    """Return the answer in a document of results."""
    answer = ox.parse_query_results(content, format=syntax)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    names = [variable.value for variable in answer.variables]
    rows = [{name: row[name] for name in names if row[name] is not None} for row in answer]
    return _rows(rows, as_csv=as_csv)


def rows_of_csv(text: str):
    """Return the answer in CSV, whose cells are texts."""
    if text.strip() in {"true", "false"}:
        return text.strip() == "true"
    names, *lines = csv.reader(io.StringIO(text))
    rows = []
    for line in lines:
        row = {}
        for name, cell in zip(names, line or [""] * len(names), strict=True):
            row[name] = ox.BlankNode(cell[2:]) if cell.startswith("_:") else ox.Literal(cell)
        rows.append(row)
    return _rows(rows, as_csv=True)


def _rows_of_graph(triples, *, as_csv):
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    rows = [
        {
            _one(store, binding, f"{RS}variable").value: _one(store, binding, f"{RS}value")
            for binding in _all(store, quad.object, f"{RS}binding")
        }
        for quad in store.quads_for_pattern(None, ox.NamedNode(f"{RS}solution"), None)
    ]
    return _rows(rows, as_csv=as_csv)


def _rows(rows, *, as_csv):
    triples = []
    for row in rows:
        node = ox.BlankNode()
        triples.append(ox.Triple(node, ox.NamedNode(f"{RDF}type"), ox.NamedNode("urn:row")))
        for name, term in row.items():
            value = term
            if as_csv and not isinstance(term, ox.BlankNode):
                if not _short(term).value:
                    continue  # CSV does not tell an empty text from none
                value = ox.Literal(_short(term).value)
            triples.append(ox.Triple(node, ox.NamedNode(f"urn:var:{name}"), value))
    return triples


def _short(term):
    """Return a term as the engine keeps it."""
    store = ox.Store()
    node = ox.NamedNode("urn:x")
    store.add(ox.Quad(node, node, term))
    return next(iter(store)).object


def same(one, other) -> bool:
    """Tell whether two answers are the same up to the names of blank nodes."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return _canonical(one) == _canonical(other)


def _canonical(triples):
    store = ox.Store()  # it writes each literal in the engine's form
    store.extend(ox.Quad(*triple) for triple in triples)
    dataset = ox.Dataset(iter(store))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


_NAMED = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def parse_named(content: bytes, media_type: str, base: str):
    """Return the statements of an answer by its media type."""
    return parse(content, _NAMED[media_type], base or None)


def parse_answer(content: bytes, media_type: str):
    """Return what an answer to a query says, comparable with `expected_rows`."""
    if media_type in _NAMED:
        return parse_named(content, media_type, "")
    if media_type == "text/csv":
        return rows_of_csv(content.decode())
    return rows_of(
        content,
        {
            "application/sparql-results+json": ox.QueryResultsFormat.JSON,
            "application/sparql-results+xml": ox.QueryResultsFormat.XML,
            "text/tab-separated-values": ox.QueryResultsFormat.TSV,
        }[media_type],
    )


def rows_of_text(content: bytes, media_type: str):
    """Return the cells of CSV or TSV as they are written, blank nodes apart."""
    if media_type == "text/csv":
        names, *lines = csv.reader(io.StringIO(content.decode()))
    else:
        names, *lines = (line.split("\t") for line in content.decode().splitlines())
        names = [name.removeprefix("?") for name in names]
    triples = []
    for line in lines:
        node = ox.BlankNode()
        triples.append(ox.Triple(node, ox.NamedNode(f"{RDF}type"), ox.NamedNode("urn:row")))
        for name, cell in zip(names, line or [""] * len(names), strict=True):
            value = ox.BlankNode(cell[2:]) if cell.startswith("_:") else ox.Literal(cell)
            triples.append(ox.Triple(node, ox.NamedNode(f"urn:var:{name}"), value))
    return triples
