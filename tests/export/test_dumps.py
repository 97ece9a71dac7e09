"""The dumps of the repository: each reads back as what was loaded, and is always the same."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
import rdflib
from pyld import jsonld

from comity.errors import NotFoundError
from comity.services.export import (
    CSV_TABLES,
    DUMP_FORMATS,
    Dumps,
    Material,
    dump_format,
    make_dump,
    write_dataset,
)
from comity.services.export.jsonld import refuse_document
from comity.services.export.selection import select
from comity.store.comparing import isomorphic
from comity.store.formats import GRAPH_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from comity.store.parsing import parse_document
from comity.store.terms import Iri, Literal
from shared_material import ROOT

PAIR = "AZE-JPN"
NAMES = ("", PAIR)
named = pytest.mark.parametrize("dyad", NAMES, ids=lambda name: name or "everything")
formatted = pytest.mark.parametrize("offer", GRAPH_FORMATS, ids=lambda offer: offer.name)


@pytest.fixture(scope="module")
def made(dumps: Dumps):
    """Every dump for graphs, by its pair and its format."""
    return {
        (dyad, offer.name): dumps.file(f"{dyad or 'comity'}.{offer.suffix}").content
        for dyad in NAMES
        for offer in GRAPH_FORMATS
    }


@pytest.fixture(scope="module")
def expected(material: Material):
    """Return the statements of a dump."""
    return cache(lambda dyad: select(material.quads, material.index, material.ordering, dyad=dyad))


@named
@formatted
def test_a_dump_reads_back_as_the_graph_that_it_is_of(dyad, offer, expected, made):
    found = parse_document(made[dyad, offer.name], offer)
    quads = expected(dyad)

    assert isomorphic([quad.triple for quad in found], [quad.triple for quad in quads])


@named
@pytest.mark.parametrize("offer", [TRIG, N_QUADS], ids=lambda offer: offer.name)
def test_named_graphs_are_kept(dyad, offer, expected, made):
    sizes: dict[str, int] = {}
    for quad in set(expected(dyad)):
        sizes[quad.graph] = sizes.get(quad.graph, 0) + 1
    found: dict[str, int] = {}
    for quad in set(parse_document(made[dyad, offer.name], offer)):
        found[quad.graph] = found.get(quad.graph, 0) + 1

    assert found == sizes
    assert len(sizes) > 10


def test_everything_means_what_the_server_loads(material, real_graph):
    assert {quad.graph for quad in material.quads} == set(real_graph.graphs())


@pytest.mark.parametrize("offer", DUMP_FORMATS, ids=lambda offer: offer.name)
def test_shuffled_statements_give_the_same_bytes(offer, material, shuffled, made):
    before = made.get((PAIR, offer.name)) or make_dump(material, offer, dyad=PAIR).content

    assert make_dump(shuffled, offer, dyad=PAIR).content == before


@pytest.fixture(scope="module")
def shuffled(material):
    quads = list(material.quads)
    random.Random(5).shuffle(quads)  # noqa: S311 - any order will do, but always the same
    return replace(material, quads=tuple(quads))


HASHES = """
import json, pathlib, sys
from comity.services.export import DUMP_FORMATS, make_dump, read_material
material = read_material(pathlib.Path(sys.argv[1]))
print(json.dumps({
    f"{dyad}.{offer.suffix}": make_dump(material, offer, dyad=dyad).sha256
    for dyad in ("", "AZE-JPN") for offer in DUMP_FORMATS
}))
"""


def test_another_process_with_another_hash_seed_writes_the_same_bytes(material, made):
    environment = os.environ | {"PYTHONHASHSEED": "4711"}
    answer = subprocess.run(
        [sys.executable, "-c", HASHES, str(ROOT)],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    )

    hashes = json.loads(answer.stdout)

    assert len(hashes) == 2 * len(DUMP_FORMATS)
    for dyad in NAMES:
        for offer in GRAPH_FORMATS:
            mine = hashlib.sha256(made[dyad, offer.name]).hexdigest()
            assert hashes[f"{dyad}.{offer.suffix}"] == mine
        tables = make_dump(material, CSV_TABLES, dyad=dyad)
        assert hashes[f"{dyad}.{CSV_TABLES.suffix}"] == tables.sha256


@pytest.mark.parametrize(
    ("offer", "reader"),
    [(TURTLE, "turtle"), (N_TRIPLES, "nt"), (RDF_XML, "xml"), (JSON_LD, "json-ld")],
    ids=lambda each: getattr(each, "name", each),
)
def test_rdflib_reads_a_dump(offer, reader, expected, made, monkeypatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = rdflib.Graph()
    graph.parse(data=made[PAIR, offer.name], format=reader)

    lines = graph.serialize(format="nt", encoding="utf-8")

    assert isomorphic(
        [quad.triple for quad in parse_document(lines, N_TRIPLES)],
        [quad.triple for quad in expected(PAIR)],
    )


@pytest.mark.parametrize(("offer", "reader"), [(TRIG, "trig"), (N_QUADS, "nquads")])
def test_rdflib_reads_a_dump_with_graphs(offer, reader, expected, made):
    dataset = rdflib.Dataset()
    dataset.parse(data=made[PAIR, offer.name].decode(), format=reader)

    assert {str(graph.identifier) for graph in dataset.graphs() if len(graph)} == {
        quad.graph for quad in expected(PAIR)
    }
    assert len(list(dataset.quads())) == len(set(expected(PAIR)))


@named
def test_a_stock_json_ld_reader_finds_the_graph_without_the_network(dyad, expected, made):
    document = json.loads(made[dyad, JSON_LD.name])

    lines = jsonld.to_rdf(
        document, {"format": "application/n-quads", "documentLoader": refuse_document}
    )

    assert isomorphic(
        [quad.triple for quad in parse_document(lines.encode(), N_QUADS)],
        [quad.triple for quad in expected(dyad)],
    )


@pytest.mark.parametrize("offer", [TURTLE, TRIG, N_QUADS, JSON_LD], ids=lambda offer: offer.name)
def test_nothing_is_lost_literal_for_literal(offer, material, made):
    """Each literal of the source files stands in the dump, in its own lexical form and type."""
    found = literals(parse_document(made["", offer.name], offer))

    assert found == literals(material.quads)
    assert sum(found.values()) > 3000


def literals(quads):
    """Return each literal with its subject, unless that is blank, and how often it is said."""
    triples = {quad.triple for quad in quads if isinstance(quad.object, Literal)}
    return Counter(
        (each.subject if isinstance(each.subject, Iri) else None, each.predicate, each.object)
        for each in triples
    )


def test_dumps_are_known_by_their_files(material):
    dumps = Dumps(material)

    dump = dumps.file("AZE-JPN.nt")

    assert dump is dumps.file("AZE-JPN.nt")
    assert (dump.file, dump.name, dump.offer) == ("AZE-JPN.nt", "AZE-JPN", N_TRIPLES)
    assert dump.sha256 == hashlib.sha256(dump.content).hexdigest()
    assert dumps.names() == ["comity", *material.pairs]


def test_dumps_are_kept_while_there_is_room(material, monkeypatch):
    ttl = Dumps(material).file("AZE-JPN.ttl")
    monkeypatch.setattr("comity.services.export.dumps._KEPT_BYTES", ttl.size + 10)
    kept = Dumps(material)
    first = kept.file("AZE-JPN.ttl")
    assert kept.file("AZE-JPN.ttl") is first
    assert kept.file("AZE-JPN.trig").size > ttl.size + 10  # had, but there is no room for it
    assert kept.file("AZE-JPN.ttl") is first


@pytest.mark.parametrize(
    "file", ["AZE-JPN", "AZE-JPN.exe", "JPN-AZE.ttl", "comity.ttl.gz", ".ttl", ""]
)
def test_a_file_that_is_no_dump_is_not_found(material, file):
    with pytest.raises(NotFoundError, match="/dumps/"):
        Dumps(material).file(file)


@pytest.mark.parametrize(
    ("name", "offer"),
    [
        ("turtle", TURTLE),
        ("ttl", TURTLE),
        ("text/turtle", TURTLE),
        ("csv", CSV_TABLES),
        ("zip", CSV_TABLES),
    ],
)
def test_a_format_has_several_names(name, offer):
    assert dump_format(name) == offer


def test_a_graph_can_be_written_by_itself(material):
    quads = list(material.quads)[:50]

    assert write_dataset(quads, N_QUADS, material).count(b"\n") == len(set(quads))
