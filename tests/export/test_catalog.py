"""The data set described: VoID counts what is there, DCAT keeps to DCAT-AP 3.0.1."""

from __future__ import annotations

import re

import pyshacl
import pytest
import rdflib
import yaml

from comity.errors import DataError
from comity.model.terms import ID, NS, PREFIXES, RDF
from comity.services.catalog import describe_catalog, describe_content, read_record
from comity.services.catalog.statements import CATALOG, part
from comity.services.catalog.statistics import count
from comity.services.export import DUMP_FORMATS, Material, write_graph
from comity.store.formats import TURTLE
from comity.store.terms import BlankNode, Iri, Literal
from shared_material import ROOT, shared

SITE = "https://example.org/comity"

CITATION_KEYS = {
    *("abstract", "authors", "cff-version", "commit", "contact", "date-released", "doi"),
    *("identifiers", "keywords", "license", "license-url", "message", "preferred-citation"),
    *("references", "repository", "repository-artifact", "repository-code", "title", "type"),
    *("url", "version"),
}
SH = rdflib.Namespace(PREFIXES["sh"])

# What a catalogue must keep to: the constraints, what is recommended, the classes of all values,
# and no term that DCAT-AP has given up. `imports.ttl` and `mdr_imports.ttl` only point to the web.
SHAPES = ("shapes", "shapes_recommended", "range", "deprecateduris")
# The code lists of the EU. All but one of its wishes are met: a publisher has to be one of the
# EU's corporate bodies, which the contributors to this project are not.
CODE_LISTS = "mdr-vocabularies.shape"


@pytest.fixture(scope="module")
def catalog(dumps):
    return describe_catalog(dumps, read_record(ROOT), SITE)


@pytest.fixture(scope="module")
def data(catalog, dumps):
    """The catalogue as its Turtle reads, with no literal changed."""
    return parsed(write_graph(catalog, TURTLE, dumps.material))


def parsed(content):
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        return rdflib.Graph().parse(data=content, format="turtle")
    finally:
        rdflib.NORMALIZE_LITERALS = before


def validate(data, *names):
    """Return the results of a validation as (severity, focus node, path); nothing is fetched."""
    shapes = rdflib.Graph()
    for name in names:
        shapes.parse(shared(f"conformance/dcat-ap-3.0.1/shacl/{name}.ttl"))
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, do_owl_imports=False)
    (root,) = report.subjects(rdflib.RDF.type, SH.ValidationReport)
    return {
        tuple(
            str(report.value(result, each))
            for each in (SH.resultSeverity, SH.focusNode, SH.resultPath)
        )
        for result in report.objects(root, SH.result)
    }


def test_the_catalogue_has_no_violation_and_no_warning(data):
    assert validate(data, *SHAPES) == set()


def test_the_code_lists_of_the_eu_miss_only_a_publisher_of_theirs(data):
    found = validate(data, *SHAPES, CODE_LISTS)

    assert {severity for severity, _, _ in found} == {str(SH.Warning)}
    assert {path for _, _, path in found} == {f"{PREFIXES['dcterms']}publisher"}


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (part("comity"), f"{PREFIXES['dcterms']}description", None),
        (part("comity.ttl"), f"{PREFIXES['dcat']}byteSize", rdflib.Literal(5)),
        (part("comity-period"), f"{PREFIXES['dcat']}startDate", None),
        (CATALOG, f"{PREFIXES['foaf']}homepage", None),
    ],
)
def test_the_shapes_would_notice(data, subject, predicate, value):
    """The two tests above can fail: one statement less, or one in another type, is noticed."""
    changed = rdflib.Graph()
    changed += data
    changed.remove((rdflib.URIRef(subject), rdflib.URIRef(predicate), None))
    if value is not None:
        changed.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), value))

    assert predicate in {path for _, _, path in validate(changed, *SHAPES)}


def test_every_dump_is_described_with_its_size_and_hash(catalog, dumps):
    said = {(each.subject.value, each.predicate.value): each.object for each in catalog}
    dcat, spdx = PREFIXES["dcat"], "http://spdx.org/rdf/terms#"
    for name in dumps.names():
        for offer in DUMP_FORMATS:
            dump = dumps.file(f"{name}.{offer.suffix}")
            node = part(dump.file)
            size = said[node, f"{dcat}byteSize"]
            assert size == Literal(str(len(dump.content)), f"{PREFIXES['xsd']}nonNegativeInteger")
            assert said[node, f"{dcat}downloadURL"] == Iri(f"{SITE}/dumps/{dump.file}")
            assert said[node, f"{dcat}mediaType"].value.startswith(
                "https://www.iana.org/assignments/media-types/"
            )
            checksum = said[said[node, f"{spdx}checksum"].value, f"{spdx}checksumValue"]
            assert checksum.lexical == dump.sha256


def test_no_description_has_a_blank_node_or_says_a_thing_twice(catalog, dumps):
    content = describe_content(dumps.material, read_record(ROOT), SITE)
    for statements in (catalog, content):
        assert not [each for each in statements if isinstance(each.object, BlankNode)]
        assert len(statements) == len(set(statements))


def test_void_counts_what_the_endpoint_counts(material: Material, real_graph):
    statistics = count(material.quads)

    def ask(text):
        return [tuple(row) for row in real_graph.query(text).rows()]

    def number(text):
        return int(re.search(r'"(\d+)"', ask(text)[0][0])[1])

    assert number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == statistics.triples
    assert number("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }") == statistics.subjects
    for name, found in (("a", statistics.classes), (f"<{NS}dyad>", None)):
        rows = ask(f"SELECT ?o (COUNT(DISTINCT ?s) AS ?n) {{ ?s {name} ?o }} GROUP BY ?o")
        if found is not None:
            counted = {row[0].strip("<>"): int(re.search(r"\d+", row[1])[0]) for row in rows}
            assert counted == found
    rows = ask("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p")
    assert {
        row[0].strip("<>"): int(re.search(r"\d+", row[1])[0]) for row in rows
    } == statistics.properties
    assert statistics.graphs == dict(real_graph.graphs())


def test_void_says_it(material):
    void = PREFIXES["void"]
    statements = describe_content(material, read_record(ROOT), SITE)
    statistics = count(material.quads)

    def values(subject, name):
        return {
            each.object
            for each in statements
            if each.subject.value == subject and each.predicate.value == void + name
        }

    whole = part("comity")
    assert values(whole, "triples") == {
        Literal(str(statistics.triples), f"{PREFIXES['xsd']}integer")
    }
    assert values(whole, "sparqlEndpoint") == {Iri(f"{SITE}/sparql")}
    assert Iri(f"{SITE}/dumps/comity.ttl") in values(whole, "dataDump")
    assert Iri(NS) in values(whole, "vocabulary")
    assert Iri(f"{ID}AZE-JPN") in values(whole, "exampleResource")
    assert len(values(whole, "classPartition")) == len(statistics.classes)
    assert len(values(whole, "propertyPartition")) == len(statistics.properties)
    assert values(part("class-comity.Visit"), "entities") == {
        Literal(str(statistics.classes[f"{NS}Visit"]), f"{PREFIXES['xsd']}integer")
    }
    linksets = {each.subject for each in statements if each.object == Iri(f"{void}Linkset")}
    assert Iri(part("wikidata-skos.exactMatch")) in linksets
    licensed = {
        each.subject.value
        for each in statements
        if each.predicate.value == f"{PREFIXES['dcterms']}license"
    }
    assert set(statistics.graphs) <= licensed
    assert {each.predicate for each in statements} >= {Iri(f"{RDF}type")}


def test_the_record_is_a_valid_citation_file():
    """Citation File Format 1.2: the keys that must be there, and no other than the format has."""
    content = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))

    assert content["cff-version"] == "1.2.0"
    assert set(content) <= CITATION_KEYS
    assert {"authors", "cff-version", "message", "title"} <= set(content)
    assert content["type"] in {"software", "dataset"}
    assert all(set(each) <= {"name", "website", "alias", "orcid"} for each in content["authors"])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", content["date-released"])
    for reference in content["references"]:
        assert {"authors", "title", "type"} <= set(reference)
    assert read_record(ROOT).version == content["version"]


@pytest.mark.parametrize("text", [None, "title: x\n", "- list\n", "a: [\n", "authors: {}\n"])
def test_a_record_that_lacks_something_is_named(tmp_path, text):
    if text is not None:
        (tmp_path / "CITATION.cff").write_text(text)

    with pytest.raises(DataError, match=r"CITATION\.cff"):
        read_record(tmp_path)
